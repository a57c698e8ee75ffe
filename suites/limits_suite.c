#include "suites/created.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A cap small enough to reach, and how many calls to a live target may look for its own. */
enum { CAP = 3, LIVE_CALLS = 40, DAY_S = 86400 };

/* A key that has little room left. */
struct room {
    const struct route *route;
    const char *secret;
    const struct promise *promise; /* what it hears when there is no room left */
    int cap;                       /* more calls than this are not tried */
};

static bool need_room(struct check *check, const char *about, json_t *wishes, int cap,
                      struct room *room)
{
    *room = (struct room){
        .route = everyday_route(check), .promise = need_promise_aside(check, about), .cap = cap};
    if (room->promise)
        room->secret = need_key_made(check, wishes);
    else
        json_decref(wishes);
    return room->secret != NULL;
}

/* CAP calls a minute; on a live target whatever its key `limited` is given. */
static bool need_limited(struct check *check, struct room *room)
{
    if (check->target->control_url)
        return need_room(check, "rate-limited", json_pack("{s:i}", "requests_per_minute", CAP), CAP,
                         room);
    *room = (struct room){.route = everyday_route(check),
                          .promise = need_promise_aside(check, "rate-limited"),
                          .secret = need_key(check, "limited"),
                          .cap = LIVE_CALLS};
    return room->promise && room->secret;
}

static const struct exchange *call_room(struct check *check, const struct room *room)
{
    return call_with(check, room->route, room->secret);
}

/* Calls until there is no room left: the refusal, or NULL. Counts the calls that were admitted. */
static const struct exchange *need_full(struct check *check, const struct room *room, int *admitted)
{
    const struct exchange *x = NULL;

    for (*admitted = 0; *admitted <= room->cap; (*admitted)++) {
        x = call_room(check, room);
        if (promise_holds(room->promise, x->status))
            return x;
        if (!need_success(check, x))
            return NULL;
    }
    need_that(check, false, x, "needed too many calls to be refused, had %d admitted", *admitted);
    return NULL;
}

static const struct exchange *need_limit_reached(struct check *check, struct room *room)
{
    int admitted;

    return need_limited(check, room) ? need_full(check, room, &admitted) : NULL;
}

static void call_over_the_limit_is_refused(struct check *check)
{
    struct room room;
    const struct exchange *x = NULL;

    if (!need_promise(check, "rate-limited") || !need_limited(check, &room))
        return;
    for (int i = 0; i <= room.cap && check_open(check); i++) {
        x = call_room(check, &room);
        if (promise_holds(room.promise, x->status)) {
            expect_fault(check, x, "rate-limited");
            return;
        }
    }
    if (need_that(check, check->target->control_url != NULL, x,
                  "needed a key that %d calls in a row are too many for", LIVE_CALLS))
        expect_promised(check, x, room.promise);
}

static void every_call_within_the_limit_is_admitted(struct check *check)
{
    struct room room;

    if (!need_room(check, "rate-limited", json_pack("{s:i}", "requests_per_minute", CAP), CAP,
                   &room))
        return;
    for (int i = 1; i <= CAP && check_open(check); i++) {
        const struct exchange *x = call_room(check, &room);
        if (i == 1 ? need_success(check, x) : x->status != 0)
            expect_that(check, x->status >= 200 && x->status < 300, x,
                        "expected call %d of %d to be admitted, got %d", i, CAP, x->status);
    }
}

static void expect_retry_after(struct check *check)
{
    struct room room;
    const struct exchange *x = need_limit_reached(check, &room);

    if (x)
        expect_header(check, x, "Retry-After");
}

static void refusal_names_the_wait(struct check *check)
{
    if (strcmp(check->target->contract->gateway, "claude") == 0 ||
        check->target->contract->wait_in_body)
        check_found(check, NOT_APPLICABLE, NULL, "%s's promise has a row of its own",
                    check->target->contract->gateway);
    else
        expect_retry_after(check);
}

