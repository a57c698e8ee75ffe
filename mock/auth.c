#include "mock/auth.h"

#include "mock/mock.h"

#include <string.h>

/* Does the secret at least look like one of this gateway's? */
static bool own_form(const struct gateway *gateway, const char *secret)
{
    for (size_t i = 0; i < COUNT(gateway->secret_prefix); i++) {
        const char *prefix = gateway->secret_prefix[i];
        if (prefix && strncmp(secret, prefix, strlen(prefix)) == 0)
            return true;
    }
    return false;
}

static void judge_state(struct call *call, const struct key *key)
{
    char at[MOMENT_TEXT];

    if (key->kind == KIND_TOKEN && call->credential.carrier != CARRIER_BEARER)
        call_refuse(call, FAULT_TOKEN_MISPLACED, "a token is taken as Authorization: Bearer only");
    else if (key->state == STATE_REVOKED)
        call_refuse(call, FAULT_KEY_REVOKED, "the key was revoked");
    else if (key->state == STATE_DISABLED)
        call_refuse(call, FAULT_KEY_DISABLED, "the key is disabled");
    else if (key->expires_ms && call->now_ms >= key->expires_ms)
        call_refuse(call, FAULT_KEY_EXPIRED, "the key expired at %s",
                    moment_text(key->expires_ms, at));
}

void auth_identify(struct call *call)
{
    const struct gateway *gateway = call->gateway;

    if (call->endpoint->need == NEED_NOTHING)
        return;
    const char *token = request_header(call->request, "Authorization");
    if (gateway->tokens_only && token && *token) {
        call->credential.carrier = CARRIER_BEARER;
        call_refuse(call, FAULT_TOKEN_INVALID, "Authorization holds no access token of %s's",
                    gateway->name);
        return;
    }
    const struct carriers carriers = gateway->carriers(call, call->family);
    credential_find(call->request, &carriers, &call->credential);
    const char *secret = call->credential.secret;
    if (!secret) {
        call_refuse(call, call->credential.fault, "%s", call->credential.reason);
        return;
    }
    call->decision.key = keyring_find(call->mock->keyring, gateway, secret);
    if (call->decision.key)
        judge_state(call, call->decision.key);
    else if (own_form(gateway, secret))
        call_refuse(call, FAULT_KEY_UNKNOWN, "no such key: it was never issued, or was deleted");
    else
        call_refuse(call, FAULT_KEY_FOREIGN, "no such key, nor does it look like one of %s's",
                    gateway->name);
}

static const char *lacking(const struct call *call, const struct key *key)
{
    unsigned has = key->permissions;
    bool admin = has & PERMISSION_ADMIN;

    switch (call->endpoint->need) {
    case NEED_NOTHING:
    case NEED_KEY:
    case NEED_INFERENCE:
    case NEED_MANAGEMENT:
    case NEED_ORGANIZATION:
        return NULL;
    case NEED_READ:
        return admin || has & PERMISSION_READ ? NULL : "read";
    case NEED_WRITE:
        return admin || has & PERMISSION_WRITE ? NULL : "write";
    case NEED_MANAGE_KEYS:
        if (call->mock->settings.choice[SETTING_INVORATEC_MANAGE] == 1)
            return admin ? NULL : "admin";
        if (call->mock->settings.choice[SETTING_INVORATEC_MANAGE] == 2)
            return NULL;
        return admin || has & PERMISSION_WRITE ? NULL : "write";
    }
    return NULL;
}

static bool has_scope(const struct key *key, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = key->scope; (at = strstr(at, word)); at += length)
        if ((at == key->scope || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

/* What a token may do is its scope's to say: NULL, or the scope that it would need. */
static const char *scope_lacking(const struct call *call, const struct key *key)
{
    enum need need = call->endpoint->need;

    if (key->kind != KIND_TOKEN)
        return NULL;
    if (need == NEED_ORGANIZATION || need == NEED_MANAGEMENT)
        return has_scope(key, "org:admin") ? NULL : "org:admin";
    return has_scope(key, "workspace:developer") || has_scope(key, "workspace:inference")
               ? NULL
               : "workspace:inference";
}

void auth_permit(struct call *call)
{
    const struct key *key = call->decision.key;
    enum need need = call->endpoint->need;

    if (!key)
        return;
    const char *permission = lacking(call, key), *scope = scope_lacking(call, key);
    if (scope)
        call_refuse_field(call, FAULT_SCOPE_LACKING, "", "%s", scope);
    else if (need == NEED_ORGANIZATION && key->kind != KIND_TOKEN)
        call_refuse(call, FAULT_KEY_WRONG_KIND, "only a token of scope org:admin does this");
    else if (need == NEED_INFERENCE && key->kind == KIND_MANAGEMENT)
        call_refuse(call, FAULT_KEY_WRONG_KIND, "a management key does not infer");
    else if (need == NEED_MANAGEMENT && key->kind == KIND_INFERENCE)
        call_refuse(call, FAULT_KEY_WRONG_KIND, "an inference key does not manage keys");
    else if (permission)
        call_refuse(call, FAULT_PERMISSION_LACKING, "the key lacks the permission %s", permission);
}
