/* A streamed answer as a check looks at it: asked for, read to its end, each event parsed. */
#ifndef SUITES_READING_H
#define SUITES_READING_H

#include "suites/calls.h"

/* One event that was heard. */
struct heard {
    char *name;   /* NULL: it had none */
    char *data;   /* never NULL */
    json_t *json; /* the data parsed, or NULL */
};

/* Owns its events until reading_close(); the exchange belongs to the check. */
struct reading {
    const struct exchange *x;
    struct heard *items;
    size_t count;
    size_t unknown;  /* lines that are neither comments nor known fields */
    bool unfinished; /* the body ended inside the last event */
};

/* The route's request with a text of several tokens; `fields`, the JSON text of an object or NULL,
 * add to it or replace. NULL, and the check UNTESTABLE or NOT_APPLICABLE, when there is none. */
json_t *need_spoken(struct check *check, const char *route, const char *fields);

/* Asks for a stream with such a request and reads it. False, and the check UNTESTABLE or
 * NOT_APPLICABLE, when no event came. */
bool need_stream(struct check *check, const char *route, const char *fields,
                 struct reading *reading);

/* As need_stream(), with this header line, or this query, besides. */
bool need_stream_with(struct check *check, const char *route, const char *fields,
                      const char *header, const char *query, struct reading *reading);

void reading_close(struct reading *reading);

/* Reads the body of an answer that has come. */
void reading_fill(struct reading *reading, const struct exchange *x);

/* The last event with JSON, or NULL. */
const struct heard *reading_last(const struct reading *reading);

/* The first event whose field `type` says so, or NULL. */
const struct heard *reading_type(const struct reading *reading, const char *type);

/* The type of the event at `at`, or "". */
const char *reading_type_at(const struct reading *reading, size_t at);

/* All texts at `path` of the events, one after the other, to be freed. */
char *reading_text(const struct reading *reading, const char *path);

/* FAILED unless the event has what stands at `path`; what it is, or NULL. */
const char *expect_heard_string(struct check *check, const struct reading *reading,
                                const struct heard *heard, const char *path);
bool expect_heard_integer(struct check *check, const struct reading *reading,
                          const struct heard *heard, const char *path, json_int_t *value);

/* Content-Type is this media type, whatever its parameters. */
void expect_media_type(struct check *check, const struct exchange *x, const char *type);

#endif
