/* Keys that a check makes, changes and deletes through the gateway's own key API. */
#ifndef SUITES_CREATED_H
#define SUITES_CREATED_H

#include "suites/calls.h"

/* Borrowed from the check: its texts live in the exchange that made the key. */
struct created {
    const struct exchange *x; /* the answer to its creation */
    const char *id;           /* what the key API calls it: invoratec's id, arouter's hash */
    const char *key;
};

/* A name that no other key has, at least 48 characters long. */
void created_name(char *name, size_t size);

/* Makes a key of the documented kind with these wishes on top (or NULL); false, and the check
 * UNTESTABLE or NOT_APPLICABLE, when that does not work. Takes `wishes`. */
bool need_created(struct check *check, json_t *wishes, struct created *created);

/* Calls the route of this name on this id (`change` NULL: without a body of ours) with the key
 * `secret`, or the one the route documents. Takes `change`. NULL when there is no such route or
 * key. */
const struct exchange *created_call(struct check *check, const char *name, const char *id,
                                    const char *secret, json_t *change);

/* As created_call() on update-key; NULL and UNTESTABLE when the change is not taken. */
const struct exchange *need_changed(struct check *check, const struct created *created,
                                    json_t *change);

/* Deletes it; false, and the check UNTESTABLE, when that is refused. */
bool need_deleted(struct check *check, const struct created *created);

/* Deletes it for tidiness' sake: how that ends is no part of the check. */
void created_drop(struct check *check, const struct created *created);

/* The key's entry in the list, which stands in *list; NULL when it is not there. */
const json_t *created_listed(struct check *check, const struct created *created,
                             const struct exchange **list);

#endif
