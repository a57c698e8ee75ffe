#include "mock/admission.h"

#include "fixtures/basics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };

static int64_t at(const char *text)
{
    int64_t moment_ms = -1;

    assert_true(moment_parse(text, &moment_ms));
    return moment_ms;
}

/* Wednesday. */
static int64_t start(void)
{
    return at("2025-01-15T10:30:00Z");
}

static int64_t admitted(struct meter *meter, const struct limits *limits, int count, int64_t now_ms)
{
    int64_t good = 0;

    for (int i = 0; i < count; i++)
        good += admission_take(meter, limits, now_ms).fault == FAULT_NONE;
    return good;
}

static const struct {
    const char *name;
    struct limits limits;
    int count;
    const char *first_at, *then_at;
    int first, then;
} windows[] = {
    {"no limit", {0}, 50, "2025-01-15T10:30:00Z", "2025-01-15T10:30:00Z", 50, 50},
    {"minute, at once", {.per_minute = 5}, 8, "2025-01-15T10:30:00Z", "2025-01-15T10:30:00Z", 5, 0},
    {"minute, as it ends",
     {.per_minute = 5},
     8,
     "2025-01-15T10:30:00Z",
     "2025-01-15T10:30:59.999Z",
     5,
     0},
    {"minute, when it is over",
     {.per_minute = 5},
     8,
     "2025-01-15T10:30:00Z",
     "2025-01-15T10:31:00Z",
     5,
     5},
    {"minute from the first request, not by the wall",
     {.per_minute = 5},
     8,
     "2025-01-15T10:30:59Z",
     "2025-01-15T10:31:01Z",
     5,
     0},
    {"minute, clock set back",
     {.per_minute = 5},
     8,
     "2025-01-15T10:30:00Z",
     "2025-01-15T10:29:00Z",
     5,
     5},
    {"day, later", {.per_day = 3}, 5, "2025-01-15T00:00:00Z", "2025-01-15T23:59:59.999Z", 3, 0},
    {"day, at midnight", {.per_day = 3}, 5, "2025-01-15T23:59:59Z", "2025-01-16T00:00:00Z", 3, 3},
    {"day, clock set back a day",
     {.per_day = 3},
     5,
     "2025-01-15T10:00:00Z",
     "2025-01-14T10:00:00Z",
     3,
     3},
    {"day, the same day in another year",
     {.per_day = 3},
     5,
     "2025-01-15T10:00:00Z",
     "2026-01-15T10:00:00Z",
     3,
     3},
    {"the day's cap before the minute's",
     {.per_minute = 9, .per_day = 3},
     5,
     "2025-01-15T10:00:00Z",
     "2025-01-15T10:01:00Z",
     3,
     0},
};

/* How many of `count` get in at each of two moments. */
static void windows_let_so_many_in(void **state)
{
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(windows); i++) {
        struct meter meter;
        meter_init(&meter);
        int64_t first =
            admitted(&meter, &windows[i].limits, windows[i].count, at(windows[i].first_at));
        int64_t then =
            admitted(&meter, &windows[i].limits, windows[i].count, at(windows[i].then_at));
        if (first != windows[i].first || then != windows[i].then) {
            print_error("%s: %d, then %d\n", windows[i].name, (int)first, (int)then);
            bad++;
        }
        meter_close(&meter);
    }
    assert_int_equal(bad, 0);
}

/* A spent budget, and whether there is room again later. */
static void budgets_come_back(void **state)
{
    static const struct {
        const char *name;
        enum period reset;
        const char *later;
        bool again;
    } rows[] = {
        {"never", PERIOD_NEVER, "2099-01-01T00:00:00Z", false},
        {"day, the same", PERIOD_DAY, "2025-01-15T23:59:59.999Z", false},
        {"day, the next", PERIOD_DAY, "2025-01-16T00:00:00Z", true},
        {"week, Sunday", PERIOD_WEEK, "2025-01-19T23:59:59.999Z", false},
        {"week, Monday", PERIOD_WEEK, "2025-01-20T00:00:00Z", true},
        {"month, the 31st", PERIOD_MONTH, "2025-01-31T23:59:59.999Z", false},
        {"month, the 1st", PERIOD_MONTH, "2025-02-01T00:00:00Z", true},
        {"month, a year on", PERIOD_MONTH, "2026-01-15T00:00:00Z", true},
        {"month, clock set back", PERIOD_MONTH, "2024-12-31T00:00:00Z", true},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct limits limits = {
            .has_budget = true, .budget_nano = 100, .budget_reset = rows[i].reset};
        struct meter meter;
        meter_init(&meter);
        admission_spend(&meter, &(struct cost){.nano = 99}, start());
        bool before = admission_take(&meter, &limits, start()).fault == FAULT_NONE;
        admission_spend(&meter, &(struct cost){.nano = 1}, start());
        struct room room = admission_take(&meter, &limits, start());
        bool again = admission_take(&meter, &limits, at(rows[i].later)).fault == FAULT_NONE;
        bool waits =
            rows[i].reset == PERIOD_NEVER
                ? room.wait_s == 0
                : room.wait_s * SECOND == moment_period_end(start(), rows[i].reset) - start();
        if (!before || room.fault != FAULT_BUDGET_SPENT || !waits || again != rows[i].again) {
            print_error("%s: %d, %s, %lld s, %d\n", rows[i].name, before, fault_name(room.fault),
                        (long long)room.wait_s, again);
            bad++;
        }
        meter_close(&meter);
    }
    assert_int_equal(bad, 0);
}

