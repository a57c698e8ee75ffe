/* Is there room left? Rate windows, day caps and budgets; time is a parameter. */
#ifndef MOCK_ADMISSION_H
#define MOCK_ADMISSION_H

#include "mock/fault.h"
#include "mock/moment.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* Money is counted in billionths of a US dollar: prices per token are whole numbers of them. */
#define NANO_PER_USD ((int64_t)1000000000)

struct limits {
    int64_t per_minute, per_day; /* 0: no limit */
    bool has_budget;
    int64_t budget_nano;
    enum period budget_reset; /* never: for the key's lifetime */
};

struct spend {
    int64_t total_nano, day_nano, week_nano, month_nano;
};

/* What one key, or one account, has used. */
struct meter {
    pthread_mutex_t lock;                  /* guards everything below */
    int64_t minute_start_ms, minute_count; /* a window of 60 s from its first request */
    int64_t minute_input, minute_output;   /* tokens in the same window */
    int64_t seen_ms;                       /* when the periods below were last rolled */
    int64_t day_count, month_count;
    struct spend spend;
};

/* What was decided, for headers and wordings. */
struct room {
    enum fault fault;
    int64_t limit, remaining; /* of the window that is nearest to its end */
    int64_t reset_ms;         /* when that window ends */
    int64_t wait_s;           /* true wait after a refusal, rounded up; 0: unknown or never */
    int64_t budget_nano, spent_nano;
};

void meter_init(struct meter *meter);
void meter_close(struct meter *meter);

/* Takes one request's room, or nothing at all when a limit is reached: then the fault tells which.
 * Of many concurrent callers exactly as many are admitted as there is room for. */
struct room admission_take(struct meter *meter, const struct limits *limits, int64_t now_ms);

/* What an answered request took. */
struct cost {
    int64_t nano, input_tokens, output_tokens;
};

void admission_spend(struct meter *meter, const struct cost *cost, int64_t now_ms);

/* Counts as of now. */
struct counts {
    int64_t minute, today, month;        /* requests */
    int64_t minute_input, minute_output; /* tokens */
    int64_t minute_end_ms;
};

struct counts meter_counts(struct meter *meter, int64_t now_ms);
struct spend meter_spend(struct meter *meter, int64_t now_ms);

/* What of `spend` counts against a budget with this reset. */
int64_t spend_within(const struct spend *spend, enum period reset);

#endif
