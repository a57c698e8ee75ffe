#include "suites/calls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct route *need_claude(struct check *check, const char *route)
{
    return need_gateway(check, "claude") ? need_route(check, route) : NULL;
}

/* Claude's messages, called as `attempt` says; the route and the good key are filled in. */
static const struct exchange *call_messages(struct check *check, struct attempt attempt)
{
    attempt.route = need_claude(check, "messages");
    if (attempt.route && !attempt.secret)
        attempt.secret = need_key(check, attempt.route->key);
    return attempt.route && attempt.secret ? check_attempt(check, attempt) : NULL;
}

/* anthropic-version */

static void missing_version_is_refused(struct check *check)
{
    const struct route *route = need_route(check, "messages");
    const char *secret = route ? need_key(check, route->key) : NULL;
    const struct promise *promise = secret ? need_promise(check, "version-missing") : NULL;

    if (!promise)
        return;
    const struct exchange *x = check_attempt(
        check, (struct attempt){.route = route, .secret = secret, .no_version = true});
    if (expect_promised(check, x, promise))
        expect_fault(check, x, "version-missing");
}

static void refusal_names_the_version(struct check *check)
{
    const struct exchange *x = call_messages(check, (struct attempt){.no_version = true});
    const char *text = x && need_refusal(check, x) ? need_text(check, x, "error.message") : NULL;

    if (text)
        expect_that(check, strstr(text, "anthropic-version") != NULL, x,
                    "expected the message to name anthropic-version, got: %s", text);
}

static void unknown_version_is_refused(struct check *check)
{
    const struct exchange *x = call_messages(
        check, (struct attempt){.no_version = true, .headers = {"anthropic-version: 1999-01-01"}});

    if (x && expect_status(check, x, 400))
        expect_fault(check, x, "version-unknown");
}

static void repeated_version_is_refused(struct check *check)
{
    const struct exchange *x =
        call_messages(check, (struct attempt){.no_version = true,
                                              .headers = {"anthropic-version: 2023-06-01",
                                                          "anthropic-version: 2023-06-01"}});

    if (x && expect_status(check, x, 400))
        expect_fault(check, x, "version-unknown|header-repeated");
}

static void key_is_judged_before_version(struct check *check)
{
    const struct promise *promise = NULL;
    const char *unknown = NULL;

    if (need_gateway(check, "claude"))
        promise = need_promise(check, "unknown");
    unknown = promise ? need_key(check, "unknown") : NULL;
    const struct exchange *x =
        unknown ? call_messages(check, (struct attempt){.secret = unknown, .no_version = true})
                : NULL;
    if (x && expect_promised(check, x, promise))
        expect_fault(check, x, "key-unknown");
}

/* Bodies */

/* The messages request without `field`, or with `value` there. Takes `value`. */
static const struct exchange *call_changed(struct check *check, const char *field, json_t *value)
{
    json_t *request = need_gateway(check, "claude") ? need_request(check, "messages") : NULL;
    const struct exchange *x = NULL;

    if (request && value)
        json_object_set(request, field, value);
    else if (request)
        json_object_del(request, field);
    json_decref(value);
    if (request)
        x = call_messages(check, (struct attempt){.json = request});
    json_decref(request);
    return x;
}

/* That a request needs its model is no matter of Claude's alone: see http.missing-model-refused. */
static const char *const required[] = {"max_tokens", "messages"};

static void required_fields_are_required(struct check *check)
{
    for (size_t i = 0; i < COUNT(required) && check_open(check); i++) {
        const struct exchange *x = call_changed(check, required[i], NULL);
        if (x && expect_status(check, x, 400))
            expect_fault(check, x, "field-missing");
    }
}

static void refusal_names_the_missing_field(struct check *check)
{
    for (size_t i = 0; i < COUNT(required) && check_open(check); i++) {
        const struct exchange *x = call_changed(check, required[i], NULL);
        const char *text =
            x && need_refusal(check, x) ? need_text(check, x, "error.message") : NULL;
        if (text)
            expect_that(check, strstr(text, required[i]) != NULL, x,
                        "expected the message to name %s, got: %s", required[i], text);
    }
}

