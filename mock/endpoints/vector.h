/* The numbers of an embedding, which only its text decides. */
#ifndef MOCK_ENDPOINTS_VECTOR_H
#define MOCK_ENDPOINTS_VECTOR_H

#include <jansson.h>

/* Fills `values` with `count` figures in [-1, 1). */
void vector_fill(const char *text, float *values, size_t count);

/* The same as a JSON array. */
json_t *vector_floats(const char *text, size_t count);

#endif
