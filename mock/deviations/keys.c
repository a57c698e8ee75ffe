#include "mock/deviations/lies.h"

#include <string.h>

#define PAIRS "/v1/auth/api-keys"
#define KEYS "/api/v1/keys"

static bool makes_pair(const struct call *call)
{
    return lie_answers(call, "POST", PAIRS);
}

static bool lists_pairs(const struct call *call)
{
    return lie_answers(call, "GET", PAIRS);
}

static bool other_default_name(struct call *call)
{
    return makes_pair(call) && !json_object_get(call->body, "name") &&
           lie_put_text(call, "name", "Key");
}

static bool other_default_permissions(struct call *call)
{
    return makes_pair(call) && !json_object_get(call->body, "permissions") &&
           lie_put(call, "permissions", json_pack("[s]", "read"));
}

/* An Invoratec key has no models: the place serves to remember what must be forgotten. */
static bool remember(struct call *call, const char *member)
{
    const char *id = json_string_value(lie_get(call->response->body, "id"));
    struct key *key = keyring_find_id(call->mock->keyring, call->gateway, id ? id : "");

    if (!key)
        return false;
    json_decref(key->allowed_models);
    key->allowed_models = json_pack("[O]", lie_get(call->response->body, member));
    return true;
}

static void tell_remembered(const struct call *call, json_t *item)
{
    const char *id = json_string_value(json_object_get(item, "_id"));
    const struct key *key = keyring_find_id(call->mock->keyring, call->gateway, id);

    if (key && key->allowed_models)
        json_object_set(item, "remembered", json_array_get(key->allowed_models, 0));
}

static bool list_shows_secret(struct call *call)
{
    if (makes_pair(call))
        return remember(call, "secret");
    return lists_pairs(call) && lie_each(call, "keys", tell_remembered);
}

static bool list_shows_whole_key(struct call *call)
{
    if (makes_pair(call))
        return remember(call, "key");
    return lists_pairs(call) && lie_each(call, "keys", tell_remembered);
}

static void rename_id(const struct call *call, json_t *item)
{
    (void)call;
    json_object_set(item, "id", json_object_get(item, "_id"));
    json_object_del(item, "_id");
}

static bool list_calls_id_otherwise(struct call *call)
{
    return lists_pairs(call) && lie_each(call, "keys", rename_id);
}

static bool new_pair_refused(struct call *call)
{
    return lie_from(call, "invoratec") && lie_by_api(call) && lie_refuse(call, FAULT_KEY_UNKNOWN);
}

static bool list_drops_deleted(struct call *call)
{
    json_t *items = lists_pairs(call) ? lie_get(call->response->body, "keys") : NULL;

    for (size_t i = json_array_size(items); i > 0; i--)
        if (json_is_false(json_object_get(json_array_get(items, i - 1), "enabled")))
            json_array_remove(items, i - 1);
    return items != NULL;
}

static bool deleted_pair_admitted(struct call *call)
{
    return lie_from(call, "invoratec") && lie_by_api(call) && lie_admit(call, FAULT_KEY_REVOKED);
}

static bool unknown_permission_taken(struct call *call)
{
    return lie_in(call, "POST", PAIRS) && lie_pretend(call, FAULT_FIELD_OUT_OF_RANGE, 201);
}

static const struct key *named_key(const struct call *call)
{
    return keyring_find_id(call->mock->keyring, call->gateway, call->arguments[0]);
}

static bool unknown_pair_deleted(struct call *call)
{
    return lie_in(call, "DELETE", PAIRS "/{id}") && !named_key(call) &&
           lie_pretend(call, FAULT_ID_UNKNOWN, 200);
}

static bool others_pair_deleted(struct call *call)
{
    return lie_in(call, "DELETE", PAIRS "/{id}") && named_key(call) &&
           lie_pretend(call, FAULT_ID_UNKNOWN, 200);
}

static bool list_shows_others(struct call *call)
{
    const struct key *key;

    if (!lists_pairs(call))
        return false;
    for (uint64_t n = 0; (key = keyring_at(call->mock->keyring, call->gateway, n)); n++)
        if (strcmp(key->owner, call->decision.key->owner) != 0)
            json_array_append_new(lie_get(call->response->body, "keys"),
                                  json_pack("{s:s}", "_id", key->id));
    return true;
}

static bool tells_usage(const struct call *call)
{
    return lie_answers(call, "GET", "/v1/auth/usage");
}

