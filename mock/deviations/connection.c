#include "mock/deviations/lies.h"

#include <string.h>
#include <strings.h>

/* What the last call on this connection came to. One thread serves one connection to its end, so
 * that what a thread remembers is the connection's and no other's. */
static _Thread_local struct {
    int connection;
    const struct endpoint *endpoint;
    bool admitted; /* by its own good key, in the place that the gateway documents first */
    int count;     /* of calls so far */
    int first_status;
} memory;

static void recall(const struct call *call)
{
    if (memory.connection == call->request->connection)
        return;
    memset(&memory, 0, sizeof memory);
    memory.connection = call->request->connection;
}

static bool remember(struct call *call)
{
    const struct carriers carriers = call->gateway->carriers(call, call->family);

    recall(call);
    memory.endpoint = call->endpoint;
    memory.admitted = call->response->status < 300 && call->credential.carrier == carriers.order[0];
    if (memory.count++ == 0)
        memory.first_status = call->response->status;
    return false;
}

/* Only for a call to the same endpoint, right after one that was admitted. */
static bool admit_after_good(struct call *call, enum fault fault)
{
    recall(call);
    return memory.admitted && memory.endpoint == call->endpoint && lie_admit(call, fault);
}

static bool lets_key_bleed(struct call *call)
{
    return !*lie_header(call, "Request-Id") && !lie_from(call, "openai") &&
           admit_after_good(call, FAULT_KEY_MISSING);
}

static bool asks_once(struct call *call)
{
    bool two = *lie_header(call, "x-api-key") && *lie_header(call, "Authorization");

    return !two && admit_after_good(call, FAULT_KEY_UNKNOWN);
}

static bool closes_after_401(struct call *call)
{
    if (call->response->status != 401)
        return false;
    call->response->close = true;
    return true;
}

/* The first call on a connection decides what the second gets. */
static bool repeats_first_answer(struct call *call)
{
    recall(call);
    bool second = memory.count == 1 && memory.first_status == 405;

    remember(call);
    if (second)
        call->response->status = 405;
    return second;
}

static bool has_framing(const struct call *call, const char *text)
{
    return call->decision.fault == FAULT_FRAMING_INVALID && strstr(call->request->framing, text);
}

static bool stays_open(struct call *call)
{
    if (!has_framing(call, "came together"))
        return false;
    call->response->close = false;
    return true;
}

static bool answers(struct call *call, bool when, int status)
{
    if (when)
        call->response->status = status;
    return when;
}

static bool takes_differing_lengths(struct call *call)
{
    return answers(call, has_framing(call, "Content-Length came more than once"), 200);
}

static bool reads_trailer(struct call *call)
{
    return *lie_header(call, "Trailer") && lie_admit(call, FAULT_KEY_MISSING);
}

static bool drops_fold(struct call *call)
{
    return answers(call, has_framing(call, "folded"), 401);
}

static bool takes_space_before_colon(struct call *call)
{
    return answers(call, has_framing(call, "before a header's colon"), 200);
}

static bool takes_no_host(struct call *call)
{
    return answers(call, has_framing(call, "one Host") && !request_header(call->request, "Host"),
                   200);
}

static bool takes_two_hosts(struct call *call)
{
    return answers(call,
                   has_framing(call, "one Host") && request_header_count(call->request, "Host") > 1,
                   200);
}

/* The final answer is too late by then, and so a part of the lie. */
static bool waits_for_body(struct call *call)
{
    if (strcasecmp(lie_header(call, "Expect"), "100-continue") != 0)
        return false;
    if (call->response->status == 100)
        call->response->status = 0;
    return true;
}

const struct deviation connection_deviations[] = {
    {
        .name = "lets-key-bleed",
        .breaks = "connection.key-does-not-bleed",
        .about = "admits a call without a key after one with a good key on the connection",
        .on_decision = lets_key_bleed,
        .on_response = remember,
    },
    {
        .name = "asks-once",
        .breaks = "connection.keys-judged-apart",
        .about = "admits any key after a good one on the connection",
        .on_decision = asks_once,
        .on_response = remember,
    },
    {
        .name = "closes-after-401",
        .breaks = "connection.usable-after-refusal",
        .about = "closes the connection with every 401",
        .on_response = closes_after_401,
    },
    {
        .name = "repeats-first-answer",
        .breaks = "connection.pipelined-in-order",
        .about = "gives the second call on a connection the first one's 405",
        .on_response = repeats_first_answer,
    },
    {
        .name = "stays-open-after-two-lengths",
        .breaks = "connection.length-and-chunked-closes",
        .about = "leaves the connection open after Content-Length beside Transfer-Encoding",
        .on_response = stays_open,
    },
    {
        .name = "takes-differing-lengths",
        .breaks = "connection.differing-lengths-refused",
        .about = "takes a message with two lengths",
        .on_response = takes_differing_lengths,
    },
    {
        .name = "reads-trailer",
        .breaks = "connection.trailer-key-ignored",
        .about = "admits a key in a trailer",
        .on_decision = reads_trailer,
    },
    {
        .name = "drops-fold",
        .breaks = "connection.folded-header-refused-or-joined",
        .about = "drops a folded line, and misses the key in it",
        .on_response = drops_fold,
    },
    {
        .name = "takes-space-before-colon",
        .breaks = "connection.space-before-colon-refused",
        .about = "takes a header with a space before its colon",
        .on_response = takes_space_before_colon,
    },
    {
        .name = "takes-no-host",
        .breaks = "connection.missing-host-refused",
        .about = "does without Host",
        .on_response = takes_no_host,
    },
    {
        .name = "takes-two-hosts",
        .breaks = "connection.repeated-host-refused",
        .about = "takes two Host lines",
        .on_response = takes_two_hosts,
    },
    {
        .name = "waits-for-body",
        .breaks = "connection.expectation-answered",
        .about = "waits for a body that the client holds back",
        .gateway = "arouter",
        .on_response = waits_for_body,
    },
    {0},
};
