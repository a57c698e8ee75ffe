#include "mock/shape.h"

#include "fixtures/basics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct shape_field fields[] = {
    {"text", JSON_TEXT, true, true, 1, 5, NULL},
    {"whole", JSON_WHOLE, false, true, -1, 10, NULL},
    {"number", JSON_NUMERIC | JSON_NOTHING, false, true, 0, 2, NULL},
    {"flag", JSON_FLAG, false, false, 0, 0, NULL},
    {"list", JSON_LIST, false, true, 1, 2, NULL},
    {"map", JSON_MAP, false, false, 0, 0, NULL},
    {"word", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, "red|green"},
    {0},
};

static const struct {
    const char *name, *body;
    bool strict;
    enum fault fault;
    const char *param;
} bodies[] = {
    {"the least", "{\"text\":\"a\"}", true, FAULT_NONE, ""},
    {"everything",
     "{\"text\":\"a\",\"whole\":1,\"number\":0.5,\"flag\":true,\"list\":[1],\"map\":{},"
     "\"word\":\"red\"}",
     true, FAULT_NONE, ""},
    {"missing", "{}", true, FAULT_FIELD_MISSING, "text"},
    {"null is not missing", "{\"text\":null}", true, FAULT_FIELD_WRONG_TYPE, "text"},
    {"null where it may be", "{\"text\":\"a\",\"number\":null,\"word\":null}", true, FAULT_NONE,
     ""},
    {"number for text", "{\"text\":1}", false, FAULT_FIELD_WRONG_TYPE, "text"},
    {"text for number", "{\"text\":\"a\",\"number\":\"1\"}", false, FAULT_FIELD_WRONG_TYPE,
     "number"},
    {"decimal for whole", "{\"text\":\"a\",\"whole\":1.0}", false, FAULT_FIELD_WRONG_TYPE, "whole"},
    {"whole for number", "{\"text\":\"a\",\"number\":1}", false, FAULT_NONE, ""},
    {"word for flag", "{\"text\":\"a\",\"flag\":\"true\"}", false, FAULT_FIELD_WRONG_TYPE, "flag"},
    {"map for list", "{\"text\":\"a\",\"list\":{}}", false, FAULT_FIELD_WRONG_TYPE, "list"},
    {"list for map", "{\"text\":\"a\",\"map\":[]}", false, FAULT_FIELD_WRONG_TYPE, "map"},
    {"empty text", "{\"text\":\"\"}", false, FAULT_FIELD_OUT_OF_RANGE, "text"},
    {"longest text", "{\"text\":\"abcde\"}", false, FAULT_NONE, ""},
    {"text too long", "{\"text\":\"abcdef\"}", false, FAULT_FIELD_OUT_OF_RANGE, "text"},
    {"least", "{\"text\":\"a\",\"whole\":-1}", false, FAULT_NONE, ""},
    {"below", "{\"text\":\"a\",\"whole\":-2}", false, FAULT_FIELD_OUT_OF_RANGE, "whole"},
    {"most", "{\"text\":\"a\",\"number\":2}", false, FAULT_NONE, ""},
    {"above", "{\"text\":\"a\",\"number\":2.0000001}", false, FAULT_FIELD_OUT_OF_RANGE, "number"},
    {"huge", "{\"text\":\"a\",\"number\":1e308}", false, FAULT_FIELD_OUT_OF_RANGE, "number"},
    {"empty list", "{\"text\":\"a\",\"list\":[]}", false, FAULT_FIELD_OUT_OF_RANGE, "list"},
    {"list too long", "{\"text\":\"a\",\"list\":[1,2,3]}", false, FAULT_FIELD_OUT_OF_RANGE, "list"},
    {"last choice", "{\"text\":\"a\",\"word\":\"green\"}", false, FAULT_NONE, ""},
    {"no choice", "{\"text\":\"a\",\"word\":\"blue\"}", false, FAULT_FIELD_OUT_OF_RANGE, "word"},
    {"half a choice", "{\"text\":\"a\",\"word\":\"re\"}", false, FAULT_FIELD_OUT_OF_RANGE, "word"},
    {"two choices", "{\"text\":\"a\",\"word\":\"red|green\"}", false, FAULT_FIELD_OUT_OF_RANGE,
     "word"},
    {"empty choice", "{\"text\":\"a\",\"word\":\"\"}", false, FAULT_FIELD_OUT_OF_RANGE, "word"},
    {"unknown, strict", "{\"text\":\"a\",\"odd\":1}", true, FAULT_FIELD_UNKNOWN, "odd"},
    {"unknown, lax", "{\"text\":\"a\",\"odd\":1}", false, FAULT_NONE, ""},
    {"known comes before unknown", "{\"odd\":1}", true, FAULT_FIELD_MISSING, "text"},
    {"empty name", "{\"text\":\"a\",\"\":1}", true, FAULT_FIELD_UNKNOWN, ""},
};

