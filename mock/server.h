/* The mock with a socket: CivetWeb in, CivetWeb out. The only I/O of the mock. */
#ifndef MOCK_SERVER_H
#define MOCK_SERVER_H

#include "fixtures/basics.h"

#include <stdint.h>

struct server;

struct server_options {
    const char *listen;          /* ADDR:PORT; port 0 picks a free one */
    const char *const *gateways; /* names to serve; count 0: all */
    size_t gateway_count;
    const char *clock;           /* real, virtual, virtual:RFC3339 */
    const char *control_token;   /* NULL: none, which only loopback allows */
    uint64_t seed;               /* of ids and secrets */
    const char *const *settings; /* name=value, as `gatemark list settings` prints them */
    size_t setting_count;
    const char *pace; /* ttft=300ms,gap=50ms,jitter=10ms; NULL: streams do not wait */
    int threads;      /* connections served at once */
};

/* What a plain `gatemark mock` uses. */
struct server_options server_defaults(void);

/* Running and ready when this returns; or NULL with *problem set. */
struct server *server_start(const struct server_options *options, struct problem *problem);

/* http://address:port, without a slash at the end. */
const char *server_url(const struct server *server);
int server_port(const struct server *server);
void server_stop(struct server *server);

#endif
