#include "suites/calls.h"

#include "fixtures/fixture.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool need_gateway(struct check *check, const char *gateway)
{
    const char *name = check->target->contract->gateway;

    if (strcmp(name, gateway) == 0)
        return true;
    check_found(check, NOT_APPLICABLE, NULL, "only %s promises this, not %s", gateway, name);
    return false;
}

bool need_that(struct check *check, bool holds, const struct exchange *x, const char *format, ...)
{
    char sentence[256];
    va_list args;

    if (holds)
        return true;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    check_found(check, UNTESTABLE, x, "%s", sentence);
    return false;
}

const char *need_text(struct check *check, const struct exchange *x, const char *path)
{
    const char *text = json_string_value(json_at(x->json, path));

    need_that(check, text != NULL, x, "needed a text at %s", path);
    return text;
}

bool need_number(struct check *check, const struct exchange *x, const char *path, double *number)
{
    const json_t *value = json_at(x->json, path);

    *number = json_number_value(value);
    return need_that(check, json_is_number(value), x, "needed a number at %s", path);
}

bool expect_words(struct check *check, const struct exchange *x, const char *path)
{
    const char *text = expect_string(check, x, path);

    return text && expect_that(check, *text != '\0', x, "expected words at %s, got none", path);
}

const struct route *everyday_route(const struct check *check)
{
    static const char *const names[] = {"chat", "messages", "usage"};
    const struct contract *contract = check->target->contract;
    const struct route *route = NULL;

    for (size_t i = 0; i < COUNT(names) && !route; i++)
        route = contract_route(contract, names[i]);
    if (!route)
        route = contract->routes;
    assert(route->name);
    return route;
}

json_t *need_request(struct check *check, const char *name)
{
    const struct route *route = need_route(check, name);
    struct problem problem = {0};
    json_t *request = NULL;
    char file[128];

    if (!route || !need_that(check, route->request != NULL, NULL, "%s has no request", name))
        return NULL;
    snprintf(file, sizeof file, "requests/%s.json", route->request);
    request = fixture_load(file, &problem);
    need_that(check, request != NULL, NULL, "%s", problem.text);
    return request;
}

/* Takes `body`. */
static const struct exchange *call(struct check *check, const char *name, json_t *body,
                                   const char *query)
{
    const struct route *route = need_route(check, name);
    const char *secret = route ? need_key(check, route->key) : NULL;
    const struct exchange *x = NULL;

    if (secret)
        x = check_attempt(
            check,
            (struct attempt){.route = route, .secret = secret, .json = body, .query = query});
    json_decref(body);
    return x;
}

static const struct exchange *answered(struct check *check, const struct exchange *x)
{
    return x && need_success(check, x) && need_json(check, x) ? x : NULL;
}

const struct exchange *call_route(struct check *check, const char *route, json_t *body)
{
    return call(check, route, body, NULL);
}

const struct exchange *call_query(struct check *check, const char *route, const char *query)
{
    return call(check, route, NULL, query);
}

const struct exchange *need_answer(struct check *check, const char *route, json_t *body)
{
    return answered(check, call(check, route, body, NULL));
}

const struct exchange *need_page(struct check *check, const char *route, const char *query)
{
    return answered(check, call(check, route, NULL, query));
}

const struct exchange *call_with(struct check *check, const struct route *route, const char *secret)
{
    return check_attempt(check, (struct attempt){.route = route, .secret = secret});
}

const struct promise *need_promise_aside(struct check *check, const char *about)
{
    const char *source = check->source;
    enum evidence evidence = check->evidence;
    const struct promise *promise = need_promise(check, about);

    check->source = source;
    check->evidence = evidence;
    return promise;
}

void grade_elsewhere(struct check *check, const char *gateway, const char *source,
                     enum evidence evidence)
{
    if (strcmp(check->target->contract->gateway, gateway) == 0)
        return;
    check->source = source;
    check->evidence = evidence;
}

/* `pattern` has 9 where a digit stands. Returns what follows it, or NULL. */
static const char *after_pattern(const char *text, const char *pattern)
{
    for (; *pattern; pattern++, text++) {
        bool digit = *text >= '0' && *text <= '9';
        if (*pattern == '9' ? !digit : *text != *pattern)
            return NULL;
    }
    return text;
}

bool is_rfc3339(const char *text)
{
    const char *rest = after_pattern(text, "9999-99-99T99:99:99");

    if (rest && *rest == '.') {
        size_t digits = strspn(rest + 1, "0123456789");
        rest = digits ? rest + 1 + digits : NULL;
    }
    if (!rest)
        return false;
    if (strcmp(rest, "Z") == 0)
        return true;
    rest = *rest == '+' || *rest == '-' ? after_pattern(rest + 1, "99:99") : NULL;
    return rest && *rest == '\0';
}

bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}
