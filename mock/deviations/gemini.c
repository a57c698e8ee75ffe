#include "mock/deviations/lies.h"

#include <stdio.h>
#include <string.h>

static bool from_gemini(const struct call *call)
{
    return lie_from(call, "gemini");
}

static bool generates(const struct call *call)
{
    return from_gemini(call) && lie_at(call, ":generateContent");
}

/* Never issued, or no longer: the two are told alike, whatever is told. */
static bool is_no_key(const struct call *call)
{
    enum fault fault = call->decision.fault;

    return generates(call) && (fault == FAULT_KEY_UNKNOWN || fault == FAULT_KEY_REVOKED);
}

static bool other_key_reason(struct call *call)
{
    return is_no_key(call) && lie_put_text(call, "error.details.0.reason", "KEY_BAD");
}

static bool other_key_text(struct call *call)
{
    return is_no_key(call) && lie_put_text(call, "error.message", "Who are you?");
}

/* Is a good key all that Authorization holds? */
static bool holds_good_key(const struct call *call)
{
    const char *value = lie_header(call, "Authorization");

    return strncmp(value, "Bearer ", 7) == 0 &&
           keyring_find(call->mock->keyring, call->gateway, value + 7);
}

static bool takes_bearer_key(struct call *call)
{
    return generates(call) && holds_good_key(call) && !*lie_header(call, "x-goog-api-key") &&
           lie_admit(call, FAULT_TOKEN_INVALID);
}

static bool overlooks_bearer(struct call *call)
{
    return generates(call) && holds_good_key(call) && *lie_header(call, "x-goog-api-key") &&
           lie_admit(call, FAULT_TOKEN_INVALID);
}

static bool overlooks_snake_case(struct call *call)
{
    return generates(call) && json_object_get(call->body, "generation_config") &&
           call->response->status == 200 &&
           lie_add(call, "usageMetadata.candidatesTokenCount", 11) &&
           lie_add(call, "usageMetadata.totalTokenCount", 11);
}

static bool lists(const struct call *call, const char *query)
{
    return from_gemini(call) && lie_answers(call, "GET", "/v1beta/models") &&
           strcmp(call->request->query, query) == 0;
}

static bool page_of_two(struct call *call)
{
    json_t *models = lie_get(call->response->body, "models");

    return lists(call, "pageSize=1") && json_array_append(models, json_array_get(models, 0)) == 0;
}

static bool pages_lose_a_model(struct call *call)
{
    return from_gemini(call) && lie_answers(call, "GET", "/v1beta/models") &&
           lie_asks(call, "pageToken=") &&
           json_array_remove(lie_get(call->response->body, "models"), 0) == 0;
}

static bool token_without_end(struct call *call)
{
    return lists(call, "pageSize=1000") && lie_put_text(call, "nextPageToken", "Gm0000");
}

static const json_t *asked_length(const struct call *call)
{
    return json_object_get(call->body, "outputDimensionality");
}

static bool embeds(const struct call *call)
{
    return from_gemini(call) && lie_answers(call, "POST", ":embedContent");
}

static bool value_as_text(struct call *call)
{
    return embeds(call) && !asked_length(call) && lie_put_text(call, "embedding.values.0", "a lot");
}

static bool one_value_more(struct call *call)
{
    return embeds(call) && json_integer_value(asked_length(call)) == 12 &&
           json_array_append_new(lie_get(call->response->body, "embedding.values"),
                                 json_real(0.5)) == 0;
}

static bool batch_in_reverse(struct call *call)
{
    json_t *list = lie_get(call->response->body, "embeddings");

    return from_gemini(call) && lie_answers(call, "POST", ":batchEmbedContents") &&
           json_array_size(list) > 1 &&
           json_array_insert(list, 0, json_array_get(list, json_array_size(list) - 1)) == 0 &&
           json_array_remove(list, json_array_size(list) - 1) == 0;
}

static bool tells_operation(const struct call *call)
{
    return from_gemini(call) && lie_answers(call, "GET", "/operations/{operation}");
}

static bool done_at_once(struct call *call)
{
    return tells_operation(call) && !lie_get(call->response->body, "done") &&
           lie_put(call, "done", json_true());
}

static bool response_and_error(struct call *call)
{
    return tells_operation(call) && lie_get(call->response->body, "response") &&
           lie_put(call, "error", json_pack("{s:i}", "code", 13));
}

