/* Bytes become headers and a query: a credential is found or refused with a reason, and masking
 * leaves no key behind. */
#include "mock/credential.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES = 6 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char *const names[VALUES] = {"Authorization",  "x-api-key",           "Authorization",
                                          "x-goog-api-key", "Proxy-Authorization", "Cookie"};

static char *line_take(const uint8_t **at, size_t *left)
{
    const uint8_t *newline = memchr(*at, '\n', *left);
    size_t length = newline ? (size_t)(newline - *at) : *left;
    char *line = must(malloc(length + 1));

    memcpy(line, *at, length);
    line[length] = '\0';
    *at += length + (newline != NULL);
    *left -= length + (newline != NULL);
    return line;
}

static void judge(const struct request *request, const struct carriers *carriers)
{
    struct credential found;

    credential_find(request, carriers, &found);
    if ((found.fault == FAULT_NONE) != (found.secret != NULL) || (found.fault && !found.reason))
        abort();
    if (found.secret && (!*found.secret || strpbrk(found.secret, " \t\"',;")))
        abort();
}

/* The first byte chooses the carriers; lines follow: the query, then the headers there are. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const struct carriers all[] = {
        {{CARRIER_BEARER}, CONFLICT_REFUSED},
        {{CARRIER_X_API_KEY, CARRIER_BEARER}, CONFLICT_REFUSED},
        {{CARRIER_X_API_KEY, CARRIER_BEARER}, CONFLICT_FIRST_WINS},
        {{CARRIER_X_API_KEY, CARRIER_BEARER}, CONFLICT_LAST_WINS},
        {{CARRIER_BEARER, CARRIER_X_API_KEY, CARRIER_QUERY_KEY}, CONFLICT_LAST_WINS},
        {{CARRIER_BEARER, CARRIER_X_GOOG_API_KEY, CARRIER_QUERY_KEY}, CONFLICT_REFUSED},
    };
    struct header headers[VALUES];
    char *values[VALUES];
    size_t count = 0;

    if (size == 0)
        return 0;
    const struct carriers *carriers = &all[*bytes++ % COUNT(all)];
    size--;
    char *query = line_take(&bytes, &size);
    for (; size && count < VALUES; count++) {
        values[count] = line_take(&bytes, &size);
        headers[count] = (struct header){names[count], values[count]};
    }
    const struct request request = {
        .method = "GET", .path = "/", .query = query, .headers = headers, .header_count = count};
    judge(&request, carriers);
    mask_keys(query);
    for (size_t i = 0; i < count; i++)
        free(values[i]);
    free(query);
    return 0;
}
