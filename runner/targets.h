/* Makes the targets of a run: every gateway of an embedded mock, or one live base URL. */
#ifndef RUNNER_TARGETS_H
#define RUNNER_TARGETS_H

#include "runner/profile.h"
#include "runner/words.h"
#include "suites/target.h"

struct server;

/* What the user asked for. Borrowed. */
struct wish {
    const char *url; /* NULL: an embedded mock */
    const struct profile *profile;
    struct words gateways, settings;
    const char *control_token;
    bool allow_writes;
    int max_wait_s; /* -1: not said */
};

/* Owns its targets, and the embedded mock when there is one. */
struct targets {
    struct target *items;
    size_t count;
    struct server *server; /* NULL: live */
    bool mock;             /* they are of a gatemark mock, embedded or not */
};

/* EXIT_PASSED when the targets are there and answer; otherwise another exit status and *problem. */
int targets_open(struct targets *targets, const struct wish *wish, struct problem *problem);

/* An embedded mock as it was when it started; nothing happens to others. */
bool target_reset(const struct targets *targets, const struct target *target,
                  struct problem *problem);
void targets_close(struct targets *targets);

/* The contract of this gateway, or NULL with *problem set, which names the nearest. */
const struct contract *contract_named(const char *gateway, struct problem *problem);

#endif