static void empty_messages_are_refused(struct check *check)
{
    const struct exchange *x = call_changed(check, "messages", json_array());

    if (x && expect_status(check, x, 400))
        expect_fault(check, x, "field-out-of-range|field-missing|body-invalid");
}

static void unknown_model_is_404(struct check *check)
{
    const struct exchange *x =
        call_messages(check, (struct attempt){.model = "gatemark-no-such-model"});

    if (x && expect_status(check, x, 404))
        expect_fault(check, x, "model-unknown");
}

/* Tokens */

static void count_is_a_whole_number(struct check *check)
{
    const struct exchange *x =
        need_claude(check, "count-tokens") ? need_answer(check, "count-tokens", NULL) : NULL;
    json_int_t count;

    if (x && expect_integer(check, x, "input_tokens", &count))
        expect_that(check, count > 0, x, "expected some tokens, got %lld", (long long)count);
}

static void count_is_what_messages_charge(struct check *check)
{
    json_t *request = need_claude(check, "count-tokens") ? need_request(check, "messages") : NULL;
    const struct exchange *charged = NULL, *x = NULL;
    double tokens, count;

    if (!request)
        return;
    charged = need_answer(check, "messages", json_incref(request));
    json_object_del(request, "max_tokens");
    x = charged ? need_answer(check, "count-tokens", json_incref(request)) : NULL;
    if (x && need_number(check, charged, "usage.input_tokens", &tokens) &&
        need_number(check, x, "input_tokens", &count))
        expect_that(check, (long long)tokens == (long long)count, x,
                    "expected the count to be the %.0f tokens that messages charge, got %.0f",
                    tokens, count);
    json_decref(request);
}

/* Models */

static const struct exchange *need_models(struct check *check, const char *query)
{
    const struct exchange *x =
        need_claude(check, "list-models") ? need_page(check, "list-models", query) : NULL;

    if (x)
        need_that(check, json_array_size(json_at(x->json, "data")) > 0, x, "needed some models");
    return x && check_open(check) ? x : NULL;
}

static const char *model_id(const struct exchange *x, size_t i)
{
    return json_string_value(json_object_get(json_array_get(json_at(x->json, "data"), i), "id"));
}

static size_t model_count(const struct exchange *x)
{
    return json_array_size(json_at(x->json, "data"));
}

static void list_tells_whether_there_is_more(struct check *check)
{
    const struct exchange *whole = need_models(check, "limit=1000");
    const struct exchange *first = whole ? need_models(check, "limit=1") : NULL;

    if (first && need_that(check, model_count(whole) > 1 && model_count(first) == 1, first,
                           "needed limit=1 to be kept, and two models"))
        expect_boolean_is(check, first, "has_more", true);
    if (first)
        expect_boolean_is(check, whole, "has_more", model_count(whole) >= 1000);
}

static void list_tells_its_ends(struct check *check)
{
    const struct exchange *x = need_models(check, NULL);
    const char *first = x ? model_id(x, 0) : NULL;
    const char *last = x ? model_id(x, model_count(x) - 1) : NULL;

    if (x && need_that(check, first && last, x, "needed the models' ids")) {
        expect_string_is(check, x, "first_id", first);
        expect_string_is(check, x, "last_id", last);
    }
}

static bool is_a_model(const json_t *model)
{
    const char *type = json_string_value(json_object_get(model, "type"));
    const char *name = json_string_value(json_object_get(model, "display_name"));
    const char *at = json_string_value(json_object_get(model, "created_at"));

    return type && strcmp(type, "model") == 0 && name && *name && at && is_rfc3339(at);
}

static void models_are_models(struct check *check)
{
    const struct exchange *x = need_models(check, NULL);
    const json_t *model;
    size_t i;

    json_array_foreach(x ? json_at(x->json, "data") : NULL, i, model) {
        expect_that(check, is_a_model(model), x,
                    "expected model %zu to have the type model, a display_name and a created_at",
                    i);
    }
}

static void limit_is_kept(struct check *check)
{
    const struct exchange *x = need_models(check, "limit=1");

    if (x)
        expect_that(check, model_count(x) == 1, x, "expected one model, got %zu", model_count(x));
}

