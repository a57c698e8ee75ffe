#include "mock/families/families.h"

json_t *openai_error_body(const struct call *call, const struct wording *wording,
                          const char *message)
{
    const char *param = call->decision.param[0] ? call->decision.param : NULL;

    return json_pack("{s:{s:s, s:s, s:s?, s:s?}}", "error", "message", message, "type",
                     wording->type, "param", param, "code", wording->code);
}

static const char invalid[] = "invalid_request_error";

const struct wording openai_wordings[FAULT_COUNT] = {
    [FAULT_KEY_MISSING] = {401, invalid, NULL,
                           "You didn't provide an API key. Send it in the Authorization header, as "
                           "Authorization: Bearer YOUR_API_KEY."},
    [FAULT_KEY_UNKNOWN] = {401, invalid, "invalid_api_key", "Incorrect API key provided."},
    [FAULT_PERMISSION_LACKING] = {403, "permission_error", "insufficient_permissions",
                                  "This API key may not do that."},
    [FAULT_MODEL_FORBIDDEN] = {403, invalid, "model_not_found",
                               "This API key does not have access to model `{model}`"},
    [FAULT_RATE_LIMITED] = {429, "requests", "rate_limit_exceeded",
                            "Rate limit reached: {limit} requests. Please try again in {wait}s."},
    [FAULT_BUDGET_SPENT] = {429, "insufficient_quota", "insufficient_quota",
                            "You exceeded your current quota."},
    [FAULT_BODY_INVALID] = {400, invalid, NULL,
                            "We could not parse the JSON body of your request: {detail}"},
    [FAULT_FIELD_MISSING] = {400, invalid, "missing_required_parameter",
                             "Missing required parameter: '{param}'."},
    [FAULT_FIELD_WRONG_TYPE] = {400, invalid, "invalid_type",
                                "Invalid type for '{param}': {detail}."},
    [FAULT_FIELD_OUT_OF_RANGE] = {400, invalid, "invalid_value",
                                  "Invalid value for '{param}': {detail}."},
    [FAULT_FIELD_UNKNOWN] = {400, invalid, "unknown_parameter", "Unknown parameter: '{param}'."},
    [FAULT_FEATURE_UNSUPPORTED] = {400, invalid, "unsupported_value",
                                   "Unsupported value for '{param}': {detail}."},
    [FAULT_MODEL_UNKNOWN] = {404, invalid, "model_not_found",
                             "The model `{model}` does not exist or you do not have access to it."},
    [FAULT_ID_UNKNOWN] = {404, invalid, NULL, "Not found: {detail}"},
    [FAULT_PATH_UNKNOWN] = {404, invalid, NULL, "Invalid URL ({method} {path})"},
    [FAULT_METHOD_UNKNOWN] = {405, invalid, "method_not_supported",
                              "Not allowed to {method} on {path}."},
    [FAULT_BODY_TOO_LARGE] = {413, invalid, NULL, "The request body is too large."},
    [FAULT_HEADERS_TOO_LARGE] = {431, invalid, NULL, "The request's header fields are too large."},
    [FAULT_FRAMING_INVALID] = {400, invalid, NULL, "The request is not valid HTTP: {detail}"},
};
