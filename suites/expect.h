/* Expectations record a finding and carry on; they never jump out of a check. */
#ifndef SUITES_EXPECT_H
#define SUITES_EXPECT_H

#include "suites/client.h"
#include "suites/control.h"

/* need_*: a precondition. Not met, the check is UNTESTABLE (or NOT_APPLICABLE) and this is false,
 * NULL or the like. */
bool need_status(struct check *check, const struct exchange *x, int status);
bool need_success(struct check *check, const struct exchange *x); /* any 2xx */
bool need_refusal(struct check *check, const struct exchange *x); /* any 4xx */
const json_t *need_json(struct check *check, const struct exchange *x);

/* The contract's promise (or the profile's), which becomes the check's source and evidence; NULL
 * and NOT_APPLICABLE when the gateway makes none. */
const struct promise *need_promise(struct check *check, const char *about);

/* Is `status` one of those promised? */
bool promise_holds(const struct promise *promise, int status);

/* The contract's route; NULL and NOT_APPLICABLE when the gateway has none of that name. */
const struct route *need_route(struct check *check, const char *name);

/* The routes a matrix row walks: those it may call. Leaves out the ones that write, with a note,
 * unless writing is allowed, and the open ones. Stops at the first finding. Ends with NULL from the
 * iterator. `after` NULL starts. */
const struct route *check_next_route(struct check *check, const struct route *after);

/* expect_*: the claim itself. Not met, the check has FAILED; false then, so that a check may stop.
 */
bool expect_status(struct check *check, const struct exchange *x, int status);
bool expect_promised(struct check *check, const struct exchange *x, const struct promise *promise);
bool expect_success(struct check *check, const struct exchange *x);
bool expect_refused(struct check *check, const struct exchange *x); /* 4xx: neither 2xx nor 5xx */

/* `path` is dotted, with array indices: error.details.0.reason; "" is the whole body. */
const json_t *json_at(const json_t *value, const char *path);
const char *expect_string(struct check *check, const struct exchange *x, const char *path);
bool expect_string_is(struct check *check, const struct exchange *x, const char *path,
                      const char *value);
bool expect_integer(struct check *check, const struct exchange *x, const char *path,
                    json_int_t *value);
bool expect_number(struct check *check, const struct exchange *x, const char *path, double *value);
bool expect_boolean_is(struct check *check, const struct exchange *x, const char *path, bool value);
const json_t *expect_array(struct check *check, const struct exchange *x, const char *path);
const json_t *expect_object(struct check *check, const struct exchange *x, const char *path);
bool expect_absent(struct check *check, const struct exchange *x, const char *path);
const char *expect_header(struct check *check, const struct exchange *x, const char *name);
bool expect_header_absent(struct check *check, const struct exchange *x, const char *name);

/* Neither body nor headers hold this text. */
bool expect_lacks(struct check *check, const struct exchange *x, const char *secret);

/* Any other claim: `holds`, or FAILED with this sentence. */
__attribute__((format(printf, 4, 5))) bool
expect_that(struct check *check, bool holds, const struct exchange *x, const char *format, ...);

#endif