static bool usage_limits_as_text(struct call *call)
{
    return tells_usage(call) && lie_put_text(call, "limits.perDay", "many") &&
           lie_put_text(call, "limits.perMinute", "many");
}

static bool usage_counts_half(struct call *call)
{
    return tells_usage(call) &&
           lie_add(call, "usage.today",
                   -json_integer_value(lie_get(call->response->body, "usage.today")) / 2);
}

/* On the books of the account whose key is the gateway's first. */
static bool refused_calls_count(struct call *call)
{
    enum fault fault = call->decision.fault;
    const struct key *key = keyring_at(call->mock->keyring, call->gateway, 0);

    if (!lie_from(call, "invoratec") || !key ||
        (fault != FAULT_KEY_REVOKED && fault != FAULT_KEY_UNKNOWN))
        return false;
    pthread_mutex_lock(&key->meter->lock);
    key->meter->day_count++;
    key->meter->month_count++;
    pthread_mutex_unlock(&key->meter->lock);
    return true;
}

static bool makes_key(const struct call *call)
{
    return lie_answers(call, "POST", KEYS);
}

static bool lists_keys(const struct call *call)
{
    return lie_answers(call, "GET", KEYS);
}

static bool changes_key(const struct call *call)
{
    return lie_answers(call, "PATCH", KEYS "/{hash}");
}

static bool hash_is_the_key(struct call *call)
{
    const char *key =
        makes_key(call) ? json_string_value(lie_get(call->response->body, "key")) : NULL;

    return key && lie_put_text(call, "data.hash", key + strlen("lr_live_"));
}

static bool data_holds_key(struct call *call)
{
    return makes_key(call) &&
           lie_put(call, "data.label", json_incref(lie_get(call->response->body, "key")));
}

/* Keeps a new key's secret among its models, where no other call is harmed by it. */
static bool keep_among_models(struct call *call)
{
    const char *hash = json_string_value(lie_get(call->response->body, "data.hash"));
    struct key *key = keyring_find_id(call->mock->keyring, call->gateway, hash ? hash : "");

    return key && key->allowed_models &&
           json_array_append(key->allowed_models, lie_get(call->response->body, "key")) == 0;
}

/* Takes what was kept out of the models that are told; the kept text, or NULL. */
static json_t *without_kept(json_t *item)
{
    json_t *models = json_object_get(item, "allowed_models"), *kept = NULL;

    for (size_t i = json_array_size(models); i > 0; i--) {
        const char *text = json_string_value(json_array_get(models, i - 1));
        if (!text || strncmp(text, "lr_live_", 8) != 0)
            continue;
        json_decref(kept);
        kept = json_string(text);
        json_array_remove(models, i - 1);
    }
    return kept;
}

static void show_kept(const struct call *call, json_t *item)
{
    json_t *kept = without_kept(item);

    (void)call;
    if (kept)
        json_object_set_new(item, "label", kept);
}

static void hide_kept(const struct call *call, json_t *item)
{
    (void)call;
    json_decref(without_kept(item));
}

static bool list_shows_key(struct call *call)
{
    if (makes_key(call))
        return keep_among_models(call);
    if (changes_key(call))
        hide_kept(call, lie_get(call->response->body, "data"));
    return lists_keys(call) && lie_each(call, "data", show_kept);
}

static bool change_shows_key(struct call *call)
{
    if (makes_key(call))
        return keep_among_models(call);
    if (changes_key(call))
        show_kept(call, lie_get(call->response->body, "data"));
    return lists_keys(call) && lie_each(call, "data", hide_kept);
}

static bool new_key_refused(struct call *call)
{
    return lie_from(call, "arouter") && lie_by_api(call) && !call->decision.key->expires_ms &&
           lie_refuse(call, FAULT_KEY_UNKNOWN);
}

static bool list_lacks_newest(struct call *call)
{
    json_t *items = lists_keys(call) ? lie_get(call->response->body, "data") : NULL;
    const struct key *key, *newest = NULL;

    for (uint64_t n = 0; (key = keyring_at(call->mock->keyring, call->gateway, n)); n++)
        if (key->origin == ORIGIN_API)
            newest = key;
    for (size_t i = json_array_size(items); newest && i > 0; i--) {
        const char *hash = json_string_value(json_object_get(json_array_get(items, i - 1), "hash"));
        if (hash && strcmp(hash, newest->id) == 0)
            return json_array_remove(items, i - 1) == 0;
    }
    return false;
}

