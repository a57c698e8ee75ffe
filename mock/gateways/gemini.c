#include "mock/families/families.h"
#include "mock/mock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* x-goog-api-key or ?key=. Authorization is for OAuth tokens, which the mock issues none of: a key
 * there is refused even beside a good one (gemini-threads). */
static struct carriers carriers(const struct call *call, enum family family)
{
    (void)call;
    (void)family;
    return (struct carriers){.order = {CARRIER_X_GOOG_API_KEY, CARRIER_QUERY_KEY}};
}

#define TYPE "type.googleapis.com/google.rpc."
#define SERVICE "generativelanguage.googleapis.com"

static json_t *info_json(const struct call *call, const char *reason)
{
    json_t *info = json_pack("{s:s, s:s, s:s, s:{s:s}}", "@type", TYPE "ErrorInfo", "reason",
                             reason, "domain", "googleapis.com", "metadata", "service", SERVICE);

    if (call->decision.fault == FAULT_PERMISSION_LACKING)
        json_object_set_new(json_object_get(info, "metadata"), "consumer",
                            json_string("projects/gatemark"));
    return info;
}

static json_t *quota_json(const struct call *call)
{
    char delay[32], limit[32];

    snprintf(delay, sizeof delay, "%" PRId64 "s", call->room.wait_s);
    snprintf(limit, sizeof limit, "%" PRId64, call->room.limit);
    return json_pack(
        "[{s:s, s:[{s:s, s:s, s:{s:s, s:s}, s:s}]}, {s:s, s:[{s:s, s:s}]}, {s:s, s:s}]", "@type",
        TYPE "QuotaFailure", "violations", "quotaMetric", SERVICE "/generate_content_requests",
        "quotaId", "GenerateRequestsPerMinutePerProjectPerModel", "quotaDimensions", "location",
        "global", "model", call->model_name ? call->model_name : "none", "quotaValue", limit,
        "@type", TYPE "Help", "links", "description", "Learn more about Gemini API quotas", "url",
        "https://ai.google.dev/gemini-api/docs/rate-limits", "@type", TYPE "RetryInfo",
        "retryDelay", delay);
}

static json_t *details(const struct call *call, const struct wording *wording, const char *message)
{
    const struct decision *decision = &call->decision;

    if (wording->status == 429)
        return call->room.wait_s ? quota_json(call) : NULL;
    if (wording->code && fault_of_identity(decision->fault))
        return json_pack("[o, {s:s, s:s, s:s}]", info_json(call, wording->code), "@type",
                         TYPE "LocalizedMessage", "locale", "en-US", "message", message);
    if (wording->code)
        return json_pack("[o]", info_json(call, wording->code));
    if (wording->status == 400 && decision->param[0])
        return json_pack("[{s:s, s:[{s:s, s:s}]}]", "@type", TYPE "BadRequest", "fieldViolations",
                         "field", decision->param, "description", message);
    return NULL;
}

static json_t *error_body(const struct call *call, const struct wording *wording,
                          const char *message)
{
    return json_pack("{s:{s:i, s:s, s:s, s:o*}}", "error", "code", wording->status, "message",
                     message, "status", wording->type, "details", details(call, wording, message));
}

static const char argument[] = "INVALID_ARGUMENT", denied[] = "PERMISSION_DENIED";
static const char bad_key[] = "API_KEY_INVALID";

/* The vendor's own way: who sends no key is denied, who sends a bad one made a mistake. */
static const struct wording wordings[FAULT_COUNT] = {
    [FAULT_KEY_MISSING] = {403, denied, NULL,
                           "Method doesn't allow unregistered callers (callers without established "
                           "identity). Please use API Key or other form of API consumer identity "
                           "to call this API."},
    [FAULT_TOKEN_INVALID] = {401, "UNAUTHENTICATED", NULL,
                             "Request had invalid authentication credentials. Expected OAuth 2 "
                             "access token, login cookie or other valid authentication "
                             "credential."},
    [FAULT_KEY_UNKNOWN] = {400, argument, bad_key,
                           "API key not valid. Please pass a valid API key."},
    [FAULT_KEY_EXPIRED] = {400, argument, bad_key, "API key expired. Please renew the API key."},
    [FAULT_KEY_DISABLED] = {403, denied, "CONSUMER_SUSPENDED",
                            "Permission denied: Consumer 'projects/gatemark' has been suspended."},
    [FAULT_PERMISSION_LACKING] = {403, denied, "API_KEY_SERVICE_BLOCKED",
                                  "Requests to this API " SERVICE " method {path} are blocked."},
    [FAULT_RATE_LIMITED] = {429, "RESOURCE_EXHAUSTED", NULL,
                            "You exceeded your current quota, please check your plan and billing "
                            "details. Please retry in {wait}s."},
    [FAULT_BUDGET_SPENT] = {429, "RESOURCE_EXHAUSTED", NULL,
                            "Resource has been exhausted (e.g. check quota)."},
    [FAULT_FIELD_UNKNOWN] = {400, argument, NULL,
                             "Invalid JSON payload received. Unknown name \"{param}\": Cannot find "
                             "field."},
};

/* The version that was asked for is named. */
static const struct wording *choose(const struct call *call)
{
    static const struct wording unknown_in_v1 = {
        404, "NOT_FOUND", NULL,
        "models/{model} is not found for API version v1, or is not supported for this method."};
    bool v1 = strncmp(call->path, "/v1/", 4) == 0;

    return v1 && call->decision.fault == FAULT_MODEL_UNKNOWN ? &unknown_in_v1 : NULL;
}

/* The wait stands in the body alone. */
static void finish(struct call *call)
{
    response_header_remove(call->response, "Retry-After");
}

static const struct voice voice = {
    .wordings = wordings,
    .common = gemini_wordings,
    .choose = choose,
    .error_body = error_body,
};

const struct gateway gateway_gemini = {
    .name = "gemini",
    .title = "Gemini API, as the vendor speaks it: no key is 403, a bad one 400",
    .source = "gemini-proto",
    .realm = "https://accounts.google.com/",
    .provider = "google",
    .voices = {[FAMILY_GEMINI] = &voice},
    .family = FAMILY_GEMINI,
    .carriers = carriers,
    .tokens_only = true,
    .secret_prefix = {[KIND_INFERENCE] = "AIza"},
    .secret_length = 35,
    .hint_length = 8,
    .body_limit = 20 << 20,
    .header_limit = 16384,
    .finish = finish,
};
