#include "mock/deviations/lies.h"

static bool refuses_family(const struct call *call, enum family family)
{
    return lie_refuses(call, NULL) && call->family == family && !lie_from(call, "arouter") &&
           !lie_from(call, "openrouter") && !lie_of_tokens(call);
}

static bool openai_without_message(struct call *call)
{
    return refuses_family(call, FAMILY_OPENAI) &&
           lie_set(call->response->body, "error.message", NULL);
}

static bool openai_without_type(struct call *call)
{
    return refuses_family(call, FAMILY_OPENAI) && lie_set(call->response->body, "error.type", NULL);
}

static bool openai_without_param(struct call *call)
{
    return refuses_family(call, FAMILY_OPENAI) &&
           lie_set(call->response->body, "error.param", NULL);
}

static bool openai_without_code(struct call *call)
{
    return refuses_family(call, FAMILY_OPENAI) && lie_set(call->response->body, "error.code", NULL);
}

static bool anthropic_is_no_error(struct call *call)
{
    return refuses_family(call, FAMILY_ANTHROPIC) && lie_put_text(call, "type", "refusal");
}

static bool anthropic_without_type(struct call *call)
{
    return refuses_family(call, FAMILY_ANTHROPIC) &&
           lie_set(call->response->body, "error.type", NULL);
}

static bool anthropic_without_message(struct call *call)
{
    return refuses_family(call, FAMILY_ANTHROPIC) &&
           lie_set(call->response->body, "error.message", NULL);
}

static bool anthropic_of_one_type(struct call *call)
{
    return refuses_family(call, FAMILY_ANTHROPIC) && lie_put_text(call, "error.type", "api_error");
}

static bool gemini_code_is_zero(struct call *call)
{
    return refuses_family(call, FAMILY_GEMINI) && lie_put(call, "error.code", json_integer(0));
}

static bool gemini_status_unknown(struct call *call)
{
    return refuses_family(call, FAMILY_GEMINI) && lie_put_text(call, "error.status", "UNKNOWN");
}

static bool gemini_without_message(struct call *call)
{
    return refuses_family(call, FAMILY_GEMINI) &&
           lie_set(call->response->body, "error.message", NULL);
}

static bool gemini_details_untyped(struct call *call)
{
    return refuses_family(call, FAMILY_GEMINI) && call->decision.fault == FAULT_MODEL_UNKNOWN &&
           lie_put(call, "error.details", json_pack("[{s:s}]", "reason", "BECAUSE"));
}

static bool foreign_member(struct call *call)
{
    return lie_from(call, "clawdrouter") && refuses_family(call, FAMILY_OPENAI) &&
           lie_put_text(call, "type", "error");
}

static bool arouter_code_as_number(struct call *call)
{
    return lie_refuses(call, "arouter") &&
           lie_put(call, "error.code", json_integer(call->response->status));
}

static bool arouter_other_missing_text(struct call *call)
{
    return lie_refuses(call, "arouter") &&
           lie_has_text(call, "error.message", "missing or invalid Authorization header") &&
           lie_put_text(call, "error.message", "who is there?");
}

static bool arouter_other_unknown_text(struct call *call)
{
    return lie_refuses(call, "arouter") && lie_has_text(call, "error.message", "invalid api key") &&
           lie_put_text(call, "error.message", "no such key");
}

static bool arouter_other_provider_text(struct call *call)
{
    return call->decision.fault == FAULT_PROVIDER_FORBIDDEN && lie_refuses(call, "arouter") &&
           lie_put_text(call, "error.message", "forbidden");
}

static bool invoratec_says_nothing(struct call *call)
{
    return lie_refuses(call, "invoratec") && json_object_clear(call->response->body) == 0;
}

