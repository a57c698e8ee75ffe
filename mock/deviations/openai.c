#include "mock/deviations/lies.h"

#include <stdio.h>
#include <string.h>

static bool at_chat(const struct call *call)
{
    return lie_from(call, "openai") && lie_at(call, "/chat/completions");
}

/* Never issued, or no longer: the two are told alike, whatever is told. */
static bool is_no_key(const struct call *call)
{
    enum fault fault = call->decision.fault;

    return at_chat(call) && (fault == FAULT_KEY_UNKNOWN || fault == FAULT_KEY_REVOKED);
}

static bool other_key_code(struct call *call)
{
    return is_no_key(call) && lie_put_text(call, "error.code", "bad_key");
}

static bool unknown_not_shown(struct call *call)
{
    return is_no_key(call) && lie_put_text(call, "error.message", "Incorrect API key provided.");
}

static bool readers_refused(struct call *call)
{
    const struct key *key = call->decision.key;

    return lie_from(call, "openai") && key && !(key->permissions & PERMISSION_WRITE) &&
           lie_refuse(call, FAULT_PERMISSION_LACKING);
}

static bool takes_any_top_p(struct call *call)
{
    return at_chat(call) && strcmp(call->decision.param, "top_p") == 0 &&
           lie_admit(call, FAULT_FIELD_OUT_OF_RANGE);
}

static bool bare_request_id(struct call *call)
{
    if (!at_chat(call) || call->response->status != 200)
        return false;
    response_header(call->response, "x-request-id", "%s", call->request_id + strlen("req_"));
    return true;
}

