#include "suites/defect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REFUSED_UNKNOWN "key-unknown|key-malformed"

/* The key called `name` is refused on every route, as promised about `about`. */
static void expect_key_refused(struct check *check, const char *name, const char *about,
                               const char *faults)
{
    const struct promise *promise = need_promise(check, about);
    const char *secret = promise ? need_key(check, name) : NULL;

    if (!secret)
        return;
    for (const struct route *route = NULL; (route = check_next_route(check, route));) {
        const struct exchange *x =
            check_attempt(check, (struct attempt){.route = route, .secret = secret});
        if (expect_promised(check, x, promise))
            expect_fault(check, x, faults);
    }
}

/* Precondition: this route refuses a call with `secret`, which may be NULL, and nothing odd. */
static bool need_refused(struct check *check, const struct route *route, const char *secret)
{
    return need_refusal(check,
                        check_attempt(check, (struct attempt){.route = route, .secret = secret}));
}

/* Precondition: this route admits its good key, sent as documented. */
static bool need_admitted(struct check *check, const struct route *route)
{
    const char *secret = need_key(check, route->key);

    return secret && need_success(check, check_attempt(check, (struct attempt){.route = route,
                                                                               .secret = secret}));
}

/* Good keys. */

static void valid_key_admitted(struct check *check)
{
    for (const struct route *route = NULL; (route = check_next_route(check, route));) {
        const char *secret = route->success && !route->writes ? need_key(check, route->key) : NULL;
        if (secret)
            expect_success(
                check, check_attempt(check, (struct attempt){.route = route, .secret = secret}));
    }
}

static void scheme_in_any_case_passes(struct check *check)
{
    static const char *const lines[] = {"Authorization: bearer {key}",
                                        "Authorization: BEARER {key}",
                                        "Authorization: bEaReR {key}", NULL};

    expect_admitted(check, lines, true);
}

static void several_spaces_pass(struct check *check)
{
    static const char *const lines[] = {"Authorization: Bearer  {key}",
                                        "Authorization: Bearer          {key}", NULL};

    expect_admitted(check, lines, true);
}

static void blanks_around_the_value_pass(struct check *check)
{
    static const char *const lines[] = {"{header}    {scheme}{key}", "{at}{key}   ", NULL};

    expect_admitted(check, lines, false);
}

static void header_name_in_any_case_passes(struct check *check)
{
    static const char *const bearer[] = {"authorization: Bearer {key}",
                                         "AUTHORIZATION: Bearer {key}",
                                         "aUtHoRiZaTiOn: Bearer {key}", NULL};
    static const char *const vendor[] = {"x-api-key: {key}", "X-API-KEY: {key}", "x-ApI-kEy: {key}",
                                         NULL};
    static const char *const google[] = {"x-goog-api-key: {key}", "X-GOOG-API-KEY: {key}",
                                         "x-GoOg-aPi-kEy: {key}", NULL};
    static const char *const *const names[] = {
        [CARRIER_BEARER] = bearer, [CARRIER_X_API_KEY] = vendor, [CARRIER_X_GOOG_API_KEY] = google};
    enum carrier carrier = plain_route(check)->carrier;

    expect_admitted(check, names[carrier], carrier == CARRIER_BEARER);
}

static void key_in_the_last_header_passes(struct check *check)
{
    static const char *const lines[] = {
        "X-Filler-1: a\nX-Filler-2: b\nX-Filler-3: c\nX-Filler-4: d\nX-Filler-5: e\n{at}{key}",
        NULL};

    expect_admitted(check, lines, false);
}

static void empty_vendor_header_counts_as_absent(struct check *check)
{
    const struct contract *contract = check->target->contract;
    static const char *const google[] = {"x-goog-api-key:\n{at}{key}", NULL};
    static const char *const both[] = {"x-goog-api-key:\n{at}{key}", "x-api-key:\n{at}{key}", NULL};

    if (plain_route(check)->carrier == CARRIER_X_GOOG_API_KEY) {
        check_found(check, NOT_APPLICABLE, NULL, "%s takes the key in Google's header",
                    contract->gateway);
        return;
    }
    /* Where both headers are taken, nothing says what an empty second one means. */
    expect_admitted(check, contract->takes_both_headers ? google : both,
                    !contract->takes_both_headers);
}

static void second_documented_header_passes(struct check *check)
{
    static const char *const bearer[] = {"Authorization: Bearer {key}", NULL};
    static const char *const vendor[] = {"X-Api-Key: {key}", NULL};
    const struct contract *contract = check->target->contract;

    if (!contract->takes_both_headers) {
        check_found(check, NOT_APPLICABLE, NULL, "%s documents one header for each route",
                    contract->gateway);
        return;
    }
    expect_admitted(check, plain_route(check)->carrier == CARRIER_BEARER ? vendor : bearer, false);
}

static void documented_query_key_passes(struct check *check)
{
    const struct route *route = plain_route(check);
    const char *secret;

    if (!check->target->contract->takes_query_key) {
        check_found(check, NOT_APPLICABLE, NULL, "%s documents no key in the query",
                    check->target->contract->gateway);
        return;
    }
    secret = need_admitted(check, route) ? need_key(check, route->key) : NULL;
    if (secret)
        expect_success(check, check_attempt(check, (struct attempt){.route = route,
                                                                    .secret = secret,
                                                                    .manner = IN_QUERY}));
}

/* Nothing, or next to nothing. */

