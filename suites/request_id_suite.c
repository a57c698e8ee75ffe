#include "suites/calls.h"

#include <stdlib.h>
#include <string.h>

static const char plain_id[] = "gatemark-request-0001";

/* ClawdRouter's chat with this Request-Id and the key `secret` (NULL: the documented one). */
static const struct exchange *call_with_id(struct check *check, const char *id, bool with_key)
{
    const struct route *route =
        need_gateway(check, "clawdrouter") ? need_route(check, "chat") : NULL;
    const char *secret = route && with_key ? need_key(check, route->key) : NULL;
    const struct exchange *x = NULL;

    if (!route || (with_key && !secret))
        return NULL;
    char *line = format_text("Request-Id: %s", id);
    x = check_attempt(check, (struct attempt){.route = route, .secret = secret, .headers = {line}});
    free(line);
    return x;
}

static void expect_echo(struct check *check, const struct exchange *x)
{
    const char *echo = expect_header(check, x, "Request-Id");

    if (echo)
        expect_that(check, strcmp(echo, plain_id) == 0, x,
                    "expected the Request-Id that was sent, got: %s", echo);
}

static void id_is_echoed(struct check *check)
{
    const struct exchange *x = call_with_id(check, plain_id, true);

    if (x && need_success(check, x))
        expect_echo(check, x);
}

static void id_is_echoed_by_refusals(struct check *check)
{
    const struct exchange *x = call_with_id(check, plain_id, false);

    if (x && need_refusal(check, x))
        expect_echo(check, x);
}

/* A call without an id works, so that what follows can be put down to the id. */
static bool need_served_without_id(struct check *check)
{
    return need_gateway(check, "clawdrouter") && need_answer(check, "chat", NULL);
}

static bool need_served_with_plain_id(struct check *check)
{
    const struct exchange *x =
        need_served_without_id(check) ? call_with_id(check, plain_id, true) : NULL;

    return x && need_success(check, x);
}

static void id_changes_nothing(struct check *check)
{
    if (!need_served_without_id(check))
        return;
    const struct exchange *x = call_with_id(check, plain_id, true);
    if (x)
        expect_success(check, x);
}

static void odd_ids_change_nothing(struct check *check)
{
    static const char *const odd[] = {
        "",
        "0",
        "null",
        "\"quoted\" 'twice'",
        "a, b; c=d",
        "'; DROP TABLE requests; --",
        "../../etc/passwd",
        "%00%0d%0aX-Injected:%201",
        "{\"error\":{\"message\":\"no\"}}",
        "caf\xc3\xa9 \xe4\xbd\xa0\xe5\xa5\xbd",
    };

    if (!need_served_with_plain_id(check))
        return;
    for (size_t i = 0; i < COUNT(odd) && check_open(check); i++) {
        const struct exchange *x = call_with_id(check, odd[i], true);
        if (x)
            expect_success(check, x);
    }
}

static void long_id_changes_nothing(struct check *check)
{
    char id[2048];

    memset(id, 'g', sizeof id - 1);
    id[sizeof id - 1] = '\0';
    if (!need_served_with_plain_id(check))
        return;
    const struct exchange *x = call_with_id(check, id, true);
    if (x)
        expect_success(check, x);
}

static void id_lends_no_authority(struct check *check)
{
    const struct promise *promise = NULL;
    const char *secret = NULL;

    if (need_gateway(check, "clawdrouter"))
        promise = need_promise(check, "missing");
    secret = promise ? need_key(check, "valid") : NULL;
    const struct exchange *x = secret ? call_with_id(check, secret, false) : NULL;
    if (x && expect_promised(check, x, promise))
        expect_fault(check, x, "key-missing|key-in-wrong-header");
}

static void bad_key_as_id_takes_no_authority(struct check *check)
{
    const char *revoked = NULL;

    if (need_served_with_plain_id(check))
        revoked = need_key(check, "revoked");
    const struct exchange *x = revoked ? call_with_id(check, revoked, true) : NULL;
    if (x)
        expect_success(check, x);
}

static void same_id_twice_is_served_twice(struct check *check)
{
    const struct exchange *x = call_with_id(check, "gatemark-request-twice", true);

    if (!x || !need_success(check, x))
        return;
    x = call_with_id(check, "gatemark-request-twice", true);
    if (x)
        expect_success(check, x);
}

/* Claude's answers to a good call, one without a key and one for a model that nobody has. */
enum { ANSWERS = 3 };

static bool need_claude_answers(struct check *check, const struct exchange **answers)
{
    const struct route *route =
        need_gateway(check, "claude") ? need_route(check, "messages") : NULL;
    const char *secret = route ? need_key(check, route->key) : NULL;

    if (!secret)
        return false;
    answers[0] = call_with(check, route, secret);
    answers[1] = call_with(check, route, NULL);
    answers[2] = check_attempt(
        check,
        (struct attempt){.route = route, .secret = secret, .model = "gatemark-no-such-model"});
    return check_open(check);
}

