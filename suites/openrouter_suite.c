#include "suites/calls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* OpenRouter has worded a missing credential in three ways over the years. */
static const char *const missing_texts[] = {
    "No cookie auth credentials found",
    "Missing Authentication header",
    "No auth credentials found",
};

static bool is_missing_text(const char *text)
{
    for (size_t i = 0; text && i < COUNT(missing_texts); i++)
        if (strcmp(text, missing_texts[i]) == 0)
            return true;
    return false;
}

static const struct route *need_chat(struct check *check)
{
    return need_gateway(check, "openrouter") ? need_route(check, "chat") : NULL;
}

/* What `x` says at error.message, or NULL and UNTESTABLE. */
static const char *need_refusal_text(struct check *check, const struct exchange *x)
{
    return need_refusal(check, x) ? need_text(check, x, "error.message") : NULL;
}

static void missing_key_text(struct check *check)
{
    const struct route *route = need_chat(check);
    const struct exchange *x = route ? call_with(check, route, NULL) : NULL;
    const char *text = x ? need_refusal_text(check, x) : NULL;

    if (text)
        expect_that(check, is_missing_text(text), x,
                    "expected one of the documented texts for a missing key, got: %s", text);
}

static void expect_key_text(struct check *check, const char *name, const char *words)
{
    const struct route *route = need_chat(check);
    const char *secret = route ? need_key(check, name) : NULL;
    const struct exchange *x = secret ? call_with(check, route, secret) : NULL;

    if (x && need_refusal_text(check, x))
        expect_string_is(check, x, "error.message", words);
}

static void unknown_key_text(struct check *check)
{
    expect_key_text(check, "unknown", "User not found.");
}

static void management_key_text(struct check *check)
{
    expect_key_text(check, "management", "User not found.");
}

static void foreign_key_text(struct check *check)
{
    const struct route *route = need_chat(check);
    const struct exchange *x =
        route ? call_with(check, route, "sk-proj-gatemark-of-another-vendor") : NULL;
    const char *text = x ? need_refusal_text(check, x) : NULL;

    if (text)
        expect_that(check, is_missing_text(text) || strcmp(text, "Invalid credentials") == 0, x,
                    "expected another vendor's key to hear a documented text, got: %s", text);
}

/* A key sent in this manner is no credential: the answer is the one to none at all. */
static void expect_as_if_missing(struct check *check, enum manner manner)
{
    const struct route *route = need_chat(check);
    const char *secret = route ? need_key(check, "valid") : NULL;
    const struct exchange *none = secret ? call_with(check, route, NULL) : NULL;
    const char *text = none ? need_refusal_text(check, none) : NULL;

    if (!text)
        return;
    const struct exchange *x =
        check_attempt(check, (struct attempt){.route = route, .secret = secret, .manner = manner});
    if (need_refusal_text(check, x))
        expect_string_is(check, x, "error.message", text);
}

static void bare_key_is_as_if_missing(struct check *check)
{
    expect_as_if_missing(check, AS_BARE);
}

static void cookie_is_as_if_missing(struct check *check)
{
    expect_as_if_missing(check, IN_COOKIE);
}

static const struct exchange *call_unknown_model(struct check *check)
{
    const struct route *route = need_chat(check);
    const char *secret = route ? need_key(check, route->key) : NULL;

    if (!secret)
        return NULL;
    return check_attempt(
        check,
        (struct attempt){.route = route, .secret = secret, .model = "gatemark/no-such-model"});
}

static void unknown_model_text(struct check *check)
{
    const struct exchange *x = call_unknown_model(check);
    const char *text = x ? need_refusal_text(check, x) : NULL;

    if (text)
        expect_that(check, strstr(text, "is not a valid model ID") != NULL, x,
                    "expected \"... is not a valid model ID\", got: %s", text);
}