static bool page_of_one_is_empty(struct call *call)
{
    return lists_keys(call) && lie_asks(call, "page_size=1") && !lie_asks(call, "page_size=10") &&
           lie_put(call, "data", json_array());
}

static bool offset_finds_nothing(struct call *call)
{
    return lists_keys(call) && lie_asks(call, "offset=") && !lie_asks(call, "offset=0") &&
           lie_put(call, "data", json_array());
}

static bool token_finds_nothing(struct call *call)
{
    return lists_keys(call) && lie_asks(call, "page_token=") && lie_put(call, "data", json_array());
}

static bool disabled_key_admitted(struct call *call)
{
    return lie_from(call, "arouter") && lie_by_api(call) && lie_admit(call, FAULT_KEY_DISABLED);
}

static bool enabled_key_stays_disabled(struct call *call)
{
    struct key *key = changes_key(call) ? (struct key *)named_key(call) : NULL;

    if (!key || !json_is_false(json_object_get(call->body, "disabled")))
        return false;
    key->state = STATE_DISABLED;
    return true;
}

static bool change_answers_old_name(struct call *call)
{
    return changes_key(call) && json_object_get(call->body, "name") &&
           lie_put_text(call, "data.name", "as it was");
}

/* What a changed limit comes to in truth; nothing when the change is of something else. */
static bool limit_becomes(struct call *call, bool is_number, int64_t nano)
{
    const json_t *limit = json_object_get(call->body, "limit");
    struct key *key = changes_key(call) ? (struct key *)named_key(call) : NULL;

    if (!key || !limit || json_is_number(limit) != is_number)
        return false;
    key->limits.has_budget = true;
    key->limits.budget_nano = nano;
    return true;
}

static bool change_is_forgotten(struct call *call)
{
    return limit_becomes(call, true, 150 * NANO_PER_USD);
}

static bool changed_models_do_not_bite(struct call *call)
{
    return lie_by_api(call) && call->decision.key->updated_ms &&
           lie_admit(call, FAULT_MODEL_FORBIDDEN);
}

static bool deleted_key_admitted(struct call *call)
{
    return lie_from(call, "arouter") && lie_by_api(call) && lie_admit(call, FAULT_KEY_REVOKED);
}

static bool list_keeps_deleted(struct call *call)
{
    const struct key *key;

    if (!lists_keys(call) || !lie_asks(call, "page_size=100"))
        return false;
    for (uint64_t n = 0; (key = keyring_at(call->mock->keyring, call->gateway, n)); n++)
        if (key->origin == ORIGIN_API && key->state == STATE_REVOKED)
            json_array_append_new(lie_get(call->response->body, "data"),
                                  json_pack("{s:s, s:s}", "name", key->name, "hash", key->id));
    return true;
}

static bool second_delete_succeeds(struct call *call)
{
    return lie_in(call, "DELETE", KEYS "/{hash}") && lie_pretend(call, FAULT_ID_UNKNOWN, 200);
}

static bool unknown_hash_changed(struct call *call)
{
    return lie_in(call, "PATCH", KEYS "/{hash}") && lie_pretend(call, FAULT_ID_UNKNOWN, 200);
}

static bool expires_too_early(struct call *call)
{
    return lie_by_api(call) && call->decision.key->expires_ms &&
           lie_refuse(call, FAULT_KEY_EXPIRED);
}

static bool never_expires(struct call *call)
{
    return lie_by_api(call) && lie_admit(call, FAULT_KEY_EXPIRED);
}

static bool providers_do_not_bite(struct call *call)
{
    return lie_by_api(call) && lie_admit(call, FAULT_PROVIDER_FORBIDDEN);
}

static bool unknown_reset_taken(struct call *call)
{
    return lie_in(call, "POST", KEYS) && lie_pretend_param(call, "limit_reset", 201);
}

static bool negative_limit_taken(struct call *call)
{
    return lie_in(call, "POST", KEYS) && lie_pretend_param(call, "limit", 201);
}

