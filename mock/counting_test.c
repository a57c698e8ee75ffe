#include "mock/counting.h"

#include "fixtures/basics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char mixed[] = "a\xC3\xA9\xE4\xBD\xA0\xF0\x9F\x98\x80"
                            "Hello, \xE5\xA5\xBD!\xF0\x9F\x98\x80z";

static void texts_are_counted(void **state)
{
    static const struct {
        const char *name, *text;
        int64_t tokens;
    } rows[] = {
        {"empty", "", 0},
        {"one", "a", 1},
        {"four", "abcd", 1},
        {"five", "abcde", 2},
        {"four of three bytes", "\xE4\xBD\xA0\xE5\xA5\xBD\xE4\xBD\xA0\xE5\xA5\xBD", 1},
        {"emoji", "\xF0\x9F\x98\x80\xF0\x9F\x98\x80", 1},
        {"mixed", mixed, 4},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (count_text(rows[i].text) != rows[i].tokens) {
            print_error("%s: %d\n", rows[i].name, (int)count_text(rows[i].text));
            bad++;
        }
    assert_int_equal(bad, 0);
}

static void longer_never_counts_less(void **state)
{
    char text[sizeof mixed] = "";
    int64_t before = 0;

    (void)state;
    for (size_t i = 0; i < sizeof mixed - 1; i++) {
        text[i] = mixed[i];
        assert_true(count_text(text) >= before);
        before = count_text(text);
    }
}

static void cut_fits_and_splits_nothing(void **state)
{
    char part[sizeof mixed];

    (void)state;
    for (int64_t tokens = 0; tokens < 8; tokens++) {
        size_t length = count_fit(mixed, tokens);
        memcpy(part, mixed, length);
        part[length] = '\0';
        json_t *string = json_string(part);
        assert_non_null(string); /* whole characters only */
        assert_true(count_text(part) <= tokens);
        assert_int_equal(mixed[length] != '\0', count_text(mixed) > tokens);
        json_decref(string);
    }
    assert_int_equal(count_fit("", 0), 0);
    assert_int_equal(count_fit("abc", INT64_MAX), 3);
}

static void json_counts_its_strings(void **state)
{
    static const struct {
        const char *name, *json;
        int64_t tokens;
    } rows[] = {
        {"string", "\"abcde\"", 2},
        {"number", "12345678", 0},
        {"null", "null", 0},
        {"list", "[\"abcd\",\"a\",1,true]", 2},
        {"map: values, not names", "{\"a long name\":\"abcd\"}", 1},
        {"nested", "[{\"content\":[{\"text\":\"abcde\"},{\"text\":\"a\"}]}]", 3},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        json_t *json = must(json_loads(rows[i].json, JSON_DECODE_ANY, NULL));
        if (count_json(json) != rows[i].tokens) {
            print_error("%s: %d\n", rows[i].name, (int)count_json(json));
            bad++;
        }
        json_decref(json);
    }
    assert_int_equal(bad, 0);
    assert_int_equal(count_json(NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_counted),
        cmocka_unit_test(longer_never_counts_less),
        cmocka_unit_test(cut_fits_and_splits_nothing),
        cmocka_unit_test(json_counts_its_strings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