static void success_has_no_rate_headers(struct check *check)
{
    static const char *const names[] = {"X-RateLimit-Limit", "X-RateLimit-Remaining",
                                        "X-RateLimit-Reset"};
    const struct exchange *x = need_chat(check) ? need_answer(check, "chat", NULL) : NULL;

    for (size_t i = 0; x && i < COUNT(names); i++)
        expect_header_absent(check, x, names[i]);
}

/* What GET /key says of the credential `name`; NULL, and the check UNTESTABLE, without. */
static const struct exchange *need_told(struct check *check, const char *name)
{
    const struct route *route = need_gateway(check, "openrouter") ? need_route(check, "key") : NULL;
    const char *secret = route ? need_key(check, name) : NULL;
    const struct exchange *x = secret ? call_with(check, route, secret) : NULL;

    return x && need_success(check, x) && need_json(check, x) ? x : NULL;
}

static void expect_number_or_null(struct check *check, const struct exchange *x, const char *path)
{
    const json_t *value = json_at(x->json, path);

    expect_that(check, json_is_number(value) || json_is_null(value), x,
                "expected a number or null at %s", path);
}

static void key_tells_its_limit(struct check *check)
{
    const struct exchange *x = need_told(check, "valid");

    if (!x)
        return;
    expect_number_or_null(check, x, "data.limit");
    expect_number_or_null(check, x, "data.limit_remaining");
}

static void key_tells_its_usage(struct check *check)
{
    static const char *const paths[] = {"data.usage", "data.usage_daily", "data.usage_weekly",
                                        "data.usage_monthly"};
    const struct exchange *x = need_told(check, "valid");

    for (size_t i = 0; x && i < COUNT(paths); i++)
        expect_number(check, x, paths[i], NULL);
}

static void expect_management_is(struct check *check, const char *name, bool value)
{
    const struct exchange *x = need_told(check, name);

    if (x)
        expect_boolean_is(check, x, "data.is_management_key", value);
}

static void key_is_no_management_key(struct check *check)
{
    expect_management_is(check, "valid", false);
}

static void management_key_is_one(struct check *check)
{
    expect_management_is(check, "management", true);
}

static void label_is_masked(struct check *check)
{
    const struct exchange *x = need_told(check, "valid");
    const char *label = x ? expect_string(check, x, "data.label") : NULL;

    if (label)
        expect_that(check, begins(label, "sk-or-v1-") && strstr(label, "...") && strlen(label) < 32,
                    x, "expected data.label to be a masked key such as sk-or-v1-abc...123");
}

static const struct exchange *need_models(struct check *check)
{
    return need_gateway(check, "openrouter") ? need_answer(check, "models", NULL) : NULL;
}

static void models_are_listed(struct check *check)
{
    const struct exchange *x = need_models(check);
    const json_t *models = x ? expect_array(check, x, "data") : NULL;
    const json_t *model;
    size_t i;

    if (models)
        expect_that(check, json_array_size(models) > 0, x, "expected some models");
    json_array_foreach(models, i, model) {
        const char *id = json_string_value(json_object_get(model, "id"));
        const char *name = json_string_value(json_object_get(model, "name"));
        expect_that(check, id && *id && name && *name, x,
                    "expected model %zu to have an id and a name", i);
    }
}

/* A price is a decimal number, written as a string so that nothing is rounded. */
static bool is_price(const json_t *price)
{
    const char *text = json_string_value(price);
    char *end = NULL;

    if (!text || !*text)
        return false;
    strtod(text, &end);
    return *end == '\0';
}

static void prices_are_strings(struct check *check)
{
    const struct exchange *x = need_models(check);
    const json_t *models = x ? json_at(x->json, "data") : NULL;
    const json_t *model;
    size_t i;

    if (x)
        need_that(check, json_array_size(models) > 0, x, "needed some models");
    json_array_foreach(models, i, model) {
        expect_that(check,
                    is_price(json_at(model, "pricing.prompt")) &&
                        is_price(json_at(model, "pricing.completion")),
                    x, "expected the prices of model %zu to be numbers in strings", i);
    }
}

