#include "suites/calls.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The route's answer to the credential `name` (NULL: to none), on Gemini only; NULL without. */
static const struct exchange *ask(struct check *check, const char *route_name, const char *name)
{
    const struct route *route =
        need_gateway(check, "gemini") ? need_route(check, route_name) : NULL;
    const char *secret = route && name ? need_key(check, name) : NULL;

    return route && (secret || !name) ? call_with(check, route, secret) : NULL;
}

static void expect_message(struct check *check, const struct exchange *x, const char *words)
{
    const char *text = x && need_refusal(check, x) ? need_text(check, x, "error.message") : NULL;

    if (text)
        expect_that(check, strstr(text, words) != NULL, x, "expected \"%s\" in the message: %s",
                    words, text);
}

/* The first of the error's details whose @type ends so, or NULL. */
static const json_t *detail_of(const struct exchange *x, const char *type)
{
    const json_t *details = json_at(x->json, "error.details"), *detail;
    size_t i;

    json_array_foreach(details, i, detail) {
        const char *name = json_string_value(json_object_get(detail, "@type"));
        const char *dot = name ? strrchr(name, '.') : NULL;
        if (dot && strcmp(dot + 1, type) == 0)
            return detail;
    }
    return NULL;
}

static void expect_reason(struct check *check, const struct exchange *x, const char *reason)
{
    const json_t *info = x && need_refusal(check, x) ? detail_of(x, "ErrorInfo") : NULL;
    const char *told = json_string_value(json_object_get(info, "reason"));

    if (x)
        expect_that(check, told && strcmp(told, reason) == 0, x,
                    "expected an ErrorInfo with the reason %s, got %s", reason,
                    told ? told : "none");
}

/* Keys */

static void missing_key_text(struct check *check)
{
    expect_message(check, ask(check, "generate-content", NULL), "unregistered callers");
}

static void missing_key_has_no_details(struct check *check)
{
    const struct exchange *x = ask(check, "generate-content", NULL);

    if (x && need_refusal(check, x) && need_json(check, x))
        expect_absent(check, x, "error.details");
}

static void bad_key_reason(struct check *check)
{
    expect_reason(check, ask(check, "generate-content", "unknown"), "API_KEY_INVALID");
}

static void bad_key_text(struct check *check)
{
    expect_message(check, ask(check, "generate-content", "unknown"), "API key not valid");
}

static void expired_key_text(struct check *check)
{
    expect_message(check, ask(check, "generate-content", "expired"), "API key expired");
}

static void expired_key_reason(struct check *check)
{
    expect_reason(check, ask(check, "generate-content", "expired"), "API_KEY_INVALID");
}

static void suspended_project_reason(struct check *check)
{
    expect_reason(check, ask(check, "generate-content", "disabled"), "CONSUMER_SUSPENDED");
}

static void blocked_key_is_refused(struct check *check)
{
    const struct promise *promise =
        need_gateway(check, "gemini") ? need_promise(check, "blocked") : NULL;
    const struct exchange *x = promise ? ask(check, "generate-content", "read-only") : NULL;

    if (x && expect_promised(check, x, promise))
        expect_fault(check, x, "permission-lacking");
}

static void blocked_key_reason(struct check *check)
{
    expect_reason(check, ask(check, "generate-content", "read-only"), "API_KEY_SERVICE_BLOCKED");
}

/* Every route, with the good key as a bearer token, and also in its own header when `beside`. */
static void expect_bearer_refused(struct check *check, bool beside)
{
    const struct promise *promise =
        need_gateway(check, "gemini") ? need_promise(check, "bearer") : NULL;

    for (const struct route *route = NULL; promise && (route = check_next_route(check, route));) {
        const char *secret = need_key(check, route->key);
        char *line = secret ? format_text("x-goog-api-key: %s", secret) : NULL;
        if (!secret)
            return;
        const struct exchange *x =
            check_attempt(check, (struct attempt){.route = route,
                                                  .secret = secret,
                                                  .manner = AS_BEARER,
                                                  .headers = {beside ? line : NULL}});
        free(line);
        if (expect_promised(check, x, promise))
            expect_fault(check, x, "token-invalid");
    }
}

