#include "mock/deviations/lies.h"

#include <stdio.h>
#include <string.h>

#define KEYS "/api/v1/keys"
#define PREFIX "sk-or-v1-"
enum { LONGER_KEY = sizeof PREFIX - 1 + 64 + 1 };

static bool makes(const struct call *call)
{
    return lie_from(call, "openrouter") && lie_answers(call, "POST", KEYS);
}

static bool lists(const struct call *call)
{
    return lie_from(call, "openrouter") && lie_answers(call, "GET", KEYS);
}

static bool longer_key_told(struct call *call)
{
    const char *key = makes(call) ? json_string_value(lie_get(call->response->body, "key")) : NULL;

    return key && lie_put(call, "key", json_sprintf("%s0", key));
}

/* The key without its last digit, if that was made through the API. */
static struct key *shorter(const struct call *call)
{
    const char *secret = call->credential.secret;
    char cut[LONGER_KEY];

    if (!secret || strlen(secret) != LONGER_KEY)
        return NULL;
    snprintf(cut, sizeof cut, "%.*s", LONGER_KEY - 1, secret);
    struct key *key = keyring_find(call->mock->keyring, call->gateway, cut);
    return key && key->origin == ORIGIN_API ? key : NULL;
}

static bool longer_key_taken(struct call *call)
{
    struct key *key = NULL;

    if (lie_from(call, "openrouter") && call->decision.fault == FAULT_KEY_UNKNOWN)
        key = shorter(call);
    if (!key)
        return false;
    call->decision.key = key;
    if (key->state == STATE_REVOKED)
        return lie_swap(call, FAULT_KEY_UNKNOWN, FAULT_KEY_REVOKED);
    if (key->state == STATE_DISABLED)
        return lie_swap(call, FAULT_KEY_UNKNOWN, FAULT_KEY_DISABLED);
    return lie_admit(call, FAULT_KEY_UNKNOWN);
}

static bool made_by_api(const struct call *call)
{
    return lie_from(call, "openrouter") && lie_by_api(call);
}

static bool new_key_refused(struct call *call)
{
    return made_by_api(call) && !call->decision.key->updated_ms &&
           lie_refuse(call, FAULT_KEY_UNKNOWN);
}

static bool limit_of_one(struct call *call)
{
    return makes(call) && json_integer_value(json_object_get(call->body, "limit")) == 7 &&
           lie_put(call, "data.limit", json_integer(1));
}

static bool nothing_remains_of_no_limit(struct call *call)
{
    return makes(call) && json_is_null(lie_get(call->response->body, "data.limit")) &&
           lie_put(call, "data.limit_remaining", json_integer(0));
}

static bool list_drops_last(struct call *call)
{
    json_t *keys = lists(call) ? lie_get(call->response->body, "data") : NULL;

    return json_array_size(keys) > 0 && json_array_remove(keys, json_array_size(keys) - 1) == 0;
}

/* Where a key may use every model, the list of them has room for what must be forgotten. */
static bool remember(struct call *call)
{
    const struct catalogue *catalogue = &call->mock->catalogue;
    const char *hash = json_string_value(lie_get(call->response->body, "data.hash"));
    struct key *key = keyring_find_id(call->mock->keyring, call->gateway, hash ? hash : "");

    if (!key)
        return false;
    json_decref(key->allowed_models);
    key->allowed_models = json_pack("[O]", lie_get(call->response->body, "key"));
    for (size_t i = 0; i < catalogue->count; i++)
        json_array_append_new(key->allowed_models, json_string(catalogue->models[i].id));
    return true;
}

static bool key_told_again(struct call *call)
{
    const struct key *key;

    if (makes(call))
        return remember(call);
    if (!lie_from(call, "openrouter") || !lie_answers(call, "GET", KEYS "/{hash}"))
        return false;
    key = keyring_find_id(call->mock->keyring, call->gateway, call->arguments[0]);
    return key && key->allowed_models &&
           lie_put(call, "data.key", json_incref(json_array_get(key->allowed_models, 0)));
}

static bool offset_skips_none(struct call *call)
{
    json_t *keys = lists(call) ? lie_get(call->response->body, "data") : NULL;

    return keys && strcmp(call->request->query, "offset=1") == 0 &&
           json_array_append(keys, json_array_get(keys, 0)) == 0;
}

static bool disabled_admitted(struct call *call)
{
    return made_by_api(call) && lie_admit(call, FAULT_KEY_DISABLED);
}

static bool stays_disabled(struct call *call)
{
    return made_by_api(call) && call->decision.key->updated_ms &&
           call->decision.key->state == STATE_ACTIVE && lie_refuse(call, FAULT_KEY_DISABLED);
}

static bool deleted_admitted(struct call *call)
{
    return made_by_api(call) && lie_admit(call, FAULT_KEY_REVOKED);
}

static bool nameless_key_made(struct call *call)
{
    return lie_from(call, "openrouter") && lie_in(call, "POST", KEYS) &&
           lie_pretend_param(call, "name", 201);
}

static bool any_reset_taken(struct call *call)
{
    return lie_from(call, "openrouter") && lie_in(call, "POST", KEYS) &&
           lie_pretend_param(call, "limit_reset", 201);
}

