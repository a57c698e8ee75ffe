#include "suites/defect.h"
#include "suites/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The plain route with the good key; false, the check UNTESTABLE, without one. */
static bool need_good_call(struct check *check, struct attempt *attempt)
{
    const struct route *route = plain_route(check);

    *attempt = (struct attempt){.route = route, .secret = need_key(check, route->key)};
    return attempt->secret != NULL;
}

/* One call over a connection of its own, bent by `twist`; NULL without an answer. `*wire` is to be
 * closed by the caller. */
static const struct exchange *call_bent(struct check *check, struct attempt attempt,
                                        struct twist twist, struct wire **wire)
{
    *wire = need_wire(check);
    if (!*wire)
        return NULL;
    struct exchange *x = wire_send(*wire, attempt, twist);
    return wire_receive(*wire, x) ? x : NULL;
}

/* Precondition: over a connection of its own, this route refuses `secret`, which may be NULL. */
static bool need_refused_alone(struct check *check, const struct route *route, const char *secret)
{
    return need_refusal(check, check_attempt(check, (struct attempt){.route = route,
                                                                     .secret = secret,
                                                                     .new_connection = true}));
}

/* A good call that `twist` spoils gets 400. */
static void expect_400(struct check *check, struct twist twist, const char *what)
{
    struct attempt good;
    struct wire *wire = NULL;

    if (!need_good_call(check, &good))
        return;
    const struct exchange *x = call_bent(check, good, twist, &wire);
    if (x)
        expect_that(check, x->status == 400, x, "%s: expected status 400, got %d", what, x->status);
    wire_close(wire);
}

static void good_key_does_not_bleed(struct check *check)
{
    const struct promise *promise = need_promise(check, "missing");

    check->source = check->requirement->source;
    check->evidence = check->requirement->evidence;
    for (const struct route *route = NULL; promise && (route = next_family_route(check, route));) {
        const char *secret = need_key(check, route->key);
        if (!secret || !need_refused_alone(check, route, NULL) ||
            !need_success(check,
                          check_attempt(check, (struct attempt){.route = route, .secret = secret})))
            return;
        const struct exchange *x = check_attempt(check, (struct attempt){.route = route});
        if (expect_promised(check, x, promise))
            expect_fault(check, x, "key-missing");
    }
}

static void keys_are_judged_apart(struct check *check)
{
    const struct route *route = plain_route(check);
    const char *good = need_key(check, route->key), *bad = need_key(check, "unknown");

    if (!good || !bad || !need_refused_alone(check, route, bad))
        return;
    if (!need_success(check,
                      check_attempt(check, (struct attempt){.route = route, .secret = good})))
        return;
    const struct exchange *x =
        check_attempt(check, (struct attempt){.route = route, .secret = bad});
    if (expect_refused(check, x))
        expect_fault(check, x, "key-unknown");
}

static void refusal_leaves_the_connection_usable(struct check *check)
{
    struct attempt good;
    struct wire *wire = need_good_call(check, &good) ? need_wire(check) : NULL;

    if (!wire)
        return;
    struct exchange *x = wire_send(wire, (struct attempt){.route = good.route}, (struct twist){0});
    if (wire_receive(wire, x) && need_refusal(check, x)) {
        const char *connection = exchange_header(x, "Connection");
        expect_that(check, !connection || strcasecmp(connection, "close") != 0, x,
                    "the refusal closes the connection");
        x = check_open(check) ? wire_send(wire, good, (struct twist){0}) : NULL;
        if (x && wire_receive(wire, x))
            expect_success(check, x);
    }
    wire_close(wire);
}