static void missing_key_refused(struct check *check)
{
    const struct promise *promise = need_promise(check, "missing");

    for (const struct route *route = NULL; promise && (route = check_next_route(check, route));) {
        const struct exchange *x = check_attempt(check, (struct attempt){.route = route});
        if (expect_promised(check, x, promise))
            expect_fault(check, x, "key-missing");
    }
}

static void empty_key_refused(struct check *check)
{
    static const struct defect empty = {"empty", "key-empty", false, {"{at}"}};

    expect_refused_everywhere(check, &empty);
}

static void empty_header_refused(struct check *check)
{
    static const struct defect empty = {"empty", "key-empty", true, {"Authorization:"}};

    expect_refused_everywhere(check, &empty);
}

/* Schemes. */

static void basic_scheme_refused(struct check *check)
{
    static const struct defect basic = {
        "scheme", "scheme-wrong", true, {"Authorization: Basic {basic}"}};

    expect_refused_everywhere(check, &basic);
}

static void other_schemes_refused(struct check *check)
{
    static const struct defect other = {
        "scheme",
        "scheme-wrong",
        true,
        {"Authorization: Token {key}", "Authorization: ApiKey {key}", "Authorization: Key {key}"}};

    expect_refused_everywhere(check, &other);
}

static void bare_key_refused(struct check *check)
{
    static const struct defect bare = {"scheme", "scheme-missing", true, {"Authorization: {key}"}};

    expect_refused_everywhere(check, &bare);
}

static void tab_separator_refused(struct check *check)
{
    static const struct defect tab = {
        "malformed", "key-malformed|framing-invalid", true, {"Authorization: Bearer\t{key}"}};

    if (need_admitted(check, plain_route(check)))
        expect_refused_everywhere(check, &tab);
}

static void glued_scheme_refused(struct check *check)
{
    static const struct defect glued = {
        "malformed", "scheme-wrong|scheme-missing", true, {"Authorization: Bearer{key}"}};

    expect_refused_everywhere(check, &glued);
}

static void longer_scheme_refused(struct check *check)
{
    static const struct defect longer = {"scheme",
                                         "scheme-wrong",
                                         true,
                                         {"Authorization: Bearerx {key}",
                                          "Authorization: Bearers {key}",
                                          "Authorization: Beare {key}"}};

    expect_refused_everywhere(check, &longer);
}

static void marked_scheme_refused(struct check *check)
{
    static const struct defect marked = {"malformed",
                                         "scheme-wrong|key-malformed|scheme-missing",
                                         true,
                                         {"Authorization: Bearer: {key}",
                                          "Authorization: Bearer={key}",
                                          "Authorization: Bearer token={key}"}};

    expect_refused_everywhere(check, &marked);
}

/* Places. */

static void cookie_key_refused(struct check *check)
{
    static const struct defect cookie = {
        "misplaced",
        "key-in-cookie",
        false,
        {"Cookie: api_key={key}", "Cookie: theme=dark; session={key}"}};

    expect_refused_everywhere(check, &cookie);
}

static void query_key_refused(struct check *check)
{
    const struct promise *promise = need_promise(check, "misplaced");
    bool takes_key = check->target->contract->takes_query_key;

    for (const struct route *route = NULL; promise && (route = check_next_route(check, route));) {
        char *query = expand(check, route,
                             takes_key || route->family == FAMILY_GEMINI
                                 ? "api_key={key}&access_token={key}"
                                 : "key={key}&api_key={key}&access_token={key}");
        if (!query)
            return;
        const struct exchange *x =
            check_attempt(check, (struct attempt){.route = route, .query = query});
        if (expect_promised(check, x, promise))
            expect_fault(check, x, "key-in-query");
        free(query);
    }
}

/* Google's own clients send x-goog-api-key to Google's routes: there both answers are right. */
static void other_vendors_header_refused(struct check *check)
{
    const struct contract *contract = check->target->contract;
    const struct promise *promise = need_promise(check, "misplaced");

    check->source = check->requirement->source;
    check->evidence = check->requirement->evidence;
    for (const struct route *route = NULL; promise && (route = check_next_route(check, route));) {
        bool x_api_key = route->carrier != CARRIER_X_API_KEY && !contract->takes_both_headers;
        const char *const lines[] = {
            route->family == FAMILY_GEMINI ? NULL : "x-goog-api-key: {key}",
            "api-key: {key}",
            x_api_key ? "x-api-key: {key}" : NULL,
        };
        for (size_t i = 0; i < COUNT(lines) && check_open(check); i++) {
            const struct exchange *x = lines[i] ? attempt_lines(check, route, lines[i]) : NULL;
            if (x && expect_promised(check, x, promise))
                expect_fault(check, x, "key-in-wrong-header|key-missing");
        }
    }
}

static void proxy_authorization_refused(struct check *check)
{
    static const struct defect proxy = {"misplaced",
                                        "key-in-wrong-header|key-missing",
                                        false,
                                        {"Proxy-Authorization: Bearer {key}"}};

    expect_refused_everywhere(check, &proxy);
}

static void websocket_protocol_key_refused(struct check *check)
{
    static const struct defect protocol = {
        "misplaced",
        "key-in-wrong-header|key-missing",
        false,
        {"Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.{key}"}};

    expect_refused_everywhere(check, &protocol);
}

static void body_key_refused(struct check *check)
{
    const struct promise *promise = need_promise(check, "misplaced");

    for (const struct route *route = NULL; promise && (route = check_next_route(check, route));) {
        const char *secret = route->request ? need_key(check, route->key) : NULL;
        if (!secret || !need_refused(check, route, NULL))
            continue;
        char *text = client_fixture(check->target->client, route->request, NULL);
        json_t *body = json_loads(text, 0, NULL);
        json_object_set_new(body, "api_key", json_string(secret));
        json_object_set_new(body, "access_token", json_string(secret));
        const struct exchange *x =
            check_attempt(check, (struct attempt){.route = route, .json = body});
        if (expect_promised(check, x, promise))
            expect_fault(check, x, "key-missing");
        json_decref(body);
        free(text);
    }
}

