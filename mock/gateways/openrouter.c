#include "mock/families/families.h"
#include "mock/mock.h"

#include <inttypes.h>

static struct carriers carriers(const struct call *call, enum family family)
{
    (void)call;
    (void)family;
    return (struct carriers){.order = {CARRIER_BEARER}};
}

/* The message comes before the code, as seen on the wire (openrouter-threads). */
static json_t *error_body(const struct call *call, const struct wording *wording,
                          const char *message)
{
    json_t *metadata = NULL;

    if (wording->type)
        metadata = json_pack("{s:s}", "error_type", wording->type);
    (void)call;
    return json_pack("{s:{s:s, s:i, s:o*}}", "error", "message", message, "code", wording->status,
                     "metadata", metadata);
}

/* One text a vendor's era; the first is the seed's (openrouter-401). */
static const struct wording missing[] = {
    {401, NULL, NULL, "No cookie auth credentials found"},
    {401, NULL, NULL, "Missing Authentication header"},
    {401, NULL, NULL, "No auth credentials found"},
    {401, NULL, NULL, "Invalid credentials"},
};

static const struct wording key_limit[] = {
    {403, NULL, NULL,
     "Key limit exceeded ({reset} limit). Manage it using https://openrouter.ai/settings/keys"},
    {402, NULL, NULL,
     "Key limit exceeded ({reset} limit). Manage it using https://openrouter.ai/settings/keys"},
};

/* A key that infers is known, and told why not; one that manages is no user to infer. */
static const struct wording managers_only = {403, NULL, NULL,
                                             "Only management keys can perform this operation"};

/* Whatever is no key of OpenRouter's own form is told as if nothing had been sent. */
static const struct wording *choose(const struct call *call)
{
    const struct settings *settings = &call->mock->settings;
    enum fault fault = call->decision.fault;

    if (fault == FAULT_KEY_WRONG_KIND && call->endpoint && call->endpoint->need == NEED_MANAGEMENT)
        return &managers_only;
    if (fault == FAULT_BUDGET_SPENT)
        return &key_limit[settings->choice[SETTING_OPENROUTER_KEY_LIMIT]];
    if (fault_of_identity(fault) && fault <= FAULT_KEY_FOREIGN)
        return &missing[settings->choice[SETTING_OPENROUTER_MISSING]];
    return NULL;
}

static const struct wording wordings[FAULT_COUNT] = {
    [FAULT_KEY_UNKNOWN] = {401, NULL, NULL, "User not found."},
    [FAULT_KEY_WRONG_KIND] = {401, NULL, NULL, "User not found."},
    [FAULT_PERMISSION_LACKING] = {403, NULL, NULL,
                                  "Only management keys can perform this operation"},
    [FAULT_RATE_LIMITED] = {429, "rate_limit_exceeded", NULL, "Rate limit exceeded"},
    [FAULT_BODY_INVALID] = {400, "invalid_request", NULL, "The body is not valid JSON: {detail}"},
    [FAULT_FIELD_MISSING] = {400, "invalid_request", NULL, "Missing required parameter: {param}"},
    [FAULT_FIELD_OUT_OF_RANGE] = {400, "invalid_request", NULL, "Invalid {param}: {detail}"},
    [FAULT_MODEL_UNKNOWN] = {400, "invalid_request", NULL, "{model} is not a valid model ID"},
    [FAULT_ID_UNKNOWN] = {404, "not_found", NULL, "Resource not found"},
    [FAULT_PATH_UNKNOWN] = {404, "not_found", NULL, "Resource not found"},
    [FAULT_METHOD_UNKNOWN] = {405, NULL, NULL, "Method not allowed"},
    [FAULT_BODY_TOO_LARGE] = {413, "payload_too_large", NULL, "Request payload too large"},
    [FAULT_HEADERS_TOO_LARGE] = {431, NULL, NULL, "Request header fields too large"},
    [FAULT_FRAMING_INVALID] = {400, "invalid_request", NULL, "Not valid HTTP: {detail}"},
};

/* A platform 429 has these three; a success has none of them (openrouter-limits). */
static void finish(struct call *call)
{
    const struct room *room = &call->room;

    if (call->response->status != 429)
        return;
    response_header(call->response, "X-RateLimit-Limit", "%" PRId64, room->limit);
    response_header(call->response, "X-RateLimit-Remaining", "%" PRId64, room->remaining);
    response_header(call->response, "X-RateLimit-Reset", "%" PRId64, room->reset_ms);
}

static const struct voice voice = {
    .wordings = wordings,
    .common = openai_wordings,
    .choose = choose,
    .error_body = error_body,
};

const struct gateway gateway_openrouter = {
    .name = "openrouter",
    .title = "OpenRouter: chat and models with bearer keys, key management, and its many 401s",
    .source = "openrouter-401",
    .voices = {[FAMILY_OPENAI] = &voice, [FAMILY_KEYS] = &voice},
    .family = FAMILY_OPENAI,
    .carriers = carriers,
    .secret_prefix = {[KIND_INFERENCE] = "sk-or-v1-", [KIND_MANAGEMENT] = "sk-or-v1-"},
    .secret_length = 64,
    .secret_hex = true,
    .hint_length = 12,
    .body_limit = 10 << 20,
    .header_limit = 16384,
    .finish = finish,
};
