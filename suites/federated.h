/* Exchanges of assertions for tokens, as checks ask for them: good as they come, to be spoilt. */
#ifndef SUITES_FEDERATED_H
#define SUITES_FEDERATED_H

#include "suites/calls.h"

/* One exchange. Owns its JSON; federated_send() takes it. */
struct federated {
    json_t *header, *claims; /* of the assertion */
    json_t *body;            /* of the exchange, but for the assertion */
    const char *key;         /* whose signature; NULL: unsigned */
    const char *secret;      /* a key for HMAC in place of it: base64url */
    const char *beta;        /* a header line in place of the usual one; "": none */
    json_int_t now_s;
};

/* A good exchange for the test rule of this name; false, and the check NOT_APPLICABLE or
 * UNTESTABLE, when there can be none: only a gatemark mock trusts the test keys. */
bool need_federated(struct check *check, const char *rule, struct federated *federated);

/* Drops or replaces a member of header, claims or body. Takes `value`; NULL drops. */
void federated_set(json_t *part, const char *name, json_t *value);
void federated_set_text(json_t *part, const char *name, const char *text);

/* Signs the assertion and asks for the token. */
const struct exchange *federated_send(struct check *check, struct federated *federated);

/* As federated_send(), with this text for the assertion. Takes `assertion`. */
const struct exchange *federated_send_text(struct check *check, struct federated *federated,
                                           char *assertion);

/* The assertion that federated_send() would send, to be freed; NULL, and the check UNTESTABLE. */
char *federated_assertion(struct check *check, const struct federated *federated);

/* The token that an answer brings, kept as a secret of the check; or NULL and UNTESTABLE. */
const char *need_token_of(struct check *check, const struct exchange *x);

/* A token by a good exchange for this rule. */
const char *need_token(struct check *check, const char *rule);

/* Claude's messages, called with a token as Authorization: Bearer; NULL when there is none. */
const struct exchange *call_with_token(struct check *check, const char *token);

/* Calls the organization's resource at `path` (below /v1/organizations/) with this secret as a
 * bearer. Takes `body` (NULL: a GET). */
const struct exchange *call_organization(struct check *check, const char *secret, const char *path,
                                         json_t *body);

#endif
