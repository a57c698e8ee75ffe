#include "suites/calls.h"

#include <string.h>

enum {
    OPENAI = 1 << FAMILY_OPENAI,
    ANTHROPIC = 1 << FAMILY_ANTHROPIC,
    GEMINI = 1 << FAMILY_GEMINI
};
enum { EVERY = ~0 };

/* Looks at one refusal. */
struct look {
    int families;
    void (*claim)(struct check *check, const struct exchange *x);
};

static const char no_such_model[] = "gatemark-no-such-model";

static void look_at(struct check *check, const struct exchange *x, const struct look *look)
{
    if (need_refusal(check, x) && need_json(check, x))
        look->claim(check, x);
}

/* The refusals that any route gives: no key, a body that is no JSON, a model nobody has. */
static void provoke(struct check *check, const struct route *route, const struct look *look)
{
    const char *secret = target_key(check->target, route->key);
    bool takes_model = route->family != FAMILY_KEYS && route->request;
    bool names_models = strcmp(check->target->contract->gateway, "arouter") != 0;

    look_at(check, check_attempt(check, (struct attempt){.route = route}), look);
    if (secret && route->request && check_open(check))
        look_at(
            check,
            check_attempt(check, (struct attempt){.route = route, .secret = secret, .body = "{"}),
            look);
    if (secret && takes_model && names_models && check_open(check))
        look_at(
            check,
            check_attempt(
                check, (struct attempt){.route = route, .secret = secret, .model = no_such_model}),
            look);
}

static void walk(struct check *check, struct look look)
{
    bool any = false;

    for (const struct route *route = check_next_route(check, NULL); route && check_open(check);
         route = check_next_route(check, route)) {
        if (!(look.families & 1 << route->family))
            continue;
        any = true;
        provoke(check, route, &look);
    }
    if (!any && check_open(check))
        check_found(check, NOT_APPLICABLE, NULL, "no route here speaks this protocol");
}

/* ARouter and OpenRouter answer OpenAI's calls in envelopes of their own. */
static void walk_openai(struct check *check,
                        void (*claim)(struct check *check, const struct exchange *x))
{
    const char *gateway = check->target->contract->gateway;

    if (strcmp(gateway, "arouter") == 0 || strcmp(gateway, "openrouter") == 0) {
        check_found(check, NOT_APPLICABLE, NULL, "%s has an envelope of its own", gateway);
        return;
    }
    grade_elsewhere(check, "openai", "gatemark#envelopes", ASSUMED);
    walk(check, (struct look){OPENAI, claim});
}

static void walk_anthropic(struct check *check,
                           void (*claim)(struct check *check, const struct exchange *x))
{
    grade_elsewhere(check, "claude", "gatemark#envelopes", ASSUMED);
    walk(check, (struct look){ANTHROPIC, claim});
}

static void walk_gemini(struct check *check,
                        void (*claim)(struct check *check, const struct exchange *x))
{
    grade_elsewhere(check, "gemini", "gatemark#envelopes", ASSUMED);
    walk(check, (struct look){GEMINI, claim});
}

static void walk_gateway(struct check *check, const char *gateway,
                         void (*claim)(struct check *check, const struct exchange *x))
{
    if (need_gateway(check, gateway))
        walk(check, (struct look){EVERY, claim});
}

static void says_message(struct check *check, const struct exchange *x)
{
    expect_words(check, x, "error.message");
}

static void says_type(struct check *check, const struct exchange *x)
{
    expect_words(check, x, "error.type");
}

static void holds_text_or_null(struct check *check, const struct exchange *x, const char *path)
{
    const json_t *value = json_at(x->json, path);

    expect_that(check, json_is_string(value) || json_is_null(value), x,
                "expected a text or null at %s", path);
}

static void holds_param(struct check *check, const struct exchange *x)
{
    holds_text_or_null(check, x, "error.param");
}

static void holds_code(struct check *check, const struct exchange *x)
{
    holds_text_or_null(check, x, "error.code");
}

static void openai_error_has_message(struct check *check)
{
    walk_openai(check, says_message);
}

