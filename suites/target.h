/* What a run is pointed at: a base URL, its contract, and what the user gave for it. */
#ifndef SUITES_TARGET_H
#define SUITES_TARGET_H

#include "suites/contract.h"

struct client;

/* The secrets a run may use, by the state they are in. */
struct target_key {
    char *name, *secret;
    struct target_key *next;
};

/* A status that the user's profile expects in place of the contract's. */
struct target_promise {
    struct promise promise; /* `about` is owned */
    struct target_promise *next;
};

/* Filled by the runner; read-only while checks run, but for its client. Owned by the runner. */
struct target {
    char *base_url;    /* no slash at the end; routes' paths follow it */
    char *control_url; /* http://host:port/_gatemark of a gatemark mock, or NULL */
    char *control_token;
    const struct contract *contract;
    struct target_key *keys;
    struct target_promise *promises;
    char *allowed_model, *forbidden_model, *forbidden_provider_model; /* NULL: the contract's */
    bool allow_writes;
    int max_wait_s;        /* how long a check may really wait when there is no clock to move */
    struct client *client; /* one connection pool, used by one thread */
};

/* Frees all that the target owns, its client too, and empties it. */
void target_close(struct target *target);

/* Gives the credential called `name` this secret, in place of one it had. */
void target_add_key(struct target *target, const char *name, const char *secret);

/* The secret of the credential called `name`, or NULL when none was given. */
const char *target_key(const struct target *target, const char *name);

/* Writes GATEMARK_KEY_READ_ONLY for read-only, into `variable`. */
void key_variable(const char *name, char *variable, size_t size);

#endif
