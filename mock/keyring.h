/* The keys the mock knows: kept as hashes, created, listed, changed, revoked. */
#ifndef MOCK_KEYRING_H
#define MOCK_KEYRING_H

#include "fixtures/basics.h"
#include "mock/admission.h"
#include "mock/identity.h"

#include <jansson.h>

struct gateway;

/* A token is minted by an exchange, and soon over. */
enum key_kind { KIND_INFERENCE, KIND_MANAGEMENT, KIND_TOKEN };
enum { KINDS = KIND_TOKEN + 1 };
enum key_state { STATE_ACTIVE, STATE_DISABLED, STATE_REVOKED };

/* Who made a key: the fixtures, the control endpoint, or a gateway's own API. */
enum key_origin { ORIGIN_FIXTURE, ORIGIN_CONTROL, ORIGIN_API };

enum permission { PERMISSION_READ = 1, PERMISSION_WRITE = 2, PERMISSION_ADMIN = 4 };
enum tier { TIER_FREE, TIER_BASIC, TIER_PRO, TIER_ENTERPRISE };
enum { TIER_COUNT = TIER_ENTERPRISE + 1 };

/* One key. Owned by the keyring until it is reset. The secret itself is not in here. */
struct key {
    unsigned char digest[DIGEST_BYTES]; /* SHA-256 over gateway and secret */
    const struct gateway *gateway;
    char id[72];    /* what the gateway's API calls it */
    char hint[24];  /* the secret's first characters, for lists and logs */
    char tail[4];   /* and its last three, where a gateway shows them */
    char name[128]; /* a label */
    char owner[64];
    uint64_t number; /* its place in the gateway's order of creation */
    enum key_kind kind;
    enum key_origin origin;
    enum key_state state;
    unsigned permissions;
    enum tier tier;
    int64_t created_ms, updated_ms; /* updated 0: never */
    int64_t expires_ms;             /* 0: never */
    bool counts_byok;               /* calls with keys of the customer's own count too */
    json_t *allowed_models, *allowed_providers; /* NULL: all */
    char scope[96], workspace[96];              /* of a token; "": none */
    struct limits limits;
    struct meter *meter; /* its own, or its owner's */
};

struct keyring;

struct keyring *keyring_new(struct identity *identity);
void keyring_free(struct keyring *keyring);

/* One lock guards all keys but their meters: taken shared for each call, alone by those that create
 * or change a key. */
void keyring_read(struct keyring *keyring);
void keyring_write(struct keyring *keyring);
void keyring_unlock(struct keyring *keyring);

/* Forgets every key. Nobody else may hold the lock. */
void keyring_clear(struct keyring *keyring);

/* What a new key is made of. Borrowed. */
struct key_wish {
    const struct gateway *gateway;
    const char *secret; /* NULL: draw one */
    const char *owner;  /* NULL: an account of its own */
    const char *name;
    enum key_origin origin;
    enum key_kind kind;
    int64_t now_ms;
};

/* A new key, active and without limits; its secret goes into `secret` (SECRET_TEXT bytes). NULL
 * when the secret is taken. */
enum { SECRET_TEXT = 160 };
struct key *keyring_create(struct keyring *keyring, const struct key_wish *wish,
                           char secret[SECRET_TEXT]);

/* Sets state, expiry, permissions, tier, limits and lists from an object as in
 * fixtures/credentials.json; false with what was expected in *problem. Fields that are not known
 * are refused. */
bool key_configure(struct key *key, const json_t *wishes, struct problem *problem);

/* Makes a new token what its exchange has granted. */
void key_bind(struct key *key, const char *scope, const char *workspace, int64_t expires_ms);

/* NULL when there is none. Takes as long for a wrong key as for a right one. */
struct key *keyring_find(const struct keyring *keyring, const struct gateway *gateway,
                         const char *secret);
struct key *keyring_find_id(const struct keyring *keyring, const struct gateway *gateway,
                            const char *id);

/* Keys of a gateway in the order of creation: numbers run from 0 without a gap. */
struct key *keyring_at(const struct keyring *keyring, const struct gateway *gateway,
                       uint64_t number);

/* read, write, admin; false for any other word. */
bool permission_find(const char *name, unsigned *permission);
json_t *permissions_json(unsigned permissions);
const char *tier_name(enum tier tier);
struct limits tier_limits(enum tier tier);

/* US dollars as nano dollars; false when not a number, negative, or beyond 9 million. */
bool money_parse(const json_t *value, int64_t *nano);
json_t *money_json(int64_t nano);

#endif
