/* What an endpoint is, and how one is found. */
#ifndef MOCK_ENDPOINT_H
#define MOCK_ENDPOINT_H

#include "mock/gateway.h"
#include "mock/shape.h"

struct call;

/* What a caller must be. */
enum need {
    NEED_NOTHING,    /* not even a key */
    NEED_KEY,        /* any key */
    NEED_INFERENCE,  /* a key that infers */
    NEED_MANAGEMENT, /* a key that manages */
    NEED_READ,       /* a permission */
    NEED_WRITE,
    NEED_MANAGE_KEYS,  /* what the setting invoratec.key-management says */
    NEED_ORGANIZATION, /* a token whose scope is org:admin */
};

struct endpoint {
    const struct gateway *gateway;
    const char *method, *path; /* {name} matches one segment, or what stands before :verb in it */
    enum family family;
    enum need need;
    const char *task;                 /* what the model must be able to do, or NULL */
    const struct shape_field *fields; /* of the body; NULL: it takes none */
    void (*judge)(struct call *call); /* NULL, or: what this endpoint alone refuses, and why */
    void (*reply)(struct call *call);
    bool changes_keys; /* holds the keyring alone */
    bool oauth;        /* RFC 6749 3.2 applies: unknown fields are ignored, none comes twice */
    const char *default_model; /* where the body may leave it out */
};

/* Published tables: one per resource, each ending with an all-zero row. */
extern const struct endpoint chat_endpoints[], responses_endpoints[], images_endpoints[],
    videos_endpoints[], messages_endpoints[], generate_endpoints[], embeddings_endpoints[],
    models_endpoints[], invoratec_keys_endpoints[], arouter_keys_endpoints[],
    openrouter_key_endpoints[], openrouter_keys_endpoints[], gemini_endpoints[], token_endpoints[],
    federation_endpoints[];

extern const struct endpoint *const endpoint_tables[]; /* ends with NULL */

/* Finds the endpoint for the call's method and path, and fills its arguments. HEAD finds GET. */
const struct endpoint *endpoint_find(struct call *call);

/* The methods that this path knows, as Allow wants them; "" when the path is unknown. Sets the
 * call's family to theirs. */
const char *endpoint_allow(struct call *call, char *text, size_t size);

const char *need_name(enum need need);

#endif
