#include "mock/deviations/lies.h"

#include <string.h>

static bool succeeded(const struct call *call)
{
    return call->response->status / 100 == 2 && call->response->body;
}

/* Any gateway's chat. */
static bool answers_chat(const struct call *call)
{
    const char *path = call->endpoint ? call->endpoint->path : "";

    return succeeded(call) && strlen(path) >= 17 &&
           strcmp(path + strlen(path) - 17, "/chat/completions") == 0;
}

static bool set_header(struct call *call, const char *name, const char *value)
{
    response_header(call->response, name, "%s", value);
    return true;
}

static bool tells_key(const struct call *call)
{
    return lie_answers(call, "GET", "/api/v1/key");
}

static bool says(struct call *call, const char *text)
{
    return lie_refuses(call, "openrouter") && lie_put_text(call, "error.message", text);
}

static bool openrouter_other_missing_text(struct call *call)
{
    enum fault fault = call->decision.fault;

    return (fault == FAULT_KEY_MISSING || fault == FAULT_SCHEME_MISSING ||
            fault == FAULT_KEY_IN_COOKIE) &&
           says(call, "Who is there?");
}

static bool openrouter_other_unknown_text(struct call *call)
{
    enum fault fault = call->decision.fault;

    return (fault == FAULT_KEY_UNKNOWN || fault == FAULT_KEY_REVOKED) &&
           says(call, "No such user.");
}

static bool openrouter_other_management_text(struct call *call)
{
    return call->decision.fault == FAULT_KEY_WRONG_KIND &&
           call->decision.key->kind == KIND_MANAGEMENT && says(call, "No such user.");
}

static bool openrouter_other_foreign_text(struct call *call)
{
    return call->decision.fault == FAULT_KEY_FOREIGN && says(call, "Whose key is this?");
}

static bool openrouter_other_bare_text(struct call *call)
{
    return call->decision.fault == FAULT_SCHEME_MISSING && says(call, "Bearer is missing.");
}

static bool openrouter_other_cookie_text(struct call *call)
{
    return call->decision.fault == FAULT_KEY_IN_COOKIE && says(call, "No cookies, please.");
}

static bool openrouter_other_model_text(struct call *call)
{
    return call->decision.fault == FAULT_MODEL_UNKNOWN && says(call, "No such model.");
}

static bool openrouter_success_with_rates(struct call *call)
{
    return lie_from(call, "openrouter") && answers_chat(call) &&
           set_header(call, "X-RateLimit-Limit", "20");
}

static bool key_without_limit_says_so(struct call *call)
{
    return tells_key(call) && json_is_null(lie_get(call->response->body, "data.limit")) &&
           lie_put_text(call, "data.limit", "none");
}

const struct deviation openrouter_deviations[] = {
    {
        .name = "openrouter-other-missing-text",
        .breaks = "openrouter.missing-key-text",
        .about = "a missing key hears other words",
        .on_response = openrouter_other_missing_text,
    },
    {
        .name = "openrouter-other-unknown-text",
        .breaks = "openrouter.unknown-key-text",
        .about = "an unknown key hears other words",
        .on_response = openrouter_other_unknown_text,
    },
    {
        .name = "openrouter-other-management-text",
        .breaks = "openrouter.management-key-text",
        .about = "a management key hears other words",
        .on_response = openrouter_other_management_text,
    },
    {
        .name = "openrouter-other-foreign-text",
        .breaks = "openrouter.foreign-key-text",
        .about = "another vendor's key hears other words",
        .on_response = openrouter_other_foreign_text,
    },
    {
        .name = "openrouter-other-bare-text",
        .breaks = "openrouter.bare-key-as-if-missing",
        .about = "a bare key hears that Bearer is missing",
        .on_response = openrouter_other_bare_text,
    },
    {
        .name = "openrouter-other-cookie-text",
        .breaks = "openrouter.cookie-as-if-missing",
        .about = "a cookie hears that it is one",
        .on_response = openrouter_other_cookie_text,
    },
    {
        .name = "openrouter-other-model-text",
        .breaks = "openrouter.unknown-model-text",
        .about = "an unknown model hears other words",
        .on_response = openrouter_other_model_text,
    },
    {
        .name = "openrouter-success-with-rates",
        .breaks = "openrouter.success-without-rate-headers",
        .about = "a success has X-RateLimit-Limit",
        .on_response = openrouter_success_with_rates,
    },
    {
        .name = "key-without-limit-says-so",
        .breaks = "openrouter.key-tells-limit",
        .about = "no limit is the text none",
        .on_response = key_without_limit_says_so,
    },
    {
        .name = "key-forgets-the-week",
        .breaks = "openrouter.key-tells-usage",
        .about = "usage_weekly is missing",
        .gateway = "openrouter",
        .path = "/key",
        .method = "GET",
        .status = 2,
        .field = "data.usage_weekly",
    },
    {
        .name = "key-says-management",
        .breaks = "openrouter.key-is-no-management-key",
        .about = "every key is a management key",
        .gateway = "openrouter",
        .path = "/key",
        .method = "GET",
        .status = 2,
        .field = "data.is_management_key",
        .value = "true",
    },
    {
        .name = "key-denies-management",
        .breaks = "openrouter.management-key-is-one",
        .about = "no key is a management key",
        .gateway = "openrouter",
        .path = "/key",
        .method = "GET",
        .status = 2,
        .field = "data.is_management_key",
        .value = "false",
    },
    {
        .name = "key-without-mask",
        .breaks = "openrouter.label-masked",
        .about = "the label is no masked key",
        .gateway = "openrouter",
        .path = "/key",
        .method = "GET",
        .status = 2,
        .field = "data.label",
        .value = "\"my key\"",
    },
    {
        .name = "model-without-name",
        .breaks = "openrouter.models-listed",
        .about = "a model has no name",
        .gateway = "openrouter",
        .path = "/models",
        .method = "GET",
        .status = 2,
        .field = "data.0.name",
    },
    {
        .name = "price-as-number",
        .breaks = "openrouter.models-prices",
        .about = "a price is a number",
        .gateway = "openrouter",
        .path = "/models",
        .method = "GET",
        .status = 2,
        .field = "data.0.pricing.prompt",
        .value = "0.5",
    },
    {0},
};
