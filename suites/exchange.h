/* Evidence: one request and what came back, exactly as it crossed the wire. */
#ifndef SUITES_EXCHANGE_H
#define SUITES_EXCHANGE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct field {
    char *name, *value;
};

struct fields {
    struct field *items;
    size_t count;
};

/* Owned by the check that made it. Secrets stay in it while the check runs (expectations need the
 * bytes); check_run() masks them before anybody else sees the exchange. */
struct exchange {
    char *method, *url;
    struct fields request_headers; /* as sent, in order */
    char *request_body;            /* NULL: none */
    size_t request_length;
    bool raw;   /* spoken over a bare socket by wire.c: curl could not repeat it */
    int status; /* 0: no response at all */
    struct fields response_headers;
    char *response_body; /* never NULL; ends with a NUL that is not counted */
    size_t response_length;
    json_t *json;      /* response body parsed, or NULL */
    int64_t took_ns;   /* sent to last byte, monotonic clock */
    char problem[256]; /* why there is no response; "" when there is one */
    struct exchange *next;
};

void fields_add(struct fields *fields, const char *name, const char *value);
void fields_close(struct fields *fields);

/* Value of the first field called `name`, any case, or NULL. */
const char *fields_find(const struct fields *fields, const char *name);
const char *exchange_header(const struct exchange *exchange, const char *name);

/* Replaces `secret` by `shown` in every text of the exchange; drops the parsed JSON. */
void exchange_mask(struct exchange *exchange, const char *secret, const char *shown);
void exchange_free(struct exchange *exchange);

#endif
