/* Assertions (JWTs) that callers exchange: taken apart, and their signatures verified. The only
 * module of the mock that knows libjose. */
#ifndef MOCK_ASSERTION_H
#define MOCK_ASSERTION_H

#include <jansson.h>
#include <stddef.h>

enum { ASSERTION_BYTES = 16384 };

/* What an assertion says of itself: nothing of it is to be believed before assertion_verify(). Owns
 * its values; all zero, it is empty. */
struct assertion {
    json_t *header, *claims;
    json_t *signed_parts; /* as libjose wants them */
};

/* Takes the text apart. NULL when that works and the header is one we verify; otherwise why not, as
 * "word: sentence", and what could be read all the same. */
const char *assertion_open(struct assertion *assertion, const char *text);

/* Is it signed by the key of `keys` (an array of JWKs) that its header names? NULL when it is;
 * otherwise why not. */
const char *assertion_verify(const struct assertion *assertion, const json_t *keys);

void assertion_close(struct assertion *assertion);

/* NULL when this JWK is a public key that can verify assertions; otherwise what was expected. */
const char *assertion_key_flaw(const json_t *key);

#endif
