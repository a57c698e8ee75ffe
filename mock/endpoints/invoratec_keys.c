/* Invoratec's API keys: made with a one-time secret, listed, revoked, and their usage. */
#include "mock/mock.h"

#include <stdio.h>
#include <string.h>

enum { PAIR_SECRET = 64, SHOWN = 12 };

static bool permissions_wished(struct call *call, unsigned *permissions)
{
    const json_t *list = json_object_get(call->body, "permissions"), *item;
    unsigned permission;
    size_t i;

    *permissions = list ? 0 : PERMISSION_READ | PERMISSION_WRITE;
    json_array_foreach(list, i, item) {
        const char *name = json_string_value(item);
        if (!name || !permission_find(name, &permission)) {
            call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "permissions",
                              "expected read, write or admin");
            return false;
        }
        *permissions |= permission;
    }
    return true;
}

/* The one answer that holds the key and its secret. Of the secret nothing is kept: no call asks for
 * it again. */
static void tell_new(struct call *call, const struct key *key, const char *secret)
{
    char pair[PAIR_SECRET];

    identity_hex(&call->mock->identity, "clsk_", 40, pair, sizeof pair);
    response_json(call->response, 201,
                  json_pack("{s:s, s:s, s:s, s:s, s:o, s:s, s:s}", "id", key->id, "key", secret,
                            "secret", pair, "name", key->name, "permissions",
                            permissions_json(key->permissions), "tier", tier_name(key->tier),
                            "message", "请妥善保存 secret,它只会显示一次。"));
}

static void create(struct call *call)
{
    const char *name = json_string_value(json_object_get(call->body, "name"));
    const struct key *maker = call->decision.key;
    char secret[SECRET_TEXT];
    unsigned permissions;

    if (!permissions_wished(call, &permissions))
        return;
    const struct key_wish wish = {
        .gateway = call->gateway,
        .owner = maker->owner,
        .name = name ? name : "Default Key",
        .origin = ORIGIN_API,
        .now_ms = call->now_ms,
    };
    struct key *key = must(keyring_create(call->mock->keyring, &wish, secret));
    key->permissions = permissions;
    key->tier = maker->tier;
    key->limits = maker->limits;
    tell_new(call, key, secret);
}

static json_t *item_json(const struct call *call, const struct key *key)
{
    int shown = SHOWN + call->mock->settings.choice[SETTING_INVORATEC_SHOWN];
    char hint[32], created[MOMENT_TEXT];

    snprintf(hint, sizeof hint, "%.*s...", shown, key->hint);
    return json_pack("{s:s, s:s, s:s, s:o, s:s, s:b, s:s}", "_id", key->id, "key", hint, "name",
                     key->name, "permissions", permissions_json(key->permissions), "tier",
                     tier_name(key->tier), "enabled", key->state == STATE_ACTIVE, "createdAt",
                     moment_text_ms(key->created_ms, created));
}

static void list(struct call *call)
{
    const struct key *key;
    json_t *keys = json_array();

    for (uint64_t n = 0; (key = keyring_at(call->mock->keyring, call->gateway, n)); n++)
        if (strcmp(key->owner, call->decision.key->owner) == 0)
            json_array_append_new(keys, item_json(call, key));
    response_json(call->response, 200, json_pack("{s:o}", "keys", keys));
}

/* Another developer's key is told like one that does not exist. */
static void revoke(struct call *call)
{
    struct key *key = keyring_find_id(call->mock->keyring, call->gateway, call->arguments[0]);

    if (!key || strcmp(key->owner, call->decision.key->owner) != 0) {
        call_refuse_field(call, FAULT_ID_UNKNOWN, "id", "no API Key has this id");
        return;
    }
    key->state = STATE_REVOKED;
    key->updated_ms = call->now_ms;
    response_json(call->response, 200, json_pack("{s:b}", "success", 1));
}

static void usage(struct call *call)
{
    const struct key *key = call->decision.key;
    const struct counts counts = meter_counts(key->meter, call->now_ms);

    response_json(call->response, 200,
                  json_pack("{s:s, s:{s:I, s:I}, s:{s:I, s:I}}", "tier", tier_name(key->tier),
                            "usage", "today", counts.today, "month", counts.month, "limits",
                            "perDay", key->limits.per_day, "perMinute", key->limits.per_minute));
}

static const struct shape_field fields[] = {
    {"name", JSON_TEXT, false, true, 1, 127, NULL},
    {"permissions", JSON_LIST, false, true, 1, 3, NULL},
    {0},
};

const struct endpoint invoratec_keys_endpoints[] = {
    {
        .gateway = &gateway_invoratec,
        .method = "POST",
        .path = "/v1/auth/api-keys",
        .family = FAMILY_KEYS,
        .need = NEED_MANAGE_KEYS,
        .fields = fields,
        .reply = create,
        .changes_keys = true,
    },
    {
        .gateway = &gateway_invoratec,
        .method = "GET",
        .path = "/v1/auth/api-keys",
        .family = FAMILY_KEYS,
        .need = NEED_READ,
        .reply = list,
    },
    {
        .gateway = &gateway_invoratec,
        .method = "DELETE",
        .path = "/v1/auth/api-keys/{id}",
        .family = FAMILY_KEYS,
        .need = NEED_MANAGE_KEYS,
        .reply = revoke,
        .changes_keys = true,
    },
    {
        .gateway = &gateway_invoratec,
        .method = "GET",
        .path = "/v1/auth/usage",
        .family = FAMILY_KEYS,
        .need = NEED_READ,
        .reply = usage,
    },
    {0},
};
