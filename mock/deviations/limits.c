#include "mock/deviations/lies.h"

#include <string.h>

#define KEYS "/api/v1/keys"

static bool drop_header(struct call *call, const char *name)
{
    if (!response_header_find(call->response, name))
        return false;
    response_header_remove(call->response, name);
    return true;
}

static bool set_header(struct call *call, const char *name, const char *value)
{
    response_header(call->response, name, "%s", value);
    return true;
}

static const struct key *named_key(const struct call *call)
{
    return keyring_find_id(call->mock->keyring, call->gateway, call->arguments[0]);
}

static bool tells_usage(const struct call *call)
{
    return lie_answers(call, "GET", "/v1/auth/usage");
}

static bool lists_keys(const struct call *call)
{
    return lie_answers(call, "GET", KEYS);
}

static bool changes_key(const struct call *call)
{
    return lie_answers(call, "PATCH", KEYS "/{hash}");
}

/* What a changed limit comes to in truth; nothing when the change is of something else. */
static bool limit_becomes(struct call *call, bool is_number, int64_t nano)
{
    const json_t *limit = json_object_get(call->body, "limit");
    struct key *key = changes_key(call) ? (struct key *)named_key(call) : NULL;

    if (!key || !limit || json_is_number(limit) != is_number)
        return false;
    key->limits.has_budget = true;
    key->limits.budget_nano = nano;
    return true;
}

static bool limit_not_kept(struct call *call)
{
    return lie_admit(call, FAULT_RATE_LIMITED);
}

/* Invoratec tells its caps, and would be caught at that too. */
static bool limit_comes_too_early(struct call *call)
{
    struct room *room = &call->room;

    if (lie_from(call, "invoratec") || room->limit <= 1 || room->remaining > 0 ||
        !lie_refuse(call, FAULT_RATE_LIMITED))
        return false;
    room->fault = FAULT_RATE_LIMITED;
    room->wait_s = (room->reset_ms - call->now_ms + 999) / 1000;
    return true;
}

static bool limited(const struct call *call)
{
    return call->decision.fault == FAULT_RATE_LIMITED;
}

/* Another wait, in every place where the gateway tells one. */
static bool tells_wait(struct call *call, const char *seconds)
{
    static const char delay[] = "error.details.2.retryDelay";

    if (!limited(call))
        return false;
    if (lie_get(call->response->body, delay))
        return lie_put(call, delay, json_sprintf("%ss", seconds));
    if (response_header_find(call->response, "retry-after-ms"))
        response_header(call->response, "retry-after-ms", "%s000", seconds);
    return response_header_find(call->response, "Retry-After") &&
           set_header(call, "Retry-After", seconds);
}

static bool tells_too_short_a_wait(struct call *call)
{
    return tells_wait(call, "1");
}

static bool tells_too_long_a_wait(struct call *call)
{
    return tells_wait(call, "180");
}

static bool no_retry_after(struct call *call)
{
    return limited(call) && !lie_from(call, "claude") && drop_header(call, "Retry-After");
}

static bool claude_no_retry_after(struct call *call)
{
    return limited(call) && lie_from(call, "claude") && drop_header(call, "Retry-After");
}

static bool refused_calls_push_the_end(struct call *call)
{
    struct meter *meter = call->decision.key ? call->decision.key->meter : NULL;

    if (!limited(call) || !meter)
        return false;
    pthread_mutex_lock(&meter->lock);
    meter->minute_start_ms = call->now_ms;
    pthread_mutex_unlock(&meter->lock);
    call->room.reset_ms = call->now_ms + 60000;
    call->room.wait_s = 60;
    return true;
}

/* Accounts are told apart by all but the end of their names. */
static bool neighbours_counted_together(struct call *call)
{
    return call->decision.key && strcmp(call->decision.key->owner, "gatemark-neighbour-2") == 0 &&
           lie_refuse(call, FAULT_RATE_LIMITED);
}

static bool one_remains_when_refused(struct call *call)
{
    return limited(call) && response_header_find(call->response, "X-RateLimit-Remaining") &&
           set_header(call, "X-RateLimit-Remaining", "1");
}

static bool minute_cap_told_too_high(struct call *call)
{
    return tells_usage(call) && lie_add(call, "limits.perMinute", 1);
}

