/* The mock's tables as lists for people: arrays of flat JSON objects, owned by the caller. */
#ifndef MOCK_OVERVIEW_H
#define MOCK_OVERVIEW_H

#include <jansson.h>

json_t *overview_gateways(void);   /* name, mount, title, families, source */
json_t *overview_endpoints(void);  /* gateway, method, path, family, needs */
json_t *overview_deviations(void); /* name, breaks, about */
json_t *overview_settings(void);   /* name, default, choices, about */

#endif
