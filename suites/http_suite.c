#include "suites/calls.h"
#include "suites/defect.h"
#include "suites/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MIB = 1 << 20, LONG_HEADER_BYTES = 64 << 10, MOST_CALLS_TO_A_LIMIT = 15 };

/* The next route that takes a body and may be called. */
static const struct route *next_body_route(struct check *check, const struct route *after)
{
    const struct route *route = after;

    while ((route = check_next_route(check, route)))
        if (route->request)
            return route;
    return NULL;
}

/* The plain route, called with its good key and what else `attempt` says; NULL without a key. */
static const struct exchange *call_plain(struct check *check, struct attempt attempt)
{
    attempt.route = plain_route(check);
    attempt.secret = need_key(check, attempt.route->key);
    return attempt.secret ? check_attempt(check, attempt) : NULL;
}

/* Each of these bodies gets what is promised about `about`, on every route that takes one. */
static void expect_bodies_refused(struct check *check, const char *const *bodies, const char *about,
                                  const char *faults)
{
    const struct promise *promise = need_promise(check, about);
    const struct route *route = NULL;

    while (promise && (route = next_body_route(check, route))) {
        const char *secret = need_key(check, route->key);
        for (size_t i = 0; secret && bodies[i] && check_open(check); i++) {
            const struct exchange *x = check_attempt(
                check, (struct attempt){.route = route, .secret = secret, .body = bodies[i]});
            if (expect_promised(check, x, promise))
                expect_fault(check, x, faults);
        }
    }
}

static void unknown_path_is_404(struct check *check)
{
    const struct promise *promise = need_promise(check, "path-unknown");
    const struct exchange *x =
        promise ? call_plain(check, (struct attempt){.path = "/v1/no-such-path"}) : NULL;

    if (x && expect_promised(check, x, promise))
        expect_fault(check, x, "path-unknown");
}

/* The documented methods of the route's path: no answer to them tells anything here. */
static bool documents(const struct contract *contract, const char *path, const char *method)
{
    for (const struct route *route = contract->routes; route->name; route++)
        if (strcmp(route->path, path) == 0 && strcmp(route->method, method) == 0)
            return true;
    return false;
}

static void wrong_method_is_405(struct check *check)
{
    const struct promise *promise = need_promise(check, "method-unknown");

    for (const struct route *route = NULL; promise && (route = check_next_route(check, route));) {
        const char *secret = need_key(check, route->key);
        if (!secret || documents(check->target->contract, route->path, "PUT"))
            continue;
        const struct exchange *x = check_attempt(
            check,
            (struct attempt){.route = route, .secret = secret, .method = "PUT", .body = "{}"});
        if (expect_promised(check, x, promise))
            expect_fault(check, x, "method-unknown");
    }
}

/* Is `word` a whole word of `text`? */
static bool lists(const char *text, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = text; (at = strstr(at, word)); at += length)
        if ((at == text || strchr(" ,\t", at[-1])) && strchr(" ,\t", at[length]))
            return true; /* strchr finds the NUL at the end as well */
    return false;
}

static void method_not_allowed_names_the_allowed(struct check *check)
{
    for (const struct route *route = NULL; (route = check_next_route(check, route));) {
        const char *secret = need_key(check, route->key);
        if (!secret)
            return;
        const struct exchange *x = check_attempt(
            check,
            (struct attempt){.route = route, .secret = secret, .method = "PUT", .body = "{}"});
        if (!need_status(check, x, 405))
            return;
        const char *allow = expect_header(check, x, "Allow");
        if (allow)
            expect_that(check, lists(allow, route->method), x, "%s lacks %s: Allow: %s", x->url,
                        route->method, allow);
    }
}

static void long_body_is_413(struct check *check)
{
    const struct promise *promise = need_promise(check, "body-too-large");
    const struct route *route = promise ? next_body_route(check, NULL) : NULL;
    const char *secret = route ? need_key(check, route->key) : NULL;
    struct wire *wire = secret ? need_wire(check) : NULL;
    size_t limit = (size_t)check->target->contract->body_limit_bytes;

    if (!wire)
        return;
    struct exchange *x = wire_send(wire, (struct attempt){.route = route, .secret = secret},
                                   (struct twist){.padding_bytes = limit + MIB});
    if (wire_receive(wire, x) && expect_promised(check, x, promise))
        expect_fault(check, x, "body-too-large");
    wire_close(wire);
}