/* More than one. */

static void good_then_bad_header_refused(struct check *check)
{
    static const struct defect repeated = {
        "repeated", "header-repeated", false, {"{at}{key}\n{at}{bad}"}};

    expect_refused_everywhere(check, &repeated);
}

static void bad_then_good_header_refused(struct check *check)
{
    static const struct defect repeated = {
        "repeated", "header-repeated", false, {"{at}{bad}\n{at}{key}"}};

    expect_refused_everywhere(check, &repeated);
}

static void same_header_twice_refused(struct check *check)
{
    static const struct defect repeated = {
        "repeated", "header-repeated", false, {"{at}{key}\n{at}{key}"}};

    expect_refused_everywhere(check, &repeated);
}

static void listed_keys_refused(struct check *check)
{
    static const struct defect listed = {
        "malformed",
        "key-malformed",
        true,
        {"Authorization: Bearer {key}, Bearer {key}", "Authorization: Bearer {key},{key}"}};

    expect_refused_everywhere(check, &listed);
}

/* Precondition: the key that was never issued is refused by itself. */
static bool need_bad_refused(struct check *check, const struct route *route)
{
    const struct exchange *x = attempt_lines(check, route, "{at}{bad}");

    return x && need_refusal(check, x);
}

static void contradicting_credentials_never_both_pass(struct check *check)
{
    static const char *const orders[] = {"Authorization: Bearer {key}\nx-api-key: {bad}",
                                         "Authorization: Bearer {bad}\nx-api-key: {key}"};

    if (plain_route(check)->carrier == CARRIER_X_GOOG_API_KEY) {
        check_found(check, NOT_APPLICABLE, NULL, "%s takes neither of the two headers",
                    check->target->contract->gateway);
        return;
    }
    for (const struct route *route = NULL; (route = check_next_route(check, route));) {
        int admitted = 0;
        if (!route->success || route->writes)
            continue;
        if (!need_bad_refused(check, route))
            return;
        for (size_t i = 0; i < COUNT(orders) && check_open(check); i++) {
            const struct exchange *x = attempt_lines(check, route, orders[i]);
            if (!x || x->status == 0)
                return;
            admitted += x->status < 300;
            expect_that(check, x->status < 500 && admitted < 2, x,
                        "%s %s: a bad key beside a good one passes in the one header and in the "
                        "other: whichever is good counts (status %d)",
                        x->method, x->url, x->status);
        }
    }
}

/* Keys in the wrong state, of the wrong kind, or not allowed to. */

static void unknown_key_refused(struct check *check)
{
    expect_key_refused(check, "unknown", "unknown", "key-unknown");
}

static void revoked_key_refused(struct check *check)
{
    expect_key_refused(check, "revoked", "revoked", "key-revoked");
}

static void expired_key_refused(struct check *check)
{
    expect_key_refused(check, "expired", "expired", "key-expired");
}

static void disabled_key_refused(struct check *check)
{
    expect_key_refused(check, "disabled", "disabled", "key-disabled");
}

/* The key `name` on the routes that manage keys, or on those that do not. */
static void expect_kind_refused(struct check *check, const char *name, bool on_managing)
{
    const struct promise *promise = need_promise(check, "wrong-kind");
    bool tried = false;

    for (const struct route *route = NULL; promise && (route = check_next_route(check, route));) {
        bool manages = strcmp(route->key, "management") == 0;
        if (on_managing ? !manages : route->family == FAMILY_KEYS)
            continue;
        const char *secret = need_key(check, name);
        if (!secret)
            return;
        const struct exchange *x =
            check_attempt(check, (struct attempt){.route = route, .secret = secret});
        tried = true;
        if (expect_promised(check, x, promise))
            expect_fault(check, x, "key-wrong-kind");
    }
    if (promise && !tried)
        check_found(check, NOT_APPLICABLE, NULL, "%s has no route for the other kind of key",
                    check->target->contract->gateway);
}

static void management_key_does_not_infer(struct check *check)
{
    expect_kind_refused(check, "management", false);
}

static void inference_key_does_not_manage(struct check *check)
{
    expect_kind_refused(check, "valid", true);
}

static void lacking_permission_refused(struct check *check)
{
    const struct promise *promise = need_promise(check, "permission-lacking");
    const char *secret = promise ? need_key(check, "read-only") : NULL;

    if (!secret)
        return;
    for (const struct route *route = NULL; (route = check_next_route(check, route));) {
        if (!route->writes)
            continue;
        const struct exchange *x =
            check_attempt(check, (struct attempt){.route = route, .secret = secret});
        if (expect_promised(check, x, promise))
            expect_fault(check, x, "permission-lacking");
    }
}

static void read_only_key_reads(struct check *check)
{
    const char *secret =
        need_promise(check, "permission-lacking") ? need_key(check, "read-only") : NULL;

    if (!secret)
        return;
    for (const struct route *route = NULL; (route = check_next_route(check, route));)
        if (!route->writes && route->success)
            expect_success(
                check, check_attempt(check, (struct attempt){.route = route, .secret = secret}));
}

