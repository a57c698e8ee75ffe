/* The mock's one clock: the machine's, or a virtual one that stands still until it is moved. */
#ifndef MOCK_CLOCK_H
#define MOCK_CLOCK_H

#include "fixtures/basics.h"

#include <stdatomic.h>
#include <stdint.h>

struct clock {
    bool is_virtual;
    int64_t start_ms;       /* where a virtual clock begins, and begins again after a reset */
    _Atomic int64_t now_ms; /* of a virtual clock */
};

/* `spec` is real, virtual, or virtual:RFC3339. A virtual clock starts at a fixed moment, so that
 * two runs see the same times. */
bool clock_init(struct clock *clock, const char *spec, struct problem *problem);
int64_t clock_now_ms(const struct clock *clock);

/* Both are false when the clock is real, or the moment lies outside 1970 to 9999. */
bool clock_advance(struct clock *clock, double seconds);
bool clock_set(struct clock *clock, int64_t moment_ms);
void clock_restart(struct clock *clock);

#endif
