#include "suites/expect.h"

#include "suites/served.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* An exchange without an answer has been recorded as untestable when it was made. */
static bool answered(const struct exchange *x)
{
    return x->status != 0;
}

static bool within(const struct exchange *x, int least, int most)
{
    return x->status >= least && x->status <= most;
}

bool need_status(struct check *check, const struct exchange *x, int status)
{
    if (answered(x) && x->status != status)
        check_found(check, UNTESTABLE, x, "needed status %d to go on, got %d", status, x->status);
    return answered(x) && x->status == status;
}

bool need_success(struct check *check, const struct exchange *x)
{
    if (answered(x) && !within(x, 200, 299))
        check_found(check, UNTESTABLE, x, "needed a success to go on, got %d", x->status);
    return within(x, 200, 299);
}

bool need_refusal(struct check *check, const struct exchange *x)
{
    if (answered(x) && !within(x, 400, 499))
        check_found(check, UNTESTABLE, x, "needed a refusal to look at, got %d", x->status);
    return within(x, 400, 499);
}

const json_t *need_json(struct check *check, const struct exchange *x)
{
    if (answered(x) && !x->json)
        check_found(check, UNTESTABLE, x, "needed a JSON answer, got %zu bytes of something else",
                    x->response_length);
    return x->json;
}

/* What the user's profile says comes before what the contract says. */
static const struct promise *find_promise(const struct target *target, const char *about)
{
    for (const struct target_promise *own = target->promises; own; own = own->next)
        if (strcmp(own->promise.about, about) == 0)
            return &own->promise;
    for (const struct promise *promise = target->contract->promises; promise->about; promise++)
        if (strcmp(promise->about, about) == 0)
            return promise;
    return NULL;
}

const struct promise *need_promise(struct check *check, const char *about)
{
    const struct promise *promise = find_promise(check->target, about);

    if (!promise) {
        check_found(check, NOT_APPLICABLE, NULL, "%s promises nothing about '%s'",
                    check->target->contract->gateway, about);
        return NULL;
    }
    if (promise->source) {
        check->source = promise->source;
        check->evidence = promise->evidence;
    }
    return promise;
}

const struct route *need_route(struct check *check, const char *name)
{
    const struct route *route = contract_route(check->target->contract, name);

    if (!route)
        check_found(check, NOT_APPLICABLE, NULL, "%s documents no route '%s'",
                    check->target->contract->gateway, name);
    if (!route || route_served(check->target, route))
        return route;
    check_found(check, NOT_APPLICABLE, NULL, "this target does not serve %s %s", route->method,
                route->path);
    return NULL;
}

static void note(struct check *check, const char *format, const char *what)
{
    size_t used = strlen(check->note);

    if (!strstr(check->note, what))
        snprintf(check->note + used, sizeof check->note - used, format, used ? "; " : "", what);
}

const struct route *check_next_route(struct check *check, const struct route *after)
{
    const struct route *route = after ? after + 1 : check->target->contract->routes;

    if (!check_open(check))
        return NULL;
    for (; route->name; route++) {
        if (route->open)
            continue;
        if (route->writes && !check->target->allow_writes)
            note(check, "%sleft out the routes that write: they run with %s only",
                 "--allow-writes");
        else if (!route_served(check->target, route))
            note(check, "%sleft out %s, which this target does not serve", route->path);
        else
            return route;
    }
    return NULL;
}

bool expect_status(struct check *check, const struct exchange *x, int status)
{
    if (answered(x) && x->status != status)
        check_found(check, FAILED, x, "%s %s: expected status %d, got %d", x->method, x->url,
                    status, x->status);
    return x->status == status;
}

bool promise_holds(const struct promise *promise, int status)
{
    for (size_t i = 0; i < COUNT(promise->statuses) && promise->statuses[i]; i++)
        if (promise->statuses[i] == status)
            return true;
    return false;
}

bool expect_promised(struct check *check, const struct exchange *x, const struct promise *promise)
{
    char wanted[64] = "";

    if (!answered(x) || promise_holds(promise, x->status))
        return answered(x);
    for (size_t i = 0; i < COUNT(promise->statuses) && promise->statuses[i]; i++)
        snprintf(wanted + strlen(wanted), sizeof wanted - strlen(wanted), "%s%d",
                 i > 0 ? " or " : "", promise->statuses[i]);
    check_found(check, FAILED, x, "%s %s: expected status %s, got %d", x->method, x->url, wanted,
                x->status);
    return false;
}

bool expect_success(struct check *check, const struct exchange *x)
{
    if (answered(x) && !within(x, 200, 299))
        check_found(check, FAILED, x, "%s %s: expected a success, got %d", x->method, x->url,
                    x->status);
    return within(x, 200, 299);
}