/* The restricted key asks every route that infers for `model`, and is refused. */
static void expect_model_refused(struct check *check, const char *model, const char *about,
                                 const char *fault)
{
    const struct promise *promise = need_promise(check, about);
    const char *secret = promise ? need_key(check, "restricted") : NULL;

    if (!secret)
        return;
    if (!model) {
        check_found(check, UNTESTABLE, NULL, "needs a model that the restricted key may not use");
        return;
    }
    for (const struct route *route = NULL; (route = check_next_route(check, route));) {
        if (route->family == FAMILY_KEYS || !route->request)
            continue;
        const struct exchange *x = check_attempt(
            check, (struct attempt){.route = route, .secret = secret, .model = model});
        if (expect_promised(check, x, promise))
            expect_fault(check, x, fault);
    }
}

static void forbidden_model_refused(struct check *check)
{
    const struct target *target = check->target;

    expect_model_refused(check,
                         target->forbidden_model ? target->forbidden_model
                                                 : target->contract->forbidden_model,
                         "model-forbidden", "model-forbidden");
}

static void forbidden_provider_refused(struct check *check)
{
    const struct target *target = check->target;

    expect_model_refused(check,
                         target->forbidden_provider_model
                             ? target->forbidden_provider_model
                             : target->contract->forbidden_provider_model,
                         "provider-forbidden", "provider-forbidden");
}

static void restricted_key_works_within_its_bounds(struct check *check)
{
    const struct target *target = check->target;
    const char *model =
        target->allowed_model ? target->allowed_model : target->contract->allowed_model;
    const struct route *route =
        need_promise(check, "model-forbidden") ? need_route(check, "chat") : NULL;
    const char *secret = route ? need_key(check, "restricted") : NULL;

    if (secret)
        expect_success(
            check, check_attempt(
                       check, (struct attempt){.route = route, .secret = secret, .model = model}));
}

/* Keys that are nearly right. */

static void space_inside_the_key_refused(struct check *check)
{
    static const struct defect space = {
        "malformed", "key-malformed", true, {"Authorization: Bearer {head} {tail}"}};

    expect_refused_everywhere(check, &space);
}

static void second_word_refused(struct check *check)
{
    static const struct defect word = {
        "malformed",
        "key-malformed",
        true,
        {"Authorization: Bearer {key} extra", "Authorization: Bearer {key} {bad}"}};

    expect_refused_everywhere(check, &word);
}

static void truncated_key_refused(struct check *check)
{
    static const struct defect cut = {
        "unknown", REFUSED_UNKNOWN, false, {"{at}{cut}", "{at}{head}"}};

    expect_refused_everywhere(check, &cut);
}

static void key_with_suffix_refused(struct check *check)
{
    static const struct defect suffix = {
        "unknown", REFUSED_UNKNOWN, false, {"{at}{key}x", "{at}{key}-123", "{at}{key}{key}"}};

    expect_refused_everywhere(check, &suffix);
}

static void key_in_another_case_refused(struct check *check)
{
    static const struct defect other_case = {"unknown", REFUSED_UNKNOWN, false, {"{at}{case}"}};

    expect_refused_everywhere(check, &other_case);
}

static void changed_character_refused(struct check *check)
{
    static const struct defect changed = {
        "unknown", REFUSED_UNKNOWN, false, {"{at}{first}", "{at}{middle}", "{at}{last}"}};

    expect_refused_everywhere(check, &changed);
}

static void key_without_prefix_refused(struct check *check)
{
    static const struct defect bare = {"unknown", REFUSED_UNKNOWN, false, {"{at}{bare}"}};

    expect_refused_everywhere(check, &bare);
}

static void prefix_alone_refused(struct check *check)
{
    static const struct defect prefix = {"unknown", REFUSED_UNKNOWN, false, {"{at}{prefix}"}};

    expect_refused_everywhere(check, &prefix);
}

static void quoted_key_refused(struct check *check)
{
    static const struct defect quoted = {
        "malformed",
        "key-malformed",
        true,
        {"Authorization: Bearer \"{key}\"", "Authorization: Bearer '{key}'"}};

    expect_refused_everywhere(check, &quoted);
}

static void percent_encoded_key_refused(struct check *check)
{
    static const struct defect percent = {"malformed", REFUSED_UNKNOWN, false, {"{at}{percent}"}};

    expect_refused_everywhere(check, &percent);
}

static void padded_key_refused(struct check *check)
{
    static const struct defect padded = {
        "unknown", REFUSED_UNKNOWN, false, {"{at}{key}=", "{at}{key}=="}};

    expect_refused_everywhere(check, &padded);
}

static void bytes_beyond_ascii_refused(struct check *check)
{
    static const struct defect bytes = {
        "malformed",
        REFUSED_UNKNOWN,
        false,
        {"{at}{key}\xc3\xa9", "{at}{key}\xff", "{at}\xe2\x80\x9c{key}\xe2\x80\x9d"}};

    expect_refused_everywhere(check, &bytes);
}

static void very_long_key_refused(struct check *check)
{
    const struct promise *promise = need_promise(check, "malformed");
    char longer[4097];

    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    for (const struct route *route = NULL; promise && (route = check_next_route(check, route));) {
        char *text = format_text("{at}{key}%s", longer);
        const struct exchange *x = attempt_lines(check, route, text);
        free(text);
        if (!x || x->status == 0)
            return;
        expect_that(check, promise_holds(promise, x->status) || x->status == 431, x,
                    "%s %s: expected 401, 400 or 431 for a key of 4 KiB, got %d", x->method, x->url,
                    x->status);
        expect_fault(check, x, REFUSED_UNKNOWN "|headers-too-large");
    }
}

