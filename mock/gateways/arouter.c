#include "mock/families/families.h"

#include <inttypes.h>

/* Bearer, X-Api-Key, or ?key= (arouter-reference). */
static struct carriers carriers(const struct call *call, enum family family)
{
    (void)call;
    (void)family;
    return (struct carriers){.order = {CARRIER_BEARER, CARRIER_X_API_KEY, CARRIER_QUERY_KEY}};
}

static json_t *error_body(const struct call *call, const struct wording *wording,
                          const char *message)
{
    (void)call;
    return json_pack("{s:{s:s, s:s}}", "error", "message", message, "type", wording->type);
}

static const char invalid[] = "invalid_request_error";
static const char authentication[] = "authentication_error";

static const struct wording wordings[FAULT_COUNT] = {
    [FAULT_KEY_MISSING] = {401, authentication, NULL, "missing or invalid Authorization header"},
    [FAULT_KEY_MALFORMED] = {401, authentication, NULL, "missing or invalid Authorization header"},
    [FAULT_HEADER_REPEATED] = {401, authentication, NULL,
                               "missing or invalid Authorization header"},
    [FAULT_CREDENTIALS_CONFLICT] = {401, authentication, NULL,
                                    "missing or invalid Authorization header"},
    [FAULT_KEY_UNKNOWN] = {401, authentication, NULL, "invalid api key"},
    [FAULT_KEY_EXPIRED] = {401, authentication, NULL, "api key expired"},
    [FAULT_PERMISSION_LACKING] = {403, "permission_error", NULL,
                                  "this API key may not use this endpoint"},
    [FAULT_KEY_WRONG_KIND] = {403, "permission_error", NULL,
                              "this kind of API key may not use this endpoint"},
    [FAULT_PROVIDER_FORBIDDEN] = {403, "forbidden_error", NULL,
                                  "provider '{provider}' is not allowed for this API key"},
    [FAULT_MODEL_FORBIDDEN] = {403, "forbidden_error", NULL,
                               "model '{model}' is not allowed for this API key"},
    [FAULT_BUDGET_SPENT] = {402, "payment_required", NULL,
                            "Credit limit exceeded for this API key."},
    [FAULT_RATE_LIMITED] = {429, "rate_limit_error", NULL, "rate limit exceeded"},
    [FAULT_BODY_INVALID] = {400, invalid, NULL, "malformed request body: {detail}"},
    [FAULT_FIELD_MISSING] = {400, invalid, NULL, "{param} is required"},
    [FAULT_FIELD_OUT_OF_RANGE] = {400, invalid, NULL, "invalid {param}: {detail}"},
    [FAULT_MODEL_UNKNOWN] = {404, "not_found_error", NULL, "model '{model}' not found"},
    [FAULT_ID_UNKNOWN] = {404, "not_found_error", NULL, "{detail}"},
    [FAULT_PATH_UNKNOWN] = {404, "not_found_error", NULL, "no route for {method} {path}"},
    [FAULT_METHOD_UNKNOWN] = {405, invalid, NULL, "method {method} not allowed"},
    [FAULT_BODY_TOO_LARGE] = {413, invalid, NULL, "request body larger than 10 MB"},
    [FAULT_HEADERS_TOO_LARGE] = {431, invalid, NULL, "request header fields too large"},
    [FAULT_FRAMING_INVALID] = {400, invalid, NULL, "not valid HTTP: {detail}"},
};

static void finish(struct call *call)
{
    const struct room *room = &call->room;

    if (!room->limit)
        return;
    response_header(call->response, "X-RateLimit-Limit", "%" PRId64, room->limit);
    response_header(call->response, "X-RateLimit-Remaining", "%" PRId64, room->remaining);
    response_header(call->response, "X-RateLimit-Reset", "%" PRId64, (room->reset_ms + 999) / 1000);
}

static const struct voice voice = {
    .wordings = wordings, .common = openai_wordings, .error_body = error_body};

const struct gateway gateway_arouter = {
    .name = "arouter",
    .title = "ARouter: management keys make inference keys with scopes, budgets and expiry",
    .source = "arouter-keys",
    .voices = {[FAMILY_OPENAI] = &voice, [FAMILY_KEYS] = &voice},
    .family = FAMILY_OPENAI,
    .areas = {{"/api/", FAMILY_KEYS}},
    .carriers = carriers,
    .secret_prefix = {[KIND_INFERENCE] = "lr_live_", [KIND_MANAGEMENT] = "lr_mgmt_"},
    .secret_length = 48,
    .secret_hex = true,
    .hint_length = 12,
    .body_limit = 10 << 20,
    .header_limit = 16384,
    .finish = finish,
};