bool expect_refused(struct check *check, const struct exchange *x)
{
    if (answered(x) && !within(x, 400, 499))
        check_found(check, FAILED, x, "%s %s: expected a refusal (4xx), got %d", x->method, x->url,
                    x->status);
    return within(x, 400, 499);
}

const json_t *json_at(const json_t *value, const char *path)
{
    while (value && *path) {
        size_t length = strcspn(path, ".");
        if (json_is_array(value))
            value = json_array_get(value, (size_t)strtoul(path, NULL, 10));
        else
            value = json_object_getn(value, path, length);
        path += length + (path[length] == '.');
    }
    return value;
}

/* The value as short text, to be freed. */
static char *describe(const json_t *value)
{
    if (!value)
        return copy_text("nothing");
    return must(json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY));
}

/* Records that `path` holds something else than `wanted`. Always false. */
static bool differs(struct check *check, const struct exchange *x, const char *path,
                    const char *wanted)
{
    if (!answered(x))
        return false;
    char *found = describe(json_at(x->json, path));
    check_found(check, FAILED, x, "expected %s at %s of the answer, got %s", wanted,
                *path ? path : "the top", x->json ? found : "a body that is no JSON");
    free(found);
    return false;
}

const char *expect_string(struct check *check, const struct exchange *x, const char *path)
{
    const char *text = json_string_value(json_at(x->json, path));

    if (!text)
        differs(check, x, path, "a string");
    return text;
}

bool expect_string_is(struct check *check, const struct exchange *x, const char *path,
                      const char *value)
{
    const char *text = json_string_value(json_at(x->json, path));

    if (text && strcmp(text, value) == 0)
        return true;
    char *wanted = format_text("\"%s\"", value);
    differs(check, x, path, wanted);
    free(wanted);
    return false;
}

bool expect_integer(struct check *check, const struct exchange *x, const char *path,
                    json_int_t *value)
{
    const json_t *number = json_at(x->json, path);

    if (!json_is_integer(number))
        return differs(check, x, path, "an integer");
    if (value)
        *value = json_integer_value(number);
    return true;
}

bool expect_number(struct check *check, const struct exchange *x, const char *path, double *value)
{
    const json_t *number = json_at(x->json, path);

    if (!json_is_number(number))
        return differs(check, x, path, "a number");
    if (value)
        *value = json_number_value(number);
    return true;
}

bool expect_boolean_is(struct check *check, const struct exchange *x, const char *path, bool value)
{
    const json_t *found = json_at(x->json, path);

    if (json_is_boolean(found) && json_is_true(found) == value)
        return true;
    return differs(check, x, path, value ? "true" : "false");
}

const json_t *expect_array(struct check *check, const struct exchange *x, const char *path)
{
    const json_t *array = json_at(x->json, path);

    if (!json_is_array(array))
        differs(check, x, path, "an array");
    return json_is_array(array) ? array : NULL;
}

const json_t *expect_object(struct check *check, const struct exchange *x, const char *path)
{
    const json_t *object = json_at(x->json, path);

    if (!json_is_object(object))
        differs(check, x, path, "an object");
    return json_is_object(object) ? object : NULL;
}

bool expect_absent(struct check *check, const struct exchange *x, const char *path)
{
    if (json_at(x->json, path))
        return differs(check, x, path, "nothing");
    return answered(x);
}

const char *expect_header(struct check *check, const struct exchange *x, const char *name)
{
    const char *value = exchange_header(x, name);

    if (answered(x) && !value)
        check_found(check, FAILED, x, "expected the header %s in the answer (%d), which has none",
                    name, x->status);
    return value;
}

bool expect_header_absent(struct check *check, const struct exchange *x, const char *name)
{
    const char *value = exchange_header(x, name);

    if (value)
        check_found(check, FAILED, x, "expected no header %s in the answer (%d), got: %s", name,
                    x->status, value);
    return answered(x) && !value;
}

bool expect_lacks(struct check *check, const struct exchange *x, const char *secret)
{
    size_t size = strlen(secret);
    bool found = memmem(x->response_body, x->response_length, secret, size) != NULL;

    for (size_t i = 0; i < x->response_headers.count; i++)
        found = found || strstr(x->response_headers.items[i].value, secret);
    if (found)
        check_found(check, FAILED, x, "the answer (%d) repeats the secret", x->status);
    return answered(x) && !found;
}

bool expect_that(struct check *check, bool holds, const struct exchange *x, const char *format, ...)
{
    va_list args;
    char *sentence = NULL;

    if (holds)
        return true;
    va_start(args, format);
    if (vasprintf(&sentence, format, args) < 0)
        sentence = NULL;
    va_end(args);
    check_found(check, FAILED, x, "%s", (char *)must(sentence));
    free(sentence);
    return false;
}