static void openai_error_has_type(struct check *check)
{
    walk_openai(check, says_type);
}

static void openai_error_has_param(struct check *check)
{
    walk_openai(check, holds_param);
}

static void openai_error_has_code(struct check *check)
{
    walk_openai(check, holds_code);
}

static void is_of_type_error(struct check *check, const struct exchange *x)
{
    expect_string_is(check, x, "type", "error");
}

static void anthropic_error_is_an_error(struct check *check)
{
    walk_anthropic(check, is_of_type_error);
}

static void anthropic_error_has_type(struct check *check)
{
    walk_anthropic(check, says_type);
}

static void anthropic_error_has_message(struct check *check)
{
    walk_anthropic(check, says_message);
}

/* A status and the words that go with it; a status that is not listed goes with any. */
struct pair {
    int status;
    const char *words[3];
};

/* `pairs` ends with status 0. */
static void word_fits_status(struct check *check, const struct exchange *x, const char *path,
                             const struct pair *pairs)
{
    const char *word = need_text(check, x, path);

    while (pairs->status && pairs->status != x->status)
        pairs++;
    if (!word || !pairs->status)
        return;
    for (size_t i = 0; i < COUNT(pairs->words) && pairs->words[i]; i++)
        if (strcmp(word, pairs->words[i]) == 0)
            return;
    expect_that(check, false, x, "expected %s at %s of a %d, got %s", pairs->words[0], path,
                x->status, word);
}

static void anthropic_type_fits(struct check *check, const struct exchange *x)
{
    static const struct pair pairs[] = {
        {400, {"invalid_request_error"}},
        {401, {"authentication_error"}},
        {403, {"permission_error"}},
        {404, {"not_found_error"}},
        {413, {"request_too_large"}},
        {429, {"rate_limit_error"}},
        {0},
    };

    word_fits_status(check, x, "error.type", pairs);
}

/* What a restricted key and one without room left hear, where there are such keys. */
static void show_other_refusals(struct check *check, const struct route *route,
                                const struct look *look)
{
    const char *restricted = target_key(check->target, "restricted");
    const char *model = check->target->contract->forbidden_model;

    if (restricted && model)
        look_at(check,
                check_attempt(
                    check, (struct attempt){.route = route, .secret = restricted, .model = model}),
                look);
    if (!check->target->control_url || !check_open(check))
        return;
    const char *limited = need_key_made(check, json_pack("{s:i}", "requests_per_minute", 1));
    if (!limited)
        return;
    call_with(check, route, limited);
    look_at(check, call_with(check, route, limited), look);
}

static void anthropic_type_fits_status(struct check *check)
{
    const struct route *route = contract_route(check->target->contract, "messages");

    walk_anthropic(check, anthropic_type_fits);
    if (route && check_open(check))
        show_other_refusals(check, route, &(struct look){ANTHROPIC, anthropic_type_fits});
}

static void code_is_status(struct check *check, const struct exchange *x)
{
    json_int_t code;

    if (expect_integer(check, x, "error.code", &code))
        expect_that(check, code == x->status, x, "expected error.code %d, got %lld", x->status,
                    (long long)code);
}

static void gemini_code_is_the_status(struct check *check)
{
    walk_gemini(check, code_is_status);
}

static void gemini_name_fits(struct check *check, const struct exchange *x)
{
    static const struct pair pairs[] = {
        {400, {"INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE"}},
        {401, {"UNAUTHENTICATED"}},
        {403, {"PERMISSION_DENIED"}},
        {404, {"NOT_FOUND"}},
        {429, {"RESOURCE_EXHAUSTED"}},
        {0},
    };

    if (expect_string(check, x, "error.status"))
        word_fits_status(check, x, "error.status", pairs);
}

static void gemini_status_fits_code(struct check *check)
{
    walk_gemini(check, gemini_name_fits);
}

static void gemini_error_has_message(struct check *check)
{
    walk_gemini(check, says_message);
}