static bool need_ids(struct check *check, const struct exchange *const *answers)
{
    for (size_t i = 0; i < ANSWERS; i++)
        if (!need_that(check, exchange_header(answers[i], "request-id") != NULL, answers[i],
                       "needed the header request-id"))
            return false;
    return true;
}

static void every_answer_has_an_id(struct check *check)
{
    const struct exchange *answers[ANSWERS];

    if (!need_claude_answers(check, answers))
        return;
    for (size_t i = 0; i < ANSWERS; i++)
        expect_header(check, answers[i], "request-id");
}

static void id_begins_with_req(struct check *check)
{
    const struct exchange *answers[ANSWERS];

    if (!need_claude_answers(check, answers) || !need_ids(check, answers))
        return;
    for (size_t i = 0; i < ANSWERS; i++) {
        const char *id = exchange_header(answers[i], "request-id");
        expect_that(check, begins(id, "req_"), answers[i],
                    "expected request-id to begin with req_, got %s", id);
    }
}

static void ids_are_unique(struct check *check)
{
    const struct exchange *answers[ANSWERS];

    if (!need_claude_answers(check, answers) || !need_ids(check, answers))
        return;
    for (size_t i = 1; i < ANSWERS; i++) {
        const char *id = exchange_header(answers[i], "request-id");
        for (size_t j = 0; j < i; j++)
            expect_that(check, strcmp(id, exchange_header(answers[j], "request-id")) != 0,
                        answers[i], "expected a new request-id for each answer, got %s again", id);
    }
}

static void body_repeats_the_id(struct check *check)
{
    const struct exchange *answers[ANSWERS];

    if (!need_claude_answers(check, answers) || !need_ids(check, answers))
        return;
    for (size_t i = 1; i < ANSWERS; i++)
        if (need_refusal(check, answers[i]))
            expect_string_is(check, answers[i], "request_id",
                             exchange_header(answers[i], "request-id"));
}

const struct requirement request_id_requirements[] = {
    {
        .id = "request_id.echoed",
        .level = SHOULD,
        .source = "clawdrouter-auth#request-id",
        .evidence = ASSUMED,
        .claim = "an answer repeats the Request-Id of its request",
        .test = id_is_echoed,
    },
    {
        .id = "request_id.echoed-by-refusals",
        .level = SHOULD,
        .source = "clawdrouter-auth#request-id",
        .evidence = ASSUMED,
        .claim = "a refusal repeats the Request-Id of its request",
        .test = id_is_echoed_by_refusals,
    },
    {
        .id = "request_id.changes-nothing",
        .level = MUST,
        .source = "clawdrouter-auth#request-id",
        .evidence = DOCUMENTED,
        .claim = "a call is served with a Request-Id as without",
        .test = id_changes_nothing,
    },
    {
        .id = "request_id.odd-values-change-nothing",
        .level = MUST,
        .source = "gatemark#request-id",
        .evidence = ASSUMED,
        .claim = "what a Request-Id holds never changes the outcome",
        .test = odd_ids_change_nothing,
    },
    {
        .id = "request_id.long-value-changes-nothing",
        .level = SHOULD,
        .source = "gatemark#request-id",
        .evidence = ASSUMED,
        .claim = "how long a Request-Id is does not change the outcome",
        .test = long_id_changes_nothing,
    },
    {
        .id = "request_id.lends-no-authority",
        .level = MUST,
        .source = "clawdrouter-auth#request-id",
        .evidence = ASSUMED,
        .claim = "a key in Request-Id admits nobody",
        .test = id_lends_no_authority,
    },
    {
        .id = "request_id.takes-no-authority",
        .level = MUST,
        .source = "clawdrouter-auth#request-id",
        .evidence = ASSUMED,
        .claim = "a revoked key in Request-Id harms no good call",
        .test = bad_key_as_id_takes_no_authority,
    },
    {
        .id = "request_id.served-twice",
        .level = SHOULD,
        .source = "gatemark#request-id",
        .evidence = ASSUMED,
        .claim = "two calls with one Request-Id are both served",
        .test = same_id_twice_is_served_twice,
    },
    {
        .id = "request_id.claude-on-every-answer",
        .level = MUST,
        .source = "claude-overview#response-headers",
        .evidence = DOCUMENTED,
        .claim = "every answer has the header request-id",
        .test = every_answer_has_an_id,
    },
    {
        .id = "request_id.claude-prefix",
        .level = SHOULD,
        .source = "claude-errors#request-id",
        .evidence = DOCUMENTED,
        .claim = "request-id begins with req_",
        .test = id_begins_with_req,
    },
    {
        .id = "request_id.claude-unique",
        .level = MUST,
        .source = "claude-errors#request-id",
        .evidence = DOCUMENTED,
        .claim = "every answer has a request-id of its own",
        .test = ids_are_unique,
    },
    {
        .id = "request_id.claude-body-equals-header",
        .level = MUST,
        .source = "claude-errors#shapes",
        .evidence = DOCUMENTED,
        .claim = "an error's request_id is the header's request-id",
        .test = body_repeats_the_id,
    },
    {0},
};
