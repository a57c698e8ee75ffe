#include "mock/families/families.h"

#include "mock/wording.h"

#include <ctype.h>
#include <string.h>

json_t *anthropic_error_body(const struct call *call, const struct wording *wording,
                             const char *message)
{
    const char *id = call->request_id[0] ? call->request_id : NULL;

    return json_pack("{s:s, s:{s:s, s:s}, s:s?}", "type", "error", "error", "type", wording->type,
                     "message", message, "request_id", id);
}

static const char invalid[] = "invalid_request_error";

const struct wording anthropic_wordings[FAULT_COUNT] = {
    [FAULT_KEY_MISSING] = {401, "authentication_error", NULL, "x-api-key header is required"},
    [FAULT_KEY_UNKNOWN] = {401, "authentication_error", NULL, "invalid x-api-key"},
    [FAULT_PERMISSION_LACKING] = {403, "permission_error", NULL,
                                  "This API key does not have permission to use this resource."},
    [FAULT_MODEL_FORBIDDEN] = {403, "permission_error", NULL,
                               "This API key does not have access to model {model}."},
    [FAULT_RATE_LIMITED] = {429, "rate_limit_error", NULL,
                            "This request would exceed your rate limit of {limit} requests. Try "
                            "again in {wait} seconds."},
    [FAULT_BUDGET_SPENT] = {402, "billing_error", NULL, "The credit of this key is used up."},
    [FAULT_VERSION_MISSING] = {400, invalid, NULL, "anthropic-version: {detail}"},
    [FAULT_VERSION_UNKNOWN] = {400, invalid, NULL, "anthropic-version: {detail}"},
    [FAULT_BETA_UNKNOWN] = {400, invalid, NULL,
                            "Unexpected value(s) `{detail}` for the `anthropic-beta` header."},
    [FAULT_BODY_INVALID] = {400, invalid, NULL, "The request body is not valid JSON: {detail}"},
    [FAULT_FIELD_MISSING] = {400, invalid, NULL, "{param}: Field required"},
    [FAULT_FIELD_OUT_OF_RANGE] = {400, invalid, NULL, "{param}: {detail}"},
    [FAULT_FIELD_UNKNOWN] = {400, invalid, NULL, "{param}: Extra inputs are not permitted"},
    [FAULT_MODEL_UNKNOWN] = {404, "not_found_error", NULL, "model: {model}"},
    [FAULT_ID_UNKNOWN] = {404, "not_found_error", NULL, "{detail}"},
    [FAULT_PATH_UNKNOWN] = {404, "not_found_error", NULL, "Not Found"},
    [FAULT_METHOD_UNKNOWN] = {405, invalid, NULL, "Method Not Allowed"},
    [FAULT_BODY_TOO_LARGE] = {413, "request_too_large", NULL, "Request exceeds the maximum size"},
    [FAULT_HEADERS_TOO_LARGE] = {431, invalid, NULL, "The request's header fields are too large"},
    [FAULT_FRAMING_INVALID] = {400, invalid, NULL, "The request is not valid HTTP: {detail}"},
};

static const char newest[] = "2026-10-21";
static const char *const versions[] = {"2023-01-01", "2023-06-01", newest};

static bool known_version(const char *version)
{
    for (size_t i = 0; i < COUNT(versions); i++)
        if (strcmp(versions[i], version) == 0)
            return true;
    return false;
}

bool anthropic_without_sampling(const struct request *request)
{
    const char *version = request_header(request, "anthropic-version");

    return version && strcmp(version, newest) == 0;
}

/* Every beta so far is words and a date: some-feature-2025-04-20. */
static bool looks_like_beta(const char *text, size_t length)
{
    static const char form[] = "-dddd-dd-dd";
    const size_t tail = sizeof form - 1;

    if (length <= tail)
        return false;
    for (size_t i = 0; i < tail; i++) {
        char c = text[length - tail + i];
        if (form[i] == 'd' ? !isdigit((unsigned char)c) : c != '-')
            return false;
    }
    return true;
}

static void judge_betas(struct call *call)
{
    const char *at = request_header(call->request, "anthropic-beta");
    char plain[96];

    while (at && *at) {
        at += strspn(at, ", ");
        size_t length = strcspn(at, ", ");
        if (length && !looks_like_beta(at, length)) {
            text_plain(at, plain, sizeof plain);
            call_refuse_field(call, FAULT_BETA_UNKNOWN, "anthropic-beta", "%.*s", (int)length,
                              plain);
            return;
        }
        at += length;
    }
}

void anthropic_judge_versions(struct call *call)
{
    const char *version = request_header(call->request, "anthropic-version");
    char plain[64];

    if (call->family != FAMILY_ANTHROPIC)
        return;
    if (!version || !*version) {
        call_refuse_field(call, FAULT_VERSION_MISSING, "anthropic-version", "header is required");
        return;
    }
    text_plain(version, plain, sizeof plain);
    if (request_header_count(call->request, "anthropic-version") > 1)
        call_refuse_field(call, FAULT_VERSION_UNKNOWN, "anthropic-version",
                          "\"%s, %s\" is not a valid version", plain, plain);
    else if (!known_version(version))
        call_refuse_field(call, FAULT_VERSION_UNKNOWN, "anthropic-version",
                          "\"%s\" is not a valid version", plain);
    else
        judge_betas(call);
}