static void placeholder_keys_refused(struct check *check)
{
    static const struct defect placeholders = {"malformed",
                                               REFUSED_UNKNOWN,
                                               false,
                                               {"{at}null", "{at}undefined", "{at}None",
                                                "{at}YOUR_API_KEY", "{at}${API_KEY}",
                                                "{at}[object Object]"}};

    expect_refused_everywhere(check, &placeholders);
}

static void injections_refused(struct check *check)
{
    static const struct defect injections = {"malformed",
                                             REFUSED_UNKNOWN,
                                             false,
                                             {"{at}' OR '1'='1' --", "{at}{{7*7}}", "{at}%s%s%n",
                                              "{at}../../etc/passwd", "{at}*", "{at}$(id)"}};

    expect_refused_everywhere(check, &injections);
}

static void other_gateways_key_refused(struct check *check)
{
    static const struct defect foreign = {
        "unknown",
        REFUSED_UNKNOWN,
        false,
        {"{at}AIzaSyForeign-key-of-another-vendor-0000", "{at}hf_foreignKeyOfAnotherVendor00000"}};

    expect_refused_everywhere(check, &foreign);
}

/* The order in which things are judged. */

static void refused_before_the_body_is_judged(struct check *check)
{
    const struct promise *promise = need_promise(check, "missing");

    for (const struct route *route = NULL; promise && (route = check_next_route(check, route));) {
        if (!route->request || !need_refused(check, route, NULL))
            continue;
        const struct exchange *x =
            check_attempt(check, (struct attempt){.route = route, .body = "{\"model\": "});
        if (expect_promised(check, x, promise))
            expect_fault(check, x, "key-missing");
    }
}

static void refused_before_the_model_is_judged(struct check *check)
{
    const struct promise *promise = need_promise(check, "unknown");
    const char *secret = promise ? need_key(check, "unknown") : NULL;

    for (const struct route *route = NULL; secret && (route = check_next_route(check, route));) {
        if (route->family == FAMILY_KEYS || (!route->request && !strstr(route->path, "/models/")) ||
            !need_refused(check, route, secret))
            continue;
        const struct exchange *x = check_attempt(
            check, (struct attempt){.route = route, .secret = secret, .model = "no-such-model"});
        if (expect_promised(check, x, promise))
            expect_fault(check, x, "key-unknown");
    }
}

static void refused_before_limits_are_judged(struct check *check)
{
    const struct promise *promise = need_promise(check, "revoked");
    const struct route *route = plain_route(check);
    const char *secret = promise ? need_key_made(check, json_pack("{s:s, s:i}", "state", "revoked",
                                                                  "requests_per_minute", 1))
                                 : NULL;

    if (!secret || !need_refused(check, route, secret))
        return;
    for (int i = 0; i < 3 && check_open(check); i++) {
        const struct exchange *x =
            check_attempt(check, (struct attempt){.route = route, .secret = secret});
        if (expect_promised(check, x, promise))
            expect_fault(check, x, "key-revoked|key-wrong-kind");
    }
}

static void override_headers_open_nothing(struct check *check)
{
    static const char *const lines[] = {
        "X-Original-URL: /health",    "X-Rewrite-URL: /",        "X-HTTP-Method-Override: OPTIONS",
        "X-Forwarded-For: 127.0.0.1", "X-Forwarded-User: admin", "X-Authenticated: true"};
    const struct promise *promise = need_promise(check, "missing");

    for (const struct route *route = NULL; promise && (route = check_next_route(check, route));) {
        struct attempt attempt = {.route = route};
        for (size_t i = 0; i < COUNT(lines); i++)
            attempt.headers[i] = lines[i];
        if (!need_refused(check, route, NULL))
            return;
        const struct exchange *x = check_attempt(check, attempt);
        if (expect_promised(check, x, promise))
            expect_fault(check, x, "key-missing");
    }
}

static void path_variants_open_nothing(struct check *check)
{
    for (const struct route *route = NULL; (route = check_next_route(check, route));) {
        const char *path = route->path, *last = strrchr(path, '/') + 1;
        char variants[6][256];
        snprintf(variants[0], sizeof variants[0], "/%s", path);
        snprintf(variants[1], sizeof variants[1], "%s/", path);
        snprintf(variants[2], sizeof variants[2], "/.%s", path);
        snprintf(variants[3], sizeof variants[3], "/x/..%s", path);
        snprintf(variants[4], sizeof variants[4], "%.*s%%%02X%s", (int)(last - path), path,
                 (unsigned)(unsigned char)*last, last + 1);
        snprintf(variants[5], sizeof variants[5], "%s;x=1", path);
        for (size_t i = 0; i < COUNT(variants) && check_open(check); i++) {
            const struct exchange *x =
                check_attempt(check, (struct attempt){.route = route, .path = variants[i]});
            if (x->status != 0)
                expect_that(check, x->status >= 300 && x->status < 500, x,
                            "%s %s: expected a refusal without a key, got %d", x->method, x->url,
                            x->status);
        }
    }
}

/* What an answer gives away. */

static bool tells_apart(const char *name)
{
    static const char *const by_nature[] = {"request_id", "requestId", "id", "user_id"};

    for (size_t i = 0; i < COUNT(by_nature); i++)
        if (strcmp(name, by_nature[i]) == 0)
            return true;
    return false;
}

/* The word's place is kept, not the word: a masked key or a request id differs by nature. */
static char *without_ids(const char *text)
{
    char *plain = copy_text(text), *at = plain;

    for (const char *c = text; *c;) {
        size_t length = strcspn(c, " ,.;'\"()");
        bool varies = memchr(c, '*', length) || (length > 12 && strcspn(c, "0123456789") < length);
        if (length == 0)
            *at++ = *c++;
        else if (varies)
            *at++ = '#';
        else
            at = mempcpy(at, c, length);
        c += length;
    }
    *at = '\0';
    return plain;
}

