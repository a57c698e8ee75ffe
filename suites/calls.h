/* Calls and preconditions that several suites share. */
#ifndef SUITES_CALLS_H
#define SUITES_CALLS_H

#include "suites/expect.h"

/* NOT_APPLICABLE, and false, on any other gateway. */
bool need_gateway(struct check *check, const char *gateway);

/* Any other precondition: `holds`, or UNTESTABLE with this sentence. */
__attribute__((format(printf, 4, 5))) bool
need_that(struct check *check, bool holds, const struct exchange *x, const char *format, ...);

/* What stands at `path` of the answer, or NULL or false and the check UNTESTABLE. */
const char *need_text(struct check *check, const struct exchange *x, const char *path);
bool need_number(struct check *check, const struct exchange *x, const char *path, double *number);

/* A text at `path` that is not empty; false and FAILED otherwise. */
bool expect_words(struct check *check, const struct exchange *x, const char *path);

/* The call this gateway is there for: chat, messages or usage; never NULL. */
const struct route *everyday_route(const struct check *check);

/* A copy of the route's request to change, owned by the caller; NULL, and the check UNTESTABLE or
 * NOT_APPLICABLE, when there is none. */
json_t *need_request(struct check *check, const char *name);

/* Calls the route of this name with the key it documents, and `body` in place of its request
 * (NULL: its own). NULL when there is no such route or key. Takes `body`. */
const struct exchange *call_route(struct check *check, const char *route, json_t *body);

/* As call_route(), for a query. */
const struct exchange *call_query(struct check *check, const char *route, const char *query);

/* As call_route(); NULL, and the check UNTESTABLE, too when the answer is no success or no JSON.
 * Takes `body`. */
const struct exchange *need_answer(struct check *check, const char *route, json_t *body);

/* As need_answer(), for a query. */
const struct exchange *need_page(struct check *check, const char *route, const char *query);

/* Calls `route` with `secret` and its own request. */
const struct exchange *call_with(struct check *check, const struct route *route,
                                 const char *secret);

/* As need_promise(), where the promise is not the claim: the check keeps its own source and grade.
 */
const struct promise *need_promise_aside(struct check *check, const char *about);

/* On gateways other than `gateway`, the claim rests on this source and grade instead. */
void grade_elsewhere(struct check *check, const char *gateway, const char *source,
                     enum evidence evidence);

/* A date and time as RFC 3339 has it. */
bool is_rfc3339(const char *text);

/* True when `text` begins with `start`. */
bool begins(const char *text, const char *start);

#endif