static void key_as_bearer_is_refused(struct check *check)
{
    expect_bearer_refused(check, false);
}

static void bearer_beside_a_good_key_is_refused(struct check *check)
{
    expect_bearer_refused(check, true);
}

static void bearer_is_challenged(struct check *check)
{
    const struct route *route =
        need_gateway(check, "gemini") ? need_route(check, "list-models") : NULL;
    const char *secret = route ? need_key(check, route->key) : NULL;
    const struct exchange *x = NULL;

    if (secret)
        x = check_attempt(check,
                          (struct attempt){.route = route, .secret = secret, .manner = AS_BEARER});
    const char *challenge =
        x && need_status(check, x, 401) ? expect_header(check, x, "WWW-Authenticate") : NULL;
    if (challenge)
        expect_that(check, begins(challenge, "Bearer realm=\"https://accounts.google.com/\""), x,
                    "expected the realm https://accounts.google.com/, got %s", challenge);
}

static void other_refusals_are_not_challenged(struct check *check)
{
    static const char *const names[] = {NULL, "unknown"};

    for (size_t i = 0; i < COUNT(names) && check_open(check); i++) {
        const struct exchange *x = ask(check, "generate-content", names[i]);
        if (x && need_refusal(check, x))
            expect_header_absent(check, x, "WWW-Authenticate");
    }
}

/* Bodies and models */

static void unknown_field_is_named(struct check *check)
{
    json_t *request =
        need_gateway(check, "gemini") ? need_request(check, "generate-content") : NULL;
    const struct exchange *x = NULL;

    if (request) {
        json_object_set_new(request, "gatemarkNoSuchField", json_true());
        x = call_route(check, "generate-content", request);
    }
    if (!x || !need_status(check, x, 400))
        return;
    const json_t *violations = json_object_get(detail_of(x, "BadRequest"), "fieldViolations");
    expect_that(check, json_array_size(violations) > 0, x,
                "expected a BadRequest with fieldViolations among the details");
}

static void unknown_model_text(struct check *check)
{
    const struct route *route =
        need_gateway(check, "gemini") ? need_route(check, "generate-content") : NULL;
    const char *secret = route ? need_key(check, route->key) : NULL;

    if (secret)
        expect_message(check,
                       check_attempt(check, (struct attempt){.route = route,
                                                             .secret = secret,
                                                             .model = "gatemark-no-such-model"}),
                       "is not found for API version v1beta");
}

/* A limit of one token in the original spelling of the protocol's fields. */
static void snake_case_is_read(struct check *check)
{
    static const char path[] = "usageMetadata.candidatesTokenCount";
    json_t *request =
        need_gateway(check, "gemini") ? need_request(check, "generate-content") : NULL;
    double tokens;

    if (!request)
        return;
    json_object_set_new(request, "contents",
                        json_pack("[{s:s, s:[{s:s}]}]", "role", "user", "parts", "text",
                                  "Please count aloud from one to twenty in words."));
    json_object_set_new(request, "generation_config", json_pack("{s:i}", "max_output_tokens", 1));
    const struct exchange *x = need_answer(check, "generate-content", request);
    if (x && need_number(check, x, path, &tokens))
        expect_that(check, tokens <= 1, x,
                    "expected max_output_tokens to be kept like maxOutputTokens, got %.0f", tokens);
}

static const struct exchange *need_models(struct check *check, const char *query)
{
    return need_gateway(check, "gemini") ? need_page(check, "list-models", query) : NULL;
}