/* A copy in which nothing is left that differs between two answers by nature. */
static json_t *comparable(const json_t *value)
{
    const char *name;
    json_t *item;
    size_t i;

    if (json_is_string(value)) {
        char *plain = without_ids(json_string_value(value));
        json_t *copy = json_string(plain);
        free(plain);
        return copy;
    }
    if (json_is_array(value)) {
        json_t *copy = json_array();
        json_array_foreach(value, i, item) {
            json_array_append_new(copy, comparable(item));
        }
        return copy;
    }
    if (!json_is_object(value))
        return json_incref((json_t *)value);
    json_t *copy = json_object();
    json_object_foreach((json_t *)value, name, item) {
        if (!tells_apart(name))
            json_object_set_new(copy, name, comparable(item));
    }
    return copy;
}

static void revoked_key_looks_like_an_unknown_one(struct check *check)
{
    const char *revoked = need_key(check, "revoked"), *unknown = need_key(check, "unknown");

    for (const struct route *route = NULL;
         revoked && unknown && (route = check_next_route(check, route));) {
        const struct exchange *first =
            check_attempt(check, (struct attempt){.route = route, .secret = unknown});
        const struct exchange *second =
            check_attempt(check, (struct attempt){.route = route, .secret = revoked});
        if (!need_refusal(check, first) || !need_refusal(check, second) ||
            !need_json(check, first) || !need_json(check, second))
            return;
        json_t *one = comparable(first->json), *other = comparable(second->json);
        expect_that(check, first->status == second->status && json_equal(one, other), second,
                    "%s %s: a revoked key is told apart from one that never was (%d and %d)",
                    second->method, second->url, first->status, second->status);
        json_decref(one);
        json_decref(other);
    }
}

static void answers_never_repeat_the_key(struct check *check)
{
    const char *bad = need_key(check, "unknown");

    for (const struct route *route = NULL; bad && (route = check_next_route(check, route));) {
        const char *good = route->writes ? NULL : need_key(check, route->key);
        const struct exchange *x =
            check_attempt(check, (struct attempt){.route = route, .secret = bad});
        expect_lacks(check, x, bad);
        if (!good || !check_open(check))
            continue;
        x = check_attempt(check, (struct attempt){.route = route, .secret = good});
        expect_lacks(check, x, good);
    }
}

