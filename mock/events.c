#include "mock/events.h"

#include "fixtures/basics.h"

#include <stdlib.h>
#include <string.h>

static struct event *event_new(struct events *events)
{
    if (events->count == events->room) {
        events->room = events->room ? 2 * events->room : 16;
        events->items = must(realloc(events->items, events->room * sizeof *events->items));
    }
    struct event *event = &events->items[events->count++];
    *event = (struct event){0};
    return event;
}

struct event *events_add(struct events *events, const char *name, json_t *data)
{
    struct event *event = event_new(events);

    event->name = name;
    event->data = must(data);
    return event;
}

struct event *events_add_text(struct events *events, const char *text)
{
    struct event *event = event_new(events);

    event->text = copy_text(text);
    return event;
}

void events_move(struct events *events, size_t from, size_t to)
{
    struct event *items = events->items, moved = items[from];

    if (from < to)
        memmove(&items[from], &items[from + 1], (to - from) * sizeof *items);
    else
        memmove(&items[to + 1], &items[to], (from - to) * sizeof *items);
    items[to] = moved;
}

static void event_close(struct event *event)
{
    json_decref(event->data);
    free(event->text);
}

void events_remove(struct events *events, size_t at)
{
    events_move(events, at, events->count - 1);
    event_close(&events->items[--events->count]);
}

void events_repeat(struct events *events, size_t at)
{
    struct event *again = event_new(events);
    const struct event *event = &events->items[at];

    *again = *event;
    again->data = event->data ? must(json_deep_copy(event->data)) : NULL;
    again->text = copy_text(event->text);
    events_move(events, events->count - 1, at + 1);
}

static char *framed(enum framing framing, bool first, const char *name, const char *data)
{
    const char *end = framing == FRAMING_SSE ? "\n" : "\r\n";

    if (framing == FRAMING_ARRAY)
        return format_text("%s%s", first ? "[" : ",\r\n", data);
    if (name)
        return format_text("event: %s%sdata: %s%s%s", name, end, data, end, end);
    return format_text("data: %s%s%s", data, end, end);
}

char *events_text(const struct events *events, size_t at)
{
    const struct event *event = &events->items[at];

    if (!event->data)
        return copy_text(event->text ? event->text : "");
    char *json = must(json_dumps(event->data, JSON_COMPACT | JSON_REAL_PRECISION(15)));
    char *text = framed(events->framing, at == 0, event->name, json);
    free(json);
    return text;
}

void events_close(struct events *events)
{
    for (size_t i = 0; i < events->count; i++)
        event_close(&events->items[i]);
    free(events->items);
    *events = (struct events){0};
}