const struct deviation envelope_deviations[] = {
    {
        .name = "openai-without-message",
        .breaks = "envelope.openai-message",
        .about = "errors of OpenAI routes lack error.message",
        .on_response = openai_without_message,
    },
    {
        .name = "openai-without-type",
        .breaks = "envelope.openai-type",
        .about = "errors of OpenAI routes lack error.type",
        .on_response = openai_without_type,
    },
    {
        .name = "openai-without-param",
        .breaks = "envelope.openai-param",
        .about = "errors of OpenAI routes lack error.param",
        .on_response = openai_without_param,
    },
    {
        .name = "openai-without-code",
        .breaks = "envelope.openai-code",
        .about = "errors of OpenAI routes lack error.code",
        .on_response = openai_without_code,
    },
    {
        .name = "anthropic-is-no-error",
        .breaks = "envelope.anthropic-is-an-error",
        .about = "errors of Anthropic routes are of the type refusal",
        .on_response = anthropic_is_no_error,
    },
    {
        .name = "anthropic-without-type",
        .breaks = "envelope.anthropic-type",
        .about = "errors of Anthropic routes lack error.type",
        .on_response = anthropic_without_type,
    },
    {
        .name = "anthropic-without-message",
        .breaks = "envelope.anthropic-message",
        .about = "errors of Anthropic routes lack error.message",
        .on_response = anthropic_without_message,
    },
    {
        .name = "anthropic-of-one-type",
        .breaks = "envelope.anthropic-type-fits-status",
        .about = "every error of an Anthropic route is an api_error",
        .on_response = anthropic_of_one_type,
    },
    {
        .name = "gemini-code-is-zero",
        .breaks = "envelope.gemini-code-is-status",
        .about = "error.code of a Gemini route is 0",
        .on_response = gemini_code_is_zero,
    },
    {
        .name = "gemini-status-unknown",
        .breaks = "envelope.gemini-status-fits-code",
        .about = "error.status of a Gemini route is always UNKNOWN",
        .on_response = gemini_status_unknown,
    },
    {
        .name = "gemini-without-message",
        .breaks = "envelope.gemini-message",
        .about = "errors of Gemini routes lack error.message",
        .on_response = gemini_without_message,
    },
    {
        .name = "gemini-details-untyped",
        .breaks = "envelope.gemini-details-typed",
        .about = "details of an unknown model have no @type",
        .on_response = gemini_details_untyped,
    },
    {
        .name = "foreign-member",
        .breaks = "envelope.routes-keep-their-protocol",
        .about = "errors of OpenAI routes hold Anthropic's type too",
        .on_response = foreign_member,
    },
    {
        .name = "openrouter-code-as-text",
        .breaks = "envelope.openrouter-code-is-status",
        .about = "error.code is a text",
        .gateway = "openrouter",
        .status = 4,
        .field = "error.code",
        .value = "\"refused\"",
    },
    {
        .name = "openrouter-without-message",
        .breaks = "envelope.openrouter-message",
        .about = "errors lack error.message",
        .gateway = "openrouter",
        .status = 4,
        .field = "error.message",
    },
    {
        .name = "openrouter-metadata-as-text",
        .breaks = "envelope.openrouter-metadata",
        .about = "error.metadata is a text",
        .gateway = "openrouter",
        .status = 4,
        .field = "error.metadata",
        .value = "\"none\"",
    },
    {
        .name = "arouter-without-message",
        .breaks = "envelope.arouter-message",
        .about = "errors lack error.message",
        .gateway = "arouter",
        .status = 4,
        .field = "error.message",
    },
    {
        .name = "arouter-without-type",
        .breaks = "envelope.arouter-type",
        .about = "errors lack error.type",
        .gateway = "arouter",
        .status = 4,
        .field = "error.type",
    },
    {
        .name = "arouter-of-one-type",
        .breaks = "envelope.arouter-type-fits-status",
        .about = "every error is a server_error",
        .gateway = "arouter",
        .status = 4,
        .field = "error.type",
        .value = "\"server_error\"",
    },
    {
        .name = "arouter-code-as-number",
        .breaks = "envelope.arouter-code-is-no-number",
        .about = "error.code is the status as a number",
        .on_response = arouter_code_as_number,
    },
    {
        .name = "arouter-other-missing-text",
        .breaks = "envelope.arouter-missing-key-text",
        .about = "a missing key hears other words",
        .on_response = arouter_other_missing_text,
    },
    {
        .name = "arouter-other-unknown-text",
        .breaks = "envelope.arouter-unknown-key-text",
        .about = "an invalid key hears other words",
        .on_response = arouter_other_unknown_text,
    },
    {
        .name = "arouter-other-provider-text",
        .breaks = "envelope.arouter-provider-text",
        .about = "a forbidden provider is not named",
        .on_response = arouter_other_provider_text,
    },
    {
        .name = "invoratec-says-nothing",
        .breaks = "envelope.invoratec-says-why",
        .about = "errors are empty objects",
        .on_response = invoratec_says_nothing,
    },
    {0},
};
