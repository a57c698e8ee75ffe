/* What the tables must hold to, whatever is added to them. */
#include "fixtures/fixture.h"
#include "suites/check.h"
#include "suites/contract.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool source_exists(const json_t *sources, const char *source)
{
    return source && json_object_getn(sources, source, strcspn(source, "#"));
}

static json_t *load_sources(void)
{
    struct problem problem = {{0}};
    json_t *sources = fixture_load("sources.json", &problem);

    if (!sources)
        fail_msg("%s", problem.text);
    return sources;
}

static void test_every_requirement_has_a_source(void **state)
{
    json_t *sources = load_sources();
    int missing = 0;

    (void)state;
    for (const struct suite *suite = suites; suite->name; suite++)
        for (const struct requirement *row = suite->requirements; row->id; row++)
            if (!source_exists(sources, row->source)) {
                print_error("%s: no source %s\n", row->id, row->source ? row->source : "at all");
                missing++;
            }
    json_decref(sources);
    assert_int_equal(missing, 0);
}

static void test_every_promise_has_a_source(void **state)
{
    json_t *sources = load_sources();
    int missing = 0;

    (void)state;
    for (const struct contract *const *contract = contracts; *contract; contract++)
        for (const struct promise *promise = (*contract)->promises; promise->about; promise++)
            if (!source_exists(sources, promise->source) || promise->statuses[0] == 0) {
                print_error("%s %s: no source or no status\n", (*contract)->gateway,
                            promise->about);
                missing++;
            }
    json_decref(sources);
    assert_int_equal(missing, 0);
}

/* suite.claim-in-words: lower case, digits, hyphens. */
static bool is_slug(const char *id, const char *suite)
{
    size_t length = strlen(suite);

    if (strncmp(id, suite, length) != 0 || id[length] != '.' || !id[length + 1])
        return false;
    for (id += length + 1; *id; id++)
        if (!islower((unsigned char)*id) && !isdigit((unsigned char)*id) && *id != '-')
            return false;
    return true;
}

static void test_ids_are_slugs_and_unique(void **state)
{
    int wrong = 0;

    (void)state;
    for (const struct suite *suite = suites; suite->name; suite++)
        for (const struct requirement *row = suite->requirements; row->id; row++)
            if (!is_slug(row->id, suite->name) || requirement_find(row->id) != row) {
                print_error("%s: not %s.slug, or used twice\n", row->id, suite->name);
                wrong++;
            }
    assert_int_equal(wrong, 0);
}

static void test_rows_are_complete(void **state)
{
    int wrong = 0;

    (void)state;
    for (const struct suite *suite = suites; suite->name; suite++)
        for (const struct requirement *row = suite->requirements; row->id; row++)
            if (!row->claim || !row->test) {
                print_error("%s: lacks a claim or a test\n", row->id);
                wrong++;
            }
    assert_int_equal(wrong, 0);
}

/* Every route's request exists as a fixture. */
static void test_requests_exist(void **state)
{
    (void)state;
    for (const struct contract *const *contract = contracts; *contract; contract++)
        for (const struct route *route = (*contract)->routes; route->name; route++) {
            struct problem problem = {{0}};
            char name[128];
            if (!route->request)
                continue;
            snprintf(name, sizeof name, "requests/%s.json", route->request);
            json_t *request = fixture_load(name, &problem);
            if (!request)
                fail_msg("%s %s: %s", (*contract)->gateway, route->name, problem.text);
            json_decref(request);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_requirement_has_a_source),
        cmocka_unit_test(test_every_promise_has_a_source),
        cmocka_unit_test(test_ids_are_slugs_and_unique),
        cmocka_unit_test(test_rows_are_complete),
        cmocka_unit_test(test_requests_exist),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