static void models_are_listed(struct check *check)
{
    const struct exchange *x = need_models(check, NULL);
    const json_t *models = x ? expect_array(check, x, "models") : NULL, *model;
    size_t i;

    if (models)
        expect_that(check, json_array_size(models) > 0, x, "expected some models");
    json_array_foreach(models, i, model) {
        const char *name = json_string_value(json_object_get(model, "name"));
        expect_that(check, name && begins(name, "models/"), x,
                    "expected the name of model %zu to begin with models/", i);
    }
}

static void models_tell_their_methods(struct check *check)
{
    const struct exchange *x = need_models(check, NULL);
    const json_t *models = x ? json_at(x->json, "models") : NULL, *model;
    size_t i;

    if (x)
        need_that(check, json_array_size(models) > 0, x, "needed some models");
    json_array_foreach(models, i, model) {
        expect_that(check,
                    json_array_size(json_object_get(model, "supportedGenerationMethods")) > 0, x,
                    "expected model %zu to tell its supportedGenerationMethods", i);
    }
}

static void page_size_is_kept(struct check *check)
{
    const struct exchange *x = need_models(check, "pageSize=1");

    if (x)
        expect_that(check, json_array_size(json_at(x->json, "models")) == 1, x,
                    "expected one model on a page of one, got %zu",
                    json_array_size(json_at(x->json, "models")));
}

/* Walks pages of two models: how many there were, and the last page; 0 when a page fails. */
static size_t need_walk(struct check *check, const struct exchange **last)
{
    enum { PAGES = 100 };
    char query[256] = "pageSize=2";
    size_t count = 0;

    for (int page = 0; page < PAGES; page++) {
        const struct exchange *x = *last = need_models(check, query);
        const char *next = x ? json_string_value(json_at(x->json, "nextPageToken")) : NULL;
        if (!x)
            return 0;
        count += json_array_size(json_at(x->json, "models"));
        if (!next)
            return count;
        snprintf(query, sizeof query, "pageSize=2&pageToken=%s", next);
    }
    need_that(check, false, *last, "needed the pages to end, had %d of them", PAGES);
    return 0;
}

static void pages_hold_all_models(struct check *check)
{
    const struct exchange *whole = need_models(check, "pageSize=1000"), *last = NULL;
    size_t all = whole ? json_array_size(json_at(whole->json, "models")) : 0;
    size_t count = all ? need_walk(check, &last) : 0;

    if (count)
        expect_that(check, count == all, last, "expected %zu models over all pages, got %zu", all,
                    count);
}

static void last_page_has_no_token(struct check *check)
{
    const struct exchange *x = need_models(check, "pageSize=1000");

    if (x)
        expect_absent(check, x, "nextPageToken");
}

static void bad_page_token_is_refused(struct check *check)
{
    const struct exchange *x =
        need_gateway(check, "gemini")
            ? call_query(check, "list-models", "pageToken=gatemark-no-such-page")
            : NULL;

    if (x)
        expect_status(check, x, 400);
}

static void model_is_shown(struct check *check)
{
    const struct exchange *x =
        need_gateway(check, "gemini") ? need_answer(check, "get-model", NULL) : NULL;

    if (x)
        expect_string_is(check, x, "name", strstr(need_route(check, "get-model")->path, "models/"));
}

/* Embeddings */

static json_t *embed_request(const char *text, int dimensions)
{
    json_t *request = json_pack("{s:{s:[{s:s}]}}", "content", "parts", "text", text);

    if (dimensions)
        json_object_set_new(request, "outputDimensionality", json_integer(dimensions));
    return request;
}

static const struct exchange *need_embedding(struct check *check, const char *text, int dimensions)
{
    return need_gateway(check, "gemini")
               ? need_answer(check, "embed-content", embed_request(text, dimensions))
               : NULL;
}

static void embedding_has_values(struct check *check)
{
    const struct exchange *x = need_embedding(check, "Hello", 0);
    const json_t *values = x ? expect_array(check, x, "embedding.values") : NULL, *value;
    size_t i;

    if (values)
        expect_that(check, json_array_size(values) > 0, x, "expected some values");
    json_array_foreach(values, i, value) {
        expect_that(check, json_is_number(value), x, "expected value %zu to be a number", i);
    }
}

