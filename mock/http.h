/* A request and a response as plain data. */
#ifndef MOCK_HTTP_H
#define MOCK_HTTP_H

#include "mock/events.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct header {
    const char *name, *value;
};

/* One HTTP request; borrowed from the server for one call. */
struct request {
    const char *method;
    const char *path;             /* percent-decoded, dot segments resolved, never NULL */
    bool plain_path;              /* it was sent so: nothing had to be decoded or resolved */
    const char *query;            /* as sent, without the question mark; "" when there is none */
    const struct header *headers; /* values without surrounding blanks */
    size_t header_count;
    size_t header_bytes; /* names, values and separators, as received */
    size_t blanks;       /* that stood around the values, but for the usual one before each */
    const char *body;
    size_t body_length;
    bool body_cut;       /* the body is longer than the gateway's limit and was not read */
    const char *framing; /* what is wrong with the message's framing, or NULL */
    bool last;           /* the connection must end after the answer (RFC 9112 6.1) */
    const char *origin;  /* http://host:port that the client asked, for links */
    int connection;      /* a number that the requests of one connection share */
};

/* Value of the first header called `name`, any case, or NULL. */
const char *request_header(const struct request *request, const char *name);
size_t request_header_count(const struct request *request, const char *name);

/* The decoded value of a query parameter, in `value`; false when absent or too long. */
bool request_parameter(const struct request *request, const char *name, char *value, size_t size);
size_t request_parameter_count(const struct request *request, const char *name);

enum { RESPONSE_HEADERS = 24, RESPONSE_HEADER_BYTES = 3072 };

/* What the mock will say, as data. Owns its body, events and text until response_close(). */
struct response {
    int status;
    json_t *body;      /* JSON, or NULL */
    const void *bytes; /* when not JSON: static, never freed */
    size_t length;
    struct events events;     /* a stream, in place of either, when there are any */
    const char *content_type; /* NULL: application/json */
    struct header headers[RESPONSE_HEADERS];
    size_t header_count;
    char header_room[RESPONSE_HEADER_BYTES]; /* names are static, values live here */
    size_t header_used;
    bool close;     /* the connection cannot be used again */
    bool head_only; /* what would be the body is counted, but not sent */
};

/* Takes `body`. */
void response_json(struct response *response, int status, json_t *body);

/* Makes the answer a stream, whose events are still to be added: what was its body is returned, to
 * be released by the caller. `content_type` is static. */
json_t *response_stream(struct response *response, enum framing framing, const char *content_type);

/* Adds a header, or replaces it. `name` is static. Bytes that a header cannot hold become '?'; a
 * header that no longer fits is left out. */
__attribute__((format(printf, 3, 4))) void
response_header(struct response *response, const char *name, const char *format, ...);
const char *response_header_find(const struct response *response, const char *name);
void response_header_remove(struct response *response, const char *name);
void response_close(struct response *response);

#endif