static void limit_out_of_bounds_is_refused(struct check *check)
{
    static const char *const queries[] = {"limit=0", "limit=1001"};

    for (size_t i = 0; i < COUNT(queries) && check_open(check); i++) {
        const struct exchange *x = NULL;
        if (need_claude(check, "list-models"))
            x = call_query(check, "list-models", queries[i]);
        if (x && expect_status(check, x, 400))
            expect_fault(check, x, "field-out-of-range");
    }
}

static void newest_model_comes_first(struct check *check)
{
    const struct exchange *x = need_models(check, "limit=1000");
    const char *before = NULL;
    const json_t *model;
    size_t i;

    json_array_foreach(x ? json_at(x->json, "data") : NULL, i, model) {
        const char *at = json_string_value(json_object_get(model, "created_at"));
        if (!need_that(check, at && is_rfc3339(at), x, "needed created_at of every model"))
            return;
        expect_that(check, !before || strcmp(before, at) >= 0, x,
                    "expected the newest model first, got %s after %s", at, before);
        before = at;
    }
}

/* The whole list at once, to compare pages with. */
static const struct exchange *need_whole_list(struct check *check)
{
    const struct exchange *x = need_models(check, "limit=1000");

    if (x)
        need_that(check, json_is_false(json_at(x->json, "has_more")) && model_count(x) > 2, x,
                  "needed a whole list of three models or more");
    for (size_t i = 0; x && i < model_count(x); i++)
        need_that(check, model_id(x, i) != NULL, x, "needed the models' ids");
    return x && check_open(check) ? x : NULL;
}

/* Pages of one, forward: each has the model that follows in the whole list, and tells whether
 * there is more. */
static void pages_forward_hold_every_model_once(struct check *check)
{
    const struct exchange *whole = need_whole_list(check);
    size_t count = whole ? model_count(whole) : 0;
    char query[256] = "limit=1";

    for (size_t i = 0; i < count && check_open(check); i++) {
        const struct exchange *x = need_page(check, "list-models", query);
        const char *id = x ? model_id(x, 0) : NULL;
        if (!x || !need_that(check, model_count(x) <= 1, x, "needed limit=1 to be kept"))
            return;
        expect_that(check, id && strcmp(id, model_id(whole, i)) == 0, x,
                    "expected page %zu to hold %s, got %s", i + 1, model_id(whole, i),
                    id ? id : "nothing");
        snprintf(query, sizeof query, "limit=1&after_id=%s", model_id(whole, i));
    }
}

static void page_before_holds_what_comes_before(struct check *check)
{
    const struct exchange *whole = need_whole_list(check);
    char query[256];

    if (!whole)
        return;
    snprintf(query, sizeof query, "limit=1&before_id=%s", model_id(whole, 2));
    const struct exchange *x = need_page(check, "list-models", query);
    if (!x || !need_that(check, model_count(x) <= 1, x, "needed limit=1 to be kept"))
        return;
    const char *id = model_id(x, 0);
    expect_that(check, id && strcmp(id, model_id(whole, 1)) == 0, x,
                "expected %s, which stands before %s, got %s", model_id(whole, 1),
                model_id(whole, 2), id ? id : "nothing");
}

/* The route get-model for this id. */
static const struct exchange *call_model(struct check *check, const char *id)
{
    const struct route *route = need_claude(check, "get-model");
    const char *secret = route ? need_key(check, route->key) : NULL;
    const struct exchange *x = NULL;

    if (!secret)
        return NULL;
    char *path = format_text("/v1/models/%s", id);
    x = check_attempt(check, (struct attempt){.route = route, .secret = secret, .path = path});
    free(path);
    return x;
}

static void model_is_told_by_id(struct check *check)
{
    const struct exchange *list = need_whole_list(check);
    const struct exchange *x = list ? call_model(check, model_id(list, 1)) : NULL;

    if (x && need_success(check, x))
        expect_string_is(check, x, "id", model_id(list, 1));
}

static void unknown_model_id_is_404(struct check *check)
{
    const struct exchange *x = call_model(check, "gatemark-no-such-model");

    if (x && expect_status(check, x, 404))
        expect_fault(check, x, "model-unknown|id-unknown");
}

