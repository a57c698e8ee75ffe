/* Finds the credential in a request: places, schemes, conflicts. Pure. */
#ifndef MOCK_CREDENTIAL_H
#define MOCK_CREDENTIAL_H

#include "mock/gateway.h"
#include "mock/http.h"

enum { CREDENTIAL_QUERY_TEXT = 256, REASON_TEXT = 256 };

struct credential {
    enum fault fault;   /* FAULT_NONE: there is one, and it can be read */
    const char *reason; /* static; why not */
    const char *secret; /* points into the request, or into `query` */
    enum carrier carrier;
    char query[CREDENTIAL_QUERY_TEXT];
};

/* The scheme is compared without regard to case and followed by one or more spaces (RFC 9110 11.1,
 * 11.4); what follows is a b64token (RFC 6750 2.1); a header of the credential's that comes twice
 * is refused (RFC 9110 5.3); an empty one counts as absent beside another. */
void credential_find(const struct request *request, const struct carriers *carriers,
                     struct credential *credential);

/* The header a carrier reads, for reasons; "the query" for the query. */
const char *carrier_name(enum carrier carrier);

/* Overwrites with '*' whatever in `text` looks like a key of any gateway, past its prefix and four
 * characters. For logs and for texts that repeat what a client sent. */
void mask_keys(char *text);

#endif
