#include "mock/federation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *text_at(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static struct federation *open_it(struct identity *identity)
{
    struct problem problem = {0};

    identity_init(identity, 1);
    struct federation *federation = federation_new(identity, &problem);
    if (!federation)
        fail_msg("%s", problem.text);
    return federation;
}

static void what_is_added_is_found(void **state)
{
    struct identity identity;
    struct federation *federation = open_it(&identity);
    json_t *first, *found, *list;

    (void)state;
    first = federation_add(federation, SERVICE_ACCOUNTS, json_pack("{s:s}", "name", "one"));
    assert_non_null(first);
    assert_int_equal(strncmp(text_at(first, "id"), "svac_01", 7), 0);
    assert_null(federation_add(federation, SERVICE_ACCOUNTS, json_pack("{s:s}", "name", "one")));
    found = federation_find(federation, SERVICE_ACCOUNTS, text_at(first, "id"));
    assert_true(json_equal(first, found));
    /* A copy: whoever changes it changes nothing else. */
    json_object_set_new(found, "name", json_string("two"));
    json_decref(found);
    found = federation_find(federation, SERVICE_ACCOUNTS, text_at(first, "id"));
    assert_string_equal(text_at(found, "name"), "one");
    assert_null(federation_find(federation, FEDERATION_RULES, text_at(first, "id")));
    assert_null(federation_find(federation, SERVICE_ACCOUNTS, "svac_none"));
    list = federation_list(federation, SERVICE_ACCOUNTS);
    size_t count = json_array_size(list);
    assert_string_equal(text_at(json_array_get(list, count - 1), "name"), "one");
    json_decref(list);
    federation_reset(federation);
    list = federation_list(federation, SERVICE_ACCOUNTS);
    assert_int_equal(json_array_size(list), count - 1);
    json_decref(list);
    json_decref(first);
    json_decref(found);
    federation_free(federation);
    federation_free(NULL);
}

static void what_is_needed_stays(void **state)
{
    static const char rule[] = "fdrl_01GatemarkTestOther", issuer[] = "fdis_01GatemarkTestOther";
    struct identity identity;
    struct federation *federation = open_it(&identity);

    (void)state;
    assert_int_equal(federation_archive(federation, FEDERATION_ISSUERS, "x", "t"), ARCHIVE_UNKNOWN);
    assert_int_equal(federation_archive(federation, FEDERATION_ISSUERS, issuer, "t"),
                     ARCHIVE_IN_USE);
    assert_int_equal(federation_archive(federation, FEDERATION_RULES, rule, "then"), ARCHIVED);
    assert_int_equal(federation_archive(federation, FEDERATION_RULES, rule, "later"), ARCHIVED);
    json_t *found = federation_find(federation, FEDERATION_RULES, rule);
    assert_string_equal(text_at(found, "archived_at"), "then");
    json_decref(found);
    assert_int_equal(federation_archive(federation, FEDERATION_ISSUERS, issuer, "t"), ARCHIVED);
    federation_free(federation);
}

/* The keys in both files are the same ones, and only one file has the private halves. */
static void fixtures_are_public(void **state)
{
    struct identity identity;
    struct federation *federation = open_it(&identity);
    json_t *issuers = federation_list(federation, FEDERATION_ISSUERS), *issuer, *key;
    size_t i, n;

    (void)state;
    json_array_foreach(issuers, i, issuer) {
        json_array_foreach(json_object_get(json_object_get(issuer, "jwks"), "keys"), n, key) {
            assert_null(json_object_get(key, "d"));
            assert_int_equal(strncmp(text_at(key, "kid"), "gatemark-test-", 14), 0);
        }
    }
    json_decref(issuers);
    federation_free(federation);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_added_is_found),
        cmocka_unit_test(what_is_needed_stays),
        cmocka_unit_test(fixtures_are_public),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
