/* Which of the documented routes a live target has at all: a gateway that leaves some out is judged
 * by those it serves, not failed once more by each row that walks all of them. */
#ifndef SUITES_SERVED_H
#define SUITES_SERVED_H

#include "suites/target.h"

/* False when the target answers 404, 405 or 501 to the route, without a key and with the documented
 * one (a route that writes is tried without a key only). Asked once a run; a gatemark mock serves
 * everything. */
bool route_served(const struct target *target, const struct route *route);

#endif
