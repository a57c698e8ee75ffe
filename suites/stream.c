#include "suites/stream.h"

#include "fixtures/basics.h"

#include <stdlib.h>
#include <string.h>

static const unsigned char mark[] = {0xEF, 0xBB, 0xBF};

/* Adds bytes and a NUL behind them; false, and nothing added, beyond the limit. */
static bool text_add(struct stream *stream, struct stream_text *text, const char *bytes,
                     size_t length)
{
    size_t limit = stream->limit_bytes ? stream->limit_bytes : STREAM_LIMIT_BYTES;

    if (length > limit || text->length > limit - length) {
        stream->too_long = true;
        return false;
    }
    if (text->length + length + 1 > text->room) {
        text->room = 2 * (text->length + length) + 64;
        text->bytes = must(realloc(text->bytes, text->room));
    }
    if (length)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
    return true;
}

/* An empty line: what was gathered is an event, unless it has no data. */
static void event_end(struct stream *stream)
{
    if (stream->has_data) {
        const struct stream_event event = {
            .name = stream->has_name ? stream->name.bytes : NULL,
            .data = stream->data.bytes,
            .length = stream->data.length,
        };
        stream->take(stream->taker, &event);
    }
    stream->has_data = stream->has_name = false;
    stream->data.length = stream->name.length = 0;
}

static bool is_field(const char *name, size_t length, const char *field)
{
    return length == strlen(field) && memcmp(name, field, length) == 0;
}

static void field_take(struct stream *stream, const char *name, size_t name_length,
                       const char *value, size_t length)
{
    if (is_field(name, name_length, "data")) {
        if (stream->has_data && !text_add(stream, &stream->data, "\n", 1))
            return;
        stream->has_data = text_add(stream, &stream->data, value, length);
    } else if (is_field(name, name_length, "event")) {
        stream->name.length = 0;
        stream->has_name = text_add(stream, &stream->name, value, length);
    } else if (!is_field(name, name_length, "id") && !is_field(name, name_length, "retry")) {
        stream->unknown++;
    }
}

static void line_end(struct stream *stream)
{
    const char *line = stream->line.bytes;
    size_t length = stream->line.length;

    stream->line.length = 0;
    if (length == 0) {
        event_end(stream);
        return;
    }
    if (line[0] == ':') {
        stream->comments++;
        return;
    }
    const char *colon = memchr(line, ':', length);
    size_t name = colon ? (size_t)(colon - line) : length;
    size_t skip = colon ? name + 1 : name;
    skip += skip < length && line[skip] == ' ';
    field_take(stream, line, name, line + skip, length - skip);
}

/* The first bytes of all may be a byte order mark, which says nothing. What begins like one and
 * goes on otherwise is text. How many bytes were eaten. */
static size_t mark_skip(struct stream *stream, const char *bytes, size_t length)
{
    size_t used = 0;

    while (stream->marked < sizeof mark && used < length) {
        if ((unsigned char)bytes[used] != mark[stream->marked]) {
            text_add(stream, &stream->line, (const char *)mark, stream->marked);
            stream->marked = sizeof mark;
            return used;
        }
        stream->marked++;
        used++;
    }
    return used;
}

bool stream_feed(struct stream *stream, const char *bytes, size_t length)
{
    size_t at = mark_skip(stream, bytes, length);

    while (at < length && !stream->too_long) {
        if (stream->after_cr && bytes[at] == '\n') {
            stream->after_cr = false;
            at++;
            continue;
        }
        stream->after_cr = false;
        size_t end = at;
        while (end < length && bytes[end] != '\n' && bytes[end] != '\r')
            end++;
        if (!text_add(stream, &stream->line, bytes + at, end - at))
            break;
        if (end < length) {
            stream->after_cr = bytes[end] == '\r';
            line_end(stream);
            end++;
        }
        at = end;
    }
    return !stream->too_long;
}

bool stream_unfinished(const struct stream *stream)
{
    return stream->has_data || stream->has_name || stream->line.length > 0 ||
           (stream->marked > 0 && stream->marked < sizeof mark);
}

void stream_close(struct stream *stream)
{
    free(stream->line.bytes);
    free(stream->data.bytes);
    free(stream->name.bytes);
    *stream = (struct stream){0};
}
