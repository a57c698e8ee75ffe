#include "mock/pacing.h"

#include <stdlib.h>
#include <string.h>

/* A whole number of ms or s, up to the next comma; NULL when it is none, or more than is useful. */
static const char *take_time(const char *text, int64_t *ms)
{
    char *end = NULL;

    if (*text < '0' || *text > '9')
        return NULL;
    unsigned long long number = strtoull(text, &end, 10);
    size_t length = strcspn(end, ",");
    if (length == 2 && strncmp(end, "ms", 2) == 0)
        *ms = number > PACING_MOST_MS ? -1 : (int64_t)number;
    else if (length == 1 && *end == 's')
        *ms = number > PACING_MOST_MS / 1000 ? -1 : (int64_t)number * 1000;
    else
        return NULL;
    return *ms < 0 ? NULL : end + length;
}

bool pacing_parse(struct pacing *pacing, const char *text, struct problem *problem)
{
    struct pacing read = {0};
    const struct {
        const char *name;
        int64_t *ms;
    } parts[] = {{"ttft=", &read.ttft_ms}, {"gap=", &read.gap_ms}, {"jitter=", &read.jitter_ms}};
    const char *at = text;

    while (at) {
        const char *rest = NULL;
        for (size_t i = 0; i < COUNT(parts); i++)
            if (strncmp(at, parts[i].name, strlen(parts[i].name)) == 0)
                rest = take_time(at + strlen(parts[i].name), parts[i].ms);
        if (!rest)
            return problem_set(problem,
                               "--pace \"%.80s\": expected ttft, gap and jitter of at most 10 "
                               "minutes, such as ttft=300ms,gap=50ms,jitter=10ms",
                               text);
        at = *rest ? rest + 1 : NULL;
    }
    *pacing = read;
    return true;
}

/* splitmix64's finisher: a number as good as random for each state. */
static uint64_t mixed(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

static int64_t token_due(const struct pacing *pacing, uint64_t seed, int64_t number)
{
    int64_t due = pacing->ttft_ms + number * pacing->gap_ms;

    if (pacing->jitter_ms > 0) {
        uint64_t width = 2 * (uint64_t)pacing->jitter_ms + 1;
        uint64_t at = mixed(seed + (uint64_t)(number + 1) * 0x9e3779b97f4a7c15ULL) % width;
        due += (int64_t)at - pacing->jitter_ms;
    }
    return due;
}

void pacing_apply(const struct pacing *pacing, struct events *events, uint64_t seed)
{
    int64_t number = 0, due_ms = 0;
    bool begun = false;

    for (size_t i = 0; i < events->count; i++) {
        struct event *event = &events->items[i];
        bool waits = event->token || (!begun && event->data);
        int64_t wanted = waits ? token_due(pacing, seed, number) : due_ms;
        number += event->token;
        begun |= event->token;
        due_ms = wanted > due_ms ? wanted : due_ms;
        event->due_ms = due_ms;
    }
}
