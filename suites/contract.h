/* The suites' own reading of the documents: how to ask each gateway, and what it promises.
 * Shares nothing with the mock's tables: what the two disagree on, a run brings to light. */
#ifndef SUITES_CONTRACT_H
#define SUITES_CONTRACT_H

#include "suites/check.h"

enum family { FAMILY_OPENAI, FAMILY_ANTHROPIC, FAMILY_GEMINI, FAMILY_KEYS };

/* Where the document puts the key. */
enum carrier { CARRIER_BEARER, CARRIER_X_API_KEY, CARRIER_X_GOOG_API_KEY };

/* One documented endpoint and the smallest good way to call it. */
struct route {
    const char *name; /* stable, one word or two with a hyphen: chat, messages, list-keys */
    const char *method, *path; /* below the base URL; may hold an id that names nothing */
    enum family family;        /* whose error envelope it answers with */
    enum carrier carrier;      /* the documented place of the key */
    const char *key;           /* name of the credential that may call it: valid, management */
    const char *request;       /* fixtures/requests/<request>.json, or NULL: no body */
    const char *version;       /* value of anthropic-version to send, or NULL */
    int success;               /* documented status with a good key; 0: needs an id first */
    bool writes;               /* creates or deletes something lasting */
    bool also_bearer;          /* shipped clients send Bearer here too: both answers are right */
    bool open;                 /* answers without a key: no row of an auth matrix */
    bool model_optional;       /* the body may leave its model out */
};

/* What a gateway promises about one situation; `about` is a word of contract.c's tables. */
struct promise {
    const char *about; /* missing, unknown, revoked, expired, wrong-kind, rate-limited ... */
    int statuses[4];   /* any of these, ended by 0 */
    const char *source;
    enum evidence evidence;
};

struct contract {
    const char *gateway;
    const char *key_prefix;                      /* of a key that infers */
    const struct route *routes;                  /* ends with an all-zero row */
    const struct promise *promises;              /* ends with an all-zero row */
    const char *allowed_model, *forbidden_model; /* for the credential `restricted`, or NULL */
    const char *forbidden_provider_model;        /* of a provider it may not use, or NULL */
    bool takes_both_headers; /* documents Authorization: Bearer and X-Api-Key on every route */
    bool takes_query_key;    /* documents ?key= on every route */
    bool strict;             /* refuses members of a body that it does not know */
    bool wait_in_body;       /* a 429 tells in google.rpc.RetryInfo, not in Retry-After, how long */
    long body_limit_bytes;   /* a longer body is refused with 413; 0: not documented */
};

extern const struct contract *const contracts[]; /* ends with NULL */

/* The contract of this gateway, or NULL. */
const struct contract *contract_find(const char *gateway);

/* "Name:" of the header that holds the route's key, and what stands there before the key. */
const char *carrier_header(enum carrier carrier);
const char *carrier_scheme(enum carrier carrier);

/* Does this route take the key as Authorization: Bearer, beyond doubt? */
bool contract_takes_bearer(const struct contract *contract, const struct route *route);

/* The route called `name`, or NULL when this gateway documents none. */
const struct route *contract_route(const struct contract *contract, const char *name);

#endif