static void dimensions_are_kept(struct check *check)
{
    const struct exchange *x = need_embedding(check, "Hello", 12);

    if (x)
        expect_that(check, json_array_size(json_at(x->json, "embedding.values")) == 12, x,
                    "expected 12 values, got %zu",
                    json_array_size(json_at(x->json, "embedding.values")));
}

/* A batch of these two texts, each of `dimensions` values; takes the first's model from `model`. */
static const struct exchange *ask_batch(struct check *check, const char *const texts[2],
                                        const char *model)
{
    static const char own[] = "models/gemini-embedding-001";
    json_t *list = json_array();

    for (size_t i = 0; i < 2; i++) {
        json_t *request = embed_request(texts[i], 8);
        json_object_set_new(request, "model", json_string(i == 0 && model ? model : own));
        json_array_append_new(list, request);
    }
    return call_route(check, "batch-embed", json_pack("{s:o}", "requests", list));
}

static const char *const two_texts[2] = {"The first text", "Another one, which is longer"};

static bool same_values(const json_t *one, const json_t *other)
{
    bool same = json_array_size(one) > 0 && json_array_size(one) == json_array_size(other);

    for (size_t i = 0; same && i < json_array_size(one); i++)
        same = fabs(json_number_value(json_array_get(one, i)) -
                    json_number_value(json_array_get(other, i))) < 1e-6;
    return same;
}

static void batch_keeps_its_order(struct check *check)
{
    const struct exchange *x =
        need_gateway(check, "gemini") ? ask_batch(check, two_texts, NULL) : NULL;

    if (!x || !need_success(check, x) || !need_json(check, x))
        return;
    for (size_t i = 0; i < 2 && check_open(check); i++) {
        const struct exchange *single = need_embedding(check, two_texts[i], 8);
        char path[64];
        snprintf(path, sizeof path, "embeddings.%zu.values", i);
        if (single)
            expect_that(
                check,
                same_values(json_at(x->json, path), json_at(single->json, "embedding.values")), x,
                "expected embedding %zu of the batch to be that of its text", i);
    }
}

static void batch_keeps_to_its_model(struct check *check)
{
    const struct exchange *x =
        need_gateway(check, "gemini") ? ask_batch(check, two_texts, "models/another-model") : NULL;

    if (x)
        expect_status(check, x, 400);
}

/* Limits */

static const struct exchange *need_limited(struct check *check)
{
    enum { MOST_CALLS = 40 };
    const struct route *route =
        need_gateway(check, "gemini") ? need_route(check, "generate-content") : NULL;
    const struct exchange *x = NULL;
    const char *secret = NULL;

    if (route)
        secret = check->target->control_url
                     ? need_key_made(check, json_pack("{s:i}", "requests_per_minute", 1))
                     : need_key(check, "limited");
    for (int i = 0; secret && i < MOST_CALLS && (!x || x->status < 300); i++)
        x = call_with(check, route, secret);
    return x && need_status(check, x, 429) ? x : NULL;
}

static void wait_is_in_the_body(struct check *check)
{
    const struct exchange *x = need_limited(check);
    const char *delay =
        x ? json_string_value(json_object_get(detail_of(x, "RetryInfo"), "retryDelay")) : NULL;
    char *end = NULL;

    if (x && expect_that(check, delay != NULL, x, "expected a RetryInfo with a retryDelay"))
        expect_that(check, strtod(delay, &end) > 0 && strcmp(end, "s") == 0, x,
                    "expected retryDelay to be seconds such as 26s, got %s", delay);
}

static void refusal_names_the_quota(struct check *check)
{
    const struct exchange *x = need_limited(check);

    if (x)
        expect_that(
            check, json_array_size(json_object_get(detail_of(x, "QuotaFailure"), "violations")) > 0,
            x, "expected a QuotaFailure with its violations");
}

