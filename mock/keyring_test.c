#include "mock/keyring.h"

#include "mock/gateway.h"

#include <malloc.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A keyring and what its secrets are drawn from. */
struct ring {
    struct identity identity;
    struct keyring *keyring;
};

static struct ring *ring_new(void)
{
    struct ring *ring = must(calloc(1, sizeof *ring));

    identity_init(&ring->identity, 1);
    ring->keyring = keyring_new(&ring->identity);
    return ring;
}

static void ring_free(struct ring *ring)
{
    keyring_free(ring->keyring);
    free(ring);
}

static void keys_are_found(void **state)
{
    struct ring *ring = ring_new();
    char secret[SECRET_TEXT], other[SECRET_TEXT];

    (void)state;
    for (const struct gateway *const *g = gateways; *g; g++) {
        struct key *key = keyring_create(ring->keyring, &(struct key_wish){.gateway = *g}, secret);
        struct key *next = keyring_create(ring->keyring, &(struct key_wish){.gateway = *g}, other);
        assert_non_null(key);
        assert_string_not_equal(secret, other);
        assert_int_equal(strncmp(secret, (*g)->secret_prefix[KIND_INFERENCE],
                                 strlen((*g)->secret_prefix[KIND_INFERENCE])),
                         0);
        assert_ptr_equal(keyring_find(ring->keyring, *g, secret), key);
        assert_ptr_equal(keyring_find_id(ring->keyring, *g, next->id), next);
        assert_ptr_equal(keyring_at(ring->keyring, *g, 0), key);
        assert_ptr_equal(keyring_at(ring->keyring, *g, 1), next);
        assert_null(keyring_at(ring->keyring, *g, 2));
        assert_null(keyring_at(ring->keyring, *g, UINT64_MAX));
        assert_null(keyring_find(ring->keyring, *g, key->id));
        assert_null(keyring_find_id(ring->keyring, *g, secret));
        assert_true(strncmp(secret, key->hint, strlen(key->hint)) == 0);
        for (const struct gateway *const *o = gateways; *o; o++)
            assert_true(*o == *g || !keyring_find(ring->keyring, *o, secret));
    }
    assert_null(keyring_find(ring->keyring, gateways[0], ""));
    keyring_clear(ring->keyring);
    assert_null(keyring_at(ring->keyring, gateways[0], 0));
    assert_null(keyring_find(ring->keyring, gateways[4], secret));
    ring_free(ring);
    keyring_free(NULL);
}

static void long_secrets_match_nothing(void **state)
{
    struct ring *ring = ring_new();
    char *secret = must(calloc(1, 100001));

    (void)state;
    memset(secret, 'k', 100000);
    assert_null(keyring_find(ring->keyring, &gateway_claude, secret));
    assert_null(keyring_find_id(ring->keyring, &gateway_claude, secret));
    free(secret);
    ring_free(ring);
}

static void secret_is_taken_once(void **state)
{
    const struct key_wish wish = {.gateway = &gateway_claude, .secret = "sk-ant-api03-mine"};
    struct ring *ring = ring_new();
    char secret[SECRET_TEXT];

    (void)state;
    assert_non_null(keyring_create(ring->keyring, &wish, secret));
    assert_string_equal(secret, wish.secret);
    assert_null(keyring_create(ring->keyring, &wish, secret));
    ring_free(ring);
}

static void many_keys_find_room(void **state)
{
    enum { KEYS = 3000 };
    struct ring *ring = ring_new();
    char(*secrets)[SECRET_TEXT] = must(malloc(KEYS * sizeof *secrets));

    (void)state;
    for (int i = 0; i < KEYS; i++)
        keyring_create(ring->keyring, &(struct key_wish){.gateway = &gateway_arouter}, secrets[i]);
    for (int i = 0; i < KEYS; i++) {
        const struct key *key = keyring_find(ring->keyring, &gateway_arouter, secrets[i]);
        assert_true(key && key->number == (uint64_t)i);
    }
    free(secrets);
    ring_free(ring);
}

