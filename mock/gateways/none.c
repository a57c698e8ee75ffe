#include "mock/families/families.h"

static struct carriers carriers(const struct call *call, enum family family)
{
    (void)call;
    (void)family;
    return (struct carriers){.order = {CARRIER_BEARER}};
}

static const struct wording wordings[FAULT_COUNT] = {
    [FAULT_PATH_UNKNOWN] =
        {404, "invalid_request_error", NULL,
         "No gateway is mounted at {path}: a path begins with the gateway's name, "
         "such as /openrouter/api/v1/key. GET /_gatemark/health lists them."},
};

static const struct voice openai = {
    .wordings = wordings,
    .common = openai_wordings,
    .error_body = openai_error_body,
};

const struct gateway gateway_none = {
    .name = "none",
    .voices = {[FAMILY_OPENAI] = &openai},
    .family = FAMILY_OPENAI,
    .carriers = carriers,
    .body_limit = 1 << 20,
    .header_limit = 16384,
};