static void long_headers_are_refused(struct check *check)
{
    const struct route *route = plain_route(check);
    const char *secret = need_key(check, route->key);
    struct wire *wire = secret ? need_wire(check) : NULL;
    char *lines = must(calloc(1, LONG_HEADER_BYTES + 32)), *at = lines;

    if (wire) {
        at = stpcpy(at, "X-Long: ");
        memset(at, 'a', LONG_HEADER_BYTES);
        stpcpy(at + LONG_HEADER_BYTES, "\r\n");
        struct exchange *x = wire_send(wire, (struct attempt){.route = route, .secret = secret},
                                       (struct twist){.lines = lines});
        if (wire_receive(wire, x))
            expect_that(check, x->status == 431 || x->status == 400 || x->status == 413, x,
                        "a header of 64 KiB: expected 431, 413 or 400, got %d", x->status);
    }
    wire_close(wire);
    free(lines);
}

static void broken_json_is_refused(struct check *check)
{
    static const char *const bodies[] = {"{\"model\": ", "{\"model\": \"m\",}", "model=m", "{} {}",
                                         NULL};

    expect_bodies_refused(check, bodies, "body-invalid", "body-invalid");
}

static void empty_body_is_refused(struct check *check)
{
    static const char *const bodies[] = {"", NULL};

    if (strcmp(check->target->contract->gateway, "invoratec") == 0)
        check_found(check, NOT_APPLICABLE, NULL, "invoratec needs no field of a body");
    else
        expect_bodies_refused(check, bodies, "body-invalid", "body-invalid|field-missing");
}

static void other_top_level_is_refused(struct check *check)
{
    static const char *const bodies[] = {"[]", "\"text\"", "17", "true", "null", NULL};

    expect_bodies_refused(check, bodies, "body-invalid", "body-invalid|field-wrong-type");
}

/* The route's own body with one field changed gets what is promised, for the reason of that name.
 * Takes `value`. */
static void expect_change_refused(struct check *check, const struct route *route, const char *field,
                                  json_t *value, const struct promise *promise)
{
    const char *secret = need_key(check, route->key);
    char *text = client_fixture(check->target->client, route->request, NULL);
    json_t *body = json_loads(text, 0, NULL);

    json_object_set_new(body, field, value);
    if (secret) {
        const struct exchange *x =
            check_attempt(check, (struct attempt){.route = route, .secret = secret, .json = body});
        if (expect_promised(check, x, promise))
            expect_fault(check, x, promise->about);
    }
    json_decref(body);
    free(text);
}

static void wrong_field_types_are_refused(struct check *check)
{
    static const char *const lists[] = {"messages", "contents", "permissions", "allowed_models"};
    const struct promise *promise = need_promise(check, "field-wrong-type");
    const struct route *route = NULL;

    while (promise && (route = next_body_route(check, route))) {
        char *text = client_fixture(check->target->client, route->request, NULL);
        json_t *body = json_loads(text, 0, NULL);
        for (size_t i = 0; i < COUNT(lists) && check_open(check); i++)
            if (json_object_get(body, lists[i]))
                expect_change_refused(check, route, lists[i], json_integer(7), promise);
        if (json_object_get(body, "model") && check_open(check))
            expect_change_refused(check, route, "model", json_integer(7), promise);
        json_decref(body);
        free(text);
    }
}

static void missing_model_is_refused(struct check *check)
{
    const struct promise *promise = need_promise(check, "field-missing");
    const struct route *route = NULL;

    while (promise && (route = next_body_route(check, route))) {
        char *text = client_fixture(check->target->client, route->request, NULL);
        json_t *body = json_loads(text, 0, NULL);
        const char *secret = need_key(check, route->key);
        if (secret && !route->model_optional && json_object_del(body, "model") == 0) {
            const struct exchange *x = check_attempt(
                check, (struct attempt){.route = route, .secret = secret, .json = body});
            if (expect_promised(check, x, promise))
                expect_fault(check, x, "field-missing");
        }
        json_decref(body);
        free(text);
    }
}

static void unknown_field_is_refused(struct check *check)
{
    const struct promise *promise = need_promise(check, "field-unknown");
    const struct route *route = NULL;

    while (promise && (route = next_body_route(check, route)))
        if (route->family == FAMILY_ANTHROPIC || route->family == FAMILY_GEMINI ||
            check->target->contract->strict)
            expect_change_refused(check, route, "gatemark_no_such_field", json_true(), promise);
}

