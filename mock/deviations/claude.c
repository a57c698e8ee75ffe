#include "mock/deviations/lies.h"

#include <string.h>

static bool version_not_needed(struct call *call)
{
    return lie_admit(call, FAULT_VERSION_MISSING);
}

static bool version_not_named(struct call *call)
{
    return call->decision.fault == FAULT_VERSION_MISSING && lie_refuses(call, "claude") &&
           lie_put_text(call, "error.message", "a header is required");
}

static size_t versions_sent(const struct call *call)
{
    return request_header_count(call->request, "anthropic-version");
}

static bool any_version_taken(struct call *call)
{
    return versions_sent(call) == 1 && lie_admit(call, FAULT_VERSION_UNKNOWN);
}

static bool two_versions_taken(struct call *call)
{
    return versions_sent(call) > 1 &&
           (lie_admit(call, FAULT_VERSION_UNKNOWN) || lie_admit(call, FAULT_HEADER_REPEATED));
}

static bool version_before_key(struct call *call)
{
    if (!lie_from(call, "claude") || versions_sent(call) > 0 ||
        call->decision.fault != FAULT_KEY_UNKNOWN)
        return false;
    call->decision.fault = FAULT_VERSION_MISSING;
    return true;
}

static bool max_tokens_not_needed(struct call *call)
{
    if (strcmp(call->decision.param, "max_tokens") != 0 || !lie_admit(call, FAULT_FIELD_MISSING))
        return false;
    json_object_set_new(call->body, "max_tokens", json_integer(16));
    return true;
}

static bool missing_field_not_named(struct call *call)
{
    return call->decision.fault == FAULT_FIELD_MISSING && lie_refuses(call, "claude") &&
           !lie_of_tokens(call) && lie_put_text(call, "error.message", "Field required");
}

static bool no_messages_taken(struct call *call)
{
    const json_t *messages = json_object_get(call->body, "messages");

    return lie_from(call, "claude") && json_is_array(messages) && json_array_size(messages) == 0 &&
           lie_pretend_param(call, "messages", 200);
}

static bool model_of_no_model(const struct call *call, const char *method, const char *path)
{
    return lie_from(call, "claude") && lie_in(call, method, path) && call->response->status == 404;
}

static bool unknown_model_is_400(struct call *call)
{
    return model_of_no_model(call, "POST", "/v1/messages") && lie_set_status(call, 400) &&
           lie_put_text(call, "error.type", "invalid_request_error");
}

static bool unknown_model_id_is_400(struct call *call)
{
    return model_of_no_model(call, "GET", "/v1/models/{model_id}") && lie_set_status(call, 400) &&
           lie_put_text(call, "error.type", "invalid_request_error");
}

static bool counts_tokens(const struct call *call)
{
    return lie_answers(call, "POST", "/v1/messages/count_tokens");
}

static bool count_is_one_more(struct call *call)
{
    return counts_tokens(call) && lie_add(call, "input_tokens", 1);
}

static bool lists_models(const struct call *call)
{
    return lie_answers(call, "GET", "/v1/models");
}

static bool page_of_two(struct call *call)
{
    return lists_models(call) && (strcmp(call->request->query, "limit=1") == 0) &&
           json_array_append(lie_get(call->response->body, "data"),
                             lie_get(call->response->body, "data.0")) == 0;
}

static bool any_limit_taken(struct call *call)
{
    return lie_from(call, "claude") && lie_pretend_param(call, "limit", 200);
}

static bool oldest_model_first(struct call *call)
{
    json_t *models = lists_models(call) ? lie_get(call->response->body, "data") : NULL;
    size_t last = json_array_size(models) - 1;

    if (json_array_size(models) < 2)
        return false;
    json_t *first_at = json_object_get(json_array_get(models, 0), "created_at");
    json_incref(first_at);
    json_object_set(json_array_get(models, 0), "created_at",
                    json_object_get(json_array_get(models, last), "created_at"));
    json_object_set_new(json_array_get(models, last), "created_at", first_at);
    return true;
}

static bool nothing_after(struct call *call)
{
    return lists_models(call) && lie_asks(call, "after_id=") && lie_put(call, "data", json_array());
}

static bool nothing_before(struct call *call)
{
    return lists_models(call) && lie_asks(call, "before_id=") &&
           lie_put(call, "data", json_array());
}

static bool beta_query_refused(struct call *call)
{
    return lie_from(call, "claude") && lie_asks(call, "beta=true") &&
           lie_refuse(call, FAULT_FIELD_UNKNOWN);
}

