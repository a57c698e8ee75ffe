#include "suites/calls.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char no_such_model[] = "gatemark-no-such-model";

/* The route's answer to the credential `name` (NULL: to none), on OpenAI only; NULL without. */
static const struct exchange *ask(struct check *check, const char *route_name, const char *name)
{
    const struct route *route =
        need_gateway(check, "openai") ? need_route(check, route_name) : NULL;
    const char *secret = route && name ? need_key(check, name) : NULL;

    return route && (secret || !name) ? call_with(check, route, secret) : NULL;
}

static const char *need_message(struct check *check, const struct exchange *x)
{
    return x && need_refusal(check, x) ? need_text(check, x, "error.message") : NULL;
}

static void expect_message(struct check *check, const struct exchange *x, const char *words)
{
    const char *text = need_message(check, x);

    if (text)
        expect_that(check, strstr(text, words) != NULL, x, "expected \"%s\" in the message: %s",
                    words, text);
}

/* That the envelope has all its members is another requirement's claim. */
static bool need_member(struct check *check, const struct exchange *x, const char *path)
{
    return need_that(check, json_at(x->json, path) != NULL, x, "needed %s", path);
}

static void expect_code(struct check *check, const struct exchange *x, int status, const char *code)
{
    if (x && need_status(check, x, status) && need_member(check, x, "error.code"))
        expect_string_is(check, x, "error.code", code);
}

static void expect_type(struct check *check, const struct exchange *x, int status, const char *type)
{
    if (x && need_status(check, x, status) && need_member(check, x, "error.type"))
        expect_string_is(check, x, "error.type", type);
}

/* Keys */

static void missing_key_text(struct check *check)
{
    expect_message(check, ask(check, "chat", NULL), "You didn't provide an API key");
}

static void missing_key_has_no_code(struct check *check)
{
    const struct exchange *x = ask(check, "chat", NULL);

    if (x && need_refusal(check, x) && need_member(check, x, "error.code"))
        expect_that(check, json_is_null(json_at(x->json, "error.code")), x,
                    "expected error.code to be null where no key was sent");
}

static void responses_missing_key_text(struct check *check)
{
    expect_message(check, ask(check, "responses", NULL),
                   "Missing bearer or basic authentication in header");
}

static void unknown_key_code(struct check *check)
{
    expect_code(check, ask(check, "chat", "unknown"), 401, "invalid_api_key");
}

static void unknown_key_is_masked(struct check *check)
{
    const struct exchange *x = ask(check, "chat", "unknown");
    const char *text = need_message(check, x);
    const char *secret = text ? need_key(check, "unknown") : NULL;

    if (secret)
        expect_that(check, strchr(text, '*') && strstr(text, secret + strlen(secret) - 4), x,
                    "expected the key, masked but for its ends, in the message: %s", text);
}

static void lacking_scope_is_401(struct check *check)
{
    const struct promise *promise =
        need_gateway(check, "openai") ? need_promise(check, "scope-lacking") : NULL;
    const struct exchange *x = promise ? ask(check, "chat", "read-only") : NULL;

    if (x && expect_promised(check, x, promise))
        expect_fault(check, x, "permission-lacking");
}

static void lacking_scope_is_named(struct check *check)
{
    expect_message(check, ask(check, "chat", "read-only"), "Missing scopes: model.request");
}

static void scope_of_responses_is_named(struct check *check)
{
    expect_message(check, ask(check, "responses", "read-only"),
                   "Missing scopes: api.responses.write");
}

static void reading_key_reads(struct check *check)
{
    const struct exchange *x = ask(check, "list-models", "read-only");

    if (x)
        expect_success(check, x);
}

/* Models */

static const struct exchange *ask_model(struct check *check, const char *key, const char *model)
{
    const struct route *route = need_gateway(check, "openai") ? need_route(check, "chat") : NULL;
    const char *secret = route ? need_key(check, key) : NULL;

    return secret ? check_attempt(
                        check, (struct attempt){.route = route, .secret = secret, .model = model})
                  : NULL;
}

static void forbidden_model_code(struct check *check)
{
    const char *model = check->target->forbidden_model ? check->target->forbidden_model
                                                       : check->target->contract->forbidden_model;

    expect_code(check, ask_model(check, "restricted", model), 403, "model_not_found");
}