static void no_retry_after_is_sent(struct check *check)
{
    const struct exchange *x = need_limited(check);

    if (x)
        expect_header_absent(check, x, "Retry-After");
}

/* Videos */

/* The operation of a new video, asked for again after `seconds`; NULL without. */
static const struct exchange *need_operation(struct check *check, int seconds)
{
    const struct route *route =
        need_gateway(check, "gemini") ? need_route(check, "operation") : NULL;
    const struct exchange *start = route ? need_answer(check, "predict", NULL) : NULL;
    const char *name = start ? need_text(check, start, "name") : NULL;
    const char *secret = name ? need_key(check, route->key) : NULL;

    if (!secret || (seconds && !need_time(check, seconds)))
        return NULL;
    char *path = format_text("/v1beta/%s", name);
    const struct exchange *x =
        check_attempt(check, (struct attempt){.route = route, .secret = secret, .path = path});
    free(path);
    return need_success(check, x) && need_json(check, x) ? x : NULL;
}

enum { LONG_ENOUGH_S = 60 };

static void video_begins_as_an_operation(struct check *check)
{
    const struct exchange *x =
        need_gateway(check, "gemini") ? need_answer(check, "predict", NULL) : NULL;
    const char *name = x ? expect_string(check, x, "name") : NULL;

    if (name)
        expect_that(check, begins(name, "models/") && strstr(name, "/operations/"), x,
                    "expected models/.../operations/..., got %s", name);
}

static void new_operation_is_not_done(struct check *check)
{
    const struct exchange *x = need_operation(check, 0);

    if (x)
        expect_that(check, !json_is_true(json_at(x->json, "done")), x,
                    "expected a video just begun not to be done");
}

static void operation_ends(struct check *check)
{
    const struct exchange *x = need_operation(check, LONG_ENOUGH_S);

    if (x)
        expect_boolean_is(check, x, "done", true);
}

static void operation_has_either_response_or_error(struct check *check)
{
    const struct exchange *x = need_operation(check, LONG_ENOUGH_S);

    if (x && need_that(check, json_is_true(json_at(x->json, "done")), x, "needed it to be done"))
        expect_that(check, !json_at(x->json, "response") != !json_at(x->json, "error"), x,
                    "expected either a response or an error of an operation that is done");
}

static void video_can_be_had(struct check *check)
{
    static const char path[] = "response.generateVideoResponse.generatedSamples.0.video.uri";
    const struct exchange *x = need_operation(check, LONG_ENOUGH_S);
    const char *uri = NULL;

    if (x && need_that(check, json_at(x->json, "response") != NULL, x, "needed a response"))
        uri = expect_string(check, x, path);
    if (uri)
        expect_that(check, begins(uri, "http://") || begins(uri, "https://"), x,
                    "expected the video's uri, got %s", uri);
}

