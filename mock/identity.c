#include "mock/identity.h"

#include <assert.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>

static const char base62[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

void identity_init(struct identity *identity, uint64_t seed)
{
    identity->seed = seed;
    atomic_init(&identity->next, 0);
}

void identity_restart(struct identity *identity)
{
    atomic_store(&identity->next, 0);
}

/* splitmix64 (Steele, Lea and Flood 2014): every state gives another, well mixed value. */
static uint64_t mix(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15ULL);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

static const char *draw(struct identity *identity, const char *prefix, size_t length, unsigned base,
                        char *text, size_t size)
{
    uint64_t state = identity->seed * 0x2545f4914f6cdd1dULL + atomic_fetch_add(&identity->next, 1);
    size_t used = strlen(prefix);

    assert(used + length < size);
    mix(&state);
    memcpy(text, prefix, used);
    for (size_t i = 0; i < length; i++)
        text[used + i] = base62[mix(&state) % base];
    text[used + length] = '\0';
    (void)size;
    return text;
}

const char *identity_word(struct identity *identity, const char *prefix, size_t length, char *text,
                          size_t size)
{
    return draw(identity, prefix, length, 62, text, size);
}

const char *identity_hex(struct identity *identity, const char *prefix, size_t length, char *text,
                         size_t size)
{
    draw(identity, prefix, length, 16, text, size);
    for (char *c = text + strlen(prefix); *c; c++)
        if (*c >= 'A' && *c <= 'F')
            *c = (char)(*c - 'A' + 'a');
    return text;
}

uint64_t identity_number(struct identity *identity)
{
    uint64_t state = identity->seed * 0x2545f4914f6cdd1dULL + atomic_fetch_add(&identity->next, 1);

    return mix(&state);
}

void identity_digest(const char *text, size_t length, unsigned char digest[DIGEST_BYTES])
{
    SHA256((const unsigned char *)text, length, digest);
}
