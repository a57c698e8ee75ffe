#include "mock/endpoints/vector.h"

#include "fixtures/basics.h"
#include "mock/identity.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void vector_fill(const char *text, float *values, size_t count)
{
    unsigned char digest[DIGEST_BYTES];
    uint64_t state;

    identity_digest(text, strlen(text), digest);
    memcpy(&state, digest, sizeof state);
    for (size_t i = 0; i < count; i++) {
        /* Knuth's 64-bit linear congruence; the top bits are the good ones. */
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        values[i] = (float)((double)(state >> 40) / (1 << 23) - 1.0);
    }
}

json_t *vector_floats(const char *text, size_t count)
{
    float *values = must(calloc(count, sizeof *values));
    json_t *list = json_array();

    vector_fill(text, values, count);
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_real((double)values[i]));
    free(values);
    return list;
}
