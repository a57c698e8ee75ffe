#include "mock/http.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

const char *request_header(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (strcasecmp(request->headers[i].name, name) == 0)
            return request->headers[i].value;
    return NULL;
}

size_t request_header_count(const struct request *request, const char *name)
{
    size_t count = 0;

    for (size_t i = 0; i < request->header_count; i++)
        count += strcasecmp(request->headers[i].name, name) == 0;
    return count;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        return (c | 0x20) - 'a' + 10;
    return -1;
}

/* Decodes %XX and '+' of `text` into `value`; false when it does not fit or holds a NUL. */
static bool decode(const char *text, size_t length, char *value, size_t size)
{
    size_t used = 0;

    for (size_t i = 0; i < length; i++) {
        char c = text[i] == '+' ? ' ' : text[i];
        if (c == '%' && i + 2 < length && hex_digit(text[i + 1]) >= 0 &&
            hex_digit(text[i + 2]) >= 0) {
            c = (char)(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        }
        if (c == '\0' || used + 1 >= size)
            return false;
        value[used++] = c;
    }
    value[used] = '\0';
    return true;
}

/* The next parameter called `name` at or after `at`: its value and length; NULL when none is left.
 */
static const char *parameter_at(const char *at, const char *name, size_t *value_length)
{
    size_t length = strlen(name);

    while (*at) {
        size_t end = strcspn(at, "&");
        if (strncmp(at, name, length) == 0 && (at[length] == '=' || length == end)) {
            size_t skip = length + (at[length] == '=');
            *value_length = end - skip;
            return at + skip;
        }
        at += end + (at[end] == '&');
    }
    return NULL;
}

bool request_parameter(const struct request *request, const char *name, char *value, size_t size)
{
    size_t length;
    const char *found = parameter_at(request->query, name, &length);

    return found && decode(found, length, value, size);
}

size_t request_parameter_count(const struct request *request, const char *name)
{
    const char *at = request->query;
    size_t count = 0, length;

    while ((at = parameter_at(at, name, &length))) {
        count++;
        at += length;
    }
    return count;
}

void response_json(struct response *response, int status, json_t *body)
{
    json_decref(response->body);
    events_close(&response->events);
    response->content_type = NULL;
    response->status = status;
    response->body = body;
}

json_t *response_stream(struct response *response, enum framing framing, const char *content_type)
{
    json_t *body = response->body;

    response->body = NULL;
    response->events.framing = framing;
    response->content_type = content_type;
    return body;
}

void response_header_remove(struct response *response, const char *name)
{
    for (size_t i = 0; i < response->header_count; i++)
        if (strcasecmp(response->headers[i].name, name) == 0) {
            response->header_count--;
            memmove(&response->headers[i], &response->headers[i + 1],
                    (response->header_count - i) * sizeof response->headers[0]);
            return;
        }
}

void response_header(struct response *response, const char *name, const char *format, ...)
{
    char *value = response->header_room + response->header_used;
    size_t room = sizeof response->header_room - response->header_used;
    va_list args;

    response_header_remove(response, name);
    va_start(args, format);
    int length = vsnprintf(value, room, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= room || response->header_count == RESPONSE_HEADERS)
        return;
    for (char *c = value; *c; c++)
        if ((unsigned char)*c < ' ' || (unsigned char)*c > '~')
            *c = '?';
    response->headers[response->header_count++] = (struct header){name, value};
    response->header_used += (size_t)length + 1;
}

const char *response_header_find(const struct response *response, const char *name)
{
    for (size_t i = 0; i < response->header_count; i++)
        if (strcasecmp(response->headers[i].name, name) == 0)
            return response->headers[i].value;
    return NULL;
}

void response_close(struct response *response)
{
    json_decref(response->body);
    response->body = NULL;
    events_close(&response->events);
}