static void bodies_are_judged(void **state)
{
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(bodies); i++) {
        struct shape_finding finding;
        json_t *body = must(json_loads(bodies[i].body, 0, NULL));
        shape_judge(fields, body, bodies[i].strict, &finding);
        if (finding.fault != bodies[i].fault || strcmp(finding.param, bodies[i].param) != 0 ||
            (finding.fault && !finding.detail[0])) {
            print_error("%s: %s %s: %s\n", bodies[i].name, fault_name(finding.fault), finding.param,
                        finding.detail);
            bad++;
        }
        json_decref(body);
    }
    assert_int_equal(bad, 0);
}

static void details_say_what_was_expected(void **state)
{
    static const struct {
        const char *body, *detail;
    } rows[] = {
        {"{\"text\":1}", "expected a string"},
        {"{\"text\":\"\"}", "expected 1 to 5 characters"},
        {"{\"text\":\"a\",\"number\":[]}", "expected an integer or a number or null"},
        {"{\"text\":\"a\",\"list\":[]}", "expected 1 to 2 items"},
        {"{\"text\":\"a\",\"whole\":99}", "expected -1 to 10"},
        {"{\"text\":\"a\",\"word\":\"x\"}", "expected one of red|green"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct shape_finding finding;
        json_t *body = must(json_loads(rows[i].body, 0, NULL));
        shape_judge(fields, body, false, &finding);
        assert_string_equal(finding.detail, rows[i].detail);
        json_decref(body);
    }
}

static char *nested(size_t depth, char open, char shut)
{
    char *text = must(malloc(depth * 2));

    memset(text, open, depth);
    memset(text + depth, shut, depth);
    return text;
}

static void depth_is_seen(void **state)
{
    static const struct {
        const char *name, *text;
        bool deep;
    } rows[] = {
        {"empty", "", false},
        {"brackets in a string",
         "\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
         "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"",
         false},
        {"side by side",
         "[[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],"
         "[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],"
         "[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[]]",
         false},
        {"backslash at the end", "\"\\", false},
        {"escaped quote", "\"\\\"[[", false},
    };
    static const char pairs[][2] = {{'[', ']'}, {'{', '}'}};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *text = copy_text(rows[i].text);
        if (shape_too_deep(text, strlen(text)) != rows[i].deep)
            fail_msg("%s", rows[i].name);
        free(text);
    }
    for (size_t i = 0; i < COUNT(pairs); i++)
        for (size_t depth = 1; depth < 200; depth++) {
            char *text = nested(depth, pairs[i][0], pairs[i][1]);
            assert_int_equal(shape_too_deep(text, depth * 2), depth > SHAPE_DEPTH);
            free(text);
        }
    assert_false(shape_too_deep(NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bodies_are_judged),
        cmocka_unit_test(details_say_what_was_expected),
        cmocka_unit_test(depth_is_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