const struct deviation openrouter_keys_deviations[] = {
    {
        .name = "openrouter-create-as-200",
        .breaks = "keys.openrouter-create-is-201",
        .about = "creating a key is 200",
        .gateway = "openrouter",
        .path = "/api/v1/keys",
        .method = "POST",
        .status = 2,
        .new_status = 200,
    },
    {
        .name = "openrouter-longer-key",
        .breaks = "keys.openrouter-key-form",
        .about = "a key has a digit more",
        .gateway = "openrouter",
        .on_decision = longer_key_taken,
        .on_response = longer_key_told,
    },
    {
        .name = "openrouter-key-without-user",
        .breaks = "keys.openrouter-key-whole",
        .about = "a key has no external_user",
        .gateway = "openrouter",
        .path = "/api/v1/keys",
        .method = "POST",
        .field = "data.external_user",
        .status = 2,
    },
    {
        .name = "openrouter-new-key-refused",
        .breaks = "keys.openrouter-created-works",
        .about = "a new key is refused until it is changed",
        .gateway = "openrouter",
        .on_decision = new_key_refused,
    },
    {
        .name = "openrouter-limit-of-one",
        .breaks = "keys.openrouter-limit-kept",
        .about = "a limit of 7 becomes 1",
        .gateway = "openrouter",
        .on_response = limit_of_one,
    },
    {
        .name = "openrouter-nothing-remains-of-no-limit",
        .breaks = "keys.openrouter-unlimited-null",
        .about = "0 remains of no limit",
        .gateway = "openrouter",
        .on_response = nothing_remains_of_no_limit,
    },
    {
        .name = "openrouter-other-key-shown",
        .breaks = "keys.openrouter-key-shown",
        .about = "another key is shown",
        .gateway = "openrouter",
        .path = "/api/v1/keys/{hash}",
        .method = "GET",
        .field = "data.hash",
        .value = "\"ff\"",
        .status = 2,
    },
    {
        .name = "openrouter-list-drops-last",
        .breaks = "keys.openrouter-key-listed",
        .about = "new keys are not listed",
        .gateway = "openrouter",
        .on_response = list_drops_last,
    },
    {
        .name = "openrouter-key-told-again",
        .breaks = "keys.openrouter-key-told-once",
        .about = "a key is shown whole, later",
        .gateway = "openrouter",
        .on_response = key_told_again,
    },
    {
        .name = "openrouter-offset-skips-none",
        .breaks = "keys.openrouter-offset-skips",
        .about = "an offset of 1 skips none",
        .gateway = "openrouter",
        .on_response = offset_skips_none,
    },
    {
        .name = "openrouter-disabled-admitted",
        .breaks = "keys.openrouter-disabled-refused",
        .about = "a disabled key is admitted",
        .gateway = "openrouter",
        .on_decision = disabled_admitted,
    },
    {
        .name = "openrouter-stays-disabled",
        .breaks = "keys.openrouter-enabled-works",
        .about = "a key once disabled stays so",
        .gateway = "openrouter",
        .on_decision = stays_disabled,
    },
    {
        .name = "openrouter-change-undated",
        .breaks = "keys.openrouter-change-dated",
        .about = "a change is not dated",
        .gateway = "openrouter",
        .path = "/api/v1/keys/{hash}",
        .method = "PATCH",
        .field = "data.updated_at",
        .value = "null",
        .status = 2,
    },
    {
        .name = "openrouter-other-name-shown",
        .breaks = "keys.openrouter-name-kept",
        .about = "the name shown is another",
        .gateway = "openrouter",
        .path = "/api/v1/keys/{hash}",
        .method = "GET",
        .field = "data.name",
        .value = "\"old\"",
        .status = 2,
    },
    {
        .name = "openrouter-delete-with-data",
        .breaks = "keys.openrouter-delete-says-so",
        .about = "deleted stands beside data",
        .gateway = "openrouter",
        .path = "/api/v1/keys/{hash}",
        .method = "DELETE",
        .field = "data",
        .value = "{}",
        .status = 2,
    },
    {
        .name = "openrouter-deleted-admitted",
        .breaks = "keys.openrouter-deleted-refused",
        .about = "a deleted key is admitted",
        .gateway = "openrouter",
        .on_decision = deleted_admitted,
    },
    {
        .name = "openrouter-deleted-twice",
        .breaks = "keys.openrouter-deleted-gone",
        .about = "deleting twice is 200",
        .gateway = "openrouter",
        .path = "/api/v1/keys/{hash}",
        .method = "DELETE",
        .fault = "id-unknown",
        .new_status = 200,
    },
    {
        .name = "openrouter-nameless-key-made",
        .breaks = "keys.openrouter-name-required",
        .about = "a key needs no name",
        .gateway = "openrouter",
        .on_response = nameless_key_made,
    },
    {
        .name = "openrouter-any-reset-taken",
        .breaks = "keys.openrouter-reset-known",
        .about = "any reset is taken",
        .gateway = "openrouter",
        .on_response = any_reset_taken,
    },
    {
        .name = "openrouter-credits-as-401",
        .breaks = "keys.openrouter-managers-only",
        .about = "credits are refused with 401",
        .gateway = "openrouter",
        .path = "/credits",
        .fault = "key-wrong-kind",
        .new_status = 401,
    },
    {
        .name = "openrouter-other-managers-text",
        .breaks = "keys.openrouter-managers-only-text",
        .about = "credits are refused in other words",
        .gateway = "openrouter",
        .path = "/credits",
        .fault = "key-wrong-kind",
        .field = "error.message",
        .value = "\"No.\"",
    },
    {
        .name = "openrouter-credits-without-usage",
        .breaks = "keys.openrouter-credits",
        .about = "credits do not tell what is used",
        .gateway = "openrouter",
        .path = "/credits",
        .method = "GET",
        .field = "data.total_usage",
        .status = 2,
    },
    {0},
};
