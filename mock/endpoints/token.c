/* Claude's token exchange: an assertion of a trusted issuer becomes a short-lived token. */
#include "mock/mock.h"

#include <inttypes.h>
#include <string.h>

#define JWT_BEARER "urn:ietf:params:oauth:grant-type:jwt-bearer"

static const char *asked(const struct call *call, const char *name)
{
    return json_string_value(json_object_get(call->body, name));
}

/* What must have a form, whatever it names: those faults are told. */
static void judge_form(struct call *call)
{
    const char *workspace = asked(call, "workspace_id");

    if (!grant_is_id(asked(call, "federation_rule_id"), "fdrl_"))
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "federation_rule_id",
                          "not a well-formed fdrl_ tagged ID");
    else if (workspace && strcmp(workspace, "default") != 0 && !grant_is_id(workspace, "wrkspc_"))
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "workspace_id",
                          "expected a wrkspc_ tagged ID or \"default\"");
}

/* Every assertion with a jti is good once, when its issuer asks for that. */
static void judge_replay(struct call *call, const json_t *issuer)
{
    const json_t *claims = call->assertion.claims;
    const char *id = json_string_value(json_object_get(claims, "jti"));
    double end_s = json_number_value(json_object_get(claims, "exp")) + GRANT_LEEWAY_S;

    if (!id || !json_is_true(json_object_get(issuer, "check_jti")))
        return;
    if (!replay_take(call->mock->replay, json_string_value(json_object_get(issuer, "id")), id,
                     (int64_t)(end_s * 1000), call->now_ms))
        grant_deny(&call->grant, FAULT_ASSERTION_DENIED,
                   "jti_reused: an assertion with this jti was exchanged before");
}

static void judge_assertion(struct call *call)
{
    struct federation *federation = call->mock->federation;
    json_t *rule = federation_find(federation, FEDERATION_RULES, asked(call, "federation_rule_id"));
    const char *issuer_id = json_string_value(json_object_get(rule, "issuer_id"));
    const char *account_id =
        json_string_value(json_object_get(json_object_get(rule, "target"), "service_account_id"));
    json_t *issuer = issuer_id ? federation_find(federation, FEDERATION_ISSUERS, issuer_id) : NULL;
    json_t *account = account_id ? federation_find(federation, SERVICE_ACCOUNTS, account_id) : NULL;
    const json_t *keys = json_object_get(json_object_get(issuer, "jwks"), "keys");
    const char *unreadable = assertion_open(&call->assertion, asked(call, "assertion"));
    const struct grant_question question = {
        .body = call->body,
        .organization = federation_organization(federation),
        .rule = rule,
        .issuer = issuer,
        .account = account,
        .claims = call->assertion.claims,
        .unreadable = unreadable,
        .unverified = unreadable ? NULL : assertion_verify(&call->assertion, keys),
        .now_ms = call->now_ms,
    };

    grant_decide(&question, &call->grant);
    if (!call->grant.fault)
        judge_replay(call, issuer);
    if (call->grant.fault)
        call_refuse(call, call->grant.fault, "%s", call->grant.reason);
    json_decref(rule);
    json_decref(issuer);
    json_decref(account);
}

static void judge(struct call *call)
{
    judge_form(call);
    if (!call->decision.fault)
        judge_assertion(call);
}

/* The call holds the keyring shared, so that verifying signatures keeps nobody waiting; only now it
 * needs the keyring alone. Nobody's key is in its hands meanwhile: a reset may come between. */
static void exchange(struct call *call)
{
    struct keyring *keyring = call->mock->keyring;
    const struct grant *grant = &call->grant;
    const struct key_wish wish = {
        .gateway = call->gateway,
        .owner = grant->account,
        .name = grant->rule,
        .origin = ORIGIN_API,
        .kind = KIND_TOKEN,
        .now_ms = call->now_ms,
    };
    char secret[SECRET_TEXT];

    call->decision.key = NULL;
    keyring_unlock(keyring);
    keyring_write(keyring);
    struct key *key = must(keyring_create(keyring, &wish, secret));
    key_bind(key, grant->scope, grant->workspace, call->now_ms + grant->lifetime_s * 1000);
    keyring_unlock(keyring);
    keyring_read(keyring);
    response_json(call->response, 200,
                  json_pack("{s:s, s:s, s:I, s:s}", "access_token", secret, "token_type", "Bearer",
                            "expires_in", (json_int_t)grant->lifetime_s, "scope", grant->scope));
    response_header(call->response, "Pragma", "no-cache");
}

/* A field without a value counts as left out (RFC 6749 3.2): either way it is a 400. */
static const struct shape_field exchange_fields[] = {
    {"grant_type", JSON_TEXT, true, false, 0, 0, JWT_BEARER},
    {"assertion", JSON_TEXT, true, true, 1, 1e9, NULL},
    {"federation_rule_id", JSON_TEXT, true, true, 1, 255, NULL},
    {"organization_id", JSON_TEXT, true, true, 1, 255, NULL},
    {"service_account_id", JSON_TEXT, false, true, 1, 255, NULL},
    {"workspace_id", JSON_TEXT, false, true, 1, 255, NULL},
    {0},
};

const struct endpoint token_endpoints[] = {
    {
        .gateway = &gateway_claude,
        .method = "POST",
        .path = "/v1/oauth/token",
        .family = FAMILY_ANTHROPIC,
        .need = NEED_NOTHING,
        .fields = exchange_fields,
        .oauth = true,
        .judge = judge,
        .reply = exchange,
    },
    {0},
};