const struct deviation claude_deviations[] = {
    {
        .name = "version-not-needed",
        .breaks = "claude.version-missing-refused",
        .about = "anthropic-version is not needed",
        .on_decision = version_not_needed,
    },
    {
        .name = "version-not-named",
        .breaks = "claude.version-missing-named",
        .about = "the missing header is not named",
        .on_response = version_not_named,
    },
    {
        .name = "any-version-taken",
        .breaks = "claude.version-unknown-refused",
        .about = "any version is taken",
        .on_decision = any_version_taken,
    },
    {
        .name = "two-versions-taken",
        .breaks = "claude.version-repeated-refused",
        .about = "two versions are taken",
        .on_decision = two_versions_taken,
    },
    {
        .name = "version-before-key",
        .breaks = "claude.key-before-version",
        .about = "the version is judged before the key",
        .on_decision = version_before_key,
    },
    {
        .name = "max-tokens-not-needed",
        .breaks = "claude.required-fields",
        .about = "max_tokens is not needed",
        .on_decision = max_tokens_not_needed,
    },
    {
        .name = "missing-field-not-named",
        .breaks = "claude.missing-field-named",
        .about = "the missing field is not named",
        .on_response = missing_field_not_named,
    },
    {
        .name = "no-messages-taken",
        .breaks = "claude.empty-messages-refused",
        .about = "an empty list of messages is taken",
        .on_response = no_messages_taken,
    },
    {
        .name = "unknown-model-is-400",
        .breaks = "claude.unknown-model-404",
        .about = "an unknown model is a 400",
        .on_response = unknown_model_is_400,
    },
    {
        .name = "count-as-text",
        .breaks = "claude.count-is-whole-number",
        .about = "the count is a text",
        .gateway = "claude",
        .path = "/count_tokens",
        .method = "POST",
        .status = 2,
        .field = "input_tokens",
        .value = "\"some\"",
    },
    {
        .name = "count-is-one-more",
        .breaks = "claude.count-equals-usage",
        .about = "the count is one too many",
        .on_response = count_is_one_more,
    },
    {
        .name = "never-more",
        .breaks = "claude.models-has-more",
        .about = "has_more is always false",
        .gateway = "claude",
        .path = "/v1/models",
        .method = "GET",
        .status = 2,
        .field = "has_more",
        .value = "false",
    },
    {
        .name = "wrong-first-id",
        .breaks = "claude.models-ends",
        .about = "first_id is another's",
        .gateway = "claude",
        .path = "/v1/models",
        .method = "GET",
        .status = 2,
        .field = "first_id",
        .value = "\"another\"",
    },
    {
        .name = "model-without-display-name",
        .breaks = "claude.models-shape",
        .about = "the first model has no display_name",
        .gateway = "claude",
        .path = "/v1/models",
        .method = "GET",
        .status = 2,
        .field = "data.0.display_name",
    },
    {
        .name = "page-of-two",
        .breaks = "claude.models-limit-kept",
        .about = "a page of one holds two",
        .on_response = page_of_two,
    },
    {
        .name = "any-limit-taken",
        .breaks = "claude.models-limit-bounds",
        .about = "any limit is taken",
        .on_response = any_limit_taken,
    },
    {
        .name = "oldest-model-first",
        .breaks = "claude.models-newest-first",
        .about = "the oldest model comes first",
        .on_response = oldest_model_first,
    },
    {
        .name = "nothing-after",
        .breaks = "claude.models-pages-forward",
        .about = "a page by after_id is empty",
        .on_response = nothing_after,
    },
    {
        .name = "nothing-before",
        .breaks = "claude.models-page-before",
        .about = "a page by before_id is empty",
        .on_response = nothing_before,
    },
    {
        .name = "another-model",
        .breaks = "claude.model-by-id",
        .about = "asking for a model answers another",
        .gateway = "claude",
        .path = "/v1/models/{model_id}",
        .method = "GET",
        .status = 2,
        .field = "id",
        .value = "\"another\"",
    },
    {
        .name = "unknown-model-id-is-400",
        .breaks = "claude.unknown-model-id-404",
        .about = "asking for an unknown model is a 400",
        .on_response = unknown_model_id_is_400,
    },
    {
        .name = "beta-query-refused",
        .breaks = "claude.beta-query-ignored",
        .about = "beta=true in the query is refused",
        .on_decision = beta_query_refused,
    },
    {
        .name = "organization-not-named",
        .breaks = "claude.organization-named",
        .about = "no organization is named",
        .status = 2,
        .header = "anthropic-organization-id",
    },
    {
        .name = "organization-named-to-all",
        .breaks = "claude.organization-withheld",
        .about = "refusals name an organization",
        .gateway = "claude",
        .status = 4,
        .header = "anthropic-organization-id",
        .header_value = "67617465-6d61-726b-8000-000000000000",
    },
    {
        .name = "no-token-reset",
        .breaks = "claude.rate-headers",
        .about = "anthropic-ratelimit-tokens-reset is missing",
        .gateway = "claude",
        .header = "anthropic-ratelimit-tokens-reset",
    },
    {0},
};
