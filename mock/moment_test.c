#include "mock/moment.h"

#include "fixtures/basics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *name, *text;
    const char *same; /* as moment_text_ms() says it; NULL: refused */
} texts[] = {
    {"plain", "2025-01-15T10:30:00Z", "2025-01-15T10:30:00.000Z"},
    {"first", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"},
    {"last", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z"},
    {"lower case", "2025-01-15t10:30:00z", "2025-01-15T10:30:00.000Z"},
    {"space", "2025-01-15 10:30:00Z", "2025-01-15T10:30:00.000Z"},
    {"tenths", "2025-01-15T10:30:00.5Z", "2025-01-15T10:30:00.500Z"},
    {"microseconds", "2025-01-15T10:30:00.123456Z", "2025-01-15T10:30:00.123Z"},
    {"many digits", "2025-01-15T10:30:00.00000000000000000000001Z", "2025-01-15T10:30:00.000Z"},
    {"ahead", "2025-01-15T10:30:00+08:00", "2025-01-15T02:30:00.000Z"},
    {"behind, next day", "2025-01-15T20:30:00-05:30", "2025-01-16T02:00:00.000Z"},
    {"offset of nothing", "2025-01-15T10:30:00-00:00", "2025-01-15T10:30:00.000Z"},
    {"leap day", "2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"},
    {"leap day of a century", "2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z"},
    {"leap second", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"},
    {"no leap day", "2025-02-29T00:00:00Z", NULL},
    {"no leap day in 2100", "2100-02-29T00:00:00Z", NULL},
    {"February 30", "2024-02-30T00:00:00Z", NULL},
    {"April 31", "2025-04-31T00:00:00Z", NULL},
    {"day 0", "2025-01-00T00:00:00Z", NULL},
    {"day 32", "2025-01-32T00:00:00Z", NULL},
    {"month 0", "2025-00-15T00:00:00Z", NULL},
    {"month 13", "2025-13-15T00:00:00Z", NULL},
    {"hour 24", "2025-01-15T24:00:00Z", NULL},
    {"minute 60", "2025-01-15T00:60:00Z", NULL},
    {"second 61", "2025-01-15T00:00:61Z", NULL},
    {"too early", "1969-12-31T23:59:59Z", NULL},
    {"too early by its offset", "1970-01-01T00:00:00+00:01", NULL},
    {"too late by its offset", "9999-12-31T23:59:59-00:01", NULL},
    {"empty", "", NULL},
    {"date alone", "2025-01-15", NULL},
    {"no zone", "2025-01-15T10:30:00", NULL},
    {"no seconds", "2025-01-15T10:30Z", NULL},
    {"point alone", "2025-01-15T10:30:00.Z", NULL},
    {"short year", "225-01-15T10:30:00Z", NULL},
    {"long year", "12025-01-15T10:30:00Z", NULL},
    {"signs", "2025-+1-15T10:30:00Z", NULL},
    {"blank in front", " 2025-01-15T10:30:00Z", NULL},
    {"something behind", "2025-01-15T10:30:00Z ", NULL},
    {"offset without colon", "2025-01-15T10:30:00+0800", NULL},
    {"offset cut", "2025-01-15T10:30:00+08:0", NULL},
    {"offset hour 24", "2025-01-15T10:30:00+24:00", NULL},
    {"offset minute 60", "2025-01-15T10:30:00+08:60", NULL},
    {"two zones", "2025-01-15T10:30:00ZZ", NULL},
};

static void texts_are_read(void **state)
{
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        /* Exactly as many bytes as there are, so that reading one more is seen. */
        char *text = copy_text(texts[i].text), said[MOMENT_TEXT];
        int64_t moment_ms = -1;
        bool read = moment_parse(text, &moment_ms);
        if (read != (texts[i].same != NULL) ||
            (read && strcmp(moment_text_ms(moment_ms, said), texts[i].same) != 0)) {
            print_error("%s: %s, %s\n", texts[i].name, read ? "read" : "refused", read ? said : "");
            bad++;
        }
        free(text);
    }
    assert_int_equal(bad, 0);
}

static int64_t at(const char *text)
{
    int64_t moment_ms = -1;

    assert_true(moment_parse(text, &moment_ms));
    return moment_ms;
}

static void periods_have_edges(void **state)
{
    static const struct {
        const char *name, *now;
        enum period period;
        const char *start, *end;
    } rows[] = {
        {"noon", "2025-01-15T12:00:00Z", PERIOD_DAY, "2025-01-15T00:00:00Z",
         "2025-01-16T00:00:00Z"},
        {"midnight", "2025-01-15T00:00:00Z", PERIOD_DAY, "2025-01-15T00:00:00Z",
         "2025-01-16T00:00:00Z"},
        {"before midnight", "2025-01-15T23:59:59.999Z", PERIOD_DAY, "2025-01-15T00:00:00Z",
         "2025-01-16T00:00:00Z"},
        {"Wednesday", "2025-01-15T12:00:00Z", PERIOD_WEEK, "2025-01-13T00:00:00Z",
         "2025-01-20T00:00:00Z"},
        {"Monday", "2025-01-13T00:00:00Z", PERIOD_WEEK, "2025-01-13T00:00:00Z",
         "2025-01-20T00:00:00Z"},
        {"Sunday night", "2025-01-19T23:59:59.999Z", PERIOD_WEEK, "2025-01-13T00:00:00Z",
         "2025-01-20T00:00:00Z"},
        {"week over a year's end", "2025-01-01T00:00:00Z", PERIOD_WEEK, "2024-12-30T00:00:00Z",
         "2025-01-06T00:00:00Z"},
        {"31 days", "2025-01-31T23:59:59Z", PERIOD_MONTH, "2025-01-01T00:00:00Z",
         "2025-02-01T00:00:00Z"},
        {"28 days", "2025-02-28T12:00:00Z", PERIOD_MONTH, "2025-02-01T00:00:00Z",
         "2025-03-01T00:00:00Z"},
        {"29 days", "2024-02-01T00:00:00Z", PERIOD_MONTH, "2024-02-01T00:00:00Z",
         "2024-03-01T00:00:00Z"},
        {"30 days", "2025-04-30T12:00:00Z", PERIOD_MONTH, "2025-04-01T00:00:00Z",
         "2025-05-01T00:00:00Z"},
        {"December", "2025-12-31T23:59:59Z", PERIOD_MONTH, "2025-12-01T00:00:00Z",
         "2026-01-01T00:00:00Z"},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t now_ms = at(rows[i].now);
        char start[MOMENT_TEXT], end[MOMENT_TEXT];
        moment_text(moment_period_start(now_ms, rows[i].period), start);
        moment_text(moment_period_end(now_ms, rows[i].period), end);
        if (strcmp(start, rows[i].start) != 0 || strcmp(end, rows[i].end) != 0) {
            print_error("%s: from %s to %s\n", rows[i].name, start, end);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
    assert_int_equal(moment_period_start(at("2025-01-15T12:00:00Z"), PERIOD_NEVER), 0);
    assert_true(moment_period_end(at("2025-01-15T12:00:00Z"), PERIOD_NEVER) == INT64_MAX);
}

/* Where one ends the next begins, through four years of months. */
static void periods_leave_no_gap(void **state)
{
    const int64_t last_ms = at("2028-02-01T00:00:00Z");

    (void)state;
    for (enum period p = PERIOD_DAY; p <= PERIOD_MONTH; p++)
        for (int64_t ms = at("2024-01-01T00:00:00Z"); ms < last_ms;) {
            int64_t end_ms = moment_period_end(ms, p);
            assert_true(end_ms > ms);
            assert_int_equal(moment_period_start(end_ms, p), end_ms);
            assert_int_equal(moment_period_start(end_ms - 1, p), moment_period_start(ms, p));
            ms = end_ms;
        }
}

static void moments_are_written(void **state)
{
    char text[MOMENT_TEXT];

    (void)state;
    assert_string_equal(moment_http(784111777000, text), "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_string_equal(moment_text(784111777123, text), "1994-11-06T08:49:37Z");
    assert_string_equal(moment_text_ms(784111777023, text), "1994-11-06T08:49:37.023Z");
    assert_string_equal(moment_http(at("9999-12-31T23:59:59Z"), text),
                        "Fri, 31 Dec 9999 23:59:59 GMT");
}

static void periods_have_names(void **state)
{
    static const char *const wrong[] = {"", "Daily", "day", "yearly", "daily "};
    enum period period;

    (void)state;
    for (enum period p = PERIOD_DAY; p <= PERIOD_MONTH; p++) {
        assert_true(period_find(period_name(p), &period));
        assert_int_equal(period, p);
    }
    assert_null(period_name(PERIOD_NEVER));
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(period_find(wrong[i], &period));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_read),       cmocka_unit_test(periods_have_edges),
        cmocka_unit_test(periods_leave_no_gap), cmocka_unit_test(moments_are_written),
        cmocka_unit_test(periods_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
