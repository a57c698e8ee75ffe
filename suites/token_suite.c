#include "suites/assertion.h"
#include "suites/created.h"
#include "suites/federated.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAIN "ci" /* the test rule that most checks go by */

enum { LEEWAY_S = 30, MARGIN_S = 5 };

/* The parts of an assertion or an exchange that a check spoils. */
enum part { HEADER, CLAIMS, BODY };

static json_t *part_of(struct federated *federated, enum part part)
{
    switch (part) {
    case HEADER:
        return federated->header;
    case CLAIMS:
        return federated->claims;
    case BODY:
        return federated->body;
    }
    return NULL;
}

/* A good exchange but for one member, which is `value` or left out. Takes `value`. */
static const struct exchange *exchange_with(struct check *check, const char *rule, enum part part,
                                            const char *name, json_t *value)
{
    struct federated federated;

    if (!need_federated(check, rule, &federated)) {
        json_decref(value);
        return NULL;
    }
    federated_set(part_of(&federated, part), name, value);
    return federated_send(check, &federated);
}

static const struct exchange *good_exchange(struct check *check, const char *rule)
{
    struct federated federated;

    return need_federated(check, rule, &federated) ? federated_send(check, &federated) : NULL;
}

static const struct exchange *need_exchanged(struct check *check, const char *rule)
{
    const struct exchange *x = good_exchange(check, rule);

    return x && need_status(check, x, 200) && need_json(check, x) ? x : NULL;
}

static void expect_denied(struct check *check, const struct exchange *x)
{
    if (x && expect_status(check, x, 401))
        expect_fault(check, x, "assertion-denied");
}

static void expect_granted(struct check *check, const struct exchange *x)
{
    if (x)
        expect_status(check, x, 200);
}

/* Denied when the claim is shifted from now by this many seconds. */
static const struct exchange *exchange_at(struct check *check, const char *claim,
                                          json_int_t seconds)
{
    struct federated federated;

    if (!need_federated(check, MAIN, &federated))
        return NULL;
    federated_set(federated.claims, claim, json_integer(federated.now_s + seconds));
    if (strcmp(claim, "exp") == 0)
        federated_set(federated.claims, "iat", json_integer(federated.now_s + seconds - 60));
    return federated_send(check, &federated);
}

/* The answer */

static void answer_has_its_fields(struct check *check)
{
    const struct exchange *x = good_exchange(check, MAIN);

    if (!x || !expect_status(check, x, 200))
        return;
    expect_words(check, x, "access_token");
    expect_words(check, x, "token_type");
    expect_words(check, x, "scope");
    expect_that(check, json_at(x->json, "expires_in") != NULL, x, "expected expires_in");
}

static void token_has_its_prefix(struct check *check)
{
    const struct exchange *x = need_exchanged(check, MAIN);
    const char *token = x ? expect_string(check, x, "access_token") : NULL;

    if (token)
        expect_that(check, begins(token, "sk-ant-oat01-"), x,
                    "expected access_token to begin with sk-ant-oat01-");
}

static void token_is_a_bearer(struct check *check)
{
    const struct exchange *x = need_exchanged(check, MAIN);

    if (x)
        expect_string_is(check, x, "token_type", "Bearer");
}

static void expiry_is_a_whole_number(struct check *check)
{
    const struct exchange *x = need_exchanged(check, MAIN);
    json_int_t seconds;

    if (x)
        expect_integer(check, x, "expires_in", &seconds);
}

static void nothing_to_refresh_with(struct check *check)
{
    const struct exchange *x = need_exchanged(check, MAIN);

    if (x)
        expect_absent(check, x, "refresh_token");
}

static void scope_is_the_rules(struct check *check)
{
    const struct exchange *x = need_exchanged(check, "exact");

    if (x && need_text(check, x, "scope"))
        expect_string_is(check, x, "scope", "workspace:inference");
}

static void answer_is_not_kept(struct check *check)
{
    const struct exchange *x = need_exchanged(check, MAIN);
    const char *value = x ? expect_header(check, x, "Cache-Control") : NULL;

    if (value)
        expect_that(check, strstr(value, "no-store") != NULL, x,
                    "expected Cache-Control: no-store, got %s", value);
}

static const struct exchange *exchange_beta(struct check *check, const char *beta)
{
    struct federated federated;

    if (!need_federated(check, MAIN, &federated))
        return NULL;
    federated.beta = beta;
    return federated_send(check, &federated);
}

static void no_header_is_needed(struct check *check)
{
    expect_granted(check, exchange_beta(check, ""));
}

static void betas_of_the_sdks_are_taken(struct check *check)
{
    expect_granted(
        check, exchange_beta(check, "anthropic-beta: oauth-2025-04-20,oidc-federation-2026-04-01"));
}

static void unknown_fields_are_ignored(struct check *check)
{
    expect_granted(check,
                   exchange_with(check, MAIN, BODY, "gatemark_unknown", json_string("ignored")));
}

/* Malformed requests */

static const char *const needed[] = {"grant_type", "federation_rule_id", "organization_id"};

/* A good exchange less one of the four; the assertion is left out by sending the body bare. */
static const struct exchange *exchange_without(struct check *check, size_t i)
{
    return exchange_with(check, MAIN, BODY, needed[i], NULL);
}

