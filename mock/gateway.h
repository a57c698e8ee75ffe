/* What a documented gateway is to the mock: its mount, keys, places of credentials, and words. */
#ifndef MOCK_GATEWAY_H
#define MOCK_GATEWAY_H

#include "mock/fault.h"
#include "mock/keyring.h"

struct call;

/* The wire protocol of a route. */
enum family { FAMILY_OPENAI, FAMILY_ANTHROPIC, FAMILY_GEMINI, FAMILY_KEYS };
enum { FAMILY_COUNT = FAMILY_KEYS + 1 };

/* How a gateway tells one fault. The message may hold {param}, {detail}, {model}, {provider},
 * {key} (masked), {method}, {path}, {limit}, {wait} and {reset}. */
struct wording {
    int status;
    const char *type, *code, *message;
};

/* How a gateway speaks one family. */
struct voice {
    const struct wording *wordings; /* FAULT_COUNT rows of its own, or NULL */
    const struct wording *common;   /* FAULT_COUNT rows of the family, for what has none */
    /* NULL, or: a wording that depends on a setting or on the call; NULL from it: as in the rows.
     */
    const struct wording *(*choose)(const struct call *call);
    json_t *(*error_body)(const struct call *call, const struct wording *wording,
                          const char *message);
};

/* Where a credential is taken from, in order of precedence. */
enum carrier {
    CARRIER_NONE,
    CARRIER_BEARER,
    CARRIER_X_API_KEY,
    CARRIER_X_GOOG_API_KEY,
    CARRIER_QUERY_KEY,
};
enum { CARRIER_COUNT = CARRIER_QUERY_KEY + 1, CARRIERS = 4 };

/* What two different credentials in one request come to. */
enum conflict { CONFLICT_REFUSED, CONFLICT_FIRST_WINS, CONFLICT_LAST_WINS };

struct carriers {
    enum carrier order[CARRIERS]; /* ended by CARRIER_NONE */
    enum conflict conflict;
};

struct endpoint;

struct gateway {
    const char *name; /* also its mount */
    const char *title, *source;
    const char *realm;    /* of its challenges; NULL: its name */
    const char *provider; /* whose models it has, and no others; NULL: everybody's */
    const struct voice *voices[FAMILY_COUNT]; /* NULL: not spoken */
    enum family family;                       /* who words what no route matches */
    struct {
        const char *prefix;
        enum family family;
    } areas[3]; /* likewise, below these paths */

    /* The places a family's key is taken from; may depend on settings. */
    struct carriers (*carriers)(const struct call *call, enum family family);
    bool tokens_only; /* in Authorization: whatever stands there, a key too, is refused as none */
    const char *secret_prefix[KINDS]; /* by kind; NULL: the gateway has no such kind */
    unsigned secret_length;           /* characters after the prefix of a drawn secret */
    bool secret_hex;
    unsigned hint_length;
    void (*draw_id)(struct identity *identity, struct key *key); /* NULL: its digest in hex */

    bool owner_metered;  /* limits and counts belong to the account, not to the key */
    size_t body_limit;   /* bytes */
    size_t header_limit; /* bytes of all header fields */

    void (*begin)(struct call *call);    /* NULL, or: what comes before identity (request ids) */
    void (*versions)(struct call *call); /* NULL, or: judges anthropic-version and the like */
    void (*finish)(struct call *call);   /* NULL, or: headers of every answer */
    /* NULL, or: a member of the body that this gateway does not know, or NULL. */
    const char *(*unknown_field)(const struct call *call);
};

extern const struct gateway gateway_clawdrouter, gateway_invoratec, gateway_claude, gateway_arouter,
    gateway_openrouter, gateway_openai, gateway_gemini;

/* Words what lies at no gateway's mount. Not in the list. */
extern const struct gateway gateway_none;

extern const struct gateway *const gateways[]; /* ends with NULL */

const struct gateway *gateway_find(const char *name);

/* Who words a fault at this path, when no endpoint is found. */
enum family gateway_family_at(const struct gateway *gateway, const char *path);

/* The wording of a fault: the voice's own row or the family's, or else that of its kin. NULL when
 * nobody has one, which gateway_test.c does not allow. */
const struct wording *voice_wording(const struct voice *voice, enum fault fault);

const char *family_name(enum family family);

#endif