/* Headers and query */

static void beta_query_is_ignored(struct check *check)
{
    const struct exchange *x = call_messages(check, (struct attempt){.query = "beta=true"});

    if (x)
        expect_success(check, x);
}

static void answer_names_the_organization(struct check *check)
{
    const struct exchange *x =
        need_claude(check, "messages") ? need_answer(check, "messages", NULL) : NULL;

    if (x)
        expect_header(check, x, "anthropic-organization-id");
}

static void refusal_names_no_organization(struct check *check)
{
    const struct route *route = need_claude(check, "messages");
    const struct exchange *x = route ? call_with(check, route, NULL) : NULL;

    if (x && need_refusal(check, x))
        expect_header_absent(check, x, "anthropic-organization-id");
}

static void expect_rate_header(struct check *check, const struct exchange *x, const char *kind,
                               const char *part)
{
    char name[96];

    snprintf(name, sizeof name, "anthropic-ratelimit-%s-%s", kind, part);
    const char *value = expect_header(check, x, name);
    if (!value)
        return;
    bool right = strcmp(part, "reset") == 0
                     ? is_rfc3339(value)
                     : *value && strspn(value, "0123456789") == strlen(value);
    expect_that(check, right, x, "expected %s to be a %s, got %s", name,
                strcmp(part, "reset") == 0 ? "time in RFC 3339" : "whole number", value);
}

static void answer_tells_what_room_is_left(struct check *check)
{
    static const char *const kinds[] = {"requests", "tokens", "input-tokens", "output-tokens"};
    static const char *const parts[] = {"limit", "remaining", "reset"};
    const struct exchange *x =
        need_claude(check, "messages") ? need_answer(check, "messages", NULL) : NULL;

    for (size_t i = 0; x && i < COUNT(kinds); i++)
        for (size_t j = 0; j < COUNT(parts); j++)
            expect_rate_header(check, x, kinds[i], parts[j]);
}