static void expect_malformed(struct check *check, const struct exchange *x, const char *faults)
{
    if (x && expect_status(check, x, 400) &&
        expect_string_is(check, x, "error.type", "invalid_request_error"))
        expect_fault(check, x, faults);
}

static void fields_are_needed(struct check *check)
{
    struct federated federated;

    for (size_t i = 0; i < COUNT(needed) && check_open(check); i++)
        expect_malformed(check, exchange_without(check, i), "field-missing");
    if (check_open(check) && need_federated(check, MAIN, &federated))
        expect_malformed(check, federated_send_text(check, &federated, copy_text("")),
                         "field-missing|field-out-of-range");
}

static void missing_field_is_named(struct check *check)
{
    for (size_t i = 0; i < COUNT(needed) && check_open(check); i++) {
        const struct exchange *x = exchange_without(check, i);
        const char *text =
            x && need_status(check, x, 400) ? need_text(check, x, "error.message") : NULL;
        if (text)
            expect_that(check, strstr(text, needed[i]) != NULL, x,
                        "expected the message to name %s, got: %s", needed[i], text);
    }
}

static void malformed_rule_id_is_told(struct check *check)
{
    static const char *const ids[] = {"rule", "fdrl_", "fdis_01GatemarkTestIssuer"};

    for (size_t i = 0; i < COUNT(ids) && check_open(check); i++)
        expect_malformed(
            check, exchange_with(check, MAIN, BODY, "federation_rule_id", json_string(ids[i])),
            "field-out-of-range");
}

static void malformed_workspace_id_is_told(struct check *check)
{
    expect_malformed(check,
                     exchange_with(check, MAIN, BODY, "workspace_id", json_string("production")),
                     "field-out-of-range");
}

static void refresh_grant_is_refused(struct check *check)
{
    const struct exchange *x =
        exchange_with(check, MAIN, BODY, "grant_type", json_string("refresh_token"));

    if (x)
        expect_refused(check, x);
}

/* Denials */

static void denial_says_authentication_failed(struct check *check)
{
    static const struct {
        const char *claim, *text;
    } spoilt[] = {
        {"aud", "https://elsewhere.example"}, {"iss", "https://elsewhere.example"}, {"sub", NULL}};

    for (size_t i = 0; i < COUNT(spoilt) && check_open(check); i++) {
        const char *text = spoilt[i].text;
        const struct exchange *x =
            exchange_with(check, MAIN, CLAIMS, spoilt[i].claim, text ? json_string(text) : NULL);
        if (!x || !expect_status(check, x, 401))
            return;
        expect_string_is(check, x, "error.type", "authentication_error");
        expect_string_is(check, x, "error.message", "Authentication failed");
    }
}

/* The body without what differs from one answer to the next, owned by the caller. */
static char *body_text(const struct exchange *x)
{
    json_t *body = json_deep_copy(x->json);

    json_object_del(body, "request_id");
    char *text = must(json_dumps(body, JSON_SORT_KEYS | JSON_ENCODE_ANY));
    json_decref(body);
    return text;
}

static void denials_are_alike(struct check *check)
{
    const struct exchange *x[3] = {NULL};
    char *first = NULL;

    x[0] = exchange_with(check, MAIN, CLAIMS, "sub", json_string("repo:elsewhere/check"));
    x[1] = x[0] ? exchange_with(check, MAIN, BODY, "federation_rule_id",
                                json_string("fdrl_01GatemarkNoSuchRule"))
                : NULL;
    x[2] = x[1] ? good_exchange(check, "archived") : NULL;
    for (size_t i = 0; i < COUNT(x) && x[i] && need_refusal(check, x[i]); i++) {
        char *text = need_json(check, x[i]) ? body_text(x[i]) : NULL;
        if (first && text)
            expect_that(check, strcmp(first, text) == 0 && x[i]->status == x[0]->status, x[i],
                        "expected the answer that a token for another subject gets, %d %s, got %d "
                        "%s",
                        x[0]->status, first, x[i]->status, text);
        if (!first)
            first = text;
        else
            free(text);
    }
    free(first);
}

static void denial_keeps_its_reason(struct check *check)
{
    const struct exchange *x =
        exchange_with(check, "claims", CLAIMS, "owner", json_string("elsewhere"));
    const json_t *error = x && need_refusal(check, x) ? json_at(x->json, "error") : NULL, *value;
    const char *name;

    json_object_foreach((json_t *)error, name, value)
        expect_that(check, strcmp(name, "type") == 0 || strcmp(name, "message") == 0, x,
                    "expected a denial to tell no more than type and message, got %s", name);
}

/* Algorithms, keys and signatures */