static void odd_bodies_never_break_the_gateway(struct check *check)
{
    static const char *const bodies[] = {
        "{\"model\":\"\xff\xfe\",\"messages\":[]}",
        "{\"model\":\"a\\u0000b\",\"messages\":[{\"role\":\"user\",\"content\":\"\\u0000\"}]}",
        "{\"model\":\"m\",\"max_tokens\":1e400}",
        "{\"model\":\"m\",\"max_tokens\":-99999999999999999999}",
        "{\"model\":\"m\",\"messages\":[null]}",
        "{\"model\":\"m\",\"messages\":[{\"role\":{},\"content\":[[]]}]}",
        "{\"\":{}}",
    };
    char deep[20001];
    const struct route *route = NULL;

    memset(deep, '[', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    while ((route = next_body_route(check, route))) {
        const char *secret = need_key(check, route->key);
        for (size_t i = 0; secret && i <= COUNT(bodies) && check_open(check); i++) {
            const struct exchange *x = check_attempt(
                check, (struct attempt){.route = route,
                                        .secret = secret,
                                        .body = i < COUNT(bodies) ? bodies[i] : deep});
            expect_that(check, x->status < 500, x, "%s %s: a client's mistake gives %d", x->method,
                        x->url, x->status);
        }
    }
}

/* A success, a refusal for want of a key, and an unknown path: what every answer must have. */
static void look_at_answers(struct check *check,
                            void (*look)(struct check *check, const struct exchange *x))
{
    const struct route *route = NULL;

    while ((route = next_family_route(check, route))) {
        const char *secret = need_key(check, route->key);
        const struct attempt attempts[] = {
            {.route = route, .secret = secret},
            {.route = route},
            {.route = route, .secret = secret, .method = "PUT", .body = "{}"},
            {.route = route, .secret = secret, .path = "/v1/no-such-path"},
        };
        for (size_t i = 0; secret && i < COUNT(attempts) && check_open(check); i++) {
            const struct exchange *x = check_attempt(check, attempts[i]);
            if (x->status != 0)
                look(check, x);
        }
    }
}

static void has_date(struct check *check, const struct exchange *x)
{
    expect_header(check, x, "Date");
}

static void answers_have_a_date(struct check *check)
{
    look_at_answers(check, has_date);
}

static void is_declared_json(struct check *check, const struct exchange *x)
{
    const char *type = exchange_header(x, "Content-Type");

    expect_that(check, type && strncmp(type, "application/json", 16) == 0 && x->json, x,
                "%s %s: expected JSON declared as application/json, got %s (%d)", x->method, x->url,
                type ? type : "no Content-Type", x->status);
}

static void answers_are_json(struct check *check)
{
    look_at_answers(check, is_declared_json);
}

static void sets_no_cookie(struct check *check, const struct exchange *x)
{
    if (x->status >= 400)
        expect_header_absent(check, x, "Set-Cookie");
}

static void refusals_set_no_cookie(struct check *check)
{
    look_at_answers(check, sets_no_cookie);
}

static void head_has_no_body(struct check *check)
{
    const struct route *route = plain_route(check);
    struct wire *wire = need_wire(check);
    size_t more = 0;

    if (!wire)
        return;
    struct exchange *x = wire_send(
        wire, (struct attempt){.route = route, .method = "HEAD", .headers = {"Connection: close"}},
        (struct twist){0});
    if (wire_receive(wire, x)) {
        bool closed = wire_closes(wire, &more);
        expect_that(check, more == 0, x, "the answer to HEAD has a body of %zu bytes", more);
        if (!closed)
            snprintf(check->note, sizeof check->note, "the connection stayed open");
    }
    wire_close(wire);
}

static bool publicly_cacheable(const struct exchange *x)
{
    const char *control = exchange_header(x, "Cache-Control");
    const char *age = control ? strstr(control, "max-age=") : NULL;

    if (!control || strstr(control, "no-store") || strstr(control, "private"))
        return false;
    return strstr(control, "public") || (age && strtol(age + strlen("max-age="), NULL, 10) > 0);
}

static void unauthorized_is_not_cacheable(struct check *check)
{
    const struct promise *promise = need_promise_aside(check, "missing");

    if (promise && !promise_holds(promise, 401)) {
        check_found(check, NOT_APPLICABLE, NULL, "%s answers %d, not 401, where a key is missing",
                    check->target->contract->gateway, promise->statuses[0]);
        return;
    }
    for (const struct route *route = NULL; (route = check_next_route(check, route));) {
        const struct exchange *x = check_attempt(check, (struct attempt){.route = route});
        if (!need_status(check, x, 401))
            return;
        expect_that(check, !publicly_cacheable(x), x, "a 401 that any cache may keep: %s",
                    exchange_header(x, "Cache-Control"));
    }
}

static void rate_limited_is_not_cacheable(struct check *check)
{
    const struct route *route = plain_route(check);
    const struct promise *promise = need_promise(check, "rate-limited");
    const struct exchange *x = NULL;
    const char *secret = NULL;

    check->source = check->requirement->source;
    check->evidence = check->requirement->evidence;
    if (promise)
        secret = check->target->control_url
                     ? need_key_made(check, json_pack("{s:i}", "requests_per_minute", 1))
                     : need_key(check, "limited");
    if (strcmp(route->key, "management") == 0)
        return;
    for (int i = 0; secret && i < MOST_CALLS_TO_A_LIMIT && (!x || x->status < 300); i++)
        x = check_attempt(check, (struct attempt){.route = route, .secret = secret});
    if (x && need_status(check, x, 429))
        expect_that(check, !publicly_cacheable(x), x, "a 429 that any cache may keep: %s",
                    exchange_header(x, "Cache-Control"));
}

const struct requirement http_requirements[] = {
    {
        .id = "http.unknown-path-is-404",
        .level = MUST,
        .source = "rfc9110#15.5.5",
        .evidence = SPECIFIED,
        .claim = "a path that is not documented gets 404",
        .test = unknown_path_is_404,
    },
    {
        .id = "http.wrong-method-is-405",
        .level = SHOULD,
        .source = "rfc9110#15.5.6",
        .evidence = SPECIFIED,
        .claim = "a method that the path does not know gets 405",
        .test = wrong_method_is_405,
    },
    {
        .id = "http.allow-names-methods",
        .level = MUST,
        .source = "rfc9110#15.5.6",
        .evidence = SPECIFIED,
        .claim = "a 405 lists in Allow the methods that the path knows",
        .test = method_not_allowed_names_the_allowed,
    },
    {
        .id = "http.long-body-is-413",
        .level = MUST,
        .source = "claude-errors",
        .evidence = DOCUMENTED,
        .claim = "a body longer than documented gets 413",
        .test = long_body_is_413,
    },
    {
        .id = "http.long-headers-refused",
        .level = SHOULD,
        .source = "rfc6585#5",
        .evidence = ASSUMED,
        .claim = "a header of 64 KiB is refused and does no harm",
        .test = long_headers_are_refused,
    },
    {
        .id = "http.broken-json-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a body that is no JSON is refused",
        .test = broken_json_is_refused,
    },
    {
        .id = "http.empty-body-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "an empty body is refused where fields are required",
        .test = empty_body_is_refused,
    },
    {
        .id = "http.other-top-level-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "JSON that is no object is refused",
        .test = other_top_level_is_refused,
    },
    {
        .id = "http.wrong-field-type-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a field of the wrong type is refused",
        .test = wrong_field_types_are_refused,
    },
    {
        .id = "http.missing-model-refused",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a request without its model is refused",
        .test = missing_model_is_refused,
    },
    {
        .id = "http.unknown-field-refused",
        .level = SHOULD,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a field that a strict family does not know is refused",
        .test = unknown_field_is_refused,
    },
    {
        .id = "http.odd-bodies-never-5xx",
        .level = MUST,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "no body that a client may send gives a 5xx",
        .test = odd_bodies_never_break_the_gateway,
    },
    {
        .id = "http.date-on-answers",
        .level = MUST,
        .source = "rfc9110#6.6.1",
        .evidence = SPECIFIED,
        .claim = "successes and refusals carry Date",
        .test = answers_have_a_date,
    },
    {
        .id = "http.json-declared",
        .level = MUST,
        .source = "rfc9110#8.3",
        .evidence = SPECIFIED,
        .claim = "successes and refusals are JSON and say so",
        .test = answers_are_json,
    },
    {
        .id = "http.refusals-set-no-cookie",
        .level = SHOULD,
        .source = "gatemark",
        .evidence = ASSUMED,
        .claim = "a refusal sets no cookie",
        .test = refusals_set_no_cookie,
    },
    {
        .id = "http.head-has-no-body",
        .level = MUST,
        .source = "rfc9110#9.3.2",
        .evidence = SPECIFIED,
        .claim = "the answer to HEAD has no body",
        .test = head_has_no_body,
    },
    {
        .id = "http.unauthorized-not-cacheable",
        .level = MUST,
        .source = "rfc9111#3.5",
        .evidence = ASSUMED,
        .claim = "no 401 may be kept by a shared cache",
        .test = unauthorized_is_not_cacheable,
    },
    {
        .id = "http.rate-limited-not-cacheable",
        .level = MUST,
        .source = "rfc6585#4",
        .evidence = SPECIFIED,
        .claim = "no 429 may be kept by a cache",
        .test = rate_limited_is_not_cacheable,
    },
    {0},
};
