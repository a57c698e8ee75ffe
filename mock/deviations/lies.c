#include "mock/deviations/lies.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool lie_admit(struct call *call, enum fault fault)
{
    if (call->decision.fault != fault)
        return false;
    call->decision.fault = FAULT_NONE;
    return true;
}

bool lie_refuse(struct call *call, enum fault fault)
{
    if (call->decision.fault)
        return false;
    call_refuse(call, fault, "a lie");
    return true;
}

bool lie_swap(struct call *call, enum fault fault, enum fault other)
{
    if (call->decision.fault != fault)
        return false;
    call->decision.fault = other;
    return true;
}

bool lie_at(const struct call *call, const char *ending)
{
    size_t tail = strlen(ending);
    size_t length = call->endpoint ? strlen(call->endpoint->path) : 0;

    return length >= tail && strcmp(call->endpoint->path + length - tail, ending) == 0;
}

bool lie_in(const struct call *call, const char *method, const char *ending)
{
    return strcmp(call->request->method, method) == 0 && lie_at(call, ending);
}

const char *lie_header(const struct call *call, const char *name)
{
    const char *value = request_header(call->request, name);

    return value ? value : "";
}

static json_t *step(json_t *value, const char *name, size_t length)
{
    if (json_is_array(value))
        return json_array_get(value, strtoul(name, NULL, 10));
    return json_object_getn(value, name, length);
}

json_t *lie_get(json_t *body, const char *path)
{
    while (body && *path) {
        size_t length = strcspn(path, ".");
        body = step(body, path, length);
        path += length + (path[length] == '.');
    }
    return body;
}

static bool put(json_t *parent, const char *name, size_t length, const char *value)
{
    char member[64];

    snprintf(member, sizeof member, "%.*s", (int)length, name);
    if (!value)
        return json_is_array(parent) ? json_array_remove(parent, strtoul(name, NULL, 10)) == 0
                                     : json_object_del(parent, member) == 0;
    json_t *json = json_loads(value, JSON_DECODE_ANY, NULL);
    if (json_is_array(parent))
        return json_array_set_new(parent, strtoul(name, NULL, 10), json) == 0;
    return json_object_set_new(parent, member, json) == 0;
}

bool lie_set(json_t *body, const char *path, const char *value)
{
    size_t length = strcspn(path, ".");
    const char *rest = path + length + (path[length] == '.');
    bool any = false;
    json_t *item;
    size_t i;

    if (!body)
        return false;
    if (*path == '*') {
        json_array_foreach(body, i, item)
            any |= lie_set(item, rest, value);
        return any;
    }
    if (!*rest)
        return put(body, path, length, value);
    return lie_set(step(body, path, length), rest, value);
}

bool lie_from(const struct call *call, const char *gateway)
{
    return strcmp(call->gateway->name, gateway) == 0;
}

bool lie_answers(const struct call *call, const char *method, const char *ending)
{
    return call->response->status / 100 == 2 && call->response->body &&
           lie_in(call, method, ending);
}

bool lie_refuses(const struct call *call, const char *gateway)
{
    return call->response->status >= 400 && call->response->body &&
           (!gateway || lie_from(call, gateway));
}

bool lie_by_api(const struct call *call)
{
    return call->decision.key && call->decision.key->origin == ORIGIN_API;
}

bool lie_of_tokens(const struct call *call)
{
    const struct key *key = call->decision.key;

    return (call->endpoint &&
            (call->endpoint->oauth || call->endpoint->need == NEED_ORGANIZATION)) ||
           (key && key->kind == KIND_TOKEN);
}

bool lie_asks(const struct call *call, const char *part)
{
    return strstr(call->request->query, part) != NULL;
}

bool lie_put(struct call *call, const char *path, json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY);
    bool done = text && lie_set(call->response->body, path, text);

    free(text);
    json_decref(value);
    return done;
}

bool lie_put_text(struct call *call, const char *path, const char *text)
{
    return lie_put(call, path, json_string(text));
}

bool lie_add(struct call *call, const char *path, json_int_t more)
{
    return lie_put(call, path,
                   json_integer(json_integer_value(lie_get(call->response->body, path)) + more));
}

bool lie_has_text(const struct call *call, const char *path, const char *text)
{
    const char *is = json_string_value(lie_get(call->response->body, path));

    return is && strcmp(is, text) == 0;
}

bool lie_each(struct call *call, const char *path,
              void (*change)(const struct call *call, json_t *item))
{
    json_t *items = lie_get(call->response->body, path), *item;
    size_t i;

    json_array_foreach(items, i, item)
        change(call, item);
    return json_array_size(items) > 0;
}

static bool has(json_t *data, const char *path, size_t length, const char *text)
{
    char name[96];

    snprintf(name, sizeof name, "%.*s", (int)length, path);
    const json_t *value = lie_get(data, name);
    if (!value || json_is_null(value))
        return false;
    return !text || (json_is_string(value) && strcmp(json_string_value(value), text) == 0);
}

size_t lie_event(const struct call *call, const char *path)
{
    const struct events *events = &call->response->events;
    size_t length = strcspn(path, "="), at = 0;
    const char *text = path[length] ? path + length + 1 : NULL;

    while (at < events->count && !has(events->items[at].data, path, length, text))
        at++;
    return at;
}

bool lie_set_status(struct call *call, int status)
{
    call->response->status = status;
    return true;
}

bool lie_pretend(struct call *call, enum fault fault, int status)
{
    return call->decision.fault == fault && lie_set_status(call, status);
}

bool lie_pretend_param(struct call *call, const char *param, int status)
{
    return call->decision.fault && strcmp(call->decision.param, param) == 0 &&
           lie_set_status(call, status);
}