const struct deviation openai_deviations[] = {
    {
        .name = "openai-other-missing-text",
        .breaks = "openai.missing-key-text",
        .about = "a missing key hears other words",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "key-missing",
        .field = "error.message",
        .value = "\"No key.\"",
    },
    {
        .name = "openai-missing-with-code",
        .breaks = "openai.missing-key-without-code",
        .about = "a missing key has a code",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "key-missing",
        .field = "error.code",
        .value = "\"no_key\"",
    },
    {
        .name = "openai-responses-other-missing-text",
        .breaks = "openai.responses-missing-key-text",
        .about = "/v1/responses words a missing key as others do",
        .gateway = "openai",
        .path = "/responses",
        .fault = "key-missing",
        .field = "error.message",
        .value = "\"No key.\"",
    },
    {
        .name = "openai-other-key-code",
        .breaks = "openai.unknown-key-code",
        .about = "an unknown key has another code",
        .gateway = "openai",
        .on_response = other_key_code,
    },
    {
        .name = "openai-unknown-not-shown",
        .breaks = "openai.unknown-key-masked",
        .about = "an unknown key is not shown",
        .gateway = "openai",
        .on_response = unknown_not_shown,
    },
    {
        .name = "openai-scope-as-403",
        .breaks = "openai.scope-lacking-is-401",
        .about = "a missing scope is 403",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "permission-lacking",
        .new_status = 403,
    },
    {
        .name = "openai-scope-unnamed",
        .breaks = "openai.scope-named",
        .about = "the missing scope is not named",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "permission-lacking",
        .field = "error.message",
        .value = "\"Not allowed.\"",
    },
    {
        .name = "openai-responses-scope-unnamed",
        .breaks = "openai.responses-scope-named",
        .about = "the scope missing for /v1/responses is not named",
        .gateway = "openai",
        .path = "/responses",
        .fault = "permission-lacking",
        .field = "error.message",
        .value = "\"Missing scopes: model.request\"",
    },
    {
        .name = "openai-readers-refused",
        .breaks = "openai.reading-key-reads",
        .about = "a key for reading does not read",
        .gateway = "openai",
        .on_decision = readers_refused,
    },
    {
        .name = "openai-other-forbidden-code",
        .breaks = "openai.model-forbidden-code",
        .about = "a forbidden model has another code",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "model-forbidden",
        .field = "error.code",
        .value = "\"no_model\"",
    },
    {
        .name = "openai-unknown-model-as-400",
        .breaks = "openai.unknown-model-is-404",
        .about = "an unknown model is 400",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "model-unknown",
        .new_status = 400,
    },
    {
        .name = "openai-unknown-model-without-code",
        .breaks = "openai.unknown-model-code",
        .about = "an unknown model has no code",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "model-unknown",
        .field = "error.code",
        .value = "null",
    },
    {
        .name = "openai-models-no-list",
        .breaks = "openai.models-object",
        .about = "the list of models is no list",
        .gateway = "openai",
        .path = "/v1/models",
        .method = "GET",
        .field = "object",
        .value = "\"models\"",
        .status = 2,
    },
    {
        .name = "openai-model-without-owner",
        .breaks = "openai.models-whole",
        .about = "a model has no owner",
        .gateway = "openai",
        .path = "/v1/models",
        .method = "GET",
        .field = "data.0.owned_by",
        .status = 2,
    },
    {
        .name = "openai-other-model-shown",
        .breaks = "openai.model-shown",
        .about = "another model is shown",
        .gateway = "openai",
        .path = "/models/{model}",
        .method = "GET",
        .field = "id",
        .value = "\"another\"",
        .status = 2,
    },
    {
        .name = "openai-unknown-shown-as-400",
        .breaks = "openai.model-not-shown",
        .about = "an unknown model asked for is 400",
        .gateway = "openai",
        .path = "/models/{model}",
        .method = "GET",
        .fault = "model-unknown",
        .new_status = 400,
    },
    {
        .name = "openai-other-json-text",
        .breaks = "openai.broken-json-text",
        .about = "broken JSON hears other words",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "body-invalid",
        .field = "error.message",
        .value = "\"Bad body.\"",
    },
    {
        .name = "openai-other-model-text",
        .breaks = "openai.missing-model-text",
        .about = "a missing model hears other words",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "field-missing",
        .field = "error.message",
        .value = "\"Something is missing.\"",
    },
    {
        .name = "openai-other-missing-code",
        .breaks = "openai.missing-field-code",
        .about = "a missing field has another code",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "field-missing",
        .field = "error.code",
        .value = "\"missing\"",
    },
    {
        .name = "openai-missing-unnamed",
        .breaks = "openai.missing-field-named",
        .about = "a missing field is not named",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "field-missing",
        .field = "error.param",
        .value = "null",
    },
    {
        .name = "openai-other-unknown-code",
        .breaks = "openai.unknown-field-code",
        .about = "an unknown field has another code",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "field-unknown",
        .field = "error.code",
        .value = "\"unknown\"",
    },
    {
        .name = "openai-unknown-unnamed",
        .breaks = "openai.unknown-field-named",
        .about = "an unknown field is not named",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "field-unknown",
        .field = "error.param",
        .value = "null",
    },
    {
        .name = "openai-takes-any-top-p",
        .breaks = "openai.range-refused",
        .about = "top_p may be anything",
        .gateway = "openai",
        .on_decision = takes_any_top_p,
    },
    {
        .name = "openai-range-unnamed",
        .breaks = "openai.range-named",
        .about = "a figure out of range is not named",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "field-out-of-range",
        .field = "error.param",
        .value = "null",
    },
    {
        .name = "openai-other-rate-code",
        .breaks = "openai.rate-limit-code",
        .about = "too many calls have another code",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "rate-limited",
        .field = "error.code",
        .value = "\"slow_down\"",
    },
    {
        .name = "openai-other-rate-type",
        .breaks = "openai.rate-limit-type",
        .about = "too many calls are of another type",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "rate-limited",
        .field = "error.type",
        .value = "\"limits\"",
    },
    {
        .name = "openai-wait-of-a-millisecond",
        .breaks = "openai.wait-in-both-units",
        .about = "retry-after-ms is 1",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "rate-limited",
        .header = "retry-after-ms",
        .header_value = "1",
    },
    {
        .name = "openai-quota-as-402",
        .breaks = "openai.quota-spent-is-429",
        .about = "a spent quota is 402",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "budget-spent",
        .new_status = 402,
    },
    {
        .name = "openai-other-quota-code",
        .breaks = "openai.quota-spent-code",
        .about = "a spent quota has another code",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "budget-spent",
        .field = "error.code",
        .value = "\"rate_limit_exceeded\"",
    },
    {
        .name = "openai-other-quota-type",
        .breaks = "openai.quota-spent-type",
        .about = "a spent quota is of another type",
        .gateway = "openai",
        .path = "/chat/completions",
        .fault = "budget-spent",
        .field = "error.type",
        .value = "\"requests\"",
    },
    {
        .name = "openai-no-id-for-unknown-path",
        .breaks = "openai.request-id-on-answers",
        .about = "an unknown path has no x-request-id",
        .gateway = "openai",
        .fault = "path-unknown",
        .header = "x-request-id",
    },
    {
        .name = "openai-bare-request-id",
        .breaks = "openai.request-id-form",
        .about = "x-request-id is without req_",
        .gateway = "openai",
        .on_response = bare_request_id,
    },
    {
        .name = "openai-same-request-id",
        .breaks = "openai.request-id-unique",
        .about = "x-request-id is always the same",
        .gateway = "openai",
        .path = "/chat/completions",
        .header = "x-request-id",
        .header_value = "req_00000000000000000000000000000000",
        .status = 2,
    },
    {
        .name = "openai-without-organization",
        .breaks = "openai.organization-named",
        .about = "openai-organization is missing",
        .gateway = "openai",
        .path = "/chat/completions",
        .header = "openai-organization",
        .status = 2,
    },
    {
        .name = "openai-without-version",
        .breaks = "openai.version-named",
        .about = "openai-version is missing",
        .gateway = "openai",
        .path = "/chat/completions",
        .header = "openai-version",
        .status = 2,
    },
    {
        .name = "openai-time-in-seconds",
        .breaks = "openai.processing-time-told",
        .about = "openai-processing-ms is in seconds",
        .gateway = "openai",
        .path = "/chat/completions",
        .header = "openai-processing-ms",
        .header_value = "0.5s",
        .status = 2,
    },
    {
        .name = "openai-without-token-reset",
        .breaks = "openai.limits-on-success",
        .about = "no success tells when tokens reset",
        .gateway = "openai",
        .path = "/chat/completions",
        .header = "x-ratelimit-reset-tokens",
        .status = 2,
    },
    {
        .name = "openai-limit-with-unit",
        .breaks = "openai.limits-whole-numbers",
        .about = "a limit has a unit",
        .gateway = "openai",
        .path = "/chat/completions",
        .header = "x-ratelimit-limit-tokens",
        .header_value = "2M",
        .status = 2,
    },
    {
        .name = "openai-reset-without-unit",
        .breaks = "openai.resets-durations",
        .about = "a reset is a bare number",
        .gateway = "openai",
        .path = "/chat/completions",
        .header = "x-ratelimit-reset-tokens",
        .header_value = "360",
        .status = 2,
    },
    {
        .name = "openai-remaining-stands-still",
        .breaks = "openai.remaining-counts-down",
        .about = "as many requests remain as before",
        .gateway = "openai",
        .path = "/chat/completions",
        .header = "x-ratelimit-remaining-requests",
        .header_value = "9999",
        .status = 2,
    },
    {
        .name = "openai-other-realm",
        .breaks = "openai.challenge-realm",
        .about = "the realm is another",
        .gateway = "openai",
        .path = "/v1/models",
        .fault = "key-missing",
        .header = "WWW-Authenticate",
        .header_value = "Bearer realm=\"api\"",
    },
    {0},
};
