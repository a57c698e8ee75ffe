/* Events become bytes as their framing says, and can be moved about. */
#include "mock/events.h"

#include "fixtures/basics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *name;
    enum framing framing;
    const char *wanted;
} framings[] = {
    {"SSE", FRAMING_SSE, "data: {\"n\":0}\n\nevent: ping\ndata: {\"n\":1}\n\nEND"},
    {"SSE with CRLF", FRAMING_SSE_CRLF,
     "data: {\"n\":0}\r\n\r\nevent: ping\r\ndata: {\"n\":1}\r\n\r\nEND"},
    {"array", FRAMING_ARRAY, "[{\"n\":0},\r\n{\"n\":1}END"},
};

/* All bytes of a stream, to be freed. */
static char *bytes(const struct events *events)
{
    char *all = NULL;
    size_t size = 0;
    FILE *file = must(open_memstream(&all, &size));

    for (size_t i = 0; i < events->count; i++) {
        char *text = events_text(events, i);
        fputs(text, file);
        free(text);
    }
    fclose(file);
    return must(all);
}

static void framings_differ_in_bytes_only(void **state)
{
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(framings); i++) {
        struct events events = {.framing = framings[i].framing};
        events_add(&events, NULL, json_pack("{s:i}", "n", 0));
        events_add(&events, "ping", json_pack("{s:i}", "n", 1));
        events_add_text(&events, "END");
        char *text = bytes(&events);
        if (strcmp(text, framings[i].wanted) != 0) {
            print_error("%s: %s\n", framings[i].name, text);
            bad++;
        }
        free(text);
        events_close(&events);
    }
    assert_int_equal(bad, 0);
}

static const struct {
    const char *name;
    size_t move_from, move_to, repeat, remove;
    const char *wanted;
} changes[] = {
    {"nothing is moved", 2, 2, 4, 5, "01234"}, {"moved up", 0, 4, 4, 5, "12340"},
    {"moved down", 4, 0, 4, 5, "40123"},       {"repeated in the middle", 1, 1, 1, 0, "11234"},
    {"the last removed", 1, 1, 0, 5, "00123"},
};

static void events_can_be_moved_about(void **state)
{
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(changes); i++) {
        struct events events = {0};
        for (char digit[] = "0"; *digit < '5'; ++*digit)
            events_add_text(&events, digit);
        events_move(&events, changes[i].move_from, changes[i].move_to);
        events_repeat(&events, changes[i].repeat);
        events_remove(&events, changes[i].remove);
        char *text = bytes(&events);
        if (strcmp(text, changes[i].wanted) != 0) {
            print_error("%s: %s\n", changes[i].name, text);
            bad++;
        }
        free(text);
        events_close(&events);
    }
    assert_int_equal(bad, 0);
}

static void a_repeated_event_has_data_of_its_own(void **state)
{
    struct events events = {0};

    (void)state;
    events_add(&events, "one", json_pack("{s:{s:i}}", "a", "n", 0));
    events_repeat(&events, 0);
    json_object_set_new(json_object_get(events.items[1].data, "a"), "n", json_integer(1));
    char *text = bytes(&events);
    assert_string_equal(
        text, "event: one\ndata: {\"a\":{\"n\":0}}\n\nevent: one\ndata: {\"a\":{\"n\":1}}\n\n");
    free(text);
    events_close(&events);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(framings_differ_in_bytes_only),
        cmocka_unit_test(events_can_be_moved_about),
        cmocka_unit_test(a_repeated_event_has_data_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