static void unknown_model_is_404(struct check *check)
{
    const struct promise *promise =
        need_gateway(check, "openai") ? need_promise(check, "model-unknown") : NULL;
    const struct exchange *x = promise ? ask_model(check, "valid", no_such_model) : NULL;

    if (x && expect_promised(check, x, promise))
        expect_fault(check, x, "model-unknown");
}

static void unknown_model_code(struct check *check)
{
    expect_code(check, ask_model(check, "valid", no_such_model), 404, "model_not_found");
}

static void models_are_a_list(struct check *check)
{
    const struct exchange *x =
        need_gateway(check, "openai") ? need_answer(check, "list-models", NULL) : NULL;

    if (x)
        expect_string_is(check, x, "object", "list");
}

static void models_are_whole(struct check *check)
{
    const struct exchange *x =
        need_gateway(check, "openai") ? need_answer(check, "list-models", NULL) : NULL;
    const json_t *models = x ? expect_array(check, x, "data") : NULL, *model;
    size_t i;

    if (models)
        expect_that(check, json_array_size(models) > 0, x, "expected some models");
    json_array_foreach(models, i, model) {
        const char *object = json_string_value(json_object_get(model, "object"));
        expect_that(check,
                    json_is_string(json_object_get(model, "id")) && object &&
                        strcmp(object, "model") == 0 &&
                        json_is_integer(json_object_get(model, "created")) &&
                        json_is_string(json_object_get(model, "owned_by")),
                    x, "expected model %zu to have id, object, created and owned_by", i);
    }
}

static void model_is_shown(struct check *check)
{
    const struct exchange *x =
        need_gateway(check, "openai") ? need_answer(check, "get-model", NULL) : NULL;

    if (x)
        expect_string_is(check, x, "id", strrchr(need_route(check, "get-model")->path, '/') + 1);
}

static void unknown_model_is_not_shown(struct check *check)
{
    const struct route *route =
        need_gateway(check, "openai") ? need_route(check, "get-model") : NULL;
    const char *secret = route ? need_key(check, route->key) : NULL;

    if (secret)
        expect_status(
            check,
            check_attempt(
                check, (struct attempt){.route = route, .secret = secret, .model = no_such_model}),
            404);
}

/* Bodies */

/* Chat with `field` set to `value`, or left out when NULL. Takes `value`. */
static const struct exchange *ask_changed(struct check *check, const char *field, json_t *value)
{
    json_t *request = need_gateway(check, "openai") ? need_request(check, "chat") : NULL;

    if (!request) {
        json_decref(value);
        return NULL;
    }
    if (value)
        json_object_set_new(request, field, value);
    else
        json_object_del(request, field);
    return call_route(check, "chat", request);
}

static void broken_json_text(struct check *check)
{
    const struct route *route = need_gateway(check, "openai") ? need_route(check, "chat") : NULL;
    const char *secret = route ? need_key(check, route->key) : NULL;

    if (secret)
        expect_message(
            check,
            check_attempt(check, (struct attempt){.route = route, .secret = secret, .body = "{"}),
            "We could not parse the JSON body of your request");
}

static void missing_model_text(struct check *check)
{
    expect_message(check, ask_changed(check, "model", NULL), "you must provide a model parameter");
}

static void missing_field_code(struct check *check)
{
    expect_code(check, ask_changed(check, "messages", NULL), 400, "missing_required_parameter");
}

static void missing_field_is_named(struct check *check)
{
    const struct exchange *x = ask_changed(check, "messages", NULL);

    if (x && need_status(check, x, 400) && need_member(check, x, "error.param"))
        expect_string_is(check, x, "error.param", "messages");
}

static void unknown_field_code(struct check *check)
{
    expect_code(check, ask_changed(check, "gatemark_no_such_field", json_true()), 400,
                "unknown_parameter");
}

static void unknown_field_is_named(struct check *check)
{
    const struct exchange *x = ask_changed(check, "gatemark_no_such_field", json_true());

    if (x && need_status(check, x, 400) && need_member(check, x, "error.param"))
        expect_string_is(check, x, "error.param", "gatemark_no_such_field");
}

