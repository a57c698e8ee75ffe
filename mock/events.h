/* A streamed answer as data: its events, the bytes that frame them, and when each one is due. */
#ifndef MOCK_EVENTS_H
#define MOCK_EVENTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How events become bytes. */
enum framing {
    FRAMING_SSE,      /* lines event: and data:, ended by LF */
    FRAMING_SSE_CRLF, /* the same, ended by CRLF as Google's are */
    FRAMING_ARRAY,    /* the items of one JSON array */
};

struct event {
    const char *name; /* of an SSE event; static; NULL: it has none */
    json_t *data;     /* NULL: there is `text` instead */
    char *text;       /* sent byte for byte: a comment, an end mark, whatever a lie needs */
    bool token;       /* it says a piece of the answer: the schedule goes by these */
    int64_t due_ms;   /* after the start of the stream */
};

/* Owns its events until events_close(). */
struct events {
    enum framing framing;
    struct event *items;
    size_t count, room;
};

/* Adds an event at the end, which may be changed until the next is added. Takes `data`. */
struct event *events_add(struct events *events, const char *name, json_t *data);

/* Adds bytes that no framing touches. */
struct event *events_add_text(struct events *events, const char *text);

/* Moves the event at `from` to where `to` says; those between make room. */
void events_move(struct events *events, size_t from, size_t to);
void events_remove(struct events *events, size_t at);

/* Puts a copy of the event at `at` behind it. */
void events_repeat(struct events *events, size_t at);

/* The bytes of the event at `at`, to be freed. */
char *events_text(const struct events *events, size_t at);

void events_close(struct events *events);

#endif
