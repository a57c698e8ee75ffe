#include "mock/admission.h"

enum { MINUTE_MS = 60000 };

void meter_init(struct meter *meter)
{
    *meter = (struct meter){0};
    pthread_mutex_init(&meter->lock, NULL);
}

void meter_close(struct meter *meter)
{
    pthread_mutex_destroy(&meter->lock);
}

/* Forgets what belongs to periods that are over. A clock set back starts afresh, too. */
static void roll(struct meter *meter, int64_t now_ms)
{
    int64_t seen_ms = meter->seen_ms;

    if (moment_period_start(seen_ms, PERIOD_DAY) != moment_period_start(now_ms, PERIOD_DAY)) {
        meter->day_count = 0;
        meter->spend.day_nano = 0;
    }
    if (moment_period_start(seen_ms, PERIOD_WEEK) != moment_period_start(now_ms, PERIOD_WEEK))
        meter->spend.week_nano = 0;
    if (moment_period_start(seen_ms, PERIOD_MONTH) != moment_period_start(now_ms, PERIOD_MONTH)) {
        meter->month_count = 0;
        meter->spend.month_nano = 0;
    }
    if (now_ms < meter->minute_start_ms || now_ms >= meter->minute_start_ms + MINUTE_MS) {
        meter->minute_start_ms = now_ms;
        meter->minute_count = meter->minute_input = meter->minute_output = 0;
    }
    meter->seen_ms = now_ms;
}

static int64_t seconds_until(int64_t moment_ms, int64_t now_ms)
{
    int64_t wait_s = (moment_ms - now_ms + 999) / 1000;

    return wait_s > 0 ? wait_s : 1;
}

static struct room refused(enum fault fault, int64_t limit, int64_t reset_ms, int64_t now_ms)
{
    struct room room = {.fault = fault, .limit = limit, .reset_ms = reset_ms};

    if (reset_ms != INT64_MAX)
        room.wait_s = seconds_until(reset_ms, now_ms);
    return room;
}

int64_t spend_within(const struct spend *spend, enum period reset)
{
    switch (reset) {
    case PERIOD_NEVER:
        return spend->total_nano;
    case PERIOD_DAY:
        return spend->day_nano;
    case PERIOD_WEEK:
        return spend->week_nano;
    case PERIOD_MONTH:
        return spend->month_nano;
    }
    return spend->total_nano;
}

static struct room judge(const struct meter *meter, const struct limits *limits, int64_t now_ms)
{
    int64_t minute_end_ms = meter->minute_start_ms + MINUTE_MS;
    struct room room = {.spent_nano = spend_within(&meter->spend, limits->budget_reset)};

    if (limits->per_day && meter->day_count >= limits->per_day)
        return refused(FAULT_DAY_CAP, limits->per_day, moment_period_end(now_ms, PERIOD_DAY),
                       now_ms);
    if (limits->per_minute && meter->minute_count >= limits->per_minute)
        return refused(FAULT_RATE_LIMITED, limits->per_minute, minute_end_ms, now_ms);
    if (limits->has_budget && room.spent_nano >= limits->budget_nano) {
        int64_t spent_nano = room.spent_nano;
        room =
            refused(FAULT_BUDGET_SPENT, 0, moment_period_end(now_ms, limits->budget_reset), now_ms);
        room.spent_nano = spent_nano;
        room.budget_nano = limits->budget_nano;
        return room;
    }
    if (limits->per_minute) {
        room.limit = limits->per_minute;
        room.remaining = limits->per_minute - meter->minute_count - 1;
        room.reset_ms = minute_end_ms;
    }
    return room;
}

struct room admission_take(struct meter *meter, const struct limits *limits, int64_t now_ms)
{
    pthread_mutex_lock(&meter->lock);
    roll(meter, now_ms);
    struct room room = judge(meter, limits, now_ms);
    if (!room.fault) {
        meter->minute_count++;
        meter->day_count++;
        meter->month_count++;
    }
    pthread_mutex_unlock(&meter->lock);
    return room;
}

void admission_spend(struct meter *meter, const struct cost *cost, int64_t now_ms)
{
    pthread_mutex_lock(&meter->lock);
    roll(meter, now_ms);
    meter->spend.total_nano += cost->nano;
    meter->spend.day_nano += cost->nano;
    meter->spend.week_nano += cost->nano;
    meter->spend.month_nano += cost->nano;
    meter->minute_input += cost->input_tokens;
    meter->minute_output += cost->output_tokens;
    pthread_mutex_unlock(&meter->lock);
}

struct spend meter_spend(struct meter *meter, int64_t now_ms)
{
    pthread_mutex_lock(&meter->lock);
    roll(meter, now_ms);
    struct spend spend = meter->spend;
    pthread_mutex_unlock(&meter->lock);
    return spend;
}

struct counts meter_counts(struct meter *meter, int64_t now_ms)
{
    pthread_mutex_lock(&meter->lock);
    roll(meter, now_ms);
    const struct counts counts = {
        .minute = meter->minute_count,
        .today = meter->day_count,
        .month = meter->month_count,
        .minute_input = meter->minute_input,
        .minute_output = meter->minute_output,
        .minute_end_ms = meter->minute_start_ms + MINUTE_MS,
    };
    pthread_mutex_unlock(&meter->lock);
    return counts;
}
