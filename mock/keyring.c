#include "mock/keyring.h"

#include "mock/gateway.h"

#include <math.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_SECRET = 16 }; /* characters; of a shorter one the end is not shown */

/* An owner's shared meter. */
struct account {
    unsigned char digest[DIGEST_BYTES];
    struct meter meter;
    struct account *next;
};

/* What a digest stands for: a secret, an id, or an account. */
struct slot {
    unsigned char digest[DIGEST_BYTES];
    void *thing;
};

/* The keys of one gateway, in the order of creation. */
struct shelf {
    const struct gateway *gateway;
    struct key **keys;
    size_t count, room;
};

struct keyring {
    pthread_rwlock_t lock; /* guards everything below, and every key but its meter */
    struct identity *identity;
    struct slot *slots; /* open addressing; a power of two, at most half full */
    size_t slot_count, used;
    struct shelf shelves[8];
    struct account *accounts;
};

struct keyring *keyring_new(struct identity *identity)
{
    struct keyring *keyring = must(calloc(1, sizeof *keyring));
    pthread_rwlockattr_t attributes;

    pthread_rwlockattr_init(&attributes);
    /* Else a steady stream of requests would keep a new key waiting for ever. */
    pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init(&keyring->lock, &attributes);
    pthread_rwlockattr_destroy(&attributes);
    keyring->identity = identity;
    keyring->slot_count = 256;
    keyring->slots = must(calloc(keyring->slot_count, sizeof *keyring->slots));
    return keyring;
}

static void key_free(struct key *key)
{
    json_decref(key->allowed_models);
    json_decref(key->allowed_providers);
    free(key);
}

void keyring_clear(struct keyring *keyring)
{
    for (size_t s = 0; s < COUNT(keyring->shelves); s++) {
        struct shelf *shelf = &keyring->shelves[s];
        for (size_t i = 0; i < shelf->count; i++)
            key_free(shelf->keys[i]);
        free(shelf->keys);
        *shelf = (struct shelf){0};
    }
    while (keyring->accounts) {
        struct account *next = keyring->accounts->next;
        meter_close(&keyring->accounts->meter);
        free(keyring->accounts);
        keyring->accounts = next;
    }
    memset(keyring->slots, 0, keyring->slot_count * sizeof *keyring->slots);
    keyring->used = 0;
}

void keyring_free(struct keyring *keyring)
{
    if (!keyring)
        return;
    keyring_clear(keyring);
    pthread_rwlock_destroy(&keyring->lock);
    free(keyring->slots);
    free(keyring);
}

void keyring_read(struct keyring *keyring)
{
    pthread_rwlock_rdlock(&keyring->lock);
}

void keyring_write(struct keyring *keyring)
{
    pthread_rwlock_wrlock(&keyring->lock);
}

void keyring_unlock(struct keyring *keyring)
{
    pthread_rwlock_unlock(&keyring->lock);
}

/* The slot that holds this digest, or the empty one where it would go. */
static struct slot *slot_find(const struct keyring *keyring, const unsigned char *digest)
{
    size_t at;

    memcpy(&at, digest, sizeof at);
    for (;; at++) {
        struct slot *slot = &keyring->slots[at & (keyring->slot_count - 1)];
        if (!slot->thing || CRYPTO_memcmp(slot->digest, digest, DIGEST_BYTES) == 0)
            return slot;
    }
}

static void slot_put(struct keyring *keyring, const unsigned char *digest, void *thing)
{
    struct slot *slot = slot_find(keyring, digest);

    memcpy(slot->digest, digest, DIGEST_BYTES);
    slot->thing = thing;
    keyring->used++;
}

static void grow(struct keyring *keyring)
{
    struct slot *old = keyring->slots;
    size_t old_count = keyring->slot_count;

    if (keyring->used * 2 < old_count)
        return;
    keyring->slot_count *= 2;
    keyring->slots = must(calloc(keyring->slot_count, sizeof *keyring->slots));
    keyring->used = 0;
    for (size_t i = 0; i < old_count; i++)
        if (old[i].thing)
            slot_put(keyring, old[i].digest, old[i].thing);
    free(old);
}

static void put(struct keyring *keyring, const unsigned char *digest, void *thing)
{
    grow(keyring);
    slot_put(keyring, digest, thing);
}

