/* Paces are read or refused in one sentence, and schedules keep their order and do not drift. */
#include "mock/pacing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *text;
    bool good;
    struct pacing pacing;
} texts[] = {
    {"ttft=300ms,gap=50ms,jitter=10ms", true, {300, 50, 10}},
    {"gap=1s", true, {0, 1000, 0}},
    {"jitter=0ms", true, {0, 0, 0}},
    {"jitter=5ms,ttft=2s", true, {2000, 0, 5}},
    {"ttft=600s", true, {600000, 0, 0}},
    {"ttft=601s", false, {0}},
    {"ttft=600001ms", false, {0}},
    {"ttft=99999999999999999999999ms", false, {0}},
    {"", false, {0}},
    {",", false, {0}},
    {"gap=50ms,", false, {0}},
    {"gap=50", false, {0}},
    {"gap=50 ms", false, {0}},
    {"gap=-1ms", false, {0}},
    {"gap=+1ms", false, {0}},
    {"gap=0x1ms", false, {0}},
    {"gap=ms", false, {0}},
    {"gap=1m", false, {0}},
    {"gap=1msx", false, {0}},
    {"gap", false, {0}},
    {"speed=1ms", false, {0}},
    {"gap=1ms;ttft=1ms", false, {0}},
};

static void paces_are_read_or_refused(void **state)
{
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct pacing pacing = {0};
        struct problem problem = {0};
        char *text = copy_text(texts[i].text); /* exactly as long as it is */
        bool good = pacing_parse(&pacing, text, &problem);
        if (good != texts[i].good || good != (problem.text[0] == '\0') ||
            memcmp(&pacing, &texts[i].pacing, sizeof pacing) != 0) {
            print_error("\"%s\": %s\n", texts[i].text, good ? "taken" : problem.text);
            bad++;
        }
        free(text);
    }
    assert_int_equal(bad, 0);
}

/* c: a comment, o: what opens or closes an answer, t: a token */
static void events_fill(struct events *events, const char *kinds)
{
    for (; *kinds; kinds++)
        if (*kinds == 'c')
            events_add_text(events, ": wait\n\n");
        else
            events_add(events, NULL, json_object())->token = *kinds == 't';
}

static const struct {
    const char *name, *kinds;
    struct pacing pacing;
    int64_t due_ms[6];
} schedules[] = {
    {"none", "octto", {0, 0, 0}, {0, 0, 0, 0, 0}},
    {"first", "ottto", {300, 0, 0}, {300, 300, 300, 300, 300}},
    {"gaps", "ottto", {300, 50, 0}, {300, 300, 350, 400, 400}},
    {"comment first", "cottc", {300, 50, 0}, {0, 300, 300, 350, 350}},
    {"no token", "coo", {300, 50, 0}, {0, 300, 300}},
    {"nothing", "", {300, 50, 0}, {0}},
};

static void schedules_go_by_tokens(void **state)
{
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(schedules); i++) {
        struct events events = {0};
        events_fill(&events, schedules[i].kinds);
        pacing_apply(&schedules[i].pacing, &events, 7);
        for (size_t n = 0; n < events.count; n++)
            if (events.items[n].due_ms != schedules[i].due_ms[n]) {
                print_error("%s: event %zu is due after %lld ms\n", schedules[i].name, n,
                            (long long)events.items[n].due_ms);
                bad++;
            }
        events_close(&events);
    }
    assert_int_equal(bad, 0);
}

static void jitter_stays_within_its_bounds_and_is_repeatable(void **state)
{
    const struct pacing pacing = {.ttft_ms = 100, .gap_ms = 50, .jitter_ms = 10};
    struct events events = {0}, again = {0};
    int moved = 0;

    (void)state;
    for (int i = 0; i < 200; i++) {
        events_fill(&events, "t");
        events_fill(&again, "t");
    }
    pacing_apply(&pacing, &events, 7);
    pacing_apply(&pacing, &again, 7);
    for (size_t i = 0; i < events.count; i++) {
        int64_t off_ms = events.items[i].due_ms - 100 - 50 * (int64_t)i;
        assert_true(off_ms >= -10 && off_ms <= 10);
        assert_int_equal(events.items[i].due_ms, again.items[i].due_ms);
        moved += off_ms != 0;
    }
    assert_true(moved > 100);
    pacing_apply(&pacing, &again, 8);
    assert_true(again.items[0].due_ms != events.items[0].due_ms ||
                again.items[1].due_ms != events.items[1].due_ms);
    events_close(&events);
    events_close(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paces_are_read_or_refused),
        cmocka_unit_test(schedules_go_by_tokens),
        cmocka_unit_test(jitter_stays_within_its_bounds_and_is_repeatable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
