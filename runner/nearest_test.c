#include "runner/nearest.h"

#include "fixtures/basics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void nearest_name_is_offered(void **state)
{
    static const char *const names[] = {"mock", "check", "prove", "list", "allow-writes"};
    static const struct {
        const char *typed, *name;
    } rows[] = {
        {"mock", "mock"},
        {"chekc", "check"},
        {"chck", "check"},
        {"lst", "list"},
        {"mokc", "mock"},
        {"prov", "prove"},
        {"", NULL},
        {"banana", NULL},
        {"x", NULL},
        {"allow-write", "allow-writes"},
        {"allow", "allow-writes"},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct nearest nearest = {.word = rows[i].typed};
        for (size_t n = 0; n < COUNT(names); n++)
            nearest_offer(&nearest, names[n]);
        if (nearest.name != rows[i].name &&
            (!nearest.name || !rows[i].name || strcmp(nearest.name, rows[i].name) != 0)) {
            print_error("%s: %s\n", rows[i].typed, nearest.name ? nearest.name : "(none)");
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void overlong_words_are_near_nothing(void **state)
{
    char word[300];
    struct nearest nearest = {.word = word};

    (void)state;
    memset(word, 'a', sizeof word);
    word[sizeof word - 1] = '\0';
    nearest_offer(&nearest, "aaaa");
    assert_null(nearest.name);
    char *hint = nearest_hint(&nearest);
    assert_string_equal(hint, "");
    free(hint);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_name_is_offered),
        cmocka_unit_test(overlong_words_are_near_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