static void claude_refusal_names_the_wait(struct check *check)
{
    if (need_gateway(check, "claude"))
        expect_retry_after(check);
}

/* The seconds that Retry-After names, in either of its forms; -1 when it has neither. */
static int64_t wait_named(const struct check *check, const char *value)
{
    struct tm parts = {0};

    if (*value && strspn(value, "0123456789") == strlen(value))
        return strtoll(value, NULL, 10);
    const char *rest = strptime(value, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    if (!rest || *rest)
        return -1;
    int64_t wait = (int64_t)timegm(&parts) - target_now(check);
    return wait > 0 ? wait : 0;
}

static const char *need_retry_after(struct check *check, const struct exchange *x)
{
    const char *value = exchange_header(x, "Retry-After");

    need_that(check, value != NULL, x, "needed Retry-After to know how long to wait");
    return value;
}

static void wait_is_well_formed(struct check *check)
{
    struct room room;

    if (check->target->contract->wait_in_body) {
        check_found(check, NOT_APPLICABLE, NULL, "%s sends no Retry-After",
                    check->target->contract->gateway);
        return;
    }
    const struct exchange *x = need_limit_reached(check, &room);
    const char *value = x ? need_retry_after(check, x) : NULL;

    if (value)
        expect_that(check, wait_named(check, value) >= 0, x,
                    "expected Retry-After to be seconds or an HTTP date, got: %s", value);
}

/* The whole seconds of google.rpc.RetryInfo among the details, rounded up; -1 without. */
static int64_t wait_in_body(const struct exchange *x)
{
    const json_t *details = json_at(x->json, "error.details"), *detail;
    size_t i;

    json_array_foreach(details, i, detail) {
        const char *delay = json_string_value(json_object_get(detail, "retryDelay"));
        char *end = NULL;
        double seconds = delay ? strtod(delay, &end) : -1;
        if (delay && end > delay && strcmp(end, "s") == 0 && seconds >= 0)
            return (int64_t)seconds + (seconds > (double)(int64_t)seconds);
    }
    return -1;
}

/* The wait that a refusal tells, wherever its gateway documents it. */
static int64_t need_wait_told(struct check *check, const struct exchange *x)
{
    const char *value = check->target->contract->wait_in_body ? NULL : need_retry_after(check, x);
    int64_t wait = value ? wait_named(check, value) : wait_in_body(x);

    need_that(check, wait >= 0 && wait <= 40 * DAY_S, x, "needed a wait that can be waited");
    return check_open(check) ? wait : -1;
}

/* Uses the key up; the refusal, and the seconds it says to wait, or NULL. */
static const struct exchange *need_wait(struct check *check, const struct room *room, int *seconds)
{
    int admitted;
    const struct exchange *x = need_full(check, room, &admitted);

    *seconds = x ? (int)need_wait_told(check, x) : -1;
    return *seconds >= 0 ? x : NULL;
}

static void key_recovers_after_the_wait(struct check *check)
{
    struct room room;
    int seconds;

    if (need_limited(check, &room) && need_wait(check, &room, &seconds) &&
        need_time(check, seconds))
        expect_success(check, call_room(check, &room));
}

static void wait_is_no_longer_than_it_must_be(struct check *check)
{
    struct room room;
    int seconds;

    if (need_limited(check, &room) && need_wait(check, &room, &seconds) && seconds > 1 &&
        need_time(check, seconds - 1)) {
        const struct exchange *x = call_room(check, &room);
        if (expect_promised(check, x, room.promise))
            expect_fault(check, x, "rate-limited");
    }
}

/* One round shows that waiting helps; in the next, a refused call comes in the middle of it. */
static void refused_calls_do_not_push_the_end_out(struct check *check)
{
    struct room room;
    int seconds;

    if (!need_limited(check, &room) || !need_wait(check, &room, &seconds) ||
        !need_time(check, seconds) || !need_success(check, call_room(check, &room)) ||
        !need_wait(check, &room, &seconds) || !need_time(check, seconds / 2))
        return;
    if (need_refusal(check, call_room(check, &room)) && need_time(check, seconds - seconds / 2))
        expect_success(check, call_room(check, &room));
}

static void keys_are_counted_apart(struct check *check)
{
    struct room busy;
    json_t *wishes =
        json_pack("{s:i, s:s}", "requests_per_minute", CAP, "owner", "gatemark-neighbour-1");
    int admitted;

    if (!need_room(check, "rate-limited", wishes, CAP, &busy) ||
        !need_full(check, &busy, &admitted))
        return;
    const char *neighbour = need_key_made(check, json_pack("{s:i, s:s}", "requests_per_minute",
                                                           1000, "owner", "gatemark-neighbour-2"));
    if (neighbour)
        expect_success(check, call_with(check, busy.route, neighbour));
}

static bool need_rate_headers_promised(struct check *check)
{
    const char *gateway = check->target->contract->gateway;

    grade_elsewhere(check, "openrouter", "arouter-reference#rate-limits", DOCUMENTED);
    if (strcmp(gateway, "arouter") == 0 || strcmp(gateway, "openrouter") == 0)
        return true;
    check_found(check, NOT_APPLICABLE, NULL, "%s documents no X-RateLimit headers", gateway);
    return false;
}

static bool is_whole_number(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

static void refusal_has_rate_headers(struct check *check)
{
    static const char *const names[] = {"X-RateLimit-Limit", "X-RateLimit-Remaining",
                                        "X-RateLimit-Reset"};
    struct room room;
    const struct exchange *x =
        need_rate_headers_promised(check) ? need_limit_reached(check, &room) : NULL;

    for (size_t i = 0; x && i < COUNT(names); i++) {
        const char *value = expect_header(check, x, names[i]);
        if (value)
            expect_that(check, is_whole_number(value), x, "expected %s to be a whole number: %s",
                        names[i], value);
    }
}

static void nothing_remains_when_refused(struct check *check)
{
    struct room room;
    const struct exchange *x =
        need_rate_headers_promised(check) ? need_limit_reached(check, &room) : NULL;
    const char *remaining = x ? exchange_header(x, "X-RateLimit-Remaining") : NULL;

    if (x && need_that(check, remaining && is_whole_number(remaining), x,
                       "needed X-RateLimit-Remaining"))
        expect_that(check, strtol(remaining, NULL, 10) == 0, x,
                    "expected nothing to remain when refused, got %s", remaining);
}

/* Fills the room of a key with this wish and expects it to be what usage says at `path`. */
static void expect_cap_as_told(struct check *check, const char *about, const char *wish,
                               const char *path)
{
    struct room room;
    double told;
    int admitted;

    if (!need_gateway(check, "invoratec") ||
        !need_room(check, about, json_pack("{s:i}", wish, CAP), LIVE_CALLS, &room))
        return;
    const struct exchange *usage = call_room(check, &room);
    if (!need_success(check, usage) || !need_number(check, usage, path, &told))
        return;
    const struct exchange *x = need_full(check, &room, &admitted);
    if (x)
        expect_that(check, fabs(told - (admitted + 1)) < 0.5, usage,
                    "%s says %.0f, but %d calls were admitted", path, told, admitted + 1);
}

static void minute_cap_is_as_told(struct check *check)
{
    expect_cap_as_told(check, "rate-limited", "requests_per_minute", "limits.perMinute");
}

static void day_cap_is_as_told(struct check *check)
{
    expect_cap_as_told(check, "day-cap", "requests_per_day", "limits.perDay");
}

static int seconds_to_midnight(int64_t now)
{
    return (int)(DAY_S - now % DAY_S);
}

/* A key of CAP calls a day, at a time when the day does not end while the check looks. */
static bool need_day_capped(struct check *check, struct room *room)
{
    enum { LOOKS_S = 180 };
    const char *gateway = check->target->contract->gateway;

    if (strcmp(gateway, "invoratec") != 0 && strcmp(gateway, "arouter") != 0) {
        check_found(check, NOT_APPLICABLE, NULL, "%s documents no cap a day", gateway);
        return false;
    }
    grade_elsewhere(check, "arouter", "invoratec-auth#usage", ASSUMED);
    if (!need_room(check, "day-cap", json_pack("{s:i}", "requests_per_day", CAP), CAP, room))
        return false;
    int left = seconds_to_midnight(target_now(check));
    return left > LOOKS_S || need_time(check, left + 1);
}

static void call_over_the_day_cap_is_refused(struct check *check)
{
    struct room room;
    const struct exchange *x = NULL;

    if (!need_day_capped(check, &room) || !need_promise(check, "day-cap"))
        return;
    for (int i = 1; i <= CAP; i++)
        if (!need_success(check, call_room(check, &room)))
            return;
    x = call_room(check, &room);
    if (expect_promised(check, x, room.promise))
        expect_fault(check, x, "day-cap");
}

static void day_cap_outlives_the_minute(struct check *check)
{
    struct room room;
    int admitted;

    if (!need_day_capped(check, &room) || !need_full(check, &room, &admitted) ||
        !need_time(check, 90))
        return;
    const struct exchange *x = call_room(check, &room);
    if (expect_promised(check, x, room.promise))
        expect_fault(check, x, "day-cap");
}

static void day_cap_ends_with_the_day(struct check *check)
{
    struct room room;
    int admitted;

    if (need_day_capped(check, &room) && need_full(check, &room, &admitted) &&
        need_time(check, seconds_to_midnight(target_now(check))))
        expect_success(check, call_room(check, &room));
}

/* A key whose whole dollar is spent, and which is told so; on a live target the key `spent`. */
static bool need_spent(struct check *check, const char *reset, struct room *room)
{
    *room = (struct room){.route = everyday_route(check),
                          .promise = need_promise_aside(check, "budget-spent")};
    if (room->promise)
        room->secret =
            check->target->control_url || reset
                ? need_key_made(check, json_pack("{s:f, s:f, s:s}", "limit", 1.0, "spent", 1.0,
                                                 "limit_reset", reset ? reset : "monthly"))
                : need_key(check, "spent");
    return room->secret != NULL;
}

static void spent_key_is_refused(struct check *check)
{
    struct room room;

    if (!need_promise(check, "budget-spent") || !need_spent(check, NULL, &room))
        return;
    const struct exchange *x = call_room(check, &room);
    if (expect_promised(check, x, room.promise))
        expect_fault(check, x, "budget-spent");
}

/* A second before `end` the key is still refused, a second later admitted. */
static void expect_back_at(struct check *check, const char *reset, int64_t (*end)(int64_t now))
{
    struct room room;

    grade_elsewhere(check, "arouter", "openrouter-openapi#keys", SPECIFIED);
    if (!need_spent(check, reset, &room))
        return;
    const struct exchange *x = call_room(check, &room);
    int64_t now = target_now(check);
    if (!need_that(check, promise_holds(room.promise, x->status), x,
                   "needed the spent key to be refused, got %d", x->status) ||
        !need_time(check, (int)(end(now) - now - 1)))
        return;
    if (expect_promised(check, call_room(check, &room), room.promise) && need_time(check, 2))
        expect_success(check, call_room(check, &room));
}

static int64_t next_midnight(int64_t now)
{
    return now + seconds_to_midnight(now);
}

static int64_t next_monday(int64_t now)
{
    int64_t weekday = (now / DAY_S + 4) % 7; /* the first day of 1970 was a Thursday */
    int64_t days = (8 - weekday) % 7;

    return (now / DAY_S + (days ? days : 7)) * DAY_S;
}

static int64_t next_first_of_month(int64_t now)
{
    time_t seconds = (time_t)now;
    struct tm parts;

    gmtime_r(&seconds, &parts);
    parts = (struct tm){.tm_year = parts.tm_year, .tm_mon = parts.tm_mon + 1, .tm_mday = 1};
    return (int64_t)timegm(&parts);
}

static void daily_budget_is_back_at_midnight(struct check *check)
{
    expect_back_at(check, "daily", next_midnight);
}

static void weekly_budget_is_back_on_monday(struct check *check)
{
    expect_back_at(check, "weekly", next_monday);
}

static void monthly_budget_is_back_on_the_first(struct check *check)
{
    expect_back_at(check, "monthly", next_first_of_month);
}

enum { BUDGET = 10 };

/* ARouter's list entry for a key of BUDGET dollars that has been used once; NULL without. */
static const json_t *need_used_entry(struct check *check, struct created *created,
                                     const struct exchange **list)
{
    const json_t *entry = NULL;

    *created = (struct created){0};
    if (!need_gateway(check, "arouter") ||
        !need_created(check, json_pack("{s:i}", "limit", BUDGET), created) ||
        !need_success(check, call_with(check, everyday_route(check), created->key)))
        return NULL;
    entry = created_listed(check, created, list);
    if (*list)
        need_that(check, json_is_number(json_object_get(entry, "usage")), *list,
                  "needed the key's usage in the list");
    return check_open(check) ? entry : NULL;
}

static void call_adds_to_usage(struct check *check)
{
    struct created created;
    const struct exchange *list = NULL;
    const json_t *entry = need_used_entry(check, &created, &list);

    if (entry)
        expect_that(check, json_number_value(json_object_get(entry, "usage")) > 0, list,
                    "expected a call to cost something, got usage 0");
    created_drop(check, &created);
}

/* What remains is the limit less what is used, to the hundredth of a millionth. */
static void expect_rest(struct check *check, const struct exchange *x, const json_t *key)
{
    double usage = json_number_value(json_object_get(key, "usage"));
    double limit = json_number_value(json_object_get(key, "limit"));
    const json_t *remaining = json_object_get(key, "limit_remaining");

    if (need_that(check, usage > 0, x, "needed a call to cost something"))
        expect_that(check,
                    json_is_number(remaining) &&
                        fabs(limit - usage - json_number_value(remaining)) < 1e-8,
                    x, "expected limit_remaining to be %.9g - %.9g, got %.9g", limit, usage,
                    json_number_value(remaining));
}

static void rest_is_limit_less_usage(struct check *check)
{
    struct created created;
    const struct exchange *list = NULL;
    const json_t *entry = need_used_entry(check, &created, &list);

    if (entry)
        expect_rest(check, list, entry);
    created_drop(check, &created);
}

/* OpenRouter's own word on a key of BUDGET dollars that has been used once; NULL without. */
static const struct exchange *need_used_key(struct check *check)
{
    const struct route *route = need_gateway(check, "openrouter") ? need_route(check, "key") : NULL;
    const char *secret = route ? need_key_made(check, json_pack("{s:i}", "limit", BUDGET)) : NULL;
    double usage;

    if (!secret || !need_success(check, call_with(check, everyday_route(check), secret)))
        return NULL;
    const struct exchange *x = call_with(check, route, secret);
    return need_success(check, x) && need_number(check, x, "data.usage", &usage) ? x : NULL;
}

static void openrouter_call_adds_to_usage(struct check *check)
{
    const struct exchange *x = need_used_key(check);

    if (x)
        expect_that(check, json_number_value(json_at(x->json, "data.usage")) > 0, x,
                    "expected a call to cost something, got usage 0");
}

static void openrouter_rest_is_limit_less_usage(struct check *check)
{
    const struct exchange *x = need_used_key(check);

    if (x)
        expect_rest(check, x, json_at(x->json, "data"));
}

/* A key of ARouter's that has spent its tiny limit; `change` then makes room. */
static void expect_room_after(struct check *check, json_t *change)
{
    struct created created = {0};
    struct room room = {.cap = 5};
    int admitted;
    bool made = false;

    if (need_gateway(check, "arouter"))
        room.promise = need_promise_aside(check, "budget-spent");
    if (room.promise)
        made = need_created(check, json_pack("{s:f}", "limit", 0.000001), &created);
    room.route = everyday_route(check);
    room.secret = created.key;
    if (made && need_full(check, &room, &admitted) &&
        need_changed(check, &created, json_incref(change)))
        expect_success(check, call_room(check, &room));
    created_drop(check, &created);
    json_decref(change);
}

static void raised_limit_makes_room(struct check *check)
{
    expect_room_after(check, json_pack("{s:i}", "limit", BUDGET));
}

static void no_limit_is_room_without_end(struct check *check)
{
    expect_room_after(check, json_pack("{s:n}", "limit"));
}

const struct requirement limits_requirements[] = {
    {
        .id = "limits.rate-limit-refuses",
        .level = MUST,
        .source = "rfc6585#4",
        .evidence = SPECIFIED,
        .claim = "a call over the limit is refused",
        .test = call_over_the_limit_is_refused,
    },
    {
        .id = "limits.rate-limit-admits",
        .level = MUST,
        .source = "gatemark#limits",
        .evidence = ASSUMED,
        .claim = "every call within the limit is admitted",
        .test = every_call_within_the_limit_is_admitted,
    },
    {
        .id = "limits.refusal-names-wait",
        .level = SHOULD,
        .source = "rfc6585#4",
        .evidence = ASSUMED,
        .claim = "a call refused for coming too often is told when to come again",
        .test = refusal_names_the_wait,
    },
    {
        .id = "limits.claude-refusal-names-wait",
        .level = MUST,
        .source = "claude-rate-limits#headers",
        .evidence = DOCUMENTED,
        .claim = "a call refused for coming too often is told when to come again",
        .test = claude_refusal_names_the_wait,
    },
    {
        .id = "limits.wait-well-formed",
        .level = MUST,
        .source = "rfc9110#10.2.3",
        .evidence = SPECIFIED,
        .claim = "Retry-After, where it is sent, is seconds or an HTTP date",
        .test = wait_is_well_formed,
    },
    {
        .id = "limits.recovers-after-wait",
        .level = MUST,
        .source = "rfc9110#10.2.3",
        .evidence = SPECIFIED,
        .claim = "a key that waited as long as it was told is admitted",
        .test = key_recovers_after_the_wait,
    },
    {
        .id = "limits.wait-not-too-long",
        .level = SHOULD,
        .source = "gatemark#limits",
        .evidence = ASSUMED,
        .claim = "a key is not told to wait longer than it must",
        .test = wait_is_no_longer_than_it_must_be,
    },
    {
        .id = "limits.refused-calls-do-not-count",
        .level = SHOULD,
        .source = "gatemark#limits",
        .evidence = ASSUMED,
        .claim = "a refused call does not push the end of the wait out",
        .test = refused_calls_do_not_push_the_end_out,
    },
    {
        .id = "limits.keys-counted-apart",
        .level = MUST,
        .source = "gatemark#limits",
        .evidence = ASSUMED,
        .claim = "one account's calls leave another's limit alone",
        .test = keys_are_counted_apart,
    },
    {
        .id = "limits.refusal-has-rate-headers",
        .level = MUST,
        .source = "openrouter-limits#headers",
        .evidence = DOCUMENTED,
        .claim = "a call refused for coming too often has X-RateLimit-Limit, -Remaining and -Reset",
        .test = refusal_has_rate_headers,
    },
    {
        .id = "limits.nothing-remains-when-refused",
        .level = MUST,
        .source = "openrouter-limits#headers",
        .evidence = DOCUMENTED,
        .claim = "X-RateLimit-Remaining is 0 when a call is refused",
        .test = nothing_remains_when_refused,
    },
    {
        .id = "limits.minute-cap-as-told",
        .level = MUST,
        .source = "invoratec-auth#usage",
        .evidence = DOCUMENTED,
        .claim = "as many calls a minute are admitted as usage says",
        .test = minute_cap_is_as_told,
    },
    {
        .id = "limits.day-cap-as-told",
        .level = MUST,
        .source = "invoratec-auth#usage",
        .evidence = DOCUMENTED,
        .claim = "as many calls a day are admitted as usage says",
        .test = day_cap_is_as_told,
    },
    {
        .id = "limits.day-cap-refuses",
        .level = MUST,
        .source = "arouter-errors#429",
        .evidence = DOCUMENTED,
        .claim = "a call over the day's cap is refused",
        .test = call_over_the_day_cap_is_refused,
    },
    {
        .id = "limits.day-cap-outlives-minute",
        .level = MUST,
        .source = "arouter-errors#429",
        .evidence = DOCUMENTED,
        .claim = "a key that reached its day's cap is refused after a minute still",
        .test = day_cap_outlives_the_minute,
    },
    {
        .id = "limits.day-cap-ends-with-day",
        .level = SHOULD,
        .source = "gatemark#limits",
        .evidence = ASSUMED,
        .claim = "a key that reached its day's cap is admitted the next UTC day",
        .test = day_cap_ends_with_the_day,
    },
    {
        .id = "limits.spent-key-refused",
        .level = MUST,
        .source = "arouter-errors#402",
        .evidence = DOCUMENTED,
        .claim = "a key that has spent its limit is refused",
        .test = spent_key_is_refused,
    },
    {
        .id = "limits.daily-budget-back",
        .level = MUST,
        .source = "arouter-keys#limit-reset",
        .evidence = DOCUMENTED,
        .claim = "a daily limit is whole again at midnight UTC, and not before",
        .test = daily_budget_is_back_at_midnight,
    },
    {
        .id = "limits.weekly-budget-back",
        .level = MUST,
        .source = "arouter-keys#limit-reset",
        .evidence = DOCUMENTED,
        .claim = "a weekly limit is whole again on Monday, and not before",
        .test = weekly_budget_is_back_on_monday,
    },
    {
        .id = "limits.monthly-budget-back",
        .level = MUST,
        .source = "arouter-keys#limit-reset",
        .evidence = DOCUMENTED,
        .claim = "a monthly limit is whole again on the 1st, and not before",
        .test = monthly_budget_is_back_on_the_first,
    },
    {
        .id = "limits.arouter-usage-grows",
        .level = MUST,
        .source = "arouter-keys#limit",
        .evidence = DOCUMENTED,
        .claim = "a call adds to the usage of its key",
        .test = call_adds_to_usage,
        .writes = true,
    },
    {
        .id = "limits.arouter-rest-is-limit-less-usage",
        .level = MUST,
        .source = "arouter-keys#limit",
        .evidence = DOCUMENTED,
        .claim = "what remains is the limit less what was used",
        .test = rest_is_limit_less_usage,
        .writes = true,
    },
    {
        .id = "limits.openrouter-usage-grows",
        .level = MUST,
        .source = "openrouter-openapi#key",
        .evidence = SPECIFIED,
        .claim = "a call adds to the usage of its key",
        .test = openrouter_call_adds_to_usage,
    },
    {
        .id = "limits.openrouter-rest-is-limit-less-usage",
        .level = MUST,
        .source = "openrouter-openapi#key",
        .evidence = SPECIFIED,
        .claim = "what remains is the limit less what was used",
        .test = openrouter_rest_is_limit_less_usage,
    },
    {
        .id = "limits.raised-limit-makes-room",
        .level = MUST,
        .source = "arouter-keys#update",
        .evidence = DOCUMENTED,
        .claim = "a key whose limit is raised is admitted again",
        .test = raised_limit_makes_room,
        .writes = true,
    },
    {
        .id = "limits.no-limit-is-endless",
        .level = MUST,
        .source = "arouter-keys#update",
        .evidence = SHIPPED,
        .claim = "a key whose limit is taken away is admitted again",
        .test = no_limit_is_room_without_end,
        .writes = true,
    },
    {0},
};
