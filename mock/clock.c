#include "mock/clock.h"

#include "mock/moment.h"

#include <string.h>
#include <time.h>

static const char epoch[] = "2025-01-15T10:30:00Z";    /* of a virtual clock, unless told */
static const int64_t last_moment_ms = 253402300799000; /* 9999-12-31T23:59:59Z */

bool clock_init(struct clock *clock, const char *spec, struct problem *problem)
{
    const char *colon = strchr(spec, ':');
    size_t length = colon ? (size_t)(colon - spec) : strlen(spec);
    int64_t start_ms = 0;

    clock->is_virtual = length == 7 && strncmp(spec, "virtual", length) == 0;
    if (!clock->is_virtual && strcmp(spec, "real") != 0)
        return problem_set(problem, "clock \"%.40s\": expected real, virtual or virtual:%s", spec,
                           epoch);
    if (clock->is_virtual && !moment_parse(colon ? colon + 1 : epoch, &start_ms))
        return problem_set(problem, "clock \"%.40s\": expected a time such as %s", spec, epoch);
    clock->start_ms = start_ms;
    atomic_init(&clock->now_ms, start_ms);
    return true;
}

int64_t clock_now_ms(const struct clock *clock)
{
    struct timespec now;

    if (clock->is_virtual)
        return atomic_load(&clock->now_ms);
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool in_range(int64_t moment_ms)
{
    return moment_ms >= 0 && moment_ms <= last_moment_ms;
}

bool clock_set(struct clock *clock, int64_t moment_ms)
{
    if (!clock->is_virtual || !in_range(moment_ms))
        return false;
    atomic_store(&clock->now_ms, moment_ms);
    return true;
}

bool clock_advance(struct clock *clock, double seconds)
{
    int64_t now_ms = atomic_load(&clock->now_ms);

    if (!clock->is_virtual || !(seconds >= 0 && seconds * 1000 <= (double)last_moment_ms))
        return false;
    int64_t more_ms = (int64_t)(seconds * 1000);
    do {
        if (!in_range(now_ms + more_ms))
            return false;
    } while (!atomic_compare_exchange_weak(&clock->now_ms, &now_ms, now_ms + more_ms));
    return true;
}

void clock_restart(struct clock *clock)
{
    if (clock->is_virtual)
        atomic_store(&clock->now_ms, clock->start_ms);
}
