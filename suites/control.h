/* What a gatemark mock can be asked on the side: clock, journal, keys of one's own. */
#ifndef SUITES_CONTROL_H
#define SUITES_CONTROL_H

#include "suites/check.h"

/* Moves time forward for the target: its virtual clock, or by really waiting up to the target's
 * max_wait_s. Neither possible: the check is UNTESTABLE and this is false. */
bool need_time(struct check *check, int seconds);

/* A new credential of this gateway made to measure (fields as in fixtures/credentials.json), kept
 * as a secret of the check; or NULL, the check UNTESTABLE, when the target is not a gatemark mock.
 * Takes `wishes`. The secret lives as long as the check. */
const char *need_key_made(struct check *check, json_t *wishes);

/* The secret given for the credential `name`; or NULL, the check UNTESTABLE with a sentence that
 * names the variable to set. */
const char *need_key(struct check *check, const char *name);

/* The mock's present time as seconds since 1970, or the machine's when the target is live. */
int64_t target_now(const struct check *check);

/* The journal's entry for this exchange, owned by the caller; NULL when the target is live. */
json_t *journal_entry(const struct check *check, const struct exchange *x);

/* Against the mock: the journal must give this fault as the reason of the refusal. Against a live
 * target: nothing. `faults` (a constant) may name alternatives, separated by '|'. All of a check's
 * faults are judged together when its test is done, so that the journal is asked once. */
void expect_fault(struct check *check, const struct exchange *x, const char *faults);

/* Judges what expect_fault asked for; called by check_run. */
void settle_faults(struct check *check);

#endif