/* Digest of one of the three name spaces in the table. */
static void name_digest(char space, const struct gateway *gateway, const char *name,
                        unsigned char digest[DIGEST_BYTES])
{
    char text[512];
    int length = snprintf(text, sizeof text, "%c%s:%s", space, gateway->name, name);

    if (length >= (int)sizeof text) {
        /* Too long for any key of ours: hash all of it, so that it matches nothing. */
        identity_digest(name, strlen(name), digest);
        return;
    }
    identity_digest(text, (size_t)length, digest);
}

static struct shelf *shelf_of(const struct keyring *keyring, const struct gateway *gateway)
{
    for (size_t i = 0; i < COUNT(keyring->shelves); i++)
        if (keyring->shelves[i].gateway == gateway)
            return (struct shelf *)&keyring->shelves[i];
    return NULL;
}

static void shelve(struct keyring *keyring, struct key *key)
{
    struct shelf *shelf = shelf_of(keyring, key->gateway);

    if (!shelf) {
        shelf = shelf_of(keyring, NULL);
        shelf->gateway = key->gateway;
    }
    if (shelf->count == shelf->room) {
        shelf->room = shelf->room ? shelf->room * 2 : 16;
        shelf->keys = must(realloc(shelf->keys, shelf->room * sizeof *shelf->keys));
    }
    key->number = shelf->count;
    shelf->keys[shelf->count++] = key;
}

static struct meter *meter_of(struct keyring *keyring, const struct key *key)
{
    unsigned char digest[DIGEST_BYTES];
    const char *name = key->gateway->owner_metered ? key->owner : key->id;

    name_digest('a', key->gateway, name, digest);
    struct account *account = slot_find(keyring, digest)->thing;
    if (!account) {
        account = must(calloc(1, sizeof *account));
        memcpy(account->digest, digest, sizeof digest);
        meter_init(&account->meter);
        account->next = keyring->accounts;
        keyring->accounts = account;
        put(keyring, digest, account);
    }
    return &account->meter;
}

static const char *draw_secret(struct keyring *keyring, const struct key_wish *wish,
                               char secret[SECRET_TEXT])
{
    const struct gateway *gateway = wish->gateway;
    const char *prefix = gateway->secret_prefix[wish->kind];

    if (wish->secret)
        snprintf(secret, SECRET_TEXT, "%s", wish->secret);
    else if (gateway->secret_hex)
        identity_hex(keyring->identity, prefix, gateway->secret_length, secret, SECRET_TEXT);
    else
        identity_word(keyring->identity, prefix, gateway->secret_length, secret, SECRET_TEXT);
    return secret;
}

static void digest_hex(const unsigned char *digest, char *text, size_t size)
{
    for (size_t i = 0; i < DIGEST_BYTES && i * 2 + 2 < size; i++)
        snprintf(text + i * 2, size - i * 2, "%02x", digest[i]);
}

struct key *keyring_create(struct keyring *keyring, const struct key_wish *wish,
                           char secret[SECRET_TEXT])
{
    unsigned char digest[DIGEST_BYTES];

    name_digest('s', wish->gateway, draw_secret(keyring, wish, secret), digest);
    if (slot_find(keyring, digest)->thing)
        return NULL;
    struct key *key = must(calloc(1, sizeof *key));
    *key = (struct key){
        .gateway = wish->gateway,
        .kind = wish->kind,
        .origin = wish->origin,
        .permissions = PERMISSION_READ | PERMISSION_WRITE,
        .created_ms = wish->now_ms,
    };
    memcpy(key->digest, digest, sizeof digest);
    if (wish->gateway->draw_id)
        wish->gateway->draw_id(keyring->identity, key);
    else
        digest_hex(digest, key->id, sizeof key->id);
    snprintf(key->hint, sizeof key->hint, "%.*s", (int)wish->gateway->hint_length, secret);
    if (strlen(secret) > LEAST_SECRET)
        snprintf(key->tail, sizeof key->tail, "%.3s", secret + strlen(secret) - 3);
    snprintf(key->name, sizeof key->name, "%s", wish->name ? wish->name : "");
    snprintf(key->owner, sizeof key->owner, "%.63s", wish->owner ? wish->owner : key->id);
    shelve(keyring, key);
    key->meter = meter_of(keyring, key);
    put(keyring, digest, key);
    name_digest('i', key->gateway, key->id, digest);
    put(keyring, digest, key);
    return key;
}