/* Signed by the test key for this alg, as its header says. */
static const struct exchange *exchange_signed(struct check *check, const char *algorithm)
{
    char kid[32] = "gatemark-test-";
    struct federated federated;

    if (!need_federated(check, MAIN, &federated))
        return NULL;
    for (size_t i = 0, used = strlen(kid); algorithm[i]; i++) {
        char c = algorithm[i];
        kid[used + i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    federated.key = kid;
    federated_set_text(federated.header, "alg", algorithm);
    federated_set_text(federated.header, "kid", kid);
    return federated_send(check, &federated);
}

static void algorithms_are_taken(struct check *check)
{
    static const char *const algorithms[] = {"RS256", "RS384", "RS512", "PS256", "PS384",
                                             "PS512", "ES256", "ES384", "ES512"};

    for (size_t i = 0; i < COUNT(algorithms) && check_open(check); i++)
        expect_granted(check, exchange_signed(check, algorithms[i]));
}

static void unsigned_is_denied(struct check *check)
{
    static const char *const words[] = {"none", "None", "nOnE"};
    struct federated federated;

    for (size_t i = 0; i < COUNT(words) && check_open(check); i++) {
        if (!need_federated(check, MAIN, &federated))
            return;
        federated.key = NULL;
        federated_set_text(federated.header, "alg", words[i]);
        expect_denied(check, federated_send(check, &federated));
    }
}

/* Whoever takes the public key for a secret can be fooled by anybody. */
static void public_key_is_no_secret(struct check *check)
{
    static const char *const words[] = {"HS256", "HS384", "HS512"};
    struct problem problem = {0};
    json_t *key = assertion_key("gatemark-test-rs256", &problem);
    const char *modulus = json_string_value(json_object_get(key, "n"));
    struct federated federated;

    for (size_t i = 0; i < COUNT(words) && modulus && check_open(check); i++) {
        if (!need_federated(check, MAIN, &federated))
            break;
        federated.secret = modulus;
        federated_set_text(federated.header, "alg", words[i]);
        federated_set_text(federated.header, "kid", "gatemark-test-rs256");
        expect_denied(check, federated_send(check, &federated));
    }
    need_that(check, modulus != NULL, NULL, "%s", problem.text);
    json_decref(key);
}

static void kid_is_needed(struct check *check)
{
    expect_denied(check, exchange_with(check, MAIN, HEADER, "kid", NULL));
}

static void unknown_kid_is_denied(struct check *check)
{
    expect_denied(check, exchange_with(check, MAIN, HEADER, "kid", json_string("no-such-key")));
}

static void wrong_kid_is_denied(struct check *check)
{
    static const char *const kids[] = {"gatemark-test-es384", "gatemark-test-rs256"};

    for (size_t i = 0; i < COUNT(kids) && check_open(check); i++)
        expect_denied(check, exchange_with(check, MAIN, HEADER, "kid", json_string(kids[i])));
}

static void other_signature_is_denied(struct check *check)
{
    struct federated federated;

    if (!need_federated(check, MAIN, &federated))
        return;
    federated.key = "gatemark-test-stray"; /* under the kid of the issuer's key */
    expect_denied(check, federated_send(check, &federated));
}

/* Claims of one assertion with the signature of another. */
static void changed_claims_are_denied(struct check *check)
{
    struct federated federated;

    if (!need_federated(check, MAIN, &federated))
        return;
    char *first = federated_assertion(check, &federated), *second = NULL;
    federated_set_text(federated.claims, "sub", "repo:gatemark/changed");
    second = federated_assertion(check, &federated);
    char *mixed = first && second ? format_text("%.*s%s", (int)(strrchr(second, '.') - second),
                                                second, strrchr(first, '.'))
                                  : NULL;
    free(first);
    free(second);
    expect_denied(check, federated_send_text(check, &federated, mixed));
}

/* Each issuer vouches with its own keys, not with those of another one that is trusted too. */
static void key_of_another_issuer_is_denied(struct check *check)
{
    struct federated federated;

    if (!need_federated(check, MAIN, &federated))
        return;
    federated.key = "gatemark-test-other";
    federated_set_text(federated.header, "kid", federated.key);
    expect_denied(check, federated_send(check, &federated));
}

/* Form */

static void form_is_kept(struct check *check)
{
    static const char *const forms[] = {"two segments", "four segments", "padding", "no base64url"};
    struct federated federated;

    for (size_t i = 0; i < COUNT(forms) && check_open(check); i++) {
        if (!need_federated(check, MAIN, &federated))
            return;
        char *good = federated_assertion(check, &federated), *bad = NULL;
        if (good && i == 0)
            bad = format_text("%.*s", (int)(strrchr(good, '.') - good), good);
        else if (good)
            bad = format_text("%s%s", good, i == 1 ? ".AAAA" : i == 2 ? "==" : "+/");
        free(good);
        const struct exchange *x = federated_send_text(check, &federated, bad);
        if (x)
            expect_that(check, x->status == 401, x, "expected a denial of %s, 401, got %d",
                        forms[i], x->status);
    }
}

static void long_assertion_is_refused(struct check *check)
{
    enum { LONG = 16384 };
    struct federated federated;
    char *filler = must(calloc(1, LONG + 1));

    memset(filler, 'a', LONG);
    if (need_federated(check, MAIN, &federated)) {
        federated_set_text(federated.claims, "filler", filler);
        const struct exchange *x = federated_send(check, &federated);
        if (x)
            expect_refused(check, x);
    }
    free(filler);
}

/* Claims */

static void issuer_is_compared_by_bytes(struct check *check)
{
    static const char *const others[] = {
        "https://issuer.gatemark.test/", "https://ISSUER.gatemark.test",
        "http://issuer.gatemark.test", "https://issuer.gatemark.test:443"};

    for (size_t i = 0; i < COUNT(others) && check_open(check); i++)
        expect_denied(check, exchange_with(check, MAIN, CLAIMS, "iss", json_string(others[i])));
}

static void expired_is_denied(struct check *check)
{
    expect_denied(check, exchange_at(check, "exp", -(LEEWAY_S + 1)));
}

static void leeway_is_given(struct check *check)
{
    expect_granted(check, exchange_at(check, "exp", -(LEEWAY_S - 1)));
    if (check_open(check))
        expect_granted(check, exchange_at(check, "nbf", LEEWAY_S - 1));
    if (check_open(check))
        expect_granted(check, exchange_at(check, "iat", LEEWAY_S - 1));
}

static void not_yet_valid_is_denied(struct check *check)
{
    expect_denied(check, exchange_at(check, "nbf", LEEWAY_S + MARGIN_S));
}

static void issued_in_the_future_is_denied(struct check *check)
{
    expect_denied(check, exchange_at(check, "iat", LEEWAY_S + MARGIN_S));
}

static void claims_are_needed(struct check *check)
{
    static const char *const names[] = {"sub", "iat", "exp"};

    for (size_t i = 0; i < COUNT(names) && check_open(check); i++)
        expect_denied(check, exchange_with(check, MAIN, CLAIMS, names[i], NULL));
}

static void times_are_numbers(struct check *check)
{
    expect_denied(check, exchange_with(check, MAIN, CLAIMS, "exp", json_string("4102444800")));
}

static void long_lifetime_is_denied(struct check *check)
{
    expect_denied(check, exchange_at(check, "iat", -3600));
}

static void audience_is_compared(struct check *check)
{
    expect_denied(check,
                  exchange_with(check, MAIN, CLAIMS, "aud", json_string("https://a.example")));
    if (check_open(check))
        expect_denied(check, exchange_with(check, MAIN, CLAIMS, "aud",
                                           json_pack("[s,s]", "https://a.example", "b")));
    if (check_open(check))
        expect_denied(check, exchange_with(check, MAIN, CLAIMS, "aud", NULL));
}

static void audience_may_be_among_others(struct check *check)
{
    expect_granted(
        check, exchange_with(check, MAIN, CLAIMS, "aud",
                             json_pack("[s,s]", "https://a.example", "https://api.anthropic.com")));
}

static void audience_goes_without_saying(struct check *check)
{
    expect_denied(check,
                  exchange_with(check, "exact", CLAIMS, "aud", json_string("https://a.example")));
}

static void subject_is_exact(struct check *check)
{
    static const char *const others[] = {"repo:gatemark/exact2", "repo:gatemark/exac",
                                         "repo:gatemark/Exact"};

    for (size_t i = 0; i < COUNT(others) && check_open(check); i++)
        expect_denied(check, exchange_with(check, "exact", CLAIMS, "sub", json_string(others[i])));
}

static void subject_prefix_is_kept(struct check *check)
{
    static const char *const others[] = {"repo:gatemark", "repo:Gatemark/check", "xrepo:gatemark/"};

    for (size_t i = 0; i < COUNT(others) && check_open(check); i++)
        expect_denied(check, exchange_with(check, MAIN, CLAIMS, "sub", json_string(others[i])));
}

static void subject_may_follow_the_prefix(struct check *check)
{
    expect_granted(check, exchange_with(check, MAIN, CLAIMS, "sub",
                                        json_string("repo:gatemark/any:ref:refs/heads/x")));
}

static void claims_are_compared(struct check *check)
{
    expect_denied(
        check, exchange_with(check, "claims", CLAIMS, "environment", json_string("production2")));
    if (check_open(check))
        expect_denied(check, exchange_with(check, "claims", CLAIMS, "owner", NULL));
    if (check_open(check))
        expect_denied(
            check, exchange_with(check, "claims", CLAIMS, "owner", json_pack("[s]", "gatemark")));
}

/* Replay */

/* The second of two exchanges of one assertion. */
static const struct exchange *exchange_again(struct check *check, const char *rule, bool with_jti)
{
    struct federated once, twice;

    if (!need_federated(check, rule, &once))
        return NULL;
    if (!need_federated(check, rule, &twice)) {
        federated_send(check, &once);
        return NULL;
    }
    if (!with_jti)
        federated_set(once.claims, "jti", NULL);
    char *assertion = federated_assertion(check, &once);
    char *copy = copy_text(assertion);
    const struct exchange *x = federated_send_text(check, &once, assertion);
    bool good = x && need_status(check, x, 200);
    const struct exchange *again = federated_send_text(check, &twice, good ? copy : NULL);
    if (!good)
        free(copy);
    return again;
}

static void jti_is_good_once(struct check *check)
{
    expect_denied(check, exchange_again(check, MAIN, true));
}

static void without_jti_is_good_again(struct check *check)
{
    expect_granted(check, exchange_again(check, MAIN, false));
}

static void unchecked_jti_is_good_again(struct check *check)
{
    expect_granted(check, exchange_again(check, "other", true));
}

/* Workspaces and service accounts */

static void workspace_is_needed(struct check *check)
{
    const struct exchange *x = good_exchange(check, "wide");

    if (x && expect_status(check, x, 401))
        expect_fault(check, x, "workspace-needed|assertion-denied");
}

static void workspace_is_the_one_asked_for(struct check *check)
{
    static const char asked[] = "wrkspc_01GatemarkTestStaging";
    const char *token = need_token_of(
        check, exchange_with(check, "wide", BODY, "workspace_id", json_string(asked)));
    const struct exchange *x = call_with_token(check, token);
    const char *told =
        x && need_success(check, x) ? expect_header(check, x, "anthropic-workspace-id") : NULL;

    if (told)
        expect_that(check, strcmp(told, asked) == 0, x, "expected the workspace %s, got %s", asked,
                    told);
}

static void foreign_workspace_is_denied(struct check *check)
{
    expect_denied(check, exchange_with(check, MAIN, BODY, "workspace_id",
                                       json_string("wrkspc_01GatemarkTestStaging")));
}

static void default_workspace_is_known(struct check *check)
{
    expect_granted(check,
                   exchange_with(check, "wide", BODY, "workspace_id", json_string("default")));
}

static void membership_is_needed(struct check *check)
{
    expect_denied(check, good_exchange(check, "outsider"));
}

static void other_service_account_is_denied(struct check *check)
{
    expect_denied(check, exchange_with(check, MAIN, BODY, "service_account_id",
                                       json_string("svac_01GatemarkTestAdmin")));
}

static void service_account_may_be_left_out(struct check *check)
{
    expect_granted(check, exchange_with(check, MAIN, BODY, "service_account_id", NULL));
}

/* Lifetime */

/* expires_in for an assertion that has `remaining` seconds left. */
static bool need_lifetime(struct check *check, const char *rule, int remaining,
                          const struct exchange **x, double *seconds)
{
    struct federated federated;

    if (!need_federated(check, rule, &federated))
        return false;
    federated_set(federated.claims, "exp", json_integer(federated.now_s + remaining));
    *x = federated_send(check, &federated);
    return *x && need_status(check, *x, 200) && need_number(check, *x, "expires_in", seconds);
}

static void lifetime_follows_the_assertion(struct check *check)
{
    static const struct {
        const char *rule;
        int remaining, least, most;
    } cases[] = {
        {MAIN, 600, 1190, 1200},  /* twice what remains */
        {MAIN, 3000, 3600, 3600}, /* the rule's */
        {"exact", 600, 600, 600},
        {MAIN, 20, 60, 60}, /* never less */
    };
    const struct exchange *x;
    double seconds;

    for (size_t i = 0; i < COUNT(cases) && check_open(check); i++) {
        if (!need_lifetime(check, cases[i].rule, cases[i].remaining, &x, &seconds))
            return;
        expect_that(check, seconds >= cases[i].least && seconds <= cases[i].most, x,
                    "expected %d to %d s for an assertion with %d s left, got %.0f", cases[i].least,
                    cases[i].most, cases[i].remaining, seconds);
    }
}

/* The token */

static void token_calls_messages(struct check *check)
{
    const struct exchange *x = call_with_token(check, need_token(check, MAIN));

    if (x)
        expect_status(check, x, 200);
}

static void token_infers_by_scope(struct check *check)
{
    const struct exchange *x = call_with_token(check, need_token(check, "exact"));

    if (x)
        expect_status(check, x, 200);
}

static void token_expires(struct check *check)
{
    const struct exchange *x = NULL;
    const char *token;
    double seconds;

    if (!need_lifetime(check, MAIN, 10, &x, &seconds) || !(token = need_token_of(check, x)))
        return;
    const struct exchange *before = call_with_token(check, token);
    if (!before || !need_success(check, before) || !need_time(check, (int)seconds + 1))
        return;
    const struct exchange *after = call_with_token(check, token);
    if (after && expect_status(check, after, 401) &&
        expect_string_is(check, after, "error.type", "authentication_error"))
        expect_fault(check, after, "key-expired");
}

static void scope_is_enforced(struct check *check)
{
    const struct exchange *x = call_with_token(check, need_token(check, "tunnels"));

    if (x && expect_status(check, x, 403) &&
        expect_string_is(check, x, "error.type", "permission_error"))
        expect_fault(check, x, "scope-lacking|permission-lacking");
}

static void token_is_no_api_key(struct check *check)
{
    const char *token = need_token(check, MAIN);
    const struct route *route = token ? need_route(check, "messages") : NULL;

    if (!route)
        return;
    const struct exchange *x = check_attempt(
        check, (struct attempt){.route = route, .secret = token, .manner = AS_X_API_KEY});
    if (expect_status(check, x, 401))
        expect_fault(check, x, "token-misplaced|key-unknown");
}

/* The organization's resources */

/* A rule of its own for a check: what the call answers. Takes `match`. */
static const struct exchange *make_rule(struct check *check, const char *admin, json_t *match)
{
    char name[64];

    created_name(name, sizeof name);
    return call_organization(
        check, admin, "federation_rules",
        json_pack("{s:s, s:s, s:o, s:s, s:{s:s, s:s}, s:s}", "name", name, "issuer_id",
                  "fdis_01GatemarkTestIssuer", "match", match, "oauth_scope", "workspace:developer",
                  "target", "type", "service_account", "service_account_id",
                  "svac_01GatemarkTestWorker", "workspace_id", "wrkspc_01GatemarkTestWorkspace"));
}

static void rule_needs_a_matcher(struct check *check)
{
    const char *admin = need_token(check, "admin");

    for (int i = 0; admin && i < 2 && check_open(check); i++) {
        json_t *match = json_pack("{s:s}", "audience", "https://api.anthropic.com");
        if (i > 0)
            federated_set_text(match, "subject_prefix", "*");
        expect_malformed(check, make_rule(check, admin, match), "field-out-of-range|field-missing");
    }
}

/* A rule made for the check; its id, or NULL and UNTESTABLE. */
static const char *need_rule(struct check *check, const char *admin)
{
    const struct exchange *x =
        admin ? make_rule(check, admin, json_pack("{s:s}", "subject_prefix", "repo:gatemark/own"))
              : NULL;

    return x && need_success(check, x) ? need_text(check, x, "id") : NULL;
}

static const struct exchange *exchange_own(struct check *check, const char *rule)
{
    struct federated federated;

    if (!need_federated(check, MAIN, &federated))
        return NULL;
    federated_set_text(federated.claims, "sub", "repo:gatemark/own");
    federated_set_text(federated.body, "federation_rule_id", rule);
    return federated_send(check, &federated);
}

static bool need_archived(struct check *check, const char *admin, const char *rule)
{
    char *path = format_text("federation_rules/%s/archive", rule);
    const struct exchange *x = call_organization(check, admin, path, json_object());

    free(path);
    return need_success(check, x);
}

static void made_rule_is_used(struct check *check)
{
    const char *rule = need_rule(check, need_token(check, "admin"));

    if (rule)
        expect_granted(check, exchange_own(check, rule));
}

static void archived_rule_stops_exchanges(struct check *check)
{
    const char *admin = need_token(check, "admin"), *rule = need_rule(check, admin);

    if (rule && need_token_of(check, exchange_own(check, rule)) &&
        need_archived(check, admin, rule))
        expect_denied(check, exchange_own(check, rule));
}

static void archived_rule_spares_tokens(struct check *check)
{
    const char *admin = need_token(check, "admin"), *rule = need_rule(check, admin);
    const char *token = rule ? need_token_of(check, exchange_own(check, rule)) : NULL;
    const struct exchange *before = call_with_token(check, token), *after = NULL;

    if (before && need_success(check, before) && need_archived(check, admin, rule))
        after = call_with_token(check, token);
    if (after)
        expect_status(check, after, 200);
}

static void archive_is_idempotent(struct check *check)
{
    const char *admin = need_token(check, "admin"), *rule = need_rule(check, admin);

    if (!rule || !need_archived(check, admin, rule))
        return;
    char *path = format_text("federation_rules/%s/archive", rule);
    const struct exchange *x = call_organization(check, admin, path, json_object());
    free(path);
    if (expect_success(check, x))
        expect_words(check, x, "archived_at");
}

static void issuer_in_use_is_not_archived(struct check *check)
{
    const char *admin = need_token(check, "admin");

    if (admin)
        expect_malformed(check,
                         call_organization(check, admin,
                                           "federation_issuers/fdis_01GatemarkTestIssuer/archive",
                                           json_object()),
                         "field-out-of-range");
}

static void taken_name_is_a_conflict(struct check *check)
{
    const char *admin = need_token(check, "admin");
    char name[64];

    created_name(name, sizeof name);
    for (int i = 0; admin && i < 2 && check_open(check); i++) {
        const struct exchange *x =
            call_organization(check, admin, "service_accounts", json_pack("{s:s}", "name", name));
        if (i == 0)
            need_success(check, x);
        else if (expect_status(check, x, 409))
            expect_fault(check, x, "name-taken");
    }
}

static void resources_need_an_admin_token(struct check *check)
{
    static const char *const keys[] = {"valid", "management"};

    for (size_t i = 0; need_gateway(check, "claude") && i < COUNT(keys) && check_open(check); i++) {
        const char *secret = need_key(check, keys[i]);
        const struct exchange *x =
            secret ? call_organization(check, secret, "federation_rules", NULL) : NULL;
        if (x && expect_refused(check, x))
            expect_fault(check, x, "key-wrong-kind|permission-lacking|scope-lacking");
    }
    const char *token = check_open(check) ? need_token(check, MAIN) : NULL;
    if (token)
        expect_refused(check, call_organization(check, token, "federation_rules", NULL));
}

#define WIF "claude-wif"
#define REFERENCE "claude-wif-reference"
#define ADMIN "claude-wif-admin"

const struct requirement token_requirements[] = {
    {"token.exchange", MUST, REFERENCE, DOCUMENTED,
     "exchanging an assertion brings access_token, token_type, expires_in and scope",
     answer_has_its_fields, false},
    {"token.prefix", MUST, REFERENCE, DOCUMENTED, "a token begins with sk-ant-oat01-",
     token_has_its_prefix, false},
    {"token.bearer", MUST, REFERENCE, DOCUMENTED, "token_type is Bearer", token_is_a_bearer, false},
    {"token.expiry-is-whole-number", MUST, "claude-sdk", SHIPPED,
     "expires_in is a whole number of seconds", expiry_is_a_whole_number, false},
    {"token.no-refresh-token", MUST, REFERENCE, DOCUMENTED, "an exchange brings no refresh_token",
     nothing_to_refresh_with, false},
    {"token.scope-of-rule", MUST, REFERENCE, DOCUMENTED, "scope is what the rule grants",
     scope_is_the_rules, false},
    {"token.not-stored", MUST, "rfc6749#5.1", SPECIFIED, "the answer forbids caches to store it",
     answer_is_not_kept, false},
    {"token.no-header-needed", MUST, WIF, DOCUMENTED,
     "an exchange needs no anthropic-version, anthropic-beta or credential", no_header_is_needed,
     false},
    {"token.sdk-betas-taken", MUST, "claude-sdk", SHIPPED,
     "an exchange with the betas that the SDKs send is taken", betas_of_the_sdks_are_taken, false},
    {"token.unknown-fields-ignored", MUST, "rfc6749#3.2", SPECIFIED,
     "fields that the exchange does not know are ignored", unknown_fields_are_ignored, false},
    {"token.required-fields", MUST, REFERENCE, DOCUMENTED,
     "grant_type, assertion, federation_rule_id and organization_id are required",
     fields_are_needed, false},
    {"token.missing-field-named", MUST, REFERENCE, DOCUMENTED,
     "the refusal names the field that is missing", missing_field_is_named, false},
    {"token.rule-id-well-formed", MUST, REFERENCE, DOCUMENTED,
     "a federation_rule_id that is no fdrl_ id is a 400", malformed_rule_id_is_told, false},
    {"token.workspace-id-well-formed", MUST, REFERENCE, DOCUMENTED,
     "a workspace_id that is neither wrkspc_ nor default is a 400", malformed_workspace_id_is_told,
     false},
    {"token.refresh-grant-refused", SHOULD, "claude-sdk", SHIPPED,
     "the federation beta with another grant type is refused", refresh_grant_is_refused, false},
    {"token.denial-worded", MUST, REFERENCE, DOCUMENTED,
     "a denial is 401 authentication_error, Authentication failed",
     denial_says_authentication_failed, false},
    {"token.denials-alike", MUST, REFERENCE, DOCUMENTED,
     "an unknown rule, an archived one and one that does not match are told alike",
     denials_are_alike, false},
    {"token.denial-gives-no-reason", SHOULD, REFERENCE, DOCUMENTED,
     "a denial tells nothing beside type and message", denial_keeps_its_reason, false},
    {"token.algorithms", MUST, REFERENCE, DOCUMENTED,
     "RS, PS and ES with 256, 384 and 512 are taken", algorithms_are_taken, false},
    {"token.unsigned-denied", MUST, REFERENCE, DOCUMENTED,
     "an unsigned assertion is denied, however none is spelt", unsigned_is_denied, false},
    {"token.hmac-denied", MUST, REFERENCE, DOCUMENTED,
     "an assertion whose HMAC secret is the public key is denied", public_key_is_no_secret, false},
    {"token.kid-required", MUST, REFERENCE, DOCUMENTED, "an assertion without kid is denied",
     kid_is_needed, false},
    {"token.kid-unknown-denied", MUST, REFERENCE, DOCUMENTED,
     "a kid that the issuer does not have is denied", unknown_kid_is_denied, false},
    {"token.kid-of-other-key-denied", MUST, "rfc8725#3.1", SPECIFIED,
     "the kid of a key for another algorithm is denied", wrong_kid_is_denied, false},
    {"token.signature-verified", MUST, REFERENCE, DOCUMENTED,
     "another key's signature under a known kid is denied", other_signature_is_denied, false},
    {"token.claims-verified", MUST, "rfc8725#3.3", SPECIFIED,
     "claims under the signature of others are denied", changed_claims_are_denied, false},
    {"token.key-of-issuer", MUST, "rfc8725#3.8", SPECIFIED,
     "the key of another trusted issuer is denied", key_of_another_issuer_is_denied, false},
    {"token.form", MUST, "rfc7515#3.1", SPECIFIED,
     "what is not three parts of base64url without padding is denied", form_is_kept, false},
    {"token.assertion-size", MUST, REFERENCE, DOCUMENTED,
     "an assertion of more than 16 KiB is refused", long_assertion_is_refused, false},
    {"token.issuer-exact", MUST, REFERENCE, DOCUMENTED,
     "iss is the issuer's URL byte for byte, or denied", issuer_is_compared_by_bytes, false},
    {"token.expired-denied", MUST, REFERENCE, DOCUMENTED,
     "an assertion that expired 31 s ago is denied", expired_is_denied, false},
    {"token.leeway", MUST, REFERENCE, DOCUMENTED,
     "exp 29 s ago, and nbf or iat 29 s ahead, are still good", leeway_is_given, false},
    {"token.not-before", MUST, REFERENCE, DOCUMENTED, "nbf more than 30 s ahead is denied",
     not_yet_valid_is_denied, false},
    {"token.issued-in-future-denied", MUST, REFERENCE, DOCUMENTED,
     "iat more than 30 s ahead is denied", issued_in_the_future_is_denied, false},
    {"token.required-claims", MUST, REFERENCE, DOCUMENTED,
     "an assertion without sub, iat or exp is denied", claims_are_needed, false},
    {"token.times-are-numbers", MUST, "rfc7519#4.1.4", SPECIFIED, "exp as a text is denied",
     times_are_numbers, false},
    {"token.assertion-lifetime", MUST, REFERENCE, DOCUMENTED,
     "an assertion that lives longer than the issuer's limit is denied", long_lifetime_is_denied,
     false},
    {"token.audience", MUST, REFERENCE, DOCUMENTED,
     "an assertion for another audience, or for none, is denied", audience_is_compared, false},
    {"token.audience-among-others", MUST, REFERENCE, DOCUMENTED,
     "one of several audiences is enough", audience_may_be_among_others, false},
    {"token.audience-by-default", MUST, "claude-sdk", SHIPPED,
     "a rule without audience wants the API's own", audience_goes_without_saying, false},
    {"token.subject-exact", MUST, REFERENCE, DOCUMENTED,
     "a subject_prefix without * is matched exactly", subject_is_exact, false},
    {"token.subject-prefix", MUST, REFERENCE, DOCUMENTED,
     "a subject that does not begin as the rule says is denied", subject_prefix_is_kept, false},
    {"token.subject-prefix-open", MUST, REFERENCE, DOCUMENTED,
     "anything may follow a prefix that ends with *", subject_may_follow_the_prefix, false},
    {"token.claims-matched", MUST, REFERENCE, DOCUMENTED,
     "every claim of the rule must be that text exactly", claims_are_compared, false},
    {"token.jti-once", MUST, REFERENCE, DOCUMENTED, "an assertion with a jti is exchanged once",
     jti_is_good_once, false},
    {"token.jti-optional", MUST, REFERENCE, DOCUMENTED,
     "an assertion without jti may be exchanged again", without_jti_is_good_again, false},
    {"token.jti-unchecked", SHOULD, "claude-sdk", SHIPPED,
     "an issuer with check_jti off lets a jti come again", unchecked_jti_is_good_again, false},
    {"token.workspace-required", MUST, REFERENCE, DOCUMENTED,
     "a rule for several workspaces needs workspace_id", workspace_is_needed, false},
    {"token.workspace-told", MUST, REFERENCE, DOCUMENTED,
     "anthropic-workspace-id is the workspace that was asked for", workspace_is_the_one_asked_for,
     false},
    {"token.workspace-of-rule", MUST, REFERENCE, DOCUMENTED,
     "a workspace that the rule does not cover is denied", foreign_workspace_is_denied, false},
    {"token.workspace-default", MUST, REFERENCE, DOCUMENTED, "workspace_id may be default",
     default_workspace_is_known, false},
    {"token.workspace-member", MUST, REFERENCE, DOCUMENTED,
     "a service account that is not in the workspace is denied", membership_is_needed, false},
    {"token.service-account-checked", SHOULD, "claude-sdk", SHIPPED,
     "another service account than the rule's is denied", other_service_account_is_denied, false},
    {"token.service-account-optional", SHOULD, "claude-sdk", SHIPPED,
     "service_account_id may be left out", service_account_may_be_left_out, false},
    {"token.lifetime", MUST, WIF, DOCUMENTED,
     "a token lives as long as the rule says, at most twice what the assertion has left, at least "
     "60 s",
     lifetime_follows_the_assertion, false},
    {"token.works", MUST, REFERENCE, DOCUMENTED, "a token calls messages as a bearer",
     token_calls_messages, false},
    {"token.scope-inference", MUST, REFERENCE, DOCUMENTED,
     "a token of scope workspace:inference calls messages", token_infers_by_scope, false},
    {"token.expires", MUST, REFERENCE, DOCUMENTED, "a token is refused after expires_in",
     token_expires, false},
    {"token.scope-enforced", MUST, REFERENCE, DOCUMENTED,
     "what is outside a token's scope is 403 permission_error", scope_is_enforced, false},
    {"token.not-in-x-api-key", SHOULD, "claude-threads", OBSERVED, "a token in x-api-key is 401",
     token_is_no_api_key, false},
    {"token.rule-needs-matcher", MUST, REFERENCE, DOCUMENTED,
     "a rule that matches by audience alone, or by *, is not created", rule_needs_a_matcher, true},
    {"token.rule-created", MUST, ADMIN, DOCUMENTED, "a rule that was created is exchanged by",
     made_rule_is_used, true},
    {"token.archive-stops-exchanges", MUST, "claude-sdk", SHIPPED,
     "an archived rule exchanges nothing any more", archived_rule_stops_exchanges, true},
    {"token.archive-spares-tokens", SHOULD, "claude-sdk", SHIPPED,
     "tokens outlive the archiving of their rule", archived_rule_spares_tokens, true},
    {"token.archive-idempotent", MUST, ADMIN, DOCUMENTED, "archiving again is no error",
     archive_is_idempotent, true},
    {"token.issuer-in-use", MUST, ADMIN, DOCUMENTED,
     "an issuer that a live rule refers to is not archived", issuer_in_use_is_not_archived, true},
    {"token.name-taken", MUST, ADMIN, DOCUMENTED, "a name that is taken is a 409",
     taken_name_is_a_conflict, true},
    {"token.admin-only", MUST, ADMIN, DOCUMENTED,
     "rules are told to tokens of scope org:admin only, not to keys", resources_need_an_admin_token,
     false},
    {0},
};