const struct requirement claude_requirements[] = {
    {
        .id = "claude.version-missing-refused",
        .level = MUST,
        .source = "claude-overview#headers",
        .evidence = DOCUMENTED,
        .claim = "a call without anthropic-version is refused",
        .test = missing_version_is_refused,
    },
    {
        .id = "claude.version-missing-named",
        .level = SHOULD,
        .source = "claude-threads",
        .evidence = OBSERVED,
        .claim = "the refusal of a call without anthropic-version names the header",
        .test = refusal_names_the_version,
    },
    {
        .id = "claude.version-unknown-refused",
        .level = MUST,
        .source = "claude-versioning",
        .evidence = OBSERVED,
        .claim = "a version that does not exist is refused with 400",
        .test = unknown_version_is_refused,
    },
    {
        .id = "claude.version-repeated-refused",
        .level = SHOULD,
        .source = "claude-threads",
        .evidence = OBSERVED,
        .claim = "anthropic-version sent twice is refused with 400",
        .test = repeated_version_is_refused,
    },
    {
        .id = "claude.key-before-version",
        .level = SHOULD,
        .source = "gatemark#order",
        .evidence = ASSUMED,
        .claim = "a bad key hears that it is bad, whatever else is missing",
        .test = key_is_judged_before_version,
    },
    {
        .id = "claude.required-fields",
        .level = MUST,
        .source = "claude-sdk#MessageCreateParams",
        .evidence = SHIPPED,
        .claim = "a message without max_tokens or messages is refused with 400",
        .test = required_fields_are_required,
    },
    {
        .id = "claude.missing-field-named",
        .level = SHOULD,
        .source = "claude-threads",
        .evidence = OBSERVED,
        .claim = "the refusal of a message names the field that is missing",
        .test = refusal_names_the_missing_field,
    },
    {
        .id = "claude.empty-messages-refused",
        .level = SHOULD,
        .source = "claude-threads",
        .evidence = OBSERVED,
        .claim = "an empty list of messages is refused with 400",
        .test = empty_messages_are_refused,
    },
    {
        .id = "claude.unknown-model-404",
        .level = MUST,
        .source = "claude-errors#http-errors",
        .evidence = OBSERVED,
        .claim = "an unknown model is refused with 404",
        .test = unknown_model_is_404,
    },
    {
        .id = "claude.count-is-whole-number",
        .level = MUST,
        .source = "claude-count",
        .evidence = DOCUMENTED,
        .claim = "counting tokens answers a whole number",
        .test = count_is_a_whole_number,
    },
    {
        .id = "claude.count-equals-usage",
        .level = SHOULD,
        .source = "claude-count",
        .evidence = ASSUMED,
        .claim = "the count is what a message of the same body is charged",
        .test = count_is_what_messages_charge,
    },
    {
        .id = "claude.models-has-more",
        .level = MUST,
        .source = "claude-models#list",
        .evidence = DOCUMENTED,
        .claim = "has_more is true while models are left, and only then",
        .test = list_tells_whether_there_is_more,
    },
    {
        .id = "claude.models-ends",
        .level = MUST,
        .source = "claude-models#list",
        .evidence = DOCUMENTED,
        .claim = "first_id and last_id are the ends of the page",
        .test = list_tells_its_ends,
    },
    {
        .id = "claude.models-shape",
        .level = MUST,
        .source = "claude-models#list",
        .evidence = DOCUMENTED,
        .claim = "every model has the type model, a display_name and a created_at",
        .test = models_are_models,
    },
    {
        .id = "claude.models-limit-kept",
        .level = MUST,
        .source = "claude-models#list",
        .evidence = DOCUMENTED,
        .claim = "a page holds no more models than limit",
        .test = limit_is_kept,
    },
    {
        .id = "claude.models-limit-bounds",
        .level = SHOULD,
        .source = "claude-models#list",
        .evidence = ASSUMED,
        .claim = "a limit below 1 or over 1000 is refused with 400",
        .test = limit_out_of_bounds_is_refused,
    },
    {
        .id = "claude.models-newest-first",
        .level = MUST,
        .source = "claude-models#list",
        .evidence = DOCUMENTED,
        .claim = "the newest model comes first",
        .test = newest_model_comes_first,
    },
    {
        .id = "claude.models-pages-forward",
        .level = MUST,
        .source = "claude-models#list",
        .evidence = DOCUMENTED,
        .claim = "pages by after_id hold every model once, in order",
        .test = pages_forward_hold_every_model_once,
    },
    {
        .id = "claude.models-page-before",
        .level = MUST,
        .source = "claude-models#list",
        .evidence = DOCUMENTED,
        .claim = "a page by before_id holds what stands before it",
        .test = page_before_holds_what_comes_before,
    },
    {
        .id = "claude.model-by-id",
        .level = MUST,
        .source = "claude-models#get",
        .evidence = DOCUMENTED,
        .claim = "asking for a model by id answers that model",
        .test = model_is_told_by_id,
    },
    {
        .id = "claude.unknown-model-id-404",
        .level = MUST,
        .source = "claude-models#get",
        .evidence = DOCUMENTED,
        .claim = "asking for a model that does not exist answers 404",
        .test = unknown_model_id_is_404,
    },
    {
        .id = "claude.beta-query-ignored",
        .level = MUST,
        .source = "claude-sdk#beta",
        .evidence = SHIPPED,
        .claim = "beta=true in the query changes nothing",
        .test = beta_query_is_ignored,
    },
    {
        .id = "claude.organization-named",
        .level = SHOULD,
        .source = "claude-overview#response-headers",
        .evidence = DOCUMENTED,
        .claim = "an authenticated answer names the organization",
        .test = answer_names_the_organization,
    },
    {
        .id = "claude.organization-withheld",
        .level = SHOULD,
        .source = "claude-overview#response-headers",
        .evidence = ASSUMED,
        .claim = "a caller who is nobody is told no organization",
        .test = refusal_names_no_organization,
    },
    {
        .id = "claude.rate-headers",
        .level = MUST,
        .source = "claude-rate-limits#headers",
        .evidence = DOCUMENTED,
        .claim = "an answer tells limit, rest and reset of requests and tokens",
        .test = answer_tells_what_room_is_left,
    },
    {0},
};