static void owners_share_a_meter_where_the_gateway_says_so(void **state)
{
    static const struct {
        const struct gateway *gateway;
        bool shared;
    } rows[] = {{&gateway_invoratec, true}, {&gateway_arouter, false}};
    struct ring *ring = ring_new();
    char secret[SECRET_TEXT];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct key_wish mine = {.gateway = rows[i].gateway, .owner = "me"};
        const struct key_wish yours = {.gateway = rows[i].gateway, .owner = "you"};
        const struct key *one = keyring_create(ring->keyring, &mine, secret);
        const struct key *two = keyring_create(ring->keyring, &mine, secret);
        const struct key *other = keyring_create(ring->keyring, &yours, secret);
        assert_int_equal(one->meter == two->meter, rows[i].shared);
        assert_ptr_not_equal(one->meter, other->meter);
    }
    ring_free(ring);
}

static bool holds(const void *memory, size_t size, const char *secret)
{
    return memmem(memory, size, secret, strlen(secret)) != NULL;
}

static void no_secret_is_kept(void **state)
{
    struct ring *ring = ring_new();
    char secret[SECRET_TEXT];

    (void)state;
    for (const struct gateway *const *g = gateways; *g; g++) {
        const struct key *key =
            keyring_create(ring->keyring, &(struct key_wish){.gateway = *g}, secret);
        assert_false(holds(key, sizeof *key, secret));
        assert_false(holds(key->meter, sizeof *key->meter, secret));
        assert_false(holds(ring->keyring, malloc_usable_size(ring->keyring), secret));
        assert_false(holds(ring, sizeof *ring, secret));
        /* Of the part after the prefix, no list and no log may show more than some characters. */
        assert_true(strlen(key->hint) < strlen(secret) / 2);
        assert_null(strstr(key->id, secret + strlen((*g)->secret_prefix[KIND_INFERENCE])));
    }
    ring_free(ring);
}

static const struct {
    const char *name, *wishes, *says; /* NULL: good */
} wish_rows[] = {
    {"none", "{}", NULL},
    {"texts", "{\"gateway\":\"x\",\"about\":\"x\",\"name\":\"x\",\"owner\":\"x\"}", NULL},
    {"unknown", "{\"colour\":\"red\"}", "colour"},
    {"name", "{\"name\":1}", "\"name\""},
    {"owner", "{\"owner\":[]}", "\"owner\""},
    {"owner too long",
     "{\"owner\":\"0123456789012345678901234567890123456789012345678901234567890123\"}",
     "\"owner\""},
    {"about", "{\"about\":null}", "\"about\""},
    {"state", "{\"state\":\"active\"}", NULL},
    {"no state", "{\"state\":\"asleep\"}", "disabled or revoked"},
    {"state as number", "{\"state\":1}", "disabled or revoked"},
    {"expiry", "{\"expires_at\":\"2025-01-01T00:00:00Z\"}", NULL},
    {"no expiry", "{\"expires_at\":\"soon\"}", "a time such as"},
    {"expiry as number", "{\"expires_at\":1}", "a time such as"},
    {"permissions", "{\"permissions\":[\"read\",\"write\",\"admin\"]}", NULL},
    {"no permissions", "{\"permissions\":[]}", NULL},
    {"unknown permission", "{\"permissions\":[\"fly\"]}", "read, write, admin"},
    {"permission as number", "{\"permissions\":[1]}", "read, write, admin"},
    {"permissions as text", "{\"permissions\":\"read\"}", "read, write, admin"},
    {"permissions as object", "{\"permissions\":{\"read\":1}}", "read, write, admin"},
    {"tier", "{\"tier\":\"pro\"}", NULL},
    {"unknown tier", "{\"tier\":\"gold\"}", "enterprise"},
    {"tier as number", "{\"tier\":1}", "enterprise"},
    {"per minute", "{\"requests_per_minute\":1}", NULL},
    {"per minute 0", "{\"requests_per_minute\":0}", "requests_per_minute"},
    {"per minute as text", "{\"requests_per_minute\":\"1\"}", "requests_per_minute"},
    {"per minute, half", "{\"requests_per_minute\":0.5}", "requests_per_minute"},
    {"per day", "{\"requests_per_day\":9223372036854775807}", NULL},
    {"per day below", "{\"requests_per_day\":-1}", "requests_per_day"},
    {"budget", "{\"limit\":0,\"limit_reset\":\"weekly\",\"spent\":0.5}", NULL},
    {"budget below", "{\"limit\":-1}", "\"limit\""},
    {"budget too big", "{\"limit\":1e300}", "\"limit\""},
    {"budget as text", "{\"limit\":\"1\"}", "\"limit\""},
    {"reset", "{\"limit_reset\":\"yearly\"}", "daily, weekly or monthly"},
    {"reset of nothing", "{\"limit_reset\":null}", "daily, weekly or monthly"},
    {"spent below", "{\"spent\":-0.1}", "\"spent\""},
    {"models", "{\"allowed_models\":[\"a\",\"b\"]}", NULL},
    {"models as text", "{\"allowed_models\":\"a\"}", "an array of names"},
    {"models as numbers", "{\"allowed_models\":[1]}", "an array of names"},
    {"providers", "{\"allowed_providers\":[]}", NULL},
    {"providers as null", "{\"allowed_providers\":null}", "an array of names"},
};