/* 405, good, 405, sent at once: three answers that cannot be mistaken for each other. */
static void pipelined_answers_come_in_order(struct check *check)
{
    struct attempt good, wrong;
    struct wire *wire = NULL;
    struct exchange *sent[3];

    if (!need_good_call(check, &good))
        return;
    wrong = good;
    wrong.method = "PUT";
    wrong.new_connection = true;
    if (need_refusal(check, check_attempt(check, wrong)))
        wire = need_wire(check);
    if (!wire)
        return;
    for (size_t i = 0; i < COUNT(sent); i++)
        sent[i] = wire_send(wire, i == 1 ? good : wrong, (struct twist){0});
    for (size_t i = 0; i < COUNT(sent) && wire_receive(wire, sent[i]); i++) {
        bool success = sent[i]->status < 300;
        expect_that(check, success == (i == 1), sent[i],
                    "answer %zu of three pipelined calls is another call's: status %d", i + 1,
                    sent[i]->status);
    }
    wire_close(wire);
}

static void length_and_chunked_closes(struct check *check)
{
    struct attempt good;
    struct wire *wire = NULL;
    size_t more = 0;

    if (!need_good_call(check, &good))
        return;
    const struct exchange *x =
        call_bent(check, good,
                  (struct twist){.framing = "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                                 .body = "0\r\n\r\n"},
                  &wire);
    if (x)
        expect_that(check, wire_closes(wire, &more) && more == 0, x,
                    "Content-Length beside Transfer-Encoding: the connection stays open after "
                    "the answer");
    wire_close(wire);
}

static void differing_lengths_refused(struct check *check)
{
    struct attempt good;
    struct wire *wire = NULL;

    if (!need_good_call(check, &good))
        return;
    const struct exchange *x = call_bent(
        check, good,
        (struct twist){.framing = "Content-Length: 2\r\nContent-Length: 3\r\n", .body = "{} "},
        &wire);
    if (x)
        expect_that(check, x->status == 400, x,
                    "two differing lengths: expected status 400, got %d", x->status);
    wire_close(wire);
}

static void trailer_key_ignored(struct check *check)
{
    const struct route *route = plain_route(check);
    const struct promise *promise = need_promise(check, "missing");
    char *trailer = promise ? expand(check, route, "0\r\n{at}{key}\r\n\r\n") : NULL;
    struct wire *wire = NULL;

    if (!trailer || !need_refused_alone(check, route, NULL)) {
        free(trailer);
        return;
    }
    const struct exchange *x = call_bent(
        check, (struct attempt){.route = route},
        (struct twist){.framing = "Transfer-Encoding: chunked\r\nTrailer: Authorization\r\n",
                       .body = trailer},
        &wire);
    if (x && expect_promised(check, x, promise))
        expect_fault(check, x, "key-missing");
    wire_close(wire);
    free(trailer);
}

/* RFC 9112 leaves two ways: 400, or the fold becomes a space, which leaves the key whole. */
static void folded_header_refused_or_joined(struct check *check)
{
    const struct route *route = plain_route(check);
    char *lines = expand(check, route,
                         route->carrier == CARRIER_BEARER ? "Authorization: Bearer\r\n {key}\r\n"
                                                          : "{header}\r\n {key}\r\n");
    struct wire *wire = NULL;

    if (!lines)
        return;
    const struct exchange *x =
        call_bent(check, (struct attempt){.route = route}, (struct twist){.lines = lines}, &wire);
    if (x)
        expect_that(check, x->status == 400 || (x->status >= 200 && x->status < 300), x,
                    "a folded header: expected 400, or the folded key to count; got %d", x->status);
    wire_close(wire);
    free(lines);
}

static void space_before_colon_refused(struct check *check)
{
    expect_400(check, (struct twist){.lines = "X-Gatemark : a\r\n"},
               "a space between a header's name and its colon");
}

static void missing_host_refused(struct check *check)
{
    expect_400(check, (struct twist){.host = ""}, "no Host line");
}

static void repeated_host_refused(struct check *check)
{
    expect_400(check, (struct twist){.host = "Host: localhost\r\nHost: example.com\r\n"},
               "two Host lines");
}

static void expectation_is_answered(struct check *check)
{
    struct attempt good;
    struct wire *wire = need_good_call(check, &good) ? need_wire(check) : NULL;

    if (!wire)
        return;
    struct exchange *x = wire_send(wire, good,
                                   (struct twist){.lines = "Expect: 100-continue\r\n",
                                                  .framing = "Content-Length: 2\r\n",
                                                  .body = ""});
    if (wire_receive(wire, x) && x->status == 100) {
        wire_send_more(wire, "{}");
        wire_receive(wire, x);
    } else if (x->status == 0 && check->culprit == x) {
        wire_send_more(wire, "{}"); /* an answer that comes now is evidence, but too late */
        wire_receive(wire, x);
        check->outcome = PASSED; /* silence is the very thing this row is about */
        check->finding[0] = '\0';
        check_found(check, FAILED, x, "Expect: 100-continue was met with silence");
    }
    wire_close(wire);
}

/* The framing rules are a MUST to the HTTP server under a gateway. Here they do not fail a run
 * unless it is strict: they say little about credentials, and the gateway's authors seldom wrote
 * that server. */
const struct requirement connection_requirements[] = {
    {
        .id = "connection.key-does-not-bleed",
        .level = MUST,
        .source = "rfc9110#3.3",
        .evidence = SPECIFIED,
        .claim = "a good key does not count for the next request on the connection",
        .test = good_key_does_not_bleed,
    },
    {
        .id = "connection.keys-judged-apart",
        .level = MUST,
        .source = "rfc9110#3.3",
        .evidence = SPECIFIED,
        .claim = "a bad key after a good one on the same connection is refused",
        .test = keys_are_judged_apart,
    },
    {
        .id = "connection.usable-after-refusal",
        .level = SHOULD,
        .source = "rfc9112#9.3",
        .evidence = SPECIFIED,
        .claim = "after a refusal the connection takes the next request",
        .test = refusal_leaves_the_connection_usable,
    },
    {
        .id = "connection.pipelined-in-order",
        .level = MUST,
        .source = "rfc9112#9.3.2",
        .evidence = SPECIFIED,
        .claim = "pipelined requests are answered in their order",
        .test = pipelined_answers_come_in_order,
    },
    {
        .id = "connection.length-and-chunked-closes",
        .level = SHOULD,
        .source = "rfc9112#6.1",
        .evidence = SPECIFIED,
        .claim = "a request with both Content-Length and Transfer-Encoding ends its connection",
        .test = length_and_chunked_closes,
    },
    {
        .id = "connection.differing-lengths-refused",
        .level = SHOULD,
        .source = "rfc9112#6.3",
        .evidence = SPECIFIED,
        .claim = "two lengths that differ get 400",
        .test = differing_lengths_refused,
    },
    {
        .id = "connection.trailer-key-ignored",
        .level = MUST,
        .source = "rfc9110#6.5.1",
        .evidence = SPECIFIED,
        .claim = "a key in the trailer of a chunked request does not count",
        .test = trailer_key_ignored,
    },
    {
        .id = "connection.folded-header-refused-or-joined",
        .level = SHOULD,
        .source = "rfc9112#5.2",
        .evidence = SPECIFIED,
        .claim = "a folded header gets 400, or is read as one line",
        .test = folded_header_refused_or_joined,
    },
    {
        .id = "connection.space-before-colon-refused",
        .level = SHOULD,
        .source = "rfc9112#5.1",
        .evidence = SPECIFIED,
        .claim = "a space between a header's name and its colon gets 400",
        .test = space_before_colon_refused,
    },
    {
        .id = "connection.missing-host-refused",
        .level = SHOULD,
        .source = "rfc9112#3.2",
        .evidence = SPECIFIED,
        .claim = "an HTTP/1.1 request without Host gets 400",
        .test = missing_host_refused,
    },
    {
        .id = "connection.repeated-host-refused",
        .level = SHOULD,
        .source = "rfc9112#3.2",
        .evidence = SPECIFIED,
        .claim = "a request with two Host lines gets 400",
        .test = repeated_host_refused,
    },
    {
        .id = "connection.expectation-answered",
        .level = SHOULD,
        .source = "rfc9110#10.1.1",
        .evidence = SPECIFIED,
        .claim = "Expect: 100-continue is answered without waiting for the body",
        .test = expectation_is_answered,
    },
    {0},
};
