/* When the events of a stream are due. */
#ifndef MOCK_PACING_H
#define MOCK_PACING_H

#include "fixtures/basics.h"
#include "mock/events.h"

/* All zero: everything is due at once. */
struct pacing {
    int64_t ttft_ms;   /* to the first token */
    int64_t gap_ms;    /* from one token to the next */
    int64_t jitter_ms; /* a token comes up to so much earlier or later */
};

enum { PACING_MOST_MS = 600000 };

/* Takes "ttft=300ms,gap=50ms,jitter=10ms"; what is not named stays 0. NULL: all of it. */
bool pacing_parse(struct pacing *pacing, const char *text, struct problem *problem);

/* Gives each event its due time, none before the one that precedes it. Each token is late or early
 * by itself, so that delays do not add up. What opens an answer comes with its first token, what
 * closes it with its last; bytes without data (comments) before the first token come at once. */
void pacing_apply(const struct pacing *pacing, struct events *events, uint64_t seed);

#endif