static void details_are_typed(struct check *check, const struct exchange *x)
{
    const json_t *details = json_at(x->json, "error.details");
    const json_t *detail;
    size_t i;

    expect_that(check, !details || json_is_array(details), x,
                "expected error.details to be an array");
    json_array_foreach(details, i, detail) {
        const char *type = json_string_value(json_object_get(detail, "@type"));
        expect_that(check, type && begins(type, "type.googleapis.com/"), x,
                    "expected error.details.%zu to name its @type", i);
    }
}

static void gemini_details_are_typed(struct check *check)
{
    walk_gemini(check, details_are_typed);
}

/* What only the other protocols' envelopes hold. */
static void stays_in_family(struct check *check, const struct exchange *x, const char *const *paths)
{
    for (; *paths; paths++)
        expect_that(check, !json_at(x->json, *paths), x,
                    "expected no %s in this protocol's envelope", *paths);
}

static void stays_openai(struct check *check, const struct exchange *x)
{
    stays_in_family(check, x, (const char *const[]){"type", "error.status", "error.details", NULL});
}

static void stays_anthropic(struct check *check, const struct exchange *x)
{
    stays_in_family(check, x,
                    (const char *const[]){"error.code", "error.param", "error.status", NULL});
}

static void stays_gemini(struct check *check, const struct exchange *x)
{
    stays_in_family(check, x, (const char *const[]){"type", "error.type", "error.param", NULL});
}

static void each_route_words_errors_in_its_protocol(struct check *check)
{
    if (!need_gateway(check, "clawdrouter"))
        return;
    walk(check, (struct look){OPENAI, stays_openai});
    walk(check, (struct look){ANTHROPIC, stays_anthropic});
    walk(check, (struct look){GEMINI, stays_gemini});
}

static void openrouter_code_is_the_status(struct check *check)
{
    walk_gateway(check, "openrouter", code_is_status);
}

static void openrouter_error_has_message(struct check *check)
{
    walk_gateway(check, "openrouter", says_message);
}

static void metadata_is_an_object(struct check *check, const struct exchange *x)
{
    const json_t *metadata = json_at(x->json, "error.metadata");

    expect_that(check, !metadata || json_is_null(metadata) || json_is_object(metadata), x,
                "expected error.metadata to be an object, null or absent");
}

static void openrouter_metadata_is_an_object(struct check *check)
{
    walk_gateway(check, "openrouter", metadata_is_an_object);
}

static void arouter_error_has_message(struct check *check)
{
    walk_gateway(check, "arouter", says_message);
}

static void arouter_error_has_type(struct check *check)
{
    walk_gateway(check, "arouter", says_type);
}

static void arouter_type_fits(struct check *check, const struct exchange *x)
{
    static const struct pair pairs[] = {
        {400, {"invalid_request_error"}},
        {401, {"authentication_error"}},
        {403, {"permission_error", "forbidden_error"}},
        {429, {"rate_limit_error"}},
        {0},
    };

    word_fits_status(check, x, "error.type", pairs);
}

static void arouter_type_fits_status(struct check *check)
{
    walk_gateway(check, "arouter", arouter_type_fits);
}

static void code_is_no_number(struct check *check, const struct exchange *x)
{
    expect_that(
        check, !json_is_number(json_at(x->json, "error.code")), x,
        "expected error.code to be a text or absent: a shipped client cannot read a number");
}

static void arouter_code_is_no_number(struct check *check)
{
    walk_gateway(check, "arouter", code_is_no_number);
}

/* Calls ARouter's chat with the key `name` (NULL: none) and expects these words. */
static void expect_arouter_says(struct check *check, const char *name, const char *words)
{
    const struct route *route = need_gateway(check, "arouter") ? need_route(check, "chat") : NULL;
    const char *secret = route && name ? need_key(check, name) : NULL;

    if (!route || (name && !secret))
        return;
    const struct exchange *x = call_with(check, route, secret);
    if (need_refusal(check, x) && need_text(check, x, "error.message"))
        expect_string_is(check, x, "error.message", words);
}

static void arouter_missing_key_text(struct check *check)
{
    expect_arouter_says(check, NULL, "missing or invalid Authorization header");
}

