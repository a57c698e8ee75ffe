/* The whole mock without a socket: one request in, one response out. READ THIS FIRST. */
#ifndef MOCK_MOCK_H
#define MOCK_MOCK_H

#include "mock/call.h"
#include "mock/clock.h"
#include "mock/federation.h"
#include "mock/journal.h"
#include "mock/pacing.h"
#include "mock/replay.h"
#include "mock/settings.h"
#include "mock/tasks.h"

enum { GATEWAYS = 12 };

/* Everything a running mock knows. What changes over time is owned by one module each, which has
 * its own lock; the rest is constant after mock_open(). */
struct mock {
    const struct gateway *served[GATEWAYS + 1]; /* ends with NULL */
    size_t served_count;
    struct settings settings;
    struct pacing pacing; /* of streams */
    struct catalogue catalogue;
    json_t *credentials;       /* fixtures/credentials.json */
    const char *control_token; /* borrowed; NULL: none */
    struct clock clock;
    struct identity identity;
    struct keyring *keyring;
    struct journal *journal;
    struct tasks *tasks;
    struct federation *federation;
    struct replay *replay;
};

struct mock_options {
    const char *const *gateways; /* names; count 0: all */
    size_t gateway_count;
    const char *clock;
    const char *control_token;
    uint64_t seed;
    const char *pace; /* as pacing_parse() takes it; NULL: streams do not wait */
    const char *const *settings;
    size_t setting_count;
};

bool mock_open(struct mock *mock, const struct mock_options *options, struct problem *problem);
void mock_close(struct mock *mock);

/* Keys, counters, tasks, ids, journal and virtual clock as they were after mock_open(). */
void mock_reset(struct mock *mock);

/* Answers one request; `response` is all zero before and closed by the caller after. Any thread. */
void mock_answer(struct mock *mock, const struct request *request, int64_t now_ms,
                 struct response *response);

/* Would the caller get as far as the body? For bodies that are large, or held back until the server
 * says 100 Continue (RFC 9110 10.1.1). Then `response` is that interim answer, all zero before;
 * nothing is journaled. */
bool mock_wants_body(struct mock *mock, const struct request *request, int64_t now_ms,
                     struct response *response);

/* The longest body that is read for this path. */
size_t mock_body_limit(const struct mock *mock, const char *path);

/* How much of the path is the mount of a gateway, and of a deviation before it. */
size_t mock_mount_length(const struct mock *mock, const char *path);

#endif
