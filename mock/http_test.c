#include "mock/http.h"

#include "fixtures/basics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void parameters_are_decoded(void **state)
{
    static const struct {
        const char *name, *query, *value; /* NULL: absent */
    } rows[] = {
        {"plain", "a=b", "b"},
        {"second", "x=1&a=b", "b"},
        {"first of two", "a=b&a=c", "b"},
        {"empty", "a=", ""},
        {"no sign", "a", ""},
        {"no sign, among others", "x&a&y", ""},
        {"plus and escapes", "a=b+c%20d%2b", "b c d+"},
        {"equals within", "a=b=c", "b=c"},
        {"escape cut", "a=b%4", "b%4"},
        {"no escape", "a=%zz", "%zz"},
        {"absent", "x=1", NULL},
        {"nothing", "", NULL},
        {"longer name", "ab=1", NULL},
        {"within a value", "x=a=1", NULL},
        {"NUL", "a=b%00c", NULL},
        {"just fits", "a=1234567", "1234567"},
        {"too long", "a=12345678", NULL},
        {"fits when decoded", "a=%31%32%33%34%35%36%37", "1234567"},
        {"many separators", "&&&a=b&&", "b"},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *query = copy_text(rows[i].query), *value = must(malloc(8));
        const struct request request = {.query = query};
        bool there = request_parameter(&request, "a", value, 8);
        if (there != (rows[i].value != NULL) || (there && strcmp(value, rows[i].value) != 0)) {
            print_error("%s: %s\n", rows[i].name, there ? value : "absent");
            bad++;
        }
        free(query);
        free(value);
    }
    assert_int_equal(bad, 0);
}

static void headers_are_found_in_any_case(void **state)
{
    static const struct header headers[] = {{"Host", "x"}, {"x-Key", "1"}, {"X-KEY", "2"}};
    const struct request request = {.headers = headers, .header_count = COUNT(headers)};

    (void)state;
    assert_string_equal(request_header(&request, "X-Key"), "1");
    assert_int_equal(request_header_count(&request, "x-key"), 2);
    assert_null(request_header(&request, "x-ke"));
    assert_int_equal(request_header_count(&request, "x-keys"), 0);
}

static void headers_are_replaced_and_removed(void **state)
{
    struct response response = {0};

    (void)state;
    response_header(&response, "A", "%d", 1);
    response_header(&response, "B", "%s", "two");
    response_header(&response, "a", "%d", 3);
    assert_int_equal(response.header_count, 2);
    assert_string_equal(response_header_find(&response, "A"), "3");
    response_header_remove(&response, "b");
    response_header_remove(&response, "none");
    assert_int_equal(response.header_count, 1);
    assert_null(response_header_find(&response, "B"));
    response_close(&response);
}

static void header_holds_no_control_bytes(void **state)
{
    struct response response = {0};

    (void)state;
    response_header(&response, "A", "%s", "x\r\nSet-Cookie: y\t\x7f\xC3\xA9~ ");
    assert_string_equal(response_header_find(&response, "A"), "x??Set-Cookie: y????~ ");
    response_close(&response);
}

static void what_does_not_fit_is_left_out(void **state)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i",
                                        "j", "k", "l", "m", "n", "o", "p", "q", "r",
                                        "s", "t", "u", "v", "w", "x", "y", "z"};
    char *big = must(malloc(RESPONSE_HEADER_BYTES + 1));
    struct response *response = must(calloc(1, sizeof *response));

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++)
        response_header(response, names[i], "%zu", i);
    assert_int_equal(response->header_count, RESPONSE_HEADERS);
    assert_string_equal(response_header_find(response, "x"), "23");
    assert_null(response_header_find(response, "y"));
    *response = (struct response){0};
    memset(big, 'x', RESPONSE_HEADER_BYTES);
    big[RESPONSE_HEADER_BYTES] = '\0';
    response_header(response, "big", "%s", big);
    assert_null(response_header_find(response, "big"));
    big[RESPONSE_HEADER_BYTES - 1] = '\0';
    response_header(response, "big", "%s", big);
    assert_non_null(response_header_find(response, "big"));
    response_header(response, "more", "%d", 1);
    assert_null(response_header_find(response, "more"));
    response_close(response);
    free(response);
    free(big);
}

static void json_is_replaced(void **state)
{
    struct response response = {0};

    (void)state;
    response_json(&response, 200, json_object());
    response_json(&response, 404, json_array());
    assert_int_equal(response.status, 404);
    assert_true(json_is_array(response.body));
    response_close(&response);
    response_close(&response);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_are_decoded),
        cmocka_unit_test(headers_are_found_in_any_case),
        cmocka_unit_test(headers_are_replaced_and_removed),
        cmocka_unit_test(header_holds_no_control_bytes),
        cmocka_unit_test(what_does_not_fit_is_left_out),
        cmocka_unit_test(json_is_replaced),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