static void arouter_unknown_key_text(struct check *check)
{
    expect_arouter_says(check, "unknown", "invalid api key");
}

static void arouter_provider_text(struct check *check)
{
    const struct route *route = need_gateway(check, "arouter") ? need_route(check, "chat") : NULL;
    const char *secret = route ? need_key(check, "restricted") : NULL;
    const struct target *target = check->target;
    const char *model = target->forbidden_provider_model
                            ? target->forbidden_provider_model
                            : target->contract->forbidden_provider_model;

    if (!secret || !need_that(check, model != NULL, NULL, "no model of a forbidden provider given"))
        return;
    const struct exchange *x =
        check_attempt(check, (struct attempt){.route = route, .secret = secret, .model = model});
    const char *text = need_refusal(check, x) ? need_text(check, x, "error.message") : NULL;
    if (text)
        expect_that(
            check, begins(text, "provider '") && strstr(text, "' is not allowed for this API key"),
            x, "expected the message to name the provider that is not allowed, got: %s", text);
}

/* Nothing is documented but that answers are JSON: any words a person can read will do. */
static void says_something(struct check *check, const struct exchange *x)
{
    static const char *const paths[] = {"error.message", "error", "message"};
    bool said = false;

    for (size_t i = 0; i < COUNT(paths); i++) {
        const char *text = json_string_value(json_at(x->json, paths[i]));
        said |= text && *text;
    }
    expect_that(check, said, x, "expected an error or a message in words");
}

static void invoratec_error_says_why(struct check *check)
{
    walk_gateway(check, "invoratec", says_something);
}

