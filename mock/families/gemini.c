#include "mock/families/families.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define TYPE "type.googleapis.com/google.rpc."

static json_t *details(const struct call *call, const struct wording *wording)
{
    const struct decision *decision = &call->decision;
    char delay[32];

    if (wording->status == 429) {
        snprintf(delay, sizeof delay, "%" PRId64 "s", call->room.wait_s);
        return json_pack("[{s:s, s:s}]", "@type", TYPE "RetryInfo", "retryDelay", delay);
    }
    if (wording->status == 400 && decision->param[0])
        return json_pack("[{s:s, s:[{s:s, s:s}]}]", "@type", TYPE "BadRequest", "fieldViolations",
                         "field", decision->param, "description", decision->detail);
    if (wording->code)
        return json_pack("[{s:s, s:s, s:s}]", "@type", TYPE "ErrorInfo", "reason", wording->code,
                         "domain", "googleapis.com");
    return NULL;
}

json_t *gemini_error_body(const struct call *call, const struct wording *wording,
                          const char *message)
{
    return json_pack("{s:{s:i, s:s, s:s, s:o*}}", "error", "code", wording->status, "message",
                     message, "status", wording->type, "details", details(call, wording));
}

static const char argument[] = "INVALID_ARGUMENT";

/* A gateway that knows its caller by a platform key: who is not known is UNAUTHENTICATED, as
 * google.rpc.Code has it. */
const struct wording gemini_wordings[FAULT_COUNT] = {
    [FAULT_KEY_MISSING] = {401, "UNAUTHENTICATED", "CREDENTIALS_MISSING",
                           "Request is missing required authentication credential."},
    [FAULT_KEY_UNKNOWN] = {401, "UNAUTHENTICATED", "API_KEY_INVALID",
                           "API key not valid. Please pass a valid API key."},
    [FAULT_PERMISSION_LACKING] = {403, "PERMISSION_DENIED", NULL,
                                  "The caller does not have permission."},
    [FAULT_MODEL_FORBIDDEN] = {403, "PERMISSION_DENIED", NULL,
                               "The API key may not use model {model}."},
    [FAULT_RATE_LIMITED] = {429, "RESOURCE_EXHAUSTED", NULL,
                            "Quota of {limit} requests exceeded. Please retry in {wait}s."},
    [FAULT_BUDGET_SPENT] = {429, "RESOURCE_EXHAUSTED", NULL, "The key's budget is spent."},
    [FAULT_BODY_INVALID] = {400, argument, NULL, "Invalid JSON payload received. {detail}"},
    [FAULT_FIELD_MISSING] = {400, argument, NULL, "{param} is required."},
    [FAULT_FIELD_OUT_OF_RANGE] = {400, argument, NULL, "Invalid value at '{param}': {detail}"},
    [FAULT_FIELD_UNKNOWN] = {400, argument, NULL,
                             "Invalid JSON payload received. Unknown name \"{param}\"."},
    [FAULT_MODEL_UNKNOWN] = {404, "NOT_FOUND", NULL,
                             "models/{model} is not found for API version v1beta, or is not "
                             "supported for this method."},
    [FAULT_ID_UNKNOWN] = {404, "NOT_FOUND", NULL, "{detail}"},
    [FAULT_PATH_UNKNOWN] = {404, "NOT_FOUND", NULL, "No method lies at {method} {path}."},
    [FAULT_METHOD_UNKNOWN] = {405, argument, NULL, "{method} is not allowed on {path}."},
    [FAULT_BODY_TOO_LARGE] = {413, argument, NULL, "The request payload is too large."},
    [FAULT_HEADERS_TOO_LARGE] = {431, argument, NULL, "The request's header fields are too large."},
    [FAULT_FRAMING_INVALID] = {400, argument, NULL, "The request is not valid HTTP: {detail}"},
};
