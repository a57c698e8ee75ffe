/* Reads server-sent events as they come: bytes in, split anywhere; events out. */
#ifndef SUITES_STREAM_H
#define SUITES_STREAM_H

#include <stdbool.h>
#include <stddef.h>

enum { STREAM_LIMIT_BYTES = 4 << 20 };

/* One event. Borrowed from its stream until the next is read. */
struct stream_event {
    const char *name; /* what its last event: line says, or NULL */
    const char *data; /* its data: lines, joined by LF; ends with a NUL that is not counted */
    size_t length;
};

/* A text that grows. Owned by its stream. */
struct stream_text {
    char *bytes;
    size_t length, room;
};

/* Where the reading of one body stands, by the HTML standard's section on server-sent events. LF,
 * CRLF and CR end lines; a byte order mark may come first; an event without data is none; one that
 * no empty line ends is lost. Owned by the caller; zero but for `take` to start. */
struct stream {
    void (*take)(void *taker, const struct stream_event *event);
    void *taker;
    size_t limit_bytes; /* of a line, and of an event's data; 0: STREAM_LIMIT_BYTES */

    size_t comments; /* lines that began with a colon */
    size_t unknown;  /* lines with another field than data, event, id and retry */
    bool too_long;   /* the limit was met: nothing more is read */

    struct stream_text line, data, name;
    bool has_data, has_name;
    bool after_cr;   /* the LF that comes next ends no line of its own */
    unsigned marked; /* bytes seen of a byte order mark; 3: no longer looked for */
};

/* Reads so many bytes more. False when a line or an event is too long. */
bool stream_feed(struct stream *stream, const char *bytes, size_t length);

/* Did the body end inside an event, which is lost then? Asked when there are no more bytes. */
bool stream_unfinished(const struct stream *stream);

void stream_close(struct stream *stream);

#endif