const struct requirement gemini_requirements[] = {
    {
        .id = "gemini.missing-key-text",
        .level = SHOULD,
        .source = "gemini-threads",
        .evidence = OBSERVED,
        .claim = "a call without a key is told that callers must be registered",
        .test = missing_key_text,
    },
    {
        .id = "gemini.missing-key-without-details",
        .level = SHOULD,
        .source = "gemini-threads",
        .evidence = OBSERVED,
        .claim = "the refusal of a call without a key has no details",
        .test = missing_key_has_no_details,
    },
    {
        .id = "gemini.bad-key-reason",
        .level = MUST,
        .source = "gemini-threads",
        .evidence = OBSERVED,
        .claim = "a bad key has the reason API_KEY_INVALID",
        .test = bad_key_reason,
    },
    {
        .id = "gemini.bad-key-text",
        .level = SHOULD,
        .source = "gemini-threads",
        .evidence = OBSERVED,
        .claim = "a bad key is told that it is not valid",
        .test = bad_key_text,
    },
    {
        .id = "gemini.expired-key-text",
        .level = SHOULD,
        .source = "gemini-threads",
        .evidence = OBSERVED,
        .claim = "an expired key is told to be renewed",
        .test = expired_key_text,
    },
    {
        .id = "gemini.expired-key-reason",
        .level = MUST,
        .source = "gemini-threads",
        .evidence = OBSERVED,
        .claim = "an expired key has the reason API_KEY_INVALID",
        .test = expired_key_reason,
    },
    {
        .id = "gemini.suspended-reason",
        .level = SHOULD,
        .source = "gemini-threads",
        .evidence = OBSERVED,
        .claim = "the key of a suspended project has the reason CONSUMER_SUSPENDED",
        .test = suspended_project_reason,
    },
    {
        .id = "gemini.blocked-key-refused",
        .level = SHOULD,
        .source = "gemini-threads",
        .evidence = OBSERVED,
        .claim = "a key blocked from a method is denied",
        .test = blocked_key_is_refused,
    },
    {
        .id = "gemini.blocked-key-reason",
        .level = SHOULD,
        .source = "gemini-threads",
        .evidence = OBSERVED,
        .claim = "a key blocked from a method has the reason API_KEY_SERVICE_BLOCKED",
        .test = blocked_key_reason,
    },
    {
        .id = "gemini.key-as-bearer-refused",
        .level = MUST,
        .source = "gemini-threads",
        .evidence = OBSERVED,
        .claim = "an API key as a bearer token is refused with 401",
        .test = key_as_bearer_is_refused,
    },
    {
        .id = "gemini.bearer-beside-key-refused",
        .level = MUST,
        .source = "gemini-threads",
        .evidence = OBSERVED,
        .claim = "an API key as a bearer token is refused beside a good key, too",
        .test = bearer_beside_a_good_key_is_refused,
    },
    {
        .id = "gemini.bearer-challenged",
        .level = SHOULD,
        .source = "gemini-threads",
        .evidence = OBSERVED,
        .claim = "a 401 names the realm of Google accounts",
        .test = bearer_is_challenged,
    },
    {
        .id = "gemini.no-challenge-beside-401",
        .level = SHOULD,
        .source = "gemini-threads",
        .evidence = ASSUMED,
        .claim = "a 403 or 400 about a key has no challenge",
        .test = other_refusals_are_not_challenged,
    },
    {
        .id = "gemini.unknown-field-named",
        .level = SHOULD,
        .source = "gemini-proto#BadRequest",
        .evidence = SPECIFIED,
        .claim = "an unknown field is named in a BadRequest",
        .test = unknown_field_is_named,
    },
    {
        .id = "gemini.unknown-model-text",
        .level = SHOULD,
        .source = "gemini-threads",
        .evidence = OBSERVED,
        .claim = "an unknown model is told not to be found for the version",
        .test = unknown_model_text,
    },
    {
        .id = "gemini.snake-case-read",
        .level = MUST,
        .source = "gemini-proto#json",
        .evidence = SPECIFIED,
        .claim = "fields may be spelt as in the protocol file",
        .test = snake_case_is_read,
    },
    {
        .id = "gemini.models-listed",
        .level = MUST,
        .source = "gemini-proto#ListModelsResponse",
        .evidence = SPECIFIED,
        .claim = "models are listed by names that begin with models/",
        .test = models_are_listed,
    },
    {
        .id = "gemini.models-methods",
        .level = MUST,
        .source = "gemini-proto#Model",
        .evidence = SPECIFIED,
        .claim = "a model tells the methods it supports",
        .test = models_tell_their_methods,
    },
    {
        .id = "gemini.page-size",
        .level = MUST,
        .source = "gemini-proto#ListModelsRequest",
        .evidence = SPECIFIED,
        .claim = "a page holds as many models as pageSize says",
        .test = page_size_is_kept,
    },
    {
        .id = "gemini.pages-hold-all",
        .level = MUST,
        .source = "gemini-proto#ListModelsRequest",
        .evidence = SPECIFIED,
        .claim = "pages hold every model once",
        .test = pages_hold_all_models,
    },
    {
        .id = "gemini.last-page-without-token",
        .level = MUST,
        .source = "gemini-proto#ListModelsResponse",
        .evidence = SPECIFIED,
        .claim = "the last page has no token for another",
        .test = last_page_has_no_token,
    },
    {
        .id = "gemini.bad-page-token-refused",
        .level = SHOULD,
        .source = "gemini-proto#ListModelsRequest",
        .evidence = ASSUMED,
        .claim = "a page token that nobody gave is refused",
        .test = bad_page_token_is_refused,
    },
    {
        .id = "gemini.model-shown",
        .level = MUST,
        .source = "gemini-proto#GetModelRequest",
        .evidence = SPECIFIED,
        .claim = "a model can be asked for by its name",
        .test = model_is_shown,
    },
    {
        .id = "gemini.embedding-values",
        .level = MUST,
        .source = "gemini-proto#ContentEmbedding",
        .evidence = SPECIFIED,
        .claim = "an embedding is an array of numbers",
        .test = embedding_has_values,
    },
    {
        .id = "gemini.embedding-dimensions",
        .level = MUST,
        .source = "gemini-proto#EmbedContentRequest",
        .evidence = SPECIFIED,
        .claim = "an embedding is as long as outputDimensionality says",
        .test = dimensions_are_kept,
    },
    {
        .id = "gemini.batch-order",
        .level = MUST,
        .source = "gemini-proto#BatchEmbedContentsResponse",
        .evidence = SPECIFIED,
        .claim = "a batch has the embedding of each text in its place",
        .test = batch_keeps_its_order,
    },
    {
        .id = "gemini.batch-model",
        .level = MUST,
        .source = "gemini-proto#BatchEmbedContentsRequest",
        .evidence = SPECIFIED,
        .claim = "a batch that names another model than its path is refused",
        .test = batch_keeps_to_its_model,
    },
    {
        .id = "gemini.retry-info",
        .level = MUST,
        .source = "gemini-errors#429",
        .evidence = OBSERVED,
        .claim = "too many calls are told in RetryInfo how long to wait",
        .test = wait_is_in_the_body,
    },
    {
        .id = "gemini.quota-failure",
        .level = SHOULD,
        .source = "gemini-threads",
        .evidence = OBSERVED,
        .claim = "too many calls are told which quota failed",
        .test = refusal_names_the_quota,
    },
    {
        .id = "gemini.no-retry-after",
        .level = SHOULD,
        .source = "gemini-threads",
        .evidence = OBSERVED,
        .claim = "too many calls get no Retry-After",
        .test = no_retry_after_is_sent,
    },
    {
        .id = "gemini.video-operation",
        .level = MUST,
        .source = "gemini-sdk#operations",
        .evidence = SHIPPED,
        .claim = "a video begins as an operation of its model",
        .test = video_begins_as_an_operation,
    },
    {
        .id = "gemini.video-not-done",
        .level = MUST,
        .source = "gemini-sdk#operations",
        .evidence = SHIPPED,
        .claim = "an operation just begun is not done",
        .test = new_operation_is_not_done,
    },
    {
        .id = "gemini.video-done",
        .level = MUST,
        .source = "gemini-sdk#operations",
        .evidence = SHIPPED,
        .claim = "an operation is done in the end",
        .test = operation_ends,
    },
    {
        .id = "gemini.video-either",
        .level = MUST,
        .source = "gemini-proto#Operation",
        .evidence = SPECIFIED,
        .claim = "an operation that is done has a response or an error, not both",
        .test = operation_has_either_response_or_error,
    },
    {
        .id = "gemini.video-uri",
        .level = MUST,
        .source = "gemini-sdk#operations",
        .evidence = SHIPPED,
        .claim = "the response names where the video can be had",
        .test = video_can_be_had,
    },
    {0},
};
