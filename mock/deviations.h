/* Deliberate lies the mock can tell, each proving that one check can fail. */
#ifndef MOCK_DEVIATIONS_H
#define MOCK_DEVIATIONS_H

#include <stdbool.h>

struct call;

/* One lie. At most two places know of it: seam 1 sees every decision as it is made, seam 2 every
 * answer before it is sent. Most lies are data: one field, header or status of some answers is
 * another than it should be. The rest are functions, which say whether they changed anything. */
struct deviation {
    const char *name;
    const char *breaks; /* the requirement that must notice */
    const char *about;  /* the lie, in one clause: "takes ...", "leaves ... out" */

    /* Which answers the data below are for. */
    const char *gateway; /* NULL: all */
    const char *family;  /* whose words the answer uses; NULL: all */
    const char *path;    /* how the endpoint's path ends; NULL: all */
    const char *method;  /* NULL: all */
    int status;          /* 401: this one; 4: all of 400 to 499; 0: all */
    const char *fault;   /* as the journal calls it; NULL: all */

    const char *event; /* of a stream: the field is in the first event with this path, or path=text;
                          NULL: it is in the body */
    const char *field; /* dotted, with indices ("choices.0.text"; "data.*.id" for every item) */
    const char *value; /* JSON text put there; NULL: the field is left out */
    const char *header, *header_value; /* likewise */
    int new_status;                    /* 0: as it was */

    bool (*on_decision)(struct call *call);
    bool (*on_response)(struct call *call);
};

/* One table a suite, each ending with an all-zero row. */
extern const struct deviation *const deviation_tables[]; /* ends with NULL */

/* The deviation after this one in the order of the tables; NULL gives the first, and the last NULL.
 */
const struct deviation *deviation_next(const struct deviation *deviation);

const struct deviation *deviation_find(const char *name);

/* The deviation named by a leading /with/<name>, with *rest set past it; NULL: stay honest. */
const struct deviation *deviation_at(const char *path, const char **rest);

void deviate_decision(struct call *call);
void deviate_response(struct call *call);

#endif