const struct deviation gemini_deviations[] = {
    {
        .name = "gemini-other-missing-text",
        .breaks = "gemini.missing-key-text",
        .about = "a missing key hears other words",
        .gateway = "gemini",
        .path = ":generateContent",
        .fault = "key-missing",
        .field = "error.message",
        .value = "\"No key.\"",
    },
    {
        .name = "gemini-missing-with-details",
        .breaks = "gemini.missing-key-without-details",
        .about = "a missing key has details",
        .gateway = "gemini",
        .path = ":generateContent",
        .fault = "key-missing",
        .field = "error.details",
        .value = "[{\"@type\": \"type.googleapis.com/google.rpc.Help\"}]",
    },
    {
        .name = "gemini-other-key-reason",
        .breaks = "gemini.bad-key-reason",
        .about = "a bad key has another reason",
        .gateway = "gemini",
        .on_response = other_key_reason,
    },
    {
        .name = "gemini-other-key-text",
        .breaks = "gemini.bad-key-text",
        .about = "a bad key hears other words",
        .gateway = "gemini",
        .on_response = other_key_text,
    },
    {
        .name = "gemini-other-expired-text",
        .breaks = "gemini.expired-key-text",
        .about = "an expired key hears other words",
        .gateway = "gemini",
        .path = ":generateContent",
        .fault = "key-expired",
        .field = "error.message",
        .value = "\"Too late.\"",
    },
    {
        .name = "gemini-other-expired-reason",
        .breaks = "gemini.expired-key-reason",
        .about = "an expired key has another reason",
        .gateway = "gemini",
        .path = ":generateContent",
        .fault = "key-expired",
        .field = "error.details.0.reason",
        .value = "\"API_KEY_EXPIRED\"",
    },
    {
        .name = "gemini-other-suspended-reason",
        .breaks = "gemini.suspended-reason",
        .about = "a suspended project has another reason",
        .gateway = "gemini",
        .path = ":generateContent",
        .fault = "key-disabled",
        .field = "error.details.0.reason",
        .value = "\"SUSPENDED\"",
    },
    {
        .name = "gemini-blocked-as-400",
        .breaks = "gemini.blocked-key-refused",
        .about = "a blocked key is 400",
        .gateway = "gemini",
        .path = ":generateContent",
        .fault = "permission-lacking",
        .new_status = 400,
    },
    {
        .name = "gemini-other-blocked-reason",
        .breaks = "gemini.blocked-key-reason",
        .about = "a blocked key has another reason",
        .gateway = "gemini",
        .path = ":generateContent",
        .fault = "permission-lacking",
        .field = "error.details.0.reason",
        .value = "\"BLOCKED\"",
    },
    {
        .name = "gemini-takes-bearer-key",
        .breaks = "gemini.key-as-bearer-refused",
        .about = "a key is taken as a bearer token",
        .gateway = "gemini",
        .on_decision = takes_bearer_key,
    },
    {
        .name = "gemini-overlooks-bearer",
        .breaks = "gemini.bearer-beside-key-refused",
        .about = "Authorization beside a good key is not looked at",
        .gateway = "gemini",
        .on_decision = overlooks_bearer,
    },
    {
        .name = "gemini-other-realm",
        .breaks = "gemini.bearer-challenged",
        .about = "the realm is another",
        .gateway = "gemini",
        .fault = "token-invalid",
        .header = "WWW-Authenticate",
        .header_value = "Bearer realm=\"api\"",
    },
    {
        .name = "gemini-challenges-403",
        .breaks = "gemini.no-challenge-beside-401",
        .about = "a missing key is challenged",
        .gateway = "gemini",
        .path = ":generateContent",
        .fault = "key-missing",
        .header = "WWW-Authenticate",
        .header_value = "Bearer realm=\"api\"",
    },
    {
        .name = "gemini-unknown-unnamed",
        .breaks = "gemini.unknown-field-named",
        .about = "an unknown field is not named",
        .gateway = "gemini",
        .path = ":generateContent",
        .fault = "field-unknown",
        .field = "error.details",
    },
    {
        .name = "gemini-other-model-text",
        .breaks = "gemini.unknown-model-text",
        .about = "an unknown model hears other words",
        .gateway = "gemini",
        .path = ":generateContent",
        .fault = "model-unknown",
        .field = "error.message",
        .value = "\"No such model.\"",
    },
    {
        .name = "gemini-overlooks-snake-case",
        .breaks = "gemini.snake-case-read",
        .about = "generation_config is not read",
        .gateway = "gemini",
        .on_response = overlooks_snake_case,
    },
    {
        .name = "gemini-bare-model-name",
        .breaks = "gemini.models-listed",
        .about = "a model is without models/",
        .gateway = "gemini",
        .path = "/v1beta/models",
        .method = "GET",
        .field = "models.0.name",
        .value = "\"gemini\"",
        .status = 2,
    },
    {
        .name = "gemini-models-without-methods",
        .breaks = "gemini.models-methods",
        .about = "models do nothing",
        .gateway = "gemini",
        .path = "/v1beta/models",
        .method = "GET",
        .field = "models.0.supportedGenerationMethods",
        .value = "[]",
        .status = 2,
    },
    {
        .name = "gemini-page-of-two",
        .breaks = "gemini.page-size",
        .about = "a page of one holds two",
        .gateway = "gemini",
        .on_response = page_of_two,
    },
    {
        .name = "gemini-pages-lose-a-model",
        .breaks = "gemini.pages-hold-all",
        .about = "later pages lack a model",
        .gateway = "gemini",
        .on_response = pages_lose_a_model,
    },
    {
        .name = "gemini-token-without-end",
        .breaks = "gemini.last-page-without-token",
        .about = "the last page has a token",
        .gateway = "gemini",
        .on_response = token_without_end,
    },
    {
        .name = "gemini-bad-token-as-404",
        .breaks = "gemini.bad-page-token-refused",
        .about = "a bad page token is 404",
        .gateway = "gemini",
        .path = "/v1beta/models",
        .method = "GET",
        .fault = "field-out-of-range",
        .new_status = 404,
    },
    {
        .name = "gemini-other-model-shown",
        .breaks = "gemini.model-shown",
        .about = "another model is shown",
        .gateway = "gemini",
        .path = "/models/{model}",
        .method = "GET",
        .field = "name",
        .value = "\"models/another\"",
        .status = 2,
    },
    {
        .name = "gemini-value-as-text",
        .breaks = "gemini.embedding-values",
        .about = "a value is a text",
        .gateway = "gemini",
        .on_response = value_as_text,
    },
    {
        .name = "gemini-one-value-more",
        .breaks = "gemini.embedding-dimensions",
        .about = "an embedding of 12 values has 13",
        .gateway = "gemini",
        .on_response = one_value_more,
    },
    {
        .name = "gemini-batch-in-reverse",
        .breaks = "gemini.batch-order",
        .about = "a batch comes in reverse",
        .gateway = "gemini",
        .on_response = batch_in_reverse,
    },
    {
        .name = "gemini-batch-of-any-model",
        .breaks = "gemini.batch-model",
        .about = "a batch may name any model",
        .gateway = "gemini",
        .path = ":batchEmbedContents",
        .fault = "field-out-of-range",
        .new_status = 200,
    },
    {
        .name = "gemini-wait-as-word",
        .breaks = "gemini.retry-info",
        .about = "the wait is a word",
        .gateway = "gemini",
        .path = ":generateContent",
        .fault = "rate-limited",
        .field = "error.details.2.retryDelay",
        .value = "\"soon\"",
    },
    {
        .name = "gemini-quota-unnamed",
        .breaks = "gemini.quota-failure",
        .about = "no quota is named",
        .gateway = "gemini",
        .path = ":generateContent",
        .fault = "rate-limited",
        .field = "error.details.0.violations",
        .value = "[]",
    },
    {
        .name = "gemini-sends-retry-after",
        .breaks = "gemini.no-retry-after",
        .about = "Retry-After is sent",
        .gateway = "gemini",
        .path = ":generateContent",
        .fault = "rate-limited",
        .header = "Retry-After",
        .header_value = "30",
    },
    {
        .name = "gemini-bare-operation",
        .breaks = "gemini.video-operation",
        .about = "an operation is named by its id alone",
        .gateway = "gemini",
        .path = ":predictLongRunning",
        .field = "name",
        .value = "\"abc\"",
        .status = 2,
    },
    {
        .name = "gemini-done-at-once",
        .breaks = "gemini.video-not-done",
        .about = "a new operation is done",
        .gateway = "gemini",
        .on_response = done_at_once,
    },
    {
        .name = "gemini-never-done",
        .breaks = "gemini.video-done",
        .about = "no operation says that it is done",
        .gateway = "gemini",
        .path = "/operations/{operation}",
        .field = "done",
        .status = 2,
    },
    {
        .name = "gemini-response-and-error",
        .breaks = "gemini.video-either",
        .about = "an operation has a response and an error",
        .gateway = "gemini",
        .on_response = response_and_error,
    },
    {
        .name = "gemini-video-without-uri",
        .breaks = "gemini.video-uri",
        .about = "the uri is none",
        .gateway = "gemini",
        .path = "/operations/{operation}",
        .field = "response.generateVideoResponse.generatedSamples.0.video.uri",
        .value = "\"file-1\"",
        .status = 2,
    },
    {0},
};