const struct requirement envelope_requirements[] = {
    {
        .id = "envelope.openai-message",
        .level = MUST,
        .source = "openai-openapi#Error",
        .evidence = SPECIFIED,
        .claim = "an error of an OpenAI route says what is wrong at error.message",
        .test = openai_error_has_message,
    },
    {
        .id = "envelope.openai-type",
        .level = MUST,
        .source = "openai-openapi#Error",
        .evidence = SPECIFIED,
        .claim = "an error of an OpenAI route has a type",
        .test = openai_error_has_type,
    },
    {
        .id = "envelope.openai-param",
        .level = SHOULD,
        .source = "openai-openapi#Error",
        .evidence = SPECIFIED,
        .claim = "an error of an OpenAI route has error.param, a text or null",
        .test = openai_error_has_param,
    },
    {
        .id = "envelope.openai-code",
        .level = SHOULD,
        .source = "openai-openapi#Error",
        .evidence = SPECIFIED,
        .claim = "an error of an OpenAI route has error.code, a text or null",
        .test = openai_error_has_code,
    },
    {
        .id = "envelope.anthropic-is-an-error",
        .level = MUST,
        .source = "claude-errors#shapes",
        .evidence = DOCUMENTED,
        .claim = "an error of an Anthropic route has the type error at its top",
        .test = anthropic_error_is_an_error,
    },
    {
        .id = "envelope.anthropic-type",
        .level = MUST,
        .source = "claude-errors#shapes",
        .evidence = DOCUMENTED,
        .claim = "an error of an Anthropic route has a type",
        .test = anthropic_error_has_type,
    },
    {
        .id = "envelope.anthropic-message",
        .level = MUST,
        .source = "claude-errors#shapes",
        .evidence = DOCUMENTED,
        .claim = "an error of an Anthropic route says what is wrong at error.message",
        .test = anthropic_error_has_message,
    },
    {
        .id = "envelope.anthropic-type-fits-status",
        .level = MUST,
        .source = "claude-errors#http-errors",
        .evidence = DOCUMENTED,
        .claim = "the type of an Anthropic error is the one that goes with its status",
        .test = anthropic_type_fits_status,
    },
    {
        .id = "envelope.gemini-code-is-status",
        .level = MUST,
        .source = "gemini-errors#envelope",
        .evidence = DOCUMENTED,
        .claim = "error.code of a Gemini route is the HTTP status as a number",
        .test = gemini_code_is_the_status,
    },
    {
        .id = "envelope.gemini-status-fits-code",
        .level = MUST,
        .source = "gemini-errors#envelope",
        .evidence = DOCUMENTED,
        .claim = "error.status of a Gemini route is the name that goes with the HTTP status",
        .test = gemini_status_fits_code,
    },
    {
        .id = "envelope.gemini-message",
        .level = MUST,
        .source = "gemini-errors#envelope",
        .evidence = DOCUMENTED,
        .claim = "an error of a Gemini route says what is wrong at error.message",
        .test = gemini_error_has_message,
    },
    {
        .id = "envelope.gemini-details-typed",
        .level = MUST,
        .source = "gemini-proto#google.rpc.Status",
        .evidence = SPECIFIED,
        .claim = "every detail of a Gemini error names its @type",
        .test = gemini_details_are_typed,
    },
    {
        .id = "envelope.routes-keep-their-protocol",
        .level = SHOULD,
        .source = "gatemark#envelopes",
        .evidence = ASSUMED,
        .claim = "an error holds nothing that only another protocol's envelope has",
        .test = each_route_words_errors_in_its_protocol,
    },
    {
        .id = "envelope.openrouter-code-is-status",
        .level = MUST,
        .source = "openrouter-errors#envelope",
        .evidence = DOCUMENTED,
        .claim = "error.code is the HTTP status as a number",
        .test = openrouter_code_is_the_status,
    },
    {
        .id = "envelope.openrouter-message",
        .level = MUST,
        .source = "openrouter-errors#envelope",
        .evidence = DOCUMENTED,
        .claim = "an error says what is wrong at error.message",
        .test = openrouter_error_has_message,
    },
    {
        .id = "envelope.openrouter-metadata",
        .level = MUST,
        .source = "openrouter-openapi#errors",
        .evidence = SPECIFIED,
        .claim = "error.metadata, where it is sent, is an object or null",
        .test = openrouter_metadata_is_an_object,
    },
    {
        .id = "envelope.arouter-message",
        .level = MUST,
        .source = "arouter-errors#envelope",
        .evidence = DOCUMENTED,
        .claim = "an error says what is wrong at error.message",
        .test = arouter_error_has_message,
    },
    {
        .id = "envelope.arouter-type",
        .level = MUST,
        .source = "arouter-errors#envelope",
        .evidence = DOCUMENTED,
        .claim = "an error has a type",
        .test = arouter_error_has_type,
    },
    {
        .id = "envelope.arouter-type-fits-status",
        .level = MUST,
        .source = "arouter-errors#types",
        .evidence = DOCUMENTED,
        .claim = "the type of an error is the one that goes with its status",
        .test = arouter_type_fits_status,
    },
    {
        .id = "envelope.arouter-code-is-no-number",
        .level = SHOULD,
        .source = "arouter-sdk#errors",
        .evidence = SHIPPED,
        .claim = "error.code, where it is sent, is no number",
        .test = arouter_code_is_no_number,
    },
    {
        .id = "envelope.arouter-missing-key-text",
        .level = MUST,
        .source = "arouter-errors#401",
        .evidence = DOCUMENTED,
        .claim = "a call without a key hears the documented words",
        .test = arouter_missing_key_text,
    },
    {
        .id = "envelope.arouter-unknown-key-text",
        .level = MUST,
        .source = "arouter-errors#401",
        .evidence = DOCUMENTED,
        .claim = "an unknown key hears the documented words",
        .test = arouter_unknown_key_text,
    },
    {
        .id = "envelope.arouter-provider-text",
        .level = MUST,
        .source = "arouter-errors#403",
        .evidence = DOCUMENTED,
        .claim = "a key that may not use a provider hears which one, in the documented words",
        .test = arouter_provider_text,
    },
    {
        .id = "envelope.invoratec-says-why",
        .level = SHOULD,
        .source = "gatemark#envelopes",
        .evidence = ASSUMED,
        .claim = "an error is JSON and says in words what is wrong",
        .test = invoratec_error_says_why,
    },
    {0},
};
