/* Runs a suite under cmocka. The only suite module that knows cmocka. */
#ifndef SUITES_CMOCKA_DRIVER_H
#define SUITES_CMOCKA_DRIVER_H

#include "suites/check.h"

/* Fills `checks`, suite_size() of them, owned by the caller. Rows for which `chosen` is false stay
 * all zero. cmocka's own output is kept off the terminal. Returns how many rows cmocka counts as
 * failed. */
int suite_run(const struct suite *suite, const struct target *target, struct check *checks,
              bool (*chosen)(const struct requirement *requirement, const void *asked),
              const void *asked);

#endif
