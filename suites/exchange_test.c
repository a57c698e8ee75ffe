/* Masking: nothing of a secret may be left, wherever it stood. */
#include "fixtures/basics.h"
#include "suites/check.h"
#include "suites/target.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *name, *before, *after;
} cases[] = {
    {"alone", "k-secret", "$GATEMARK_KEY"},
    {"twice", "k-secret k-secret", "$GATEMARK_KEY $GATEMARK_KEY"},
    {"a letter follows", "k-secretx", "${GATEMARK_KEY}x"},
    {"an underscore follows", "k-secret_", "${GATEMARK_KEY}_"},
    {"a hyphen follows", "k-secret-1", "$GATEMARK_KEY-1"},
    {"in the middle", "a=k-secret&b=1", "a=$GATEMARK_KEY&b=1"},
    {"a part of it", "k-secre", "k-secre"},
    {"empty", "", ""},
};

static void test_every_text_is_masked(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct exchange *x = must(calloc(1, sizeof *x));
        x->url = copy_text(cases[i].before);
        x->request_body = copy_text(cases[i].before);
        x->request_length = strlen(cases[i].before);
        x->response_body = copy_text(cases[i].before);
        x->response_length = strlen(cases[i].before);
        fields_add(&x->request_headers, "Authorization", cases[i].before);
        fields_add(&x->response_headers, "X-Echo", cases[i].before);
        exchange_mask(x, "k-secret", "$GATEMARK_KEY");
        if (strcmp(x->url, cases[i].after) != 0)
            fail_msg("%s: %s", cases[i].name, x->url);
        assert_string_equal(x->request_body, cases[i].after);
        assert_string_equal(x->response_body, cases[i].after);
        assert_int_equal(x->response_length, strlen(cases[i].after));
        assert_string_equal(fields_find(&x->request_headers, "authorization"), cases[i].after);
        assert_string_equal(exchange_header(x, "x-echo"), cases[i].after);
        exchange_free(x);
    }
}

static void test_bytes_after_a_nul_are_masked(void **state)
{
    static const char body[] = "a\0k-secret";
    struct exchange *x = must(calloc(1, sizeof *x));

    (void)state;
    x->response_body = must(malloc(sizeof body));
    memcpy(x->response_body, body, sizeof body);
    x->response_length = sizeof body - 1;
    exchange_mask(x, "k-secret", "$K");
    assert_int_equal(x->response_length, 4);
    assert_memory_equal(x->response_body, "a\0$K", 4);
    exchange_free(x);
}

/* A check that finds something whose words hold a key of the target and one an answer created. */
static void find_with_secrets(struct check *check)
{
    struct exchange *x = must(calloc(1, sizeof *x));

    check->exchanges = check->last = x;
    x->response_body = copy_text("{\"key\":\"created-secret-0123456789\"}");
    x->response_length = strlen(x->response_body);
    x->json = json_loads(x->response_body, 0, NULL);
    check_found(check, FAILED, x, "got good-key-0123 and created-secret-0123456789");
}

static void test_findings_and_created_secrets_are_masked(void **state)
{
    static const struct requirement row = {
        .id = "x.y", .source = "gatemark", .claim = "c", .test = find_with_secrets};
    struct target target = {0};
    struct check check;

    (void)state;
    target_add_key(&target, "valid", "good-key-0123");
    check_run(&check, &row, &target);
    assert_int_equal(check.outcome, FAILED);
    assert_string_equal(check.finding, "got $GATEMARK_KEY_VALID and created-secr...");
    assert_string_equal(check.exchanges->response_body, "{\"key\":\"created-secr...\"}");
    check_close(&check);
    target_close(&target);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_text_is_masked),
        cmocka_unit_test(test_bytes_after_a_nul_are_masked),
        cmocka_unit_test(test_findings_and_created_secrets_are_masked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