const struct deviation keys_deviations[] = {
    {
        .name = "create-is-200",
        .breaks = "keys.invoratec-create-is-201",
        .about = "making a key answers 200",
        .gateway = "invoratec",
        .path = "/api-keys",
        .method = "POST",
        .status = 2,
        .new_status = 200,
    },
    {
        .name = "pair-of-other-prefix",
        .breaks = "keys.invoratec-key-prefix",
        .about = "a new key is shown in another form",
        .gateway = "invoratec",
        .path = "/api-keys",
        .method = "POST",
        .status = 2,
        .field = "key",
        .value = "\"key_of_another_form\"",
    },
    {
        .name = "secret-of-other-prefix",
        .breaks = "keys.invoratec-secret-prefix",
        .about = "a new secret is shown in another form",
        .gateway = "invoratec",
        .path = "/api-keys",
        .method = "POST",
        .status = 2,
        .field = "secret",
        .value = "\"secret_of_another_form\"",
    },
    {
        .name = "create-without-message",
        .breaks = "keys.invoratec-create-is-whole",
        .about = "making a key answers no message",
        .gateway = "invoratec",
        .path = "/api-keys",
        .method = "POST",
        .status = 2,
        .field = "message",
    },
    {
        .name = "other-default-name",
        .breaks = "keys.invoratec-default-name",
        .about = "a nameless key is called Key",
        .on_response = other_default_name,
    },
    {
        .name = "other-default-permissions",
        .breaks = "keys.invoratec-default-permissions",
        .about = "a key without permissions may just read",
        .on_response = other_default_permissions,
    },
    {
        .name = "list-forgets-names",
        .breaks = "keys.invoratec-name-kept",
        .about = "the list calls every key Default Key",
        .gateway = "invoratec",
        .path = "/api-keys",
        .method = "GET",
        .status = 2,
        .field = "keys.*.name",
        .value = "\"Default Key\"",
    },
    {
        .name = "list-forgets-permissions",
        .breaks = "keys.invoratec-permissions-kept",
        .about = "the list says read and write of every key",
        .gateway = "invoratec",
        .path = "/api-keys",
        .method = "GET",
        .status = 2,
        .field = "keys.*.permissions",
        .value = "[\"read\",\"write\"]",
    },
    {
        .name = "list-shows-secret",
        .breaks = "keys.invoratec-secret-shown-once",
        .about = "the list shows secrets",
        .on_response = list_shows_secret,
    },
    {
        .name = "list-shows-whole-key",
        .breaks = "keys.invoratec-key-shown-once",
        .about = "the list shows whole keys",
        .on_response = list_shows_whole_key,
    },
    {
        .name = "list-shows-less",
        .breaks = "keys.invoratec-listed-by-prefix",
        .about = "the list shows four characters of a key",
        .gateway = "invoratec",
        .path = "/api-keys",
        .method = "GET",
        .status = 2,
        .field = "keys.*.key",
        .value = "\"claw...\"",
    },
    {
        .name = "list-calls-id-otherwise",
        .breaks = "keys.invoratec-listed-by-id",
        .about = "the list has id in place of _id",
        .on_response = list_calls_id_otherwise,
    },
    {
        .name = "list-blurs-time",
        .breaks = "keys.invoratec-created-at",
        .about = "every key was made yesterday",
        .gateway = "invoratec",
        .path = "/api-keys",
        .method = "GET",
        .status = 2,
        .field = "keys.*.createdAt",
        .value = "\"yesterday\"",
    },
    {
        .name = "list-disables-all",
        .breaks = "keys.invoratec-new-key-enabled",
        .about = "every key is listed as disabled",
        .gateway = "invoratec",
        .path = "/api-keys",
        .method = "GET",
        .status = 2,
        .field = "keys.*.enabled",
        .value = "false",
    },
    {
        .name = "new-pair-refused",
        .breaks = "keys.invoratec-new-key-works",
        .about = "a key made through the API is refused",
        .on_decision = new_pair_refused,
    },
    {
        .name = "delete-says-no",
        .breaks = "keys.invoratec-delete-answers-success",
        .about = "deleting answers success false",
        .gateway = "invoratec",
        .path = "/api-keys/{id}",
        .method = "DELETE",
        .status = 2,
        .field = "success",
        .value = "false",
    },
    {
        .name = "list-drops-deleted",
        .breaks = "keys.invoratec-deleted-key-stays-disabled",
        .about = "the list leaves deleted keys out",
        .on_response = list_drops_deleted,
    },
    {
        .name = "deleted-pair-admitted",
        .breaks = "keys.invoratec-deleted-key-refused",
        .about = "a key deleted through the API is admitted",
        .on_decision = deleted_pair_admitted,
    },
    {
        .name = "unknown-permission-taken",
        .breaks = "keys.invoratec-unknown-permission-refused",
        .about = "a permission that does not exist is taken",
        .on_response = unknown_permission_taken,
    },
    {
        .name = "unknown-pair-deleted",
        .breaks = "keys.invoratec-unknown-id-refused",
        .about = "deleting a key that does not exist succeeds",
        .on_response = unknown_pair_deleted,
    },
    {
        .name = "list-shows-others",
        .breaks = "keys.invoratec-others-keys-unlisted",
        .about = "the list shows other developers' keys",
        .on_response = list_shows_others,
    },
    {
        .name = "others-pair-deleted",
        .breaks = "keys.invoratec-others-keys-undeletable",
        .about = "deleting another developer's key succeeds",
        .on_response = others_pair_deleted,
    },
    {
        .name = "usage-of-unknown-tier",
        .breaks = "keys.invoratec-usage-tier",
        .about = "the tier is gold",
        .gateway = "invoratec",
        .path = "/usage",
        .method = "GET",
        .status = 2,
        .field = "tier",
        .value = "\"gold\"",
    },
    {
        .name = "usage-today-as-text",
        .breaks = "keys.invoratec-usage-counts",
        .about = "today's calls are a text",
        .gateway = "invoratec",
        .path = "/usage",
        .method = "GET",
        .status = 2,
        .field = "usage.today",
        .value = "\"many\"",
    },
    {
        .name = "usage-limits-as-text",
        .breaks = "keys.invoratec-usage-limits",
        .about = "limits are texts",
        .on_response = usage_limits_as_text,
    },
    {
        .name = "usage-month-is-zero",
        .breaks = "keys.invoratec-month-covers-today",
        .about = "the month's calls are always 0",
        .gateway = "invoratec",
        .path = "/usage",
        .method = "GET",
        .status = 2,
        .field = "usage.month",
        .value = "0",
    },
    {
        .name = "usage-counts-half",
        .breaks = "keys.invoratec-usage-counts-calls",
        .about = "every other call counts",
        .on_response = usage_counts_half,
    },
    {
        .name = "refused-calls-count",
        .breaks = "keys.invoratec-usage-ignores-refused",
        .about = "calls refused for their key count",
        .on_decision = refused_calls_count,
    },
    {
        .name = "create-without-key",
        .breaks = "keys.arouter-create-answers-key",
        .about = "making a key does not show it",
        .gateway = "arouter",
        .path = "/keys",
        .method = "POST",
        .status = 2,
        .field = "key",
    },
    {
        .name = "key-of-other-prefix",
        .breaks = "keys.arouter-key-prefix",
        .about = "a new key is shown in another form",
        .gateway = "arouter",
        .path = "/keys",
        .method = "POST",
        .status = 2,
        .field = "key",
        .value = "\"key_of_another_form\"",
    },
    {
        .name = "new-key-is-management",
        .breaks = "keys.arouter-key-type",
        .about = "a new key is of the type management",
        .gateway = "arouter",
        .path = "/keys",
        .method = "POST",
        .status = 2,
        .field = "data.key_type",
        .value = "\"management\"",
    },
    {
        .name = "usage-starts-at-one",
        .breaks = "keys.arouter-usage-starts-at-zero",
        .about = "a new key's usage is 1",
        .gateway = "arouter",
        .path = "/keys",
        .method = "POST",
        .status = 2,
        .field = "data.usage",
        .value = "1",
    },
    {
        .name = "nothing-remains-at-first",
        .breaks = "keys.arouter-limit-starts-whole",
        .about = "nothing of a new key's limit remains",
        .gateway = "arouter",
        .path = "/keys",
        .method = "POST",
        .status = 2,
        .field = "data.limit_remaining",
        .value = "0",
    },
    {
        .name = "hash-is-the-key",
        .breaks = "keys.arouter-hash-hides-key",
        .about = "the hash is the key without its prefix",
        .on_response = hash_is_the_key,
    },
    {
        .name = "scope-is-not-told",
        .breaks = "keys.arouter-scope-told",
        .about = "a new key's providers are not told",
        .gateway = "arouter",
        .path = "/keys",
        .method = "POST",
        .status = 2,
        .field = "data.allowed_providers",
        .value = "[]",
    },
    {
        .name = "data-holds-key",
        .breaks = "keys.arouter-data-lacks-key",
        .about = "a new key's label is the key",
        .on_response = data_holds_key,
    },
    {
        .name = "list-shows-key",
        .breaks = "keys.arouter-list-lacks-key",
        .about = "the list shows keys",
        .on_response = list_shows_key,
    },
    {
        .name = "change-shows-key",
        .breaks = "keys.arouter-change-lacks-key",
        .about = "changing a key shows it",
        .on_response = change_shows_key,
    },
    {
        .name = "new-key-refused",
        .breaks = "keys.arouter-new-key-works",
        .about = "a key made through the API is refused",
        .on_decision = new_key_refused,
    },
    {
        .name = "list-lacks-newest",
        .breaks = "keys.arouter-new-key-listed",
        .about = "the list leaves the newest key out",
        .on_response = list_lacks_newest,
    },
    {
        .name = "page-of-one-is-empty",
        .breaks = "keys.arouter-page-size",
        .about = "a page of one is empty",
        .on_response = page_of_one_is_empty,
    },
    {
        .name = "offset-finds-nothing",
        .breaks = "keys.arouter-offset-pages",
        .about = "a page by offset is empty",
        .on_response = offset_finds_nothing,
    },
    {
        .name = "token-finds-nothing",
        .breaks = "keys.arouter-token-pages",
        .about = "a page by token is empty",
        .on_response = token_finds_nothing,
    },
    {
        .name = "disabled-key-admitted",
        .breaks = "keys.arouter-disabled-key-refused",
        .about = "a key disabled through the API is admitted",
        .on_decision = disabled_key_admitted,
    },
    {
        .name = "enabled-key-stays-disabled",
        .breaks = "keys.arouter-enabled-key-works",
        .about = "a disabled key stays so",
        .on_response = enabled_key_stays_disabled,
    },
    {
        .name = "change-answers-old-name",
        .breaks = "keys.arouter-change-answered",
        .about = "changing the name answers another one",
        .on_response = change_answers_old_name,
    },
    {
        .name = "change-is-forgotten",
        .breaks = "keys.arouter-change-lasts",
        .about = "a changed limit is answered and forgotten",
        .on_response = change_is_forgotten,
    },
    {
        .name = "change-touches-creation",
        .breaks = "keys.arouter-change-leaves-rest",
        .about = "a change changes created_at too",
        .gateway = "arouter",
        .path = "/keys/{hash}",
        .method = "PATCH",
        .status = 2,
        .field = "data.created_at",
        .value = "\"2000-01-01T00:00:00Z\"",
    },
    {
        .name = "changed-models-do-not-bite",
        .breaks = "keys.arouter-changed-models-bite",
        .about = "models taken from a key work on",
        .on_decision = changed_models_do_not_bite,
    },
    {
        .name = "delete-denies",
        .breaks = "keys.arouter-delete-succeeds",
        .about = "deleting answers deleted false",
        .gateway = "arouter",
        .path = "/keys/{hash}",
        .method = "DELETE",
        .status = 2,
        .field = "data.deleted",
        .value = "false",
    },
    {
        .name = "deleted-key-admitted",
        .breaks = "keys.arouter-deleted-key-refused",
        .about = "a key deleted through the API is admitted",
        .on_decision = deleted_key_admitted,
    },
    {
        .name = "list-keeps-deleted",
        .breaks = "keys.arouter-deleted-key-unlisted",
        .about = "the list keeps deleted keys",
        .on_response = list_keeps_deleted,
    },
    {
        .name = "second-delete-succeeds",
        .breaks = "keys.arouter-second-delete-404",
        .about = "deleting what is gone succeeds",
        .on_response = second_delete_succeeds,
    },
    {
        .name = "unknown-hash-changed",
        .breaks = "keys.arouter-unknown-hash-404",
        .about = "changing what does not exist succeeds",
        .on_response = unknown_hash_changed,
    },
    {
        .name = "expires-too-early",
        .breaks = "keys.arouter-works-until-expiry",
        .about = "a key that will expire has expired",
        .on_decision = expires_too_early,
    },
    {
        .name = "never-expires",
        .breaks = "keys.arouter-refused-after-expiry",
        .about = "a key made through the API never expires",
        .on_decision = never_expires,
    },
    {
        .name = "providers-do-not-bite",
        .breaks = "keys.arouter-providers-bite",
        .about = "a key made for one provider may use all",
        .on_decision = providers_do_not_bite,
    },
    {
        .name = "unknown-reset-taken",
        .breaks = "keys.arouter-unknown-reset-refused",
        .about = "a limit_reset that does not exist is taken",
        .on_response = unknown_reset_taken,
    },
    {
        .name = "negative-limit-taken",
        .breaks = "keys.arouter-negative-limit-refused",
        .about = "a limit below zero is taken",
        .on_response = negative_limit_taken,
    },
    {0},
};
