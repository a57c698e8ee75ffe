/* Guesses what somebody meant to type. */
#ifndef RUNNER_NEAREST_H
#define RUNNER_NEAREST_H

#include <stddef.h>

/* Collects the names to choose from. */
struct nearest {
    const char *word; /* what was typed */
    const char *name; /* the nearest so far, borrowed; NULL: nothing is near */
    size_t distance;
};

void nearest_offer(struct nearest *nearest, const char *name);

/* ", did you mean NAME?" to be freed; or "" when nothing is near. */
char *nearest_hint(const struct nearest *nearest);

#endif