const struct requirement auth_requirements[] = {
    {
        .id = "auth.valid-key-admitted",
        .level = MUST,
        .source = "rfc9110#11.4",
        .evidence = SPECIFIED,
        .claim = "a good key is admitted on every documented route",
        .test = valid_key_admitted,
    },
    {
        .id = "auth.scheme-in-any-case-passes",
        .level = MUST,
        .source = "rfc9110#11.1",
        .evidence = SPECIFIED,
        .claim = "the scheme may be written in any case",
        .test = scheme_in_any_case_passes,
    },
    {
        .id = "auth.several-spaces-pass",
        .level = MUST,
        .source = "rfc9110#11.4",
        .evidence = SPECIFIED,
        .claim = "several spaces may stand between the scheme and the key",
        .test = several_spaces_pass,
    },
    {
        .id = "auth.blanks-around-value-pass",
        .level = MUST,
        .source = "rfc9110#5.5",
        .evidence = SPECIFIED,
        .claim = "spaces around a header's value are no part of it",
        .test = blanks_around_the_value_pass,
    },
    {
        .id = "auth.header-name-in-any-case-passes",
        .level = MUST,
        .source = "rfc9110#5.1",
        .evidence = SPECIFIED,
        .claim = "the name of the key's header may be written in any case",
        .test = header_name_in_any_case_passes,
    },
    {
        .id = "auth.key-in-last-header-passes",
        .level = MUST,
        .source = "rfc9110#5.3",
        .evidence = SPECIFIED,
        .claim = "the key counts in whichever header line it comes",
        .test = key_in_the_last_header_passes,
    },
    {
        .id = "auth.empty-vendor-header-is-absent",
        .level = SHOULD,
        .source = "gemini-sdk",
        .evidence = SHIPPED,
        .claim = "an empty key header of another vendor does not spoil a good key",
        .test = empty_vendor_header_counts_as_absent,
    },
    {
        .id = "auth.second-header-passes",
        .level = MUST,
        .source = "claude-overview",
        .evidence = DOCUMENTED,
        .claim = "where two headers are documented, the key is admitted in the second too",
        .test = second_documented_header_passes,
    },
    {
        .id = "auth.query-key-passes",
        .level = MUST,
        .source = "arouter-reference",
        .evidence = DOCUMENTED,
        .claim = "where a key in the query is documented, it is admitted",
        .test = documented_query_key_passes,
    },
    {
        .id = "auth.missing-key-refused",
        .level = MUST,
        .source = "rfc9110#11.4",
        .evidence = SPECIFIED,
        .claim = "a call without a key is refused on every route",
        .test = missing_key_refused,
    },
    {
        .id = "auth.empty-key-refused",
        .level = MUST,
        .source = "rfc6750#2.1",
        .evidence = SPECIFIED,
        .claim = "an empty key is refused",
        .test = empty_key_refused,
    },
    {
        .id = "auth.empty-header-refused",
        .level = MUST,
        .source = "rfc9110#11.4",
        .evidence = SPECIFIED,
        .claim = "an empty Authorization header is refused",
        .test = empty_header_refused,
    },
    {
        .id = "auth.basic-scheme-refused",
        .level = MUST,
        .source = "rfc9110#11.4",
        .evidence = SPECIFIED,
        .claim = "the key as a Basic password is refused",
        .test = basic_scheme_refused,
    },
    {
        .id = "auth.other-scheme-refused",
        .level = MUST,
        .source = "rfc9110#11.4",
        .evidence = SPECIFIED,
        .claim = "the key behind another scheme than Bearer is refused",
        .test = other_schemes_refused,
    },
    {
        .id = "auth.bare-key-refused",
        .level = MUST,
        .source = "rfc9110#11.4",
        .evidence = SPECIFIED,
        .claim = "the key without a scheme is refused",
        .test = bare_key_refused,
    },
    {
        .id = "auth.tab-separator-refused",
        .level = MUST,
        .source = "rfc6750#2.1",
        .evidence = SPECIFIED,
        .claim = "a tab in place of the space after Bearer is refused",
        .test = tab_separator_refused,
    },
    {
        .id = "auth.glued-scheme-refused",
        .level = MUST,
        .source = "rfc6750#2.1",
        .evidence = SPECIFIED,
        .claim = "Bearer and the key without a space between them are refused",
        .test = glued_scheme_refused,
    },
    {
        .id = "auth.longer-scheme-refused",
        .level = MUST,
        .source = "rfc6750#2.1",
        .evidence = SPECIFIED,
        .claim = "a scheme that only begins like Bearer is refused",
        .test = longer_scheme_refused,
    },
    {
        .id = "auth.marked-scheme-refused",
        .level = MUST,
        .source = "rfc6750#2.1",
        .evidence = SPECIFIED,
        .claim = "a colon or an equals sign after Bearer is refused",
        .test = marked_scheme_refused,
    },
    {
        .id = "auth.cookie-key-refused",
        .level = MUST,
        .source = "rfc6750#5.3",
        .evidence = SPECIFIED,
        .claim = "a key in a cookie does not count",
        .test = cookie_key_refused,
    },
    {
        .id = "auth.query-key-refused",
        .level = MUST,
        .source = "rfc6750#2.3",
        .evidence = SPECIFIED,
        .claim = "a key in the query does not count where it is not documented",
        .test = query_key_refused,
    },
    {
        .id = "auth.other-vendors-header-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a key in another vendor's header does not count",
        .test = other_vendors_header_refused,
    },
    {
        .id = "auth.proxy-authorization-refused",
        .level = MUST,
        .source = "rfc9110#11.7",
        .evidence = SPECIFIED,
        .claim = "a key in Proxy-Authorization does not count",
        .test = proxy_authorization_refused,
    },
    {
        .id = "auth.websocket-protocol-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a key in Sec-WebSocket-Protocol does not count on a plain request",
        .test = websocket_protocol_key_refused,
    },
    {
        .id = "auth.body-key-refused",
        .level = MUST,
        .source = "rfc6750#2.2",
        .evidence = SPECIFIED,
        .claim = "a key in the JSON body does not count",
        .test = body_key_refused,
    },
    {
        .id = "auth.good-then-bad-header-refused",
        .level = MUST,
        .source = "rfc9110#5.3",
        .evidence = SPECIFIED,
        .claim = "a good key followed by a bad one in a second line is refused",
        .test = good_then_bad_header_refused,
    },
    {
        .id = "auth.bad-then-good-header-refused",
        .level = MUST,
        .source = "rfc9110#5.3",
        .evidence = SPECIFIED,
        .claim = "a bad key followed by a good one in a second line is refused",
        .test = bad_then_good_header_refused,
    },
    {
        .id = "auth.same-header-twice-refused",
        .level = SHOULD,
        .source = "rfc9110#5.3",
        .evidence = SPECIFIED,
        .claim = "the same key in two header lines is refused",
        .test = same_header_twice_refused,
    },
    {
        .id = "auth.listed-keys-refused",
        .level = MUST,
        .source = "rfc6750#2.1",
        .evidence = SPECIFIED,
        .claim = "a list of keys in one header is refused",
        .test = listed_keys_refused,
    },
    {
        .id = "auth.contradiction-never-passes-twice",
        .level = MUST,
        .source = "rfc6750#2",
        .evidence = SPECIFIED,
        .claim =
            "of two headers that contradict each other, one decides, whichever holds the good key",
        .test = contradicting_credentials_never_both_pass,
    },
    {
        .id = "auth.unknown-key-refused",
        .level = MUST,
        .source = "rfc6750#3.1",
        .evidence = SPECIFIED,
        .claim = "a key that was never issued is refused",
        .test = unknown_key_refused,
    },
    {
        .id = "auth.revoked-key-refused",
        .level = MUST,
        .source = "rfc6750#3.1",
        .evidence = SPECIFIED,
        .claim = "a revoked key is refused",
        .test = revoked_key_refused,
    },
    {
        .id = "auth.expired-key-refused",
        .level = MUST,
        .source = "rfc6750#3.1",
        .evidence = SPECIFIED,
        .claim = "an expired key is refused",
        .test = expired_key_refused,
    },
    {
        .id = "auth.disabled-key-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a disabled key is refused",
        .test = disabled_key_refused,
    },
    {
        .id = "auth.management-key-does-not-infer",
        .level = MUST,
        .source = "arouter-keys",
        .evidence = DOCUMENTED,
        .claim = "a key that manages keys does not infer",
        .test = management_key_does_not_infer,
    },
    {
        .id = "auth.inference-key-does-not-manage",
        .level = MUST,
        .source = "arouter-keys",
        .evidence = DOCUMENTED,
        .claim = "a key that infers does not manage keys",
        .test = inference_key_does_not_manage,
    },
    {
        .id = "auth.lacking-permission-refused",
        .level = MUST,
        .source = "invoratec-guide",
        .evidence = ASSUMED,
        .claim = "a key without the permission to write gets 403 where something is written",
        .test = lacking_permission_refused,
    },
    {
        .id = "auth.read-only-key-reads",
        .level = MUST,
        .source = "invoratec-guide",
        .evidence = DOCUMENTED,
        .claim = "a key that may only read is admitted where nothing is written",
        .test = read_only_key_reads,
    },
    {
        .id = "auth.forbidden-model-refused",
        .level = MUST,
        .source = "rfc9110#15.5.4",
        .evidence = SPECIFIED,
        .claim = "a key that may not use the model gets 403",
        .test = forbidden_model_refused,
    },
    {
        .id = "auth.forbidden-provider-refused",
        .level = MUST,
        .source = "arouter-errors",
        .evidence = DOCUMENTED,
        .claim = "a key that may not use the model's provider gets 403",
        .test = forbidden_provider_refused,
    },
    {
        .id = "auth.restricted-key-works-within-bounds",
        .level = MUST,
        .source = "arouter-keys",
        .evidence = DOCUMENTED,
        .claim = "a restricted key is admitted for the models it may use",
        .test = restricted_key_works_within_its_bounds,
    },
    {
        .id = "auth.space-inside-key-refused",
        .level = MUST,
        .source = "rfc6750#2.1",
        .evidence = SPECIFIED,
        .claim = "a key with a space inside is refused",
        .test = space_inside_the_key_refused,
    },
    {
        .id = "auth.second-word-refused",
        .level = MUST,
        .source = "rfc6750#2.1",
        .evidence = SPECIFIED,
        .claim = "a second word after the key is refused",
        .test = second_word_refused,
    },
    {
        .id = "auth.truncated-key-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "the beginning of a good key is refused",
        .test = truncated_key_refused,
    },
    {
        .id = "auth.key-with-suffix-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a good key with something behind it is refused",
        .test = key_with_suffix_refused,
    },
    {
        .id = "auth.key-in-another-case-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a good key in another case is refused",
        .test = key_in_another_case_refused,
    },
    {
        .id = "auth.changed-character-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a good key with one character changed is refused",
        .test = changed_character_refused,
    },
    {
        .id = "auth.key-without-prefix-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a good key without its prefix is refused",
        .test = key_without_prefix_refused,
    },
    {
        .id = "auth.prefix-alone-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "the prefix of the gateway's keys alone is refused",
        .test = prefix_alone_refused,
    },
    {
        .id = "auth.quoted-key-refused",
        .level = MUST,
        .source = "rfc6750#2.1",
        .evidence = SPECIFIED,
        .claim = "a key in quotes is refused",
        .test = quoted_key_refused,
    },
    {
        .id = "auth.percent-encoded-key-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a percent-encoded key is not decoded",
        .test = percent_encoded_key_refused,
    },
    {
        .id = "auth.padded-key-refused",
        .level = MUST,
        .source = "rfc6750#2.1",
        .evidence = SPECIFIED,
        .claim = "padding behind a good key makes another key of it",
        .test = padded_key_refused,
    },
    {
        .id = "auth.non-ascii-key-refused",
        .level = MUST,
        .source = "rfc9110#5.5",
        .evidence = SPECIFIED,
        .claim = "bytes beyond ASCII in a key are refused and do no harm",
        .test = bytes_beyond_ascii_refused,
    },
    {
        .id = "auth.very-long-key-refused",
        .level = MUST,
        .source = "rfc9110#5.4",
        .evidence = SPECIFIED,
        .claim = "a key of 4 KiB is refused and does no harm",
        .test = very_long_key_refused,
    },
    {
        .id = "auth.placeholder-key-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "what stands for a key in examples and broken configurations is refused",
        .test = placeholder_keys_refused,
    },
    {
        .id = "auth.injection-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a key that is a piece of some other language is refused and does no harm",
        .test = injections_refused,
    },
    {
        .id = "auth.foreign-key-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a key in another vendor's form is refused",
        .test = other_gateways_key_refused,
    },
    {
        .id = "auth.refused-before-body",
        .level = MUST,
        .source = "rfc9110#11.4",
        .evidence = SPECIFIED,
        .claim = "without a key, a broken body is not judged",
        .test = refused_before_the_body_is_judged,
    },
    {
        .id = "auth.refused-before-model",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "with a bad key, an unknown model is not judged",
        .test = refused_before_the_model_is_judged,
    },
    {
        .id = "auth.refused-before-limits",
        .level = SHOULD,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a revoked key is told so, however many calls it made",
        .test = refused_before_limits_are_judged,
    },
    {
        .id = "auth.override-headers-open-nothing",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "headers meant for proxies open nothing without a key",
        .test = override_headers_open_nothing,
    },
    {
        .id = "auth.path-variants-open-nothing",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "another spelling of a route's path opens nothing without a key",
        .test = path_variants_open_nothing,
    },
    {
        .id = "auth.revoked-looks-like-unknown",
        .level = SHOULD,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a revoked key gets the same answer as one that never was",
        .test = revoked_key_looks_like_an_unknown_one,
    },
    {
        .id = "auth.key-never-repeated",
        .level = MUST,
        .source = "rfc6750#5",
        .evidence = ASSUMED,
        .claim = "no answer repeats the key",
        .test = answers_never_repeat_the_key,
    },
    {0},
};
