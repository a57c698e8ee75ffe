/* Speaks HTTP over a bare socket: bytes and orders that no well-behaved client sends. */
#ifndef SUITES_WIRE_H
#define SUITES_WIRE_H

#include "suites/client.h"

struct wire;

/* How the bytes differ from a plain rendering of the attempt. Raw text goes out byte for byte; each
 * of its lines ends with CRLF. */
struct twist {
    const char *host;     /* lines in place of the Host line; "" leaves it out */
    const char *lines;    /* more lines */
    const char *framing;  /* lines in place of Content-Length */
    const char *body;     /* in place of the attempt's body */
    size_t padding_bytes; /* blanks before the body: JSON stays JSON, however long it grows */
};

/* A connection of its own to the target; or NULL, the check UNTESTABLE: https, nobody there. */
struct wire *need_wire(struct check *check);
void wire_close(struct wire *wire);

/* Sends the attempt and returns at once; its exchange belongs to the check and waits for
 * wire_receive. Stops early when an answer comes before all is sent. */
struct exchange *wire_send(struct wire *wire, struct attempt attempt, struct twist twist);

/* More bytes of the request that was sent last. */
void wire_send_more(struct wire *wire, const char *bytes);

/* Reads the next answer, an interim one too, into `x`. Without one the check is UNTESTABLE and this
 * is false. */
bool wire_receive(struct wire *wire, struct exchange *x);

/* Does the gateway close the connection within a second? `*more_bytes` counts what it sent first.
 */
bool wire_closes(struct wire *wire, size_t *more_bytes);

#endif
