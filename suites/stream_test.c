/* Server-sent events are read the same wherever the bytes are split. */
#include "suites/stream.h"

#include "fixtures/basics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BOM "\xEF\xBB\xBF"
#define BYTES(text) text, sizeof(text) - 1

static const struct {
    const char *name, *bytes;
    size_t length;
    const char *events; /* name|data; of each */
    size_t comments, unknown;
    bool unfinished, too_long;
} cases[] = {
    {"nothing", BYTES(""), "", 0, 0, false, false},
    {"one", BYTES("data: a\n\n"), "-|a;", 0, 0, false, false},
    {"without the blank", BYTES("data:a\n\n"), "-|a;", 0, 0, false, false},
    {"one blank only is skipped", BYTES("data:  a\n\n"), "-| a;", 0, 0, false, false},
    {"a tab is no blank", BYTES("data:\ta\n\n"), "-|\ta;", 0, 0, false, false},
    {"two", BYTES("data: a\n\ndata: b\n\n"), "-|a;-|b;", 0, 0, false, false},
    {"CRLF", BYTES("data: a\r\n\r\ndata: b\r\n\r\n"), "-|a;-|b;", 0, 0, false, false},
    {"CR", BYTES("data: a\r\rdata: b\r\r"), "-|a;-|b;", 0, 0, false, false},
    {"mixed line ends", BYTES("data: a\r\n\ndata: b\n\r\ndata: c\r\r\n"), "-|a;-|b;-|c;", 0, 0,
     false, false},
    {"many empty lines", BYTES("\n\r\n\r\rdata: a\n\n\n\n"), "-|a;", 0, 0, false, false},
    {"name", BYTES("event: ping\ndata: a\n\n"), "ping|a;", 0, 0, false, false},
    {"name behind", BYTES("data: a\nevent: ping\n\n"), "ping|a;", 0, 0, false, false},
    {"two names", BYTES("event: x\nevent: ping\ndata: a\n\n"), "ping|a;", 0, 0, false, false},
    {"empty name", BYTES("event:\ndata: a\n\n"), "|a;", 0, 0, false, false},
    {"name does not last", BYTES("event: ping\ndata: a\n\ndata: b\n\n"), "ping|a;-|b;", 0, 0, false,
     false},
    {"name without data", BYTES("event: ping\n\ndata: a\n\n"), "-|a;", 0, 0, false, false},
    {"lines of data", BYTES("data: a\ndata: b\ndata:\ndata: c\n\n"), "-|a\nb\n\nc;", 0, 0, false,
     false},
    {"empty data", BYTES("data:\n\n"), "-|;", 0, 0, false, false},
    {"data without a colon", BYTES("data\n\n"), "-|;", 0, 0, false, false},
    {"two without a colon", BYTES("data\ndata\n\n"), "-|\n;", 0, 0, false, false},
    {"colons in data", BYTES("data: a: b\n\n"), "-|a: b;", 0, 0, false, false},
    {"comment", BYTES(": hello\n\ndata: a\n\n"), "-|a;", 1, 0, false, false},
    {"comment inside", BYTES("data: a\n:\ndata: b\n\n"), "-|a\nb;", 1, 0, false, false},
    {"comments alone", BYTES(":a\n:b\n\n"), "", 2, 0, false, false},
    {"id and retry", BYTES("id: 1\nretry: 2\ndata: a\n\n"), "-|a;", 0, 0, false, false},
    {"unknown field", BYTES("datas: b\ndata: a\n\n"), "-|a;", 0, 1, false, false},
    {"names have a case", BYTES("Data: b\ndata: a\n\n"), "-|a;", 0, 1, false, false},
    {"blank before the name", BYTES(" data: b\ndata: a\n\n"), "-|a;", 0, 1, false, false},
    {"words", BYTES("OPENROUTER PROCESSING\n\n"), "", 0, 1, false, false},
    {"mark", BYTES(BOM "data: a\n\n"), "-|a;", 0, 0, false, false},
    {"mark twice", BYTES(BOM BOM "data: b\ndata: a\n\n"), "-|a;", 0, 1, false, false},
    {"mark later", BYTES("data: a\n\n" BOM "data: b\n\n"), "-|a;", 0, 1, false, false},
    {"half a mark",
     BYTES("\xEF\xBB"
           "data: b\ndata: a\n\n"),
     "-|a;", 0, 1, false, false},
    {"a mark that ends a line", BYTES("\xEF\ndata: a\n\n"), "-|a;", 0, 1, false, false},
    {"mark alone", BYTES(BOM), "", 0, 0, false, false},
    {"UTF-8", BYTES("data: 你好\n\n"), "-|你好;", 0, 0, false, false},
    {"no empty line", BYTES("data: a\n\ndata: b\n"), "-|a;", 0, 0, true, false},
    {"no line end", BYTES("data: a\n\ndata: b"), "-|a;", 0, 0, true, false},
    {"one CRLF", BYTES("data: a\r\n"), "", 0, 0, true, false},
    {"a name at the end", BYTES("data: a\n\nevent: x\n"), "-|a;", 0, 0, true, false},
    {"line too long", BYTES("data: a\n\ndata: 0123456789012345678901234567890\n\n"), "-|a;", 0, 0,
     true, true},
    {"data too long",
     BYTES("data: a\n\ndata: 0123456789\ndata: 0123456789\ndata: 0123456789\ndata: 01\n\n"), "-|a;",
     0, 0, true, true},
    {"as long as may be", BYTES("data: 01234567890123456789012345\n\n"),
     "-|01234567890123456789012345;", 0, 0, false, false},
};

