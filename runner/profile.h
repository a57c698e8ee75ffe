/* A target as a user's JSON file describes it. */
#ifndef RUNNER_PROFILE_H
#define RUNNER_PROFILE_H

#include "fixtures/basics.h"
#include "suites/target.h"

/* Owns its JSON, which has been found good; the texts are borrowed from it. */
struct profile {
    json_t *json;
    const char *path;
    const char *gateway, *base_url; /* NULL: not given */
};

/* Fills `profile`, or sets *problem: file, line where it can be told, and what was expected. */
bool profile_load(struct profile *profile, const char *path, struct problem *problem);

/* Gives the target everything that the profile says of it, but gateway and base URL. A key of the
 * form "$NAME" is taken from the environment, and is not given when that is not set. */
bool profile_apply(const struct profile *profile, struct target *target, struct problem *problem);
void profile_close(struct profile *profile);

/* A key that a header can carry (no control characters) and that is long enough for reports to
 * mask it without masking half of what they tell. `origin` says where it was given. */
bool key_usable(const char *secret, const char *origin, struct problem *problem);

/* The names of all credentials in fixtures/credentials.json, each once, as a JSON array owned by
 * the caller; or NULL with *problem set. */
json_t *key_names(struct problem *problem);

#endif