const struct requirement openrouter_requirements[] = {
    {
        .id = "openrouter.missing-key-text",
        .level = MUST,
        .source = "openrouter-401",
        .evidence = DOCUMENTED,
        .claim = "a call without a key hears one of the documented texts",
        .test = missing_key_text,
    },
    {
        .id = "openrouter.unknown-key-text",
        .level = SHOULD,
        .source = "openrouter-threads",
        .evidence = OBSERVED,
        .claim = "a well-formed key that nobody has hears User not found.",
        .test = unknown_key_text,
    },
    {
        .id = "openrouter.management-key-text",
        .level = SHOULD,
        .source = "openrouter-threads",
        .evidence = OBSERVED,
        .claim = "a management key that infers hears User not found.",
        .test = management_key_text,
    },
    {
        .id = "openrouter.foreign-key-text",
        .level = SHOULD,
        .source = "openrouter-threads",
        .evidence = OBSERVED,
        .claim = "another vendor's key hears one of the documented texts",
        .test = foreign_key_text,
    },
    {
        .id = "openrouter.bare-key-as-if-missing",
        .level = MUST,
        .source = "openrouter-401",
        .evidence = DOCUMENTED,
        .claim = "a key without Bearer is answered like no key",
        .test = bare_key_is_as_if_missing,
    },
    {
        .id = "openrouter.cookie-as-if-missing",
        .level = MUST,
        .source = "openrouter-401",
        .evidence = DOCUMENTED,
        .claim = "a key in a cookie is answered like no key",
        .test = cookie_is_as_if_missing,
    },
    {
        .id = "openrouter.unknown-model-text",
        .level = MUST,
        .source = "openrouter-errors#models",
        .evidence = DOCUMENTED,
        .claim = "an unknown model is called no valid model ID",
        .test = unknown_model_text,
    },
    {
        .id = "openrouter.success-without-rate-headers",
        .level = MUST,
        .source = "openrouter-limits#headers",
        .evidence = DOCUMENTED,
        .claim = "an answer that succeeds has no X-RateLimit headers",
        .test = success_has_no_rate_headers,
    },
    {
        .id = "openrouter.key-tells-limit",
        .level = MUST,
        .source = "openrouter-openapi#key",
        .evidence = SPECIFIED,
        .claim = "a key can ask for its limit and what remains",
        .test = key_tells_its_limit,
    },
    {
        .id = "openrouter.key-tells-usage",
        .level = MUST,
        .source = "openrouter-openapi#key",
        .evidence = SPECIFIED,
        .claim = "a key can ask for its usage: in all, today, this week and month",
        .test = key_tells_its_usage,
    },
    {
        .id = "openrouter.key-is-no-management-key",
        .level = MUST,
        .source = "openrouter-openapi#key",
        .evidence = SPECIFIED,
        .claim = "a key that infers is told that it is no management key",
        .test = key_is_no_management_key,
    },
    {
        .id = "openrouter.management-key-is-one",
        .level = MUST,
        .source = "openrouter-openapi#key",
        .evidence = SPECIFIED,
        .claim = "a management key is told that it is one",
        .test = management_key_is_one,
    },
    {
        .id = "openrouter.label-masked",
        .level = MUST,
        .source = "openrouter-openapi#key",
        .evidence = SPECIFIED,
        .claim = "a key's label is the key, masked",
        .test = label_is_masked,
    },
    {
        .id = "openrouter.models-listed",
        .level = MUST,
        .source = "openrouter-openapi#models",
        .evidence = SPECIFIED,
        .claim = "every model has an id and a name",
        .test = models_are_listed,
    },
    {
        .id = "openrouter.models-prices",
        .level = MUST,
        .source = "openrouter-openapi#models",
        .evidence = SPECIFIED,
        .claim = "prices are decimal numbers in strings",
        .test = prices_are_strings,
    },
    {0},
};