enum { LIMIT_BYTES = 32 };

static void write_event(void *taker, const struct stream_event *event)
{
    fprintf(taker, "%s|", event->name ? event->name : "-");
    fwrite(event->data, 1, event->length, taker);
    fputc(';', taker);
}

/* Feeds a copy of exactly these bytes. */
static void feed(struct stream *stream, const char *bytes, size_t length)
{
    char *copy = must(malloc(length + (length == 0)));

    memcpy(copy, bytes, length);
    stream_feed(stream, copy, length);
    free(copy);
}

/* Reads case `i` in pieces that end at `first`, `second` and the end. */
static int reads_wrong(size_t i, size_t first, size_t second)
{
    const char *bytes = cases[i].bytes;
    char *events = NULL;
    size_t size = 0;
    FILE *file = must(open_memstream(&events, &size));
    struct stream stream = {.take = write_event, .taker = file, .limit_bytes = LIMIT_BYTES};

    feed(&stream, bytes, first);
    feed(&stream, bytes + first, second - first);
    feed(&stream, bytes + second, cases[i].length - second);
    fclose(file);
    int bad = strcmp(events, cases[i].events) != 0 || stream.comments != cases[i].comments ||
              stream.unknown != cases[i].unknown || stream.too_long != cases[i].too_long ||
              (!stream.too_long && stream_unfinished(&stream) != cases[i].unfinished);
    if (bad)
        print_error("%s, split at %zu and %zu: %s\n", cases[i].name, first, second, events);
    stream_close(&stream);
    free(events);
    return bad;
}

static void events_do_not_depend_on_splits(void **state)
{
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        for (size_t first = 0; first <= cases[i].length; first++)
            for (size_t second = first; second <= cases[i].length; second++)
                bad += reads_wrong(i, first, second);
    assert_int_equal(bad, 0);
}

static void single_bytes_do(void **state)
{
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *events = NULL;
        size_t size = 0;
        FILE *file = must(open_memstream(&events, &size));
        struct stream stream = {.take = write_event, .taker = file, .limit_bytes = LIMIT_BYTES};
        for (size_t at = 0; at < cases[i].length; at++)
            feed(&stream, cases[i].bytes + at, 1);
        fclose(file);
        if (strcmp(events, cases[i].events) != 0) {
            print_error("%s: %s\n", cases[i].name, events);
            bad++;
        }
        stream_close(&stream);
        free(events);
    }
    assert_int_equal(bad, 0);
}

static void count_event(void *taker, const struct stream_event *event)
{
    *(size_t *)taker += event->length;
}

static void nuls_are_bytes_like_others(void **state)
{
    size_t length = 0;
    struct stream stream = {.take = count_event, .taker = &length};

    (void)state;
    assert_true(stream_feed(&stream, "data: a\0b\n\n", 11));
    assert_int_equal(length, 3);
    stream_close(&stream);
}

static void long_data_are_read_up_to_the_limit(void **state)
{
    size_t length = 0, big = STREAM_LIMIT_BYTES - 6;
    struct stream stream = {.take = count_event, .taker = &length};
    char *text = must(malloc(big + 1));

    (void)state;
    memset(text, 'x', big + 1);
    assert_true(stream_feed(&stream, "data: ", 6));
    assert_true(stream_feed(&stream, text, big));
    assert_true(stream_feed(&stream, "\n\n", 2));
    assert_int_equal(length, big);
    assert_true(stream_feed(&stream, "data: ", 6));
    assert_false(stream_feed(&stream, text, big + 1));
    assert_false(stream_feed(&stream, "\n\n", 2));
    assert_int_equal(length, big);
    stream_close(&stream);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_do_not_depend_on_splits),
        cmocka_unit_test(single_bytes_do),
        cmocka_unit_test(nuls_are_bytes_like_others),
        cmocka_unit_test(long_data_are_read_up_to_the_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
