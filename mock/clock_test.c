#include "mock/clock.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void specs_are_read(void **state)
{
    static const struct {
        const char *name, *spec;
        bool good, is_virtual;
        int64_t start_ms;
    } rows[] = {
        {"real", "real", true, false, 0},
        {"virtual", "virtual", true, true, 1736937000000},
        {"virtual from a time", "virtual:1970-01-01T00:00:01Z", true, true, 1000},
        {"empty", "", false, false, 0},
        {"another word", "unreal", false, false, 0},
        {"capitals", "Real", false, false, 0},
        {"half a word", "virt", false, false, 0},
        {"half a word and a time", "virt:1970-01-01T00:00:01Z", false, false, 0},
        {"real with a time", "real:1970-01-01T00:00:01Z", false, false, 0},
        {"no time", "virtual:", false, false, 0},
        {"bad time", "virtual:yesterday", false, false, 0},
        {"date alone", "virtual:2025-01-01", false, false, 0},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct problem problem = {0};
        struct clock clock = {0};
        bool good = clock_init(&clock, rows[i].spec, &problem);
        if (good != rows[i].good || good == (problem.text[0] != '\0') ||
            (good && (clock.is_virtual != rows[i].is_virtual ||
                      (clock.is_virtual && clock_now_ms(&clock) != rows[i].start_ms)))) {
            print_error("%s: %s %s\n", rows[i].name, good ? "read" : "refused", problem.text);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void virtual_clock_moves_when_told(void **state)
{
    static const struct {
        const char *name;
        double seconds;
        int64_t ahead_ms; /* -1: refused */
    } rows[] = {
        {"nothing", 0, 0},          {"a minute", 60, 60000},    {"a fraction", 0.25, 250},
        {"a day", 86400, 86400000}, {"back", -1, -1},           {"beyond 9999", 1e12, -1},
        {"far beyond", 1e300, -1},  {"infinity", HUGE_VAL, -1}, {"no number", NAN, -1},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct problem problem = {0};
        struct clock clock;
        assert_true(clock_init(&clock, "virtual", &problem));
        int64_t start_ms = clock_now_ms(&clock);
        bool moved = clock_advance(&clock, rows[i].seconds);
        int64_t ahead_ms = moved ? clock_now_ms(&clock) - start_ms : -1;
        if (ahead_ms != rows[i].ahead_ms || (!moved && clock_now_ms(&clock) != start_ms)) {
            print_error("%s: %lld ms\n", rows[i].name, (long long)ahead_ms);
            bad++;
        }
        clock_restart(&clock);
        assert_int_equal(clock_now_ms(&clock), start_ms);
    }
    assert_int_equal(bad, 0);
}

static void virtual_clock_is_set(void **state)
{
    struct problem problem = {0};
    struct clock clock;

    (void)state;
    assert_true(clock_init(&clock, "virtual:2025-06-01T00:00:00Z", &problem));
    assert_true(clock_set(&clock, 0));
    assert_int_equal(clock_now_ms(&clock), 0);
    assert_true(clock_set(&clock, 253402300799000));
    assert_false(clock_advance(&clock, 1));
    assert_false(clock_set(&clock, -1));
    assert_false(clock_set(&clock, INT64_MAX));
    assert_int_equal(clock_now_ms(&clock), 253402300799000);
}

static void real_clock_is_the_machines(void **state)
{
    struct problem problem = {0};
    struct clock clock;

    (void)state;
    assert_true(clock_init(&clock, "real", &problem));
    int64_t before_ms = (int64_t)time(NULL) * 1000;
    assert_in_range(clock_now_ms(&clock), before_ms - 1000, before_ms + 60000);
    assert_false(clock_set(&clock, 0));
    assert_false(clock_advance(&clock, 1));
    clock_restart(&clock);
    assert_true(clock_now_ms(&clock) >= before_ms - 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(specs_are_read),
        cmocka_unit_test(virtual_clock_moves_when_told),
        cmocka_unit_test(virtual_clock_is_set),
        cmocka_unit_test(real_clock_is_the_machines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
