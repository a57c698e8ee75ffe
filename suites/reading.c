#include "suites/reading.h"

#include "suites/stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char spoken[] = "Say one, two, three: \xE4\xB8\x80\xE4\xBA\x8C\xE4\xB8\x89";

static void put_text(json_t *request, const char *text)
{
    if (json_object_get(request, "messages"))
        json_object_set_new(request, "messages",
                            json_pack("[{s:s, s:s}]", "role", "user", "content", text));
    if (json_object_get(request, "input"))
        json_object_set_new(request, "input", json_string(text));
    if (json_object_get(request, "contents"))
        json_object_set_new(request, "contents",
                            json_pack("[{s:s, s:[{s:s}]}]", "role", "user", "parts", "text", text));
}

json_t *need_spoken(struct check *check, const char *route, const char *fields)
{
    json_t *request = need_request(check, route);
    json_t *more = fields ? must(json_loads(fields, 0, NULL)) : NULL;

    if (request) {
        put_text(request, spoken);
        json_object_update(request, more);
    }
    json_decref(more);
    return request;
}

static void take(void *taker, const struct stream_event *event)
{
    struct reading *reading = taker;

    reading->items = must(realloc(reading->items, (reading->count + 1) * sizeof *reading->items));
    reading->items[reading->count++] = (struct heard){
        .name = copy_text(event->name),
        .data = copy_text(event->data),
        .json = json_loadb(event->data, event->length, 0, NULL),
    };
}

/* An event that the body ends in is heard, too: that it was cut off is another matter. */
void reading_fill(struct reading *reading, const struct exchange *x)
{
    struct stream stream = {.take = take, .taker = reading};

    *reading = (struct reading){.x = x};
    stream_feed(&stream, x->response_body, x->response_length);
    reading->unfinished = stream.too_long || stream_unfinished(&stream);
    reading->unknown = stream.unknown;
    stream_feed(&stream, "\n\n", 2);
    stream_close(&stream);
}

bool need_stream_with(struct check *check, const char *name, const char *fields, const char *header,
                      const char *query, struct reading *reading)
{
    const struct route *route = need_route(check, name);
    const char *secret = route ? need_key(check, route->key) : NULL;
    json_t *request = secret ? need_spoken(check, name, fields) : NULL;

    *reading = (struct reading){0};
    if (!request)
        return false;
    if (route->family != FAMILY_GEMINI)
        json_object_set_new(request, "stream", json_true());
    const struct exchange *x = check_attempt(check, (struct attempt){.route = route,
                                                                     .secret = secret,
                                                                     .json = request,
                                                                     .headers = {header},
                                                                     .query = query});
    json_decref(request);
    if (!need_success(check, x))
        return false;
    reading_fill(reading, x);
    return need_that(check, reading->count > 0, x, "needed a stream, but no event came");
}

bool need_stream(struct check *check, const char *route, const char *fields,
                 struct reading *reading)
{
    return need_stream_with(check, route, fields, NULL, NULL, reading);
}

void reading_close(struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++) {
        free(reading->items[i].name);
        free(reading->items[i].data);
        json_decref(reading->items[i].json);
    }
    free(reading->items);
    *reading = (struct reading){0};
}

const struct heard *reading_last(const struct reading *reading)
{
    for (size_t i = reading->count; i-- > 0;)
        if (reading->items[i].json)
            return &reading->items[i];
    return NULL;
}

const char *reading_type_at(const struct reading *reading, size_t at)
{
    const char *type = json_string_value(json_object_get(reading->items[at].json, "type"));

    return type ? type : "";
}

const struct heard *reading_type(const struct reading *reading, const char *type)
{
    for (size_t i = 0; i < reading->count; i++)
        if (strcmp(reading_type_at(reading, i), type) == 0)
            return &reading->items[i];
    return NULL;
}

char *reading_text(const struct reading *reading, const char *path)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = must(open_memstream(&text, &size));

    for (size_t i = 0; i < reading->count; i++) {
        const char *piece = json_string_value(json_at(reading->items[i].json, path));
        fputs(piece ? piece : "", file);
    }
    fclose(file);
    return must(text);
}

const char *expect_heard_string(struct check *check, const struct reading *reading,
                                const struct heard *heard, const char *path)
{
    const char *text = json_string_value(json_at(heard->json, path));

    expect_that(check, text != NULL, reading->x, "expected a text at %s of the event %.120s", path,
                heard->data);
    return text;
}

bool expect_heard_integer(struct check *check, const struct reading *reading,
                          const struct heard *heard, const char *path, json_int_t *value)
{
    const json_t *number = json_at(heard->json, path);

    *value = json_integer_value(number);
    return expect_that(check, json_is_integer(number), reading->x,
                       "expected a whole number at %s of the event %.120s", path, heard->data);
}

void expect_media_type(struct check *check, const struct exchange *x, const char *type)
{
    const char *value = expect_header(check, x, "Content-Type");
    size_t length = strlen(type);

    if (value)
        expect_that(check,
                    strncasecmp(value, type, length) == 0 &&
                        (value[length] == '\0' || strchr("; \t", value[length])),
                    x, "expected the Content-Type %s, got %s", type, value);
}