static void budget_of_nothing_is_spent(void **state)
{
    const struct limits limits = {.has_budget = true};
    struct meter meter;

    (void)state;
    meter_init(&meter);
    assert_int_equal(admission_take(&meter, &limits, start()).fault, FAULT_BUDGET_SPENT);
    meter_close(&meter);
}

static void refused_calls_take_nothing(void **state)
{
    static const struct limits rows[] = {{.per_minute = 2},
                                         {.per_day = 2},
                                         {.per_minute = 2, .per_day = 2},
                                         {.per_minute = 2, .per_day = 9}};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct meter meter;
        meter_init(&meter);
        assert_int_equal(admitted(&meter, &rows[i], 9, start()), 2);
        struct counts counts = meter_counts(&meter, start());
        assert_int_equal(counts.minute, 2);
        assert_int_equal(counts.today, 2);
        assert_int_equal(counts.month, 2);
        meter_close(&meter);
    }
}

static void counts_belong_to_their_periods(void **state)
{
    static const struct {
        const char *name, *now;
        int64_t input, output, today, month;
        struct spend spend;
    } rows[] = {
        {"at once", "2025-01-15T10:30:00Z", 21, 15, 3, 3, {30, 30, 30, 30}},
        {"next minute", "2025-01-15T10:31:00Z", 0, 0, 3, 3, {30, 30, 30, 30}},
        {"next day", "2025-01-16T00:00:00Z", 0, 0, 0, 3, {30, 0, 30, 30}},
        {"next week", "2025-01-20T00:00:00Z", 0, 0, 0, 3, {30, 0, 0, 30}},
        {"next month", "2025-02-01T00:00:00Z", 0, 0, 0, 0, {30, 0, 0, 0}},
    };
    const struct limits limits = {0};
    struct meter meter;
    int bad = 0;

    (void)state;
    meter_init(&meter);
    for (int i = 0; i < 3; i++) {
        admission_take(&meter, &limits, start());
        admission_spend(&meter, &(struct cost){10, 7, 5}, start());
    }
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct spend spend = meter_spend(&meter, at(rows[i].now));
        struct counts counts = meter_counts(&meter, at(rows[i].now));
        if (counts.today != rows[i].today || counts.month != rows[i].month ||
            counts.minute_input != rows[i].input || counts.minute_output != rows[i].output ||
            memcmp(&spend, &rows[i].spend, sizeof spend) != 0) {
            print_error("%s: %d today, %d this month, %d %d %d %d\n", rows[i].name,
                        (int)counts.today, (int)counts.month, (int)spend.total_nano,
                        (int)spend.day_nano, (int)spend.week_nano, (int)spend.month_nano);
            bad++;
        }
    }
    meter_close(&meter);
    assert_int_equal(bad, 0);
}

static void room_tells_what_is_left(void **state)
{
    const struct limits limits = {.per_minute = 3};
    struct meter meter;

    (void)state;
    meter_init(&meter);
    for (int64_t left = 2; left >= 0; left--) {
        struct room room = admission_take(&meter, &limits, start() + 500);
        assert_int_equal(room.limit, 3);
        assert_int_equal(room.remaining, left);
        assert_int_equal(room.reset_ms, start() + 500 + MINUTE);
    }
    struct room room = admission_take(&meter, &limits, start() + 1000);
    assert_int_equal(room.fault, FAULT_RATE_LIMITED);
    assert_int_equal(room.wait_s, 60); /* 59.5 s, rounded up */
    assert_int_equal(admission_take(&meter, &limits, start() + 500 + MINUTE - 1).wait_s, 1);
    assert_int_equal(admission_take(&meter, &limits, start() + 1000 + room.wait_s * SECOND).fault,
                     FAULT_NONE);
    meter_close(&meter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_let_so_many_in),
        cmocka_unit_test(budgets_come_back),
        cmocka_unit_test(budget_of_nothing_is_spent),
        cmocka_unit_test(refused_calls_take_nothing),
        cmocka_unit_test(counts_belong_to_their_periods),
        cmocka_unit_test(room_tells_what_is_left),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