void key_bind(struct key *key, const char *scope, const char *workspace, int64_t expires_ms)
{
    snprintf(key->scope, sizeof key->scope, "%s", scope);
    snprintf(key->workspace, sizeof key->workspace, "%s", workspace);
    key->expires_ms = expires_ms;
}

struct key *keyring_find(const struct keyring *keyring, const struct gateway *gateway,
                         const char *secret)
{
    unsigned char digest[DIGEST_BYTES];

    name_digest('s', gateway, secret, digest);
    return slot_find(keyring, digest)->thing;
}

struct key *keyring_find_id(const struct keyring *keyring, const struct gateway *gateway,
                            const char *id)
{
    unsigned char digest[DIGEST_BYTES];

    name_digest('i', gateway, id, digest);
    return slot_find(keyring, digest)->thing;
}

struct key *keyring_at(const struct keyring *keyring, const struct gateway *gateway,
                       uint64_t number)
{
    const struct shelf *shelf = shelf_of(keyring, gateway);

    return shelf && number < shelf->count ? shelf->keys[number] : NULL;
}

static const char *const permission_names[] = {"read", "write", "admin"};

bool permission_find(const char *name, unsigned *permission)
{
    for (size_t i = 0; i < COUNT(permission_names); i++)
        if (strcmp(permission_names[i], name) == 0) {
            *permission = 1U << i;
            return true;
        }
    return false;
}

json_t *permissions_json(unsigned permissions)
{
    json_t *list = json_array();

    for (size_t i = 0; i < COUNT(permission_names); i++)
        if (permissions & 1U << i)
            json_array_append_new(list, json_string(permission_names[i]));
    return list;
}

/* Only free's figures are documented; the others are ours, each a step of ten. */
static const struct {
    const char *name;
    int64_t per_minute, per_day;
} tiers[TIER_COUNT] = {
    [TIER_FREE] = {"free", 10, 1000},
    [TIER_BASIC] = {"basic", 60, 10000},
    [TIER_PRO] = {"pro", 600, 100000},
    [TIER_ENTERPRISE] = {"enterprise", 6000, 10000000},
};

const char *tier_name(enum tier tier)
{
    return tiers[tier].name;
}

struct limits tier_limits(enum tier tier)
{
    return (struct limits){.per_minute = tiers[tier].per_minute, .per_day = tiers[tier].per_day};
}

static const double money_max_usd =
    9e6; /* in nano dollars it still fits 64 bits with room to add */

bool money_parse(const json_t *value, int64_t *nano)
{
    double usd = json_number_value(value);

    if (!json_is_number(value) || !(usd >= 0 && usd <= money_max_usd))
        return false;
    *nano = llround(usd * (double)NANO_PER_USD);
    return true;
}

json_t *money_json(int64_t nano)
{
    if (nano % NANO_PER_USD == 0)
        return json_integer(nano / NANO_PER_USD);
    return json_real((double)nano / (double)NANO_PER_USD);
}

static bool take_state(struct key *key, const json_t *value)
{
    const char *state = json_string_value(value);

    if (!state)
        return false;
    if (strcmp(state, "revoked") == 0)
        key->state = STATE_REVOKED;
    else if (strcmp(state, "disabled") == 0)
        key->state = STATE_DISABLED;
    else
        return strcmp(state, "active") == 0;
    return true;
}

static bool take_expiry(struct key *key, const json_t *value)
{
    const char *text = json_string_value(value);

    if (!text || !moment_parse(text, &key->expires_ms))
        return false;
    key->expires_ms += key->expires_ms == 0; /* 0 would be never */
    return true;
}

static bool take_permissions(struct key *key, const json_t *value)
{
    unsigned permission;
    const json_t *item;
    size_t i;

    key->permissions = 0;
    json_array_foreach(value, i, item) {
        if (!json_is_string(item) || !permission_find(json_string_value(item), &permission))
            return false;
        key->permissions |= permission;
    }
    return json_is_array(value);
}

