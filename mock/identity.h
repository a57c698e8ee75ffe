/* Ids and secrets: unforeseeable to look at, the same again for the same seed. */
#ifndef MOCK_IDENTITY_H
#define MOCK_IDENTITY_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

enum { DIGEST_BYTES = 32 };

struct identity {
    uint64_t seed;
    _Atomic uint64_t next; /* every id drawn is another */
};

void identity_init(struct identity *identity, uint64_t seed);

/* Begins the same series again. */
void identity_restart(struct identity *identity);

/* `prefix` and `length` characters of base 62, into `text`. For ids; quick. */
const char *identity_word(struct identity *identity, const char *prefix, size_t length, char *text,
                          size_t size);

/* `prefix` and `length` hexadecimal digits, into `text`. */
const char *identity_hex(struct identity *identity, const char *prefix, size_t length, char *text,
                         size_t size);

/* A number to start a series of one's own. */
uint64_t identity_number(struct identity *identity);

/* SHA-256 of `text`. */
void identity_digest(const char *text, size_t length, unsigned char digest[DIGEST_BYTES]);

#endif
