/* Credentials bent in one place, sent to every route: the engine of the auth matrix. */
#ifndef SUITES_DEFECT_H
#define SUITES_DEFECT_H

#include "suites/expect.h"

/* Header lines to send in place of the documented credential. Lines of one request are separated by
 * a newline. In them
 *   {at} is the header's name and what stands before the key, as the route documents it
 *   {header} is that header's name and colon, {scheme} what stands between it and the key
 *   {key} the good key, {bad} one that was never issued, {bare} the good one without its prefix
 *   {cut} lacks its last character, {head} and {tail} are its halves
 *   {first}, {middle}, {last} have one character changed, {case} the case of every letter
 *   {percent} has its first character percent-encoded, {basic} is base64 of :key
 *   {prefix} is what keys of the gateway begin with. */
struct defect {
    const char *about;  /* the promise that tells the status */
    const char *faults; /* what the mock's journal must say, or NULL */
    bool bearer_only;   /* for routes that take Authorization: Bearer */
    const char *lines[8];
};

/* Every text of the defect is refused on every route, as promised and for this reason. */
void expect_refused_everywhere(struct check *check, const struct defect *defect);

/* Every text is admitted, on one route of each family that admits the documented form. */
void expect_admitted(struct check *check, const char *const *lines, bool bearer_only);

/* One call to `route` with the lines of `text`. */
const struct exchange *attempt_lines(struct check *check, const struct route *route,
                                     const char *text);

/* The next route, after `after`, that a good key may call without writing: the first of its family
 * in the contract. */
const struct route *next_family_route(struct check *check, const struct route *after);

/* The first route that can be called with a good key and writes nothing; never NULL. */
const struct route *plain_route(const struct check *check);

/* `text` with its braces filled in, to be freed; NULL, the check UNTESTABLE, when a key is lacking.
 */
char *expand(struct check *check, const struct route *route, const char *text);

#endif