static void wishes_are_read(void **state)
{
    struct ring *ring = ring_new();
    char secret[SECRET_TEXT];
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(wish_rows); i++) {
        struct problem problem = {0};
        json_t *wishes = must(json_loads(wish_rows[i].wishes, 0, NULL));
        struct key *key =
            keyring_create(ring->keyring, &(struct key_wish){.gateway = &gateway_arouter}, secret);
        bool good = key_configure(key, wishes, &problem);
        if (good != !wish_rows[i].says || (!good && !strstr(problem.text, wish_rows[i].says))) {
            print_error("%s: %s %s\n", wish_rows[i].name, good ? "taken" : "refused", problem.text);
            bad++;
        }
        json_decref(wishes);
    }
    ring_free(ring);
    assert_int_equal(bad, 0);
}

static void wishes_come_true(void **state)
{
    struct ring *ring = ring_new();
    struct problem problem = {0};
    char secret[SECRET_TEXT];
    json_t *wishes =
        must(json_loads("{\"requests_per_minute\":7,\"tier\":\"free\",\"state\":\"disabled\","
                        "\"expires_at\":\"1970-01-01T00:00:00Z\",\"permissions\":[\"admin\"],"
                        "\"limit\":2.5,\"limit_reset\":\"daily\",\"spent\":1}",
                        0, NULL));

    (void)state;
    struct key *key =
        keyring_create(ring->keyring, &(struct key_wish){.gateway = &gateway_arouter}, secret);
    assert_true(key_configure(key, wishes, &problem));
    json_decref(wishes);
    assert_int_equal(key->limits.per_minute, 7); /* not the tier's 10 */
    assert_int_equal(key->limits.per_day, 1000);
    assert_int_equal(key->state, STATE_DISABLED);
    assert_true(key->expires_ms != 0); /* 0 would be never */
    assert_int_equal(key->permissions, PERMISSION_ADMIN);
    assert_true(key->limits.has_budget && key->limits.budget_nano == 5 * NANO_PER_USD / 2);
    assert_int_equal(key->limits.budget_reset, PERIOD_DAY);
    assert_int_equal(meter_spend(key->meter, 1000).day_nano, NANO_PER_USD);
    ring_free(ring);
}

static void money_is_read_and_told(void **state)
{
    static const struct {
        const char *json;
        int64_t nano; /* -1: refused */
    } rows[] = {
        {"0", 0},
        {"150", 150 * NANO_PER_USD},
        {"0.000000001", 1},
        {"0.0000000001", 0},
        {"9e6", 9000000 * NANO_PER_USD},
        {"9000001", -1},
        {"-1", -1},
        {"\"1\"", -1},
        {"null", -1},
        {"true", -1},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        json_t *value = must(json_loads(rows[i].json, JSON_DECODE_ANY, NULL));
        int64_t nano = -1;
        if (!money_parse(value, &nano))
            nano = -1;
        json_decref(value);
        if (nano != rows[i].nano)
            fail_msg("%s: %lld", rows[i].json, (long long)nano);
        json_t *told = nano >= 0 ? money_json(nano) : NULL;
        assert_true(!told || llround(json_number_value(told) * 1e9) == nano);
        json_decref(told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_found),
        cmocka_unit_test(long_secrets_match_nothing),
        cmocka_unit_test(secret_is_taken_once),
        cmocka_unit_test(many_keys_find_room),
        cmocka_unit_test(owners_share_a_meter_where_the_gateway_says_so),
        cmocka_unit_test(no_secret_is_kept),
        cmocka_unit_test(wishes_are_read),
        cmocka_unit_test(wishes_come_true),
        cmocka_unit_test(money_is_read_and_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
