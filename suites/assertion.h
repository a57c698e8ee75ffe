/* Makes assertions (JWTs) with the test keys of fixtures/identity, good ones and bad ones. The only
 * module of the suites that knows libjose. */
#ifndef SUITES_ASSERTION_H
#define SUITES_ASSERTION_H

#include "fixtures/basics.h"

#include <jansson.h>

/* The private JWK with this kid, owned by the caller; NULL with *problem set. */
json_t *assertion_key(const char *kid, struct problem *problem);

/* The signed assertion in its compact form, to be freed; NULL when the key cannot sign with the
 * header's alg. */
char *assertion_sign(const json_t *header, const json_t *claims, const json_t *key);

/* Header and claims with nothing after the second dot, to be freed. */
char *assertion_unsigned(const json_t *header, const json_t *claims);

/* A key for HMAC whose bytes are this base64url text, owned by the caller. */
json_t *assertion_hmac_key(const char *bytes);

#endif