static void figures_out_of_range_are_refused(struct check *check)
{
    static const struct {
        const char *field;
        double value;
    } rows[] = {{"temperature", 2.5}, {"top_p", 1.5}, {"presence_penalty", -2.5}, {"n", 129}};
    const struct promise *promise =
        need_gateway(check, "openai") ? need_promise(check, "field-out-of-range") : NULL;

    for (size_t i = 0; promise && i < COUNT(rows) && check_open(check); i++) {
        bool whole = strcmp(rows[i].field, "n") == 0;
        json_t *value = whole ? json_integer((json_int_t)rows[i].value) : json_real(rows[i].value);
        const struct exchange *x = ask_changed(check, rows[i].field, value);
        if (x && expect_promised(check, x, promise))
            expect_fault(check, x, "field-out-of-range");
    }
}

static void field_out_of_range_is_named(struct check *check)
{
    const struct exchange *x = ask_changed(check, "temperature", json_real(2.5));

    if (x && need_status(check, x, 400) && need_member(check, x, "error.param"))
        expect_string_is(check, x, "error.param", "temperature");
}

/* Limits */

static bool is_whole(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

/* The refusal of a key that may come once a minute; on a live target, of its key `limited`. */
static const struct exchange *need_limited(struct check *check)
{
    enum { MOST_CALLS = 40 };
    const struct route *route = need_gateway(check, "openai") ? need_route(check, "chat") : NULL;
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

static void rate_limit_code(struct check *check)
{
    expect_code(check, need_limited(check), 429, "rate_limit_exceeded");
}

static void rate_limit_type(struct check *check)
{
    expect_type(check, need_limited(check), 429, "requests");
}

static void wait_is_told_in_both_units(struct check *check)
{
    const struct exchange *x = need_limited(check);
    const char *seconds = x ? exchange_header(x, "retry-after") : NULL;
    const char *ms = NULL;

    if (x && need_that(check, seconds && is_whole(seconds), x, "needed seconds in retry-after"))
        ms = expect_header(check, x, "retry-after-ms");
    if (ms)
        expect_that(check,
                    strtod(ms, NULL) > 0 && strtod(ms, NULL) <= 1000 * strtod(seconds, NULL) &&
                        strtod(ms, NULL) > 1000 * (strtod(seconds, NULL) - 1),
                    x, "retry-after-ms is %s, but retry-after %s", ms, seconds);
}

static void spent_quota_is_429(struct check *check)
{
    const struct promise *promise =
        need_gateway(check, "openai") ? need_promise(check, "quota-spent") : NULL;
    const struct exchange *x = promise ? ask(check, "chat", "spent") : NULL;

    if (x && expect_promised(check, x, promise))
        expect_fault(check, x, "budget-spent");
}

static void spent_quota_code(struct check *check)
{
    expect_code(check, ask(check, "chat", "spent"), 429, "insufficient_quota");
}

static void spent_quota_type(struct check *check)
{
    expect_type(check, ask(check, "chat", "spent"), 429, "insufficient_quota");
}

/* Headers */

/* Answers of three kinds: a good one, one without a key, one of an unknown path. */
enum { ANSWERS = 3 };

static bool need_answers(struct check *check, const struct exchange **answers)
{
    const struct route *route = need_gateway(check, "openai") ? need_route(check, "chat") : NULL;
    const char *secret = route ? need_key(check, route->key) : NULL;

    if (!secret)
        return false;
    answers[0] = call_with(check, route, secret);
    answers[1] = call_with(check, route, NULL);
    answers[2] = check_attempt(check, (struct attempt){.route = route,
                                                       .secret = secret,
                                                       .method = "GET",
                                                       .body = "",
                                                       .path = "/v1/no-such-path"});
    return check_open(check);
}

static void every_answer_has_an_id(struct check *check)
{
    const struct exchange *answers[ANSWERS];

    for (size_t i = 0; i < ANSWERS && (i > 0 || need_answers(check, answers)); i++)
        expect_header(check, answers[i], "x-request-id");
}

/* The good answer's header, or NULL and UNTESTABLE. */
static const char *need_header(struct check *check, const struct exchange *x, const char *name)
{
    const char *value = x ? exchange_header(x, name) : NULL;

    if (x)
        need_that(check, value != NULL, x, "needed the header %s", name);
    return value;
}

static const struct exchange *need_chat(struct check *check)
{
    return need_gateway(check, "openai") ? need_answer(check, "chat", NULL) : NULL;
}

static void id_has_its_form(struct check *check)
{
    const struct exchange *x = need_chat(check);
    const char *id = need_header(check, x, "x-request-id");

    if (id)
        expect_that(check,
                    begins(id, "req_") && strlen(id) == 36 &&
                        strspn(id + 4, "0123456789abcdef") == 32,
                    x, "expected req_ and 32 hexadecimal digits, got %s", id);
}

static void ids_differ(struct check *check)
{
    const struct exchange *one = need_chat(check), *other = one ? need_chat(check) : NULL;
    const char *first = other ? need_header(check, one, "x-request-id") : NULL;
    const char *second = first ? need_header(check, other, "x-request-id") : NULL;

    if (second)
        expect_that(check, strcmp(first, second) != 0, other,
                    "expected a new x-request-id for each answer, got %s again", second);
}

static void expect_chat_header(struct check *check, const char *name)
{
    const struct exchange *x = need_chat(check);

    if (x)
        expect_header(check, x, name);
}

static void answer_names_the_organization(struct check *check)
{
    expect_chat_header(check, "openai-organization");
}

static void answer_names_the_version(struct check *check)
{
    expect_chat_header(check, "openai-version");
}

static void answer_tells_its_time(struct check *check)
{
    const struct exchange *x = need_chat(check);
    const char *ms = x ? expect_header(check, x, "openai-processing-ms") : NULL;

    if (ms)
        expect_that(check, is_whole(ms), x, "expected whole milliseconds, got %s", ms);
}

static void success_tells_all_limits(struct check *check)
{
    static const char *const names[] = {
        "x-ratelimit-limit-requests",   "x-ratelimit-remaining-requests",
        "x-ratelimit-reset-requests",   "x-ratelimit-limit-tokens",
        "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"};
    const struct exchange *x = need_chat(check);

    for (size_t i = 0; x && i < COUNT(names); i++)
        expect_header(check, x, names[i]);
}

static void limits_are_whole_numbers(struct check *check)
{
    static const char *const names[] = {"x-ratelimit-limit-requests",
                                        "x-ratelimit-remaining-requests",
                                        "x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens"};
    const struct exchange *x = need_chat(check);

    for (size_t i = 0; x && i < COUNT(names) && check_open(check); i++) {
        const char *value = need_header(check, x, names[i]);
        if (value)
            expect_that(check, is_whole(value), x, "expected %s to be a whole number, got %s",
                        names[i], value);
    }
}

/* Numbers with units, the largest first: 1h2m0.5s, 6m0s, 120ms. */
static bool is_duration(const char *text)
{
    static const char *const units[] = {"h", "ms", "m", "s"};
    size_t next = 0, parts = 0;

    while (*text) {
        size_t digits = strspn(text, "0123456789."), u = next;
        text += digits;
        while (u < COUNT(units) && !begins(text, units[u]))
            u++;
        if (digits == 0 || u == COUNT(units))
            return false;
        text += strlen(units[u]);
        next = u + 1;
        parts++;
    }
    return parts > 0;
}

static void resets_are_durations(struct check *check)
{
    static const char *const names[] = {"x-ratelimit-reset-requests", "x-ratelimit-reset-tokens"};
    const struct exchange *x = need_chat(check);

    for (size_t i = 0; x && i < COUNT(names) && check_open(check); i++) {
        const char *value = need_header(check, x, names[i]);
        if (value)
            expect_that(check, is_duration(value), x,
                        "expected %s to be a duration such as 6m0s, got %s", names[i], value);
    }
}

static void remaining_requests_count_down(struct check *check)
{
    static const char name[] = "x-ratelimit-remaining-requests";
    const struct route *route = need_gateway(check, "openai") ? need_route(check, "chat") : NULL;
    const char *secret =
        route ? need_key_made(check, json_pack("{s:i}", "requests_per_minute", 100)) : NULL;
    const struct exchange *one = secret ? call_with(check, route, secret) : NULL;
    const struct exchange *other = one ? call_with(check, route, secret) : NULL;
    const char *first = need_header(check, one, name);
    const char *second = first ? need_header(check, other, name) : NULL;

    if (second)
        expect_that(check, strtol(first, NULL, 10) - 1 == strtol(second, NULL, 10), other,
                    "expected one less than %s to remain, got %s", first, second);
}

static void challenge_names_the_realm(struct check *check)
{
    const struct exchange *x = ask(check, "list-models", NULL);
    const char *challenge = NULL;

    if (x && need_status(check, x, 401))
        challenge = need_header(check, x, "WWW-Authenticate");
    const char *realm = challenge ? strstr(challenge, "realm=\"") : NULL;
    if (challenge && need_that(check, realm && strchr(realm + strlen("realm=\""), '"'), x,
                               "needed a realm in quotes, got %s", challenge))
        expect_that(check, begins(challenge, "Bearer realm=\"OpenAI API\""), x,
                    "expected Bearer realm=\"OpenAI API\", got %s", challenge);
}

const struct requirement openai_requirements[] = {
    {
        .id = "openai.missing-key-text",
        .level = SHOULD,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "a call without a key is told that it provided none",
        .test = missing_key_text,
    },
    {
        .id = "openai.missing-key-without-code",
        .level = MUST,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "where no key was sent, error.code is null",
        .test = missing_key_has_no_code,
    },
    {
        .id = "openai.responses-missing-key-text",
        .level = SHOULD,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "/v1/responses words a missing key in its own way",
        .test = responses_missing_key_text,
    },
    {
        .id = "openai.unknown-key-code",
        .level = MUST,
        .source = "openai-errors#401",
        .evidence = DOCUMENTED,
        .claim = "an unknown key has the code invalid_api_key",
        .test = unknown_key_code,
    },
    {
        .id = "openai.unknown-key-masked",
        .level = SHOULD,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "an unknown key is shown by its ends, masked between",
        .test = unknown_key_is_masked,
    },
    {
        .id = "openai.scope-lacking-is-401",
        .level = SHOULD,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "a restricted key without the scope gets 401, not 403",
        .test = lacking_scope_is_401,
    },
    {
        .id = "openai.scope-named",
        .level = SHOULD,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "the missing scope is named",
        .test = lacking_scope_is_named,
    },
    {
        .id = "openai.responses-scope-named",
        .level = SHOULD,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "/v1/responses needs a scope of its own, and names it",
        .test = scope_of_responses_is_named,
    },
    {
        .id = "openai.reading-key-reads",
        .level = MUST,
        .source = "openai-threads",
        .evidence = ASSUMED,
        .claim = "a key restricted to reading lists models",
        .test = reading_key_reads,
    },
    {
        .id = "openai.model-forbidden-code",
        .level = MUST,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "a model that the project may not use has the code model_not_found",
        .test = forbidden_model_code,
    },
    {
        .id = "openai.unknown-model-is-404",
        .level = MUST,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "an unknown model gets 404",
        .test = unknown_model_is_404,
    },
    {
        .id = "openai.unknown-model-code",
        .level = MUST,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "an unknown model has the code model_not_found",
        .test = unknown_model_code,
    },
    {
        .id = "openai.models-object",
        .level = MUST,
        .source = "openai-openapi#models",
        .evidence = SPECIFIED,
        .claim = "models come as a list",
        .test = models_are_a_list,
    },
    {
        .id = "openai.models-whole",
        .level = MUST,
        .source = "openai-openapi#models",
        .evidence = SPECIFIED,
        .claim = "every model has its id, object, time of creation and owner",
        .test = models_are_whole,
    },
    {
        .id = "openai.model-shown",
        .level = MUST,
        .source = "openai-openapi#models",
        .evidence = SPECIFIED,
        .claim = "a model can be asked for by its id",
        .test = model_is_shown,
    },
    {
        .id = "openai.model-not-shown",
        .level = MUST,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "asking for an unknown model gets 404",
        .test = unknown_model_is_not_shown,
    },
    {
        .id = "openai.broken-json-text",
        .level = SHOULD,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "a body that is no JSON is told that it could not be parsed",
        .test = broken_json_text,
    },
    {
        .id = "openai.missing-model-text",
        .level = SHOULD,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "a missing model is asked for in a sentence",
        .test = missing_model_text,
    },
    {
        .id = "openai.missing-field-code",
        .level = MUST,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "a missing field has the code missing_required_parameter",
        .test = missing_field_code,
    },
    {
        .id = "openai.missing-field-named",
        .level = MUST,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "a missing field is named in error.param",
        .test = missing_field_is_named,
    },
    {
        .id = "openai.unknown-field-code",
        .level = MUST,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "an unknown field has the code unknown_parameter",
        .test = unknown_field_code,
    },
    {
        .id = "openai.unknown-field-named",
        .level = MUST,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "an unknown field is named in error.param",
        .test = unknown_field_is_named,
    },
    {
        .id = "openai.range-refused",
        .level = MUST,
        .source = "openai-openapi#chat",
        .evidence = SPECIFIED,
        .claim = "figures outside the documented ranges are refused",
        .test = figures_out_of_range_are_refused,
    },
    {
        .id = "openai.range-named",
        .level = SHOULD,
        .source = "openai-openapi#chat",
        .evidence = ASSUMED,
        .claim = "a figure outside its range is named in error.param",
        .test = field_out_of_range_is_named,
    },
    {
        .id = "openai.rate-limit-code",
        .level = MUST,
        .source = "openai-errors#429",
        .evidence = DOCUMENTED,
        .claim = "too many calls have the code rate_limit_exceeded",
        .test = rate_limit_code,
    },
    {
        .id = "openai.rate-limit-type",
        .level = SHOULD,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "too many calls are of the type requests",
        .test = rate_limit_type,
    },
    {
        .id = "openai.wait-in-both-units",
        .level = SHOULD,
        .source = "openai-node#retry",
        .evidence = SHIPPED,
        .claim = "retry-after-ms tells the same wait as retry-after",
        .test = wait_is_told_in_both_units,
    },
    {
        .id = "openai.quota-spent-is-429",
        .level = MUST,
        .source = "openai-errors#429",
        .evidence = DOCUMENTED,
        .claim = "a spent quota gets 429",
        .test = spent_quota_is_429,
    },
    {
        .id = "openai.quota-spent-code",
        .level = MUST,
        .source = "openai-errors#429",
        .evidence = DOCUMENTED,
        .claim = "a spent quota has the code insufficient_quota",
        .test = spent_quota_code,
    },
    {
        .id = "openai.quota-spent-type",
        .level = SHOULD,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "a spent quota is of the type insufficient_quota",
        .test = spent_quota_type,
    },
    {
        .id = "openai.request-id-on-answers",
        .level = MUST,
        .source = "openai-debugging",
        .evidence = DOCUMENTED,
        .claim = "successes and refusals carry x-request-id",
        .test = every_answer_has_an_id,
    },
    {
        .id = "openai.request-id-form",
        .level = SHOULD,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "x-request-id is req_ and 32 hexadecimal digits",
        .test = id_has_its_form,
    },
    {
        .id = "openai.request-id-unique",
        .level = MUST,
        .source = "openai-debugging",
        .evidence = DOCUMENTED,
        .claim = "no two answers have the same x-request-id",
        .test = ids_differ,
    },
    {
        .id = "openai.organization-named",
        .level = MUST,
        .source = "openai-debugging",
        .evidence = DOCUMENTED,
        .claim = "an answer names the organization",
        .test = answer_names_the_organization,
    },
    {
        .id = "openai.version-named",
        .level = MUST,
        .source = "openai-debugging",
        .evidence = DOCUMENTED,
        .claim = "an answer names the version",
        .test = answer_names_the_version,
    },
    {
        .id = "openai.processing-time-told",
        .level = MUST,
        .source = "openai-debugging",
        .evidence = DOCUMENTED,
        .claim = "an answer tells its time in whole milliseconds",
        .test = answer_tells_its_time,
    },
    {
        .id = "openai.limits-on-success",
        .level = SHOULD,
        .source = "openai-limits#headers",
        .evidence = DOCUMENTED,
        .claim = "a success tells limits of requests and tokens, what remains, and when they reset",
        .test = success_tells_all_limits,
    },
    {
        .id = "openai.limits-whole-numbers",
        .level = MUST,
        .source = "openai-limits#headers",
        .evidence = DOCUMENTED,
        .claim = "limits and what remains are whole numbers",
        .test = limits_are_whole_numbers,
    },
    {
        .id = "openai.resets-durations",
        .level = MUST,
        .source = "openai-limits#headers",
        .evidence = DOCUMENTED,
        .claim = "resets are durations such as 6m0s",
        .test = resets_are_durations,
    },
    {
        .id = "openai.remaining-counts-down",
        .level = SHOULD,
        .source = "openai-limits#headers",
        .evidence = DOCUMENTED,
        .claim = "each call leaves one request less",
        .test = remaining_requests_count_down,
    },
    {
        .id = "openai.challenge-realm",
        .level = SHOULD,
        .source = "openai-threads",
        .evidence = OBSERVED,
        .claim = "a 401 names the realm OpenAI API",
        .test = challenge_names_the_realm,
    },
    {0},
};