static bool day_cap_told_too_high(struct call *call)
{
    return tells_usage(call) && lie_add(call, "limits.perDay", 1);
}

static bool day_cap_not_kept(struct call *call)
{
    return lie_admit(call, FAULT_DAY_CAP);
}

static bool day_cap_ends_with_the_minute(struct call *call)
{
    const struct key *key = call->decision.key;

    return key && key->meter->minute_count == 0 && lie_admit(call, FAULT_DAY_CAP);
}

/* Of small caps only: others' days pass while checks move the clock. */
static bool day_cap_never_ends(struct call *call)
{
    const struct key *key = call->decision.key;

    return key && key->limits.per_day > 0 && key->limits.per_day <= 10 &&
           key->created_ms < moment_period_start(call->now_ms, PERIOD_DAY) &&
           lie_refuse(call, FAULT_DAY_CAP);
}

static bool spent_key_admitted(struct call *call)
{
    return lie_admit(call, FAULT_BUDGET_SPENT);
}

/* Whoever has spent a budget once stays without. */
static bool stays_spent(struct call *call, enum period period)
{
    const struct key *key = call->decision.key;

    return key && call->endpoint->task && key->limits.has_budget &&
           key->limits.budget_reset == period &&
           key->meter->spend.total_nano >= key->limits.budget_nano &&
           lie_refuse(call, FAULT_BUDGET_SPENT);
}

static bool daily_budget_stays_spent(struct call *call)
{
    return stays_spent(call, PERIOD_DAY);
}

static bool weekly_budget_stays_spent(struct call *call)
{
    return stays_spent(call, PERIOD_WEEK);
}

static bool monthly_budget_stays_spent(struct call *call)
{
    return stays_spent(call, PERIOD_MONTH);
}

static void restore_rest(const struct call *call, json_t *item)
{
    (void)call;
    json_object_set(item, "limit_remaining", json_object_get(item, "limit"));
}

static bool list_forgets_spending(struct call *call)
{
    return lists_keys(call) && lie_each(call, "data", restore_rest);
}

static bool tells_key(const struct call *call)
{
    return lie_answers(call, "GET", "/api/v1/key");
}

static bool key_forgets_spending(struct call *call)
{
    return tells_key(call) && lie_put(call, "data.limit_remaining",
                                      json_incref(lie_get(call->response->body, "data.limit")));
}

/* What the key in the path has spent: a limit of as much leaves no room. */
static int64_t spent_of_named(const struct call *call)
{
    const struct key *key = changes_key(call) ? named_key(call) : NULL;

    return key ? key->meter->spend.total_nano : 0;
}

static bool raised_limit_makes_no_room(struct call *call)
{
    return spent_of_named(call) > 0 && limit_becomes(call, true, spent_of_named(call));
}

static bool no_limit_makes_no_room(struct call *call)
{
    return spent_of_named(call) > 0 && limit_becomes(call, false, spent_of_named(call));
}

