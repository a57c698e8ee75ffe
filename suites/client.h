/* Makes calls for checks. The only suite module that knows libcurl. */
#ifndef SUITES_CLIENT_H
#define SUITES_CLIENT_H

#include "suites/target.h"

/* How the credential travels, when not as the route's document says. */
enum manner {
    AS_DOCUMENTED,
    AS_BEARER,     /* Authorization: Bearer <secret>, whatever the route's carrier */
    AS_X_API_KEY,  /* x-api-key: <secret>, whatever the route's carrier */
    AS_GOOGLE_KEY, /* x-goog-api-key: <secret> */
    AS_BARE,       /* Authorization: <secret> */
    IN_COOKIE,     /* Cookie: api_key=<secret> */
    IN_QUERY,      /* ?key=<secret>&api_key=<secret>&access_token=<secret> */
    NOT_AT_ALL,    /* whatever `secret` says */
};

/* One call a check wants to make. Borrowed for the call. */
struct attempt {
    const struct route *route;
    const char *secret; /* NULL: send no credential */
    enum manner manner;
    const char
        *headers[6]; /* more "Name: value" lines, sent byte for byte; a name twice is two lines */
    const char *method, *path; /* NULL: the route's */
    const char *query;         /* without the question mark, or NULL */
    const json_t *json;        /* body instead of the route's request fixture */
    const char *body;          /* raw body instead of either; "" sends an empty one */
    const char *model;         /* put in place of the request's model (body or path) */
    bool no_version;           /* leave anthropic-version out */
    bool new_connection;       /* do not reuse one */
};

/* Adds an exchange to `check` with all that the attempt would send, not sent yet. */
struct exchange *check_prepare(struct check *check, const struct attempt *attempt);

/* The text of fixtures/requests/<name>.json, with `model` (unless NULL) in the place of its own; to
 * be freed. A missing fixture is a bug of ours: the process ends with a sentence. */
char *client_fixture(struct client *client, const char *name, const char *model);

struct client *client_new(void);
void client_free(struct client *client);

/* What a run has learnt of a route; kept with the connection, since that is what changes. */
enum known { NOT_KNOWN, KNOWN_SERVED, KNOWN_ABSENT };

enum known *client_memory(struct client *client, const struct route *route);

/* Performs the attempt; the exchange belongs to `check`; never NULL. Without an answer the check is
 * UNTESTABLE, and expectations on the exchange add nothing to that. Every request goes over the
 * target's one kept-alive connection unless the attempt says otherwise. */
const struct exchange *check_attempt(struct check *check, struct attempt attempt);

/* A request that is not part of the evidence (control calls): NULL with *problem set, or the
 * parsed answer, owned by the caller, and its status. */
json_t *client_call(struct client *client, const char *method, const char *url, const char *token,
                    const json_t *body, int *status, struct problem *problem);

#endif
