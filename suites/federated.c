#include "suites/federated.h"

#include "fixtures/fixture.h"
#include "suites/assertion.h"
#include "suites/created.h"

#include <stdlib.h>
#include <string.h>

enum { VALID_S = 600 };

static const char usual_beta[] = "anthropic-beta: oidc-federation-2026-04-01";
static const char good_key[] = "gatemark-test-es256", other_key[] = "gatemark-test-other";

/* In no contract's table: it takes no key, so that rows about keys must not walk it. */
static const struct route exchange_route = {
    .name = "exchange",
    .method = "POST",
    .path = "/v1/oauth/token",
    .family = FAMILY_ANTHROPIC,
    .success = 200,
    .open = true,
};

static const struct route organization_route = {
    .name = "organization",
    .method = "POST",
    .path = "/v1/organizations",
    .family = FAMILY_ANTHROPIC,
    .carrier = CARRIER_BEARER,
    .version = "2023-06-01",
    .success = 200,
};

/* The object among `list` whose `member` is `text`, or NULL. */
static const json_t *entry(const json_t *list, const char *member, const char *text)
{
    const json_t *object;
    size_t i;

    json_array_foreach(list, i, object) {
        const char *value = json_string_value(json_object_get(object, member));
        if (value && strcmp(value, text) == 0)
            return object;
    }
    return NULL;
}

void federated_set(json_t *part, const char *name, json_t *value)
{
    if (value)
        json_object_set_new(part, name, value);
    else
        json_object_del(part, name);
}

void federated_set_text(json_t *part, const char *name, const char *text)
{
    federated_set(part, name, json_string(text));
}

static void close_all(struct federated *federated)
{
    json_decref(federated->header);
    json_decref(federated->claims);
    json_decref(federated->body);
    *federated = (struct federated){0};
}

/* The subject that the rule asks for; what an asterisk stands for is ours to choose. */
static json_t *subject_of(const json_t *match)
{
    const char *pattern = json_string_value(json_object_get(match, "subject_prefix"));
    size_t length = pattern ? strcspn(pattern, "*") : 0;
    char *subject = format_text("%.*s%s", (int)length, pattern ? pattern : "",
                                pattern && !pattern[length] ? "" : "check");
    json_t *json = json_string(subject);

    free(subject);
    return json;
}

static void fill(struct federated *federated, const json_t *file, const json_t *rule)
{
    const json_t *match = json_object_get(rule, "match");
    const json_t *issuer = entry(json_object_get(file, "federation_issuers"), "id",
                                 json_string_value(json_object_get(rule, "issuer_id")));
    const char *account =
        json_string_value(json_object_get(json_object_get(rule, "target"), "service_account_id"));
    char jti[64];

    created_name(jti, sizeof jti);
    bool ours = json_object_get(match, "audience") == NULL;
    federated->claims =
        json_pack("{s:O, s:o, s:O, s:I, s:I, s:s}", "iss", json_object_get(issuer, "issuer_url"),
                  "sub", subject_of(match), "aud", json_object_get(ours ? file : match, "audience"),
                  "iat", federated->now_s, "exp", federated->now_s + VALID_S, "jti", jti);
    json_object_update(federated->claims, json_object_get(match, "claims"));
    federated->header =
        json_pack("{s:s, s:s, s:s}", "typ", "JWT", "alg", "ES256", "kid", federated->key);
    federated->body = json_pack(
        "{s:s, s:O, s:O, s:s}", "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "federation_rule_id", json_object_get(rule, "id"), "organization_id",
        json_object_get(file, "organization_id"), "service_account_id", account);
}

bool need_federated(struct check *check, const char *name, struct federated *federated)
{
    struct problem problem = {0};

    *federated = (struct federated){.beta = usual_beta};
    if (!need_gateway(check, "claude"))
        return false;
    if (!need_that(
            check, check->target->control_url != NULL, NULL,
            "needs an issuer that trusts the published test keys: only a gatemark mock does"))
        return false;
    json_t *file = fixture_load("identity/federation.json", &problem);
    const json_t *rule = entry(json_object_get(file, "federation_rules"), "name", name);
    if (need_that(check, rule != NULL, NULL, "needs the test rule %s: %s", name, problem.text)) {
        federated->key = strcmp(name, "other") == 0 ? other_key : good_key;
        federated->now_s = target_now(check);
        fill(federated, file, rule);
    }
    json_decref(file);
    return rule != NULL;
}

char *federated_assertion(struct check *check, const struct federated *federated)
{
    struct problem problem = {0};

    if (!federated->key && !federated->secret)
        return assertion_unsigned(federated->header, federated->claims);
    json_t *key = federated->secret ? assertion_hmac_key(federated->secret)
                                    : assertion_key(federated->key, &problem);
    char *text = key ? assertion_sign(federated->header, federated->claims, key) : NULL;
    json_decref(key);
    need_that(check, text != NULL, NULL, "the test key does not sign this: %s", problem.text);
    return text;
}

const struct exchange *federated_send_text(struct check *check, struct federated *federated,
                                           char *assertion)
{
    const struct exchange *x = NULL;

    if (assertion) {
        if (*assertion)
            check_keep_secret(check, assertion, "$ASSERTION");
        federated_set_text(federated->body, "assertion", assertion);
        x = check_attempt(check,
                          (struct attempt){.route = &exchange_route,
                                           .json = federated->body,
                                           .headers = {*federated->beta ? federated->beta : NULL}});
    }
    free(assertion);
    close_all(federated);
    return x;
}

const struct exchange *federated_send(struct check *check, struct federated *federated)
{
    return federated_send_text(check, federated, federated_assertion(check, federated));
}

const char *need_token_of(struct check *check, const struct exchange *x)
{
    const char *token = NULL;

    if (x && need_status(check, x, 200) && need_json(check, x))
        token = need_text(check, x, "access_token");
    if (!token || !need_that(check, begins(token, "sk-ant-oat01-"), x, "needed a token"))
        return NULL;
    check_keep_secret(check, token, "$TOKEN");
    return token;
}

const char *need_token(struct check *check, const char *rule)
{
    struct federated federated;

    if (!need_federated(check, rule, &federated))
        return NULL;
    return need_token_of(check, federated_send(check, &federated));
}

const struct exchange *call_with_token(struct check *check, const char *token)
{
    const struct route *route = token ? need_route(check, "messages") : NULL;

    if (!route)
        return NULL;
    return check_attempt(check,
                         (struct attempt){.route = route, .secret = token, .manner = AS_BEARER});
}

const struct exchange *call_organization(struct check *check, const char *secret, const char *path,
                                         json_t *body)
{
    char *whole = format_text("/v1/organizations/%s", path);
    const struct exchange *x =
        check_attempt(check, (struct attempt){.route = &organization_route,
                                              .method = body ? "POST" : "GET",
                                              .path = whole,
                                              .secret = secret,
                                              .json = body});

    json_decref(body);
    free(whole);
    return x;
}