const struct deviation limits_deviations[] = {
    {
        .name = "limit-not-kept",
        .breaks = "limits.rate-limit-refuses",
        .about = "calls over the limit are admitted",
        .on_decision = limit_not_kept,
    },
    {
        .name = "limit-comes-too-early",
        .breaks = "limits.rate-limit-admits",
        .about = "the last call within the limit is refused",
        .on_decision = limit_comes_too_early,
    },
    {
        .name = "no-retry-after",
        .breaks = "limits.refusal-names-wait",
        .about = "429 has no Retry-After",
        .on_response = no_retry_after,
    },
    {
        .name = "claude-no-retry-after",
        .breaks = "limits.claude-refusal-names-wait",
        .about = "429 has no Retry-After",
        .on_response = claude_no_retry_after,
    },
    {
        .name = "retry-after-in-words",
        .breaks = "limits.wait-well-formed",
        .about = "Retry-After is in words",
        .status = 429,
        .header = "Retry-After",
        .header_value = "in a minute",
    },
    {
        .name = "retry-after-too-short",
        .breaks = "limits.recovers-after-wait",
        .about = "the wait told is always a second",
        .status = 429,
        .on_response = tells_too_short_a_wait,
    },
    {
        .name = "retry-after-too-long",
        .breaks = "limits.wait-not-too-long",
        .about = "the wait told is always three minutes",
        .status = 429,
        .on_response = tells_too_long_a_wait,
    },
    {
        .name = "refused-calls-push-the-end",
        .breaks = "limits.refused-calls-do-not-count",
        .about = "a refused call starts the minute anew",
        .on_decision = refused_calls_push_the_end,
    },
    {
        .name = "neighbours-counted-together",
        .breaks = "limits.keys-counted-apart",
        .about = "accounts of like names share a limit",
        .on_decision = neighbours_counted_together,
    },
    {
        .name = "no-reset-header",
        .breaks = "limits.refusal-has-rate-headers",
        .about = "429 has no X-RateLimit-Reset",
        .status = 429,
        .header = "X-RateLimit-Reset",
    },
    {
        .name = "one-remains-when-refused",
        .breaks = "limits.nothing-remains-when-refused",
        .about = "429 says that one call remains",
        .on_response = one_remains_when_refused,
    },
    {
        .name = "minute-cap-told-too-high",
        .breaks = "limits.minute-cap-as-told",
        .about = "usage tells one call a minute too many",
        .on_response = minute_cap_told_too_high,
    },
    {
        .name = "day-cap-told-too-high",
        .breaks = "limits.day-cap-as-told",
        .about = "usage tells one call a day too many",
        .on_response = day_cap_told_too_high,
    },
    {
        .name = "day-cap-not-kept",
        .breaks = "limits.day-cap-refuses",
        .about = "calls over the day's cap are admitted",
        .on_decision = day_cap_not_kept,
    },
    {
        .name = "day-cap-ends-with-the-minute",
        .breaks = "limits.day-cap-outlives-minute",
        .about = "the day's cap ends with the minute",
        .on_decision = day_cap_ends_with_the_minute,
    },
    {
        .name = "day-cap-never-ends",
        .breaks = "limits.day-cap-ends-with-day",
        .about = "a key capped by the day is refused ever after",
        .on_decision = day_cap_never_ends,
    },
    {
        .name = "spent-key-admitted",
        .breaks = "limits.spent-key-refused",
        .about = "a spent key is admitted",
        .on_decision = spent_key_admitted,
    },
    {
        .name = "daily-budget-stays-spent",
        .breaks = "limits.daily-budget-back",
        .about = "a daily limit stays spent",
        .on_decision = daily_budget_stays_spent,
    },
    {
        .name = "weekly-budget-stays-spent",
        .breaks = "limits.weekly-budget-back",
        .about = "a weekly limit stays spent",
        .on_decision = weekly_budget_stays_spent,
    },
    {
        .name = "monthly-budget-stays-spent",
        .breaks = "limits.monthly-budget-back",
        .about = "a monthly limit stays spent",
        .on_decision = monthly_budget_stays_spent,
    },
    {
        .name = "list-forgets-usage",
        .breaks = "limits.arouter-usage-grows",
        .about = "the list says usage 0",
        .gateway = "arouter",
        .path = "/keys",
        .method = "GET",
        .status = 2,
        .field = "data.*.usage",
        .value = "0",
    },
    {
        .name = "list-forgets-spending",
        .breaks = "limits.arouter-rest-is-limit-less-usage",
        .about = "all of every limit remains",
        .on_response = list_forgets_spending,
    },
    {
        .name = "key-forgets-usage",
        .breaks = "limits.openrouter-usage-grows",
        .about = "a key's usage is 0",
        .gateway = "openrouter",
        .path = "/key",
        .method = "GET",
        .status = 2,
        .field = "data.usage",
        .value = "0",
    },
    {
        .name = "key-forgets-spending",
        .breaks = "limits.openrouter-rest-is-limit-less-usage",
        .about = "all of a key's limit remains",
        .on_response = key_forgets_spending,
    },
    {
        .name = "raised-limit-makes-no-room",
        .breaks = "limits.raised-limit-makes-room",
        .about = "a raised limit makes no room",
        .on_response = raised_limit_makes_no_room,
    },
    {
        .name = "no-limit-makes-no-room",
        .breaks = "limits.no-limit-is-endless",
        .about = "a limit taken away makes no room",
        .on_response = no_limit_makes_no_room,
    },
    {0},
};