static bool take_tier(struct key *key, const json_t *value)
{
    const char *name = json_string_value(value);

    for (size_t i = 0; name && i < COUNT(tiers); i++)
        if (strcmp(tiers[i].name, name) == 0) {
            key->tier = (enum tier)i;
            key->limits = tier_limits(key->tier);
            return true;
        }
    return false;
}

static bool take_count(const json_t *value, int64_t *count)
{
    *count = json_integer_value(value);
    return json_is_integer(value) && *count > 0;
}

static bool take_per_minute(struct key *key, const json_t *value)
{
    return take_count(value, &key->limits.per_minute);
}

static bool take_per_day(struct key *key, const json_t *value)
{
    return take_count(value, &key->limits.per_day);
}

static bool take_limit(struct key *key, const json_t *value)
{
    key->limits.has_budget = true;
    return money_parse(value, &key->limits.budget_nano);
}

static bool take_limit_reset(struct key *key, const json_t *value)
{
    const char *name = json_string_value(value);

    return name && period_find(name, &key->limits.budget_reset);
}

static bool take_spent(struct key *key, const json_t *value)
{
    struct cost cost = {0};

    if (!money_parse(value, &cost.nano))
        return false;
    admission_spend(key->meter, &cost, key->created_ms);
    return true;
}

static bool take_names(const json_t *value, json_t **list)
{
    const json_t *item;
    size_t i;

    json_array_foreach(value, i, item)
        if (!json_is_string(item))
            return false;
    json_decref(*list);
    *list = json_deep_copy(value);
    return json_is_array(value);
}

static bool take_models(struct key *key, const json_t *value)
{
    return take_names(value, &key->allowed_models);
}

static bool take_providers(struct key *key, const json_t *value)
{
    return take_names(value, &key->allowed_providers);
}

static bool take_nothing(struct key *key, const json_t *value)
{
    (void)key;
    return json_is_string(value); /* read before the key was made */
}

/* Cut ones would be two owners in one, or half a character. Kept when the key was made. */
static bool take_name(struct key *key, const json_t *value)
{
    return json_is_string(value) && json_string_length(value) < sizeof key->name;
}

static bool take_owner(struct key *key, const json_t *value)
{
    return json_is_string(value) && json_string_length(value) < sizeof key->owner;
}

static const struct {
    const char *name;
    bool (*take)(struct key *key, const json_t *value);
    const char *expected;
} wish_fields[] = {
    {"gateway", take_nothing, "a string"},
    {"secret", take_nothing, "a string"},
    {"about", take_nothing, "a string"},
    {"name", take_name, "a string of at most 127 bytes"},
    {"owner", take_owner, "a string of at most 63 bytes"},
    {"kind", take_nothing, "inference or management"},
    {"state", take_state, "active, disabled or revoked"},
    {"expires_at", take_expiry, "a time such as 2025-12-31T23:59:59Z"},
    {"permissions", take_permissions, "an array of read, write, admin"},
    {"tier", take_tier, "free, basic, pro or enterprise"},
    {"requests_per_minute", take_per_minute, "a whole number above 0"},
    {"requests_per_day", take_per_day, "a whole number above 0"},
    {"limit", take_limit, "US dollars, 0 or more"},
    {"limit_reset", take_limit_reset, "daily, weekly or monthly"},
    {"spent", take_spent, "US dollars, 0 or more"},
    {"allowed_models", take_models, "an array of names"},
    {"allowed_providers", take_providers, "an array of names"},
};

static bool known(const char *name)
{
    for (size_t i = 0; i < COUNT(wish_fields); i++)
        if (strcmp(wish_fields[i].name, name) == 0)
            return true;
    return false;
}

bool key_configure(struct key *key, const json_t *wishes, struct problem *problem)
{
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)wishes, name, value) {
        if (!known(name))
            return problem_set(problem, "\"%.60s\" is not a field of a credential", name);
    }
    /* In the table's order: a tier comes before the figures that override it. */
    for (size_t i = 0; i < COUNT(wish_fields); i++) {
        const json_t *wish = json_object_get(wishes, wish_fields[i].name);
        if (wish && !wish_fields[i].take(key, wish))
            return problem_set(problem, "\"%s\": expected %s", wish_fields[i].name,
                               wish_fields[i].expected);
    }
    return true;
}
