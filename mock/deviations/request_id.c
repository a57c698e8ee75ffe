#include "mock/deviations/lies.h"

#include <stdio.h>
#include <string.h>

static bool succeeded(const struct call *call)
{
    return call->response->status / 100 == 2 && call->response->body;
}

static bool drop_header(struct call *call, const char *name)
{
    if (!response_header_find(call->response, name))
        return false;
    response_header_remove(call->response, name);
    return true;
}

static bool set_header(struct call *call, const char *name, const char *value)
{
    response_header(call->response, name, "%s", value);
    return true;
}

static const char *sent_id(const struct call *call)
{
    return lie_from(call, "clawdrouter") ? request_header(call->request, "Request-Id") : NULL;
}

static bool success_without_echo(struct call *call)
{
    return sent_id(call) && succeeded(call) && drop_header(call, "Request-Id");
}

static bool refusal_without_echo(struct call *call)
{
    return sent_id(call) && lie_refuses(call, NULL) && drop_header(call, "Request-Id");
}

static bool id_refused(struct call *call)
{
    return sent_id(call) && call->decision.key && lie_refuse(call, FAULT_BODY_INVALID);
}

static bool quote_in_id_refused(struct call *call)
{
    const char *id = sent_id(call);

    return id && strchr(id, '\'') && call->decision.key && lie_refuse(call, FAULT_BODY_INVALID);
}

static bool long_id_refused(struct call *call)
{
    const char *id = sent_id(call);

    return id && strlen(id) > 1000 && call->decision.key && lie_refuse(call, FAULT_BODY_INVALID);
}

static bool is_key_as_id(const struct call *call)
{
    const char *id = sent_id(call);

    return id && strncmp(id, "sk-", 3) == 0;
}

static bool key_as_id_admitted(struct call *call)
{
    enum fault fault = call->decision.fault;

    return is_key_as_id(call) &&
           (fault == FAULT_KEY_MISSING || fault == FAULT_KEY_IN_WRONG_HEADER) &&
           lie_admit(call, fault);
}

static bool key_as_id_refused(struct call *call)
{
    return is_key_as_id(call) && call->decision.key && lie_refuse(call, FAULT_KEY_REVOKED);
}

/* Had the gateway's call before this one the same id? */
static bool repeats_id(const struct call *call)
{
    const char *id = sent_id(call);
    struct journal_query query = {.gateway = "clawdrouter", .limit = 1};
    json_t *found = id && *id ? journal_find(call->mock->journal, &query) : NULL;
    const char *before = json_string_value(
        json_object_get(json_array_get(json_object_get(found, "entries"), 0), "request_id"));
    bool same = before && strcmp(before, id) == 0;

    json_decref(found);
    return same;
}

static bool repeated_id_refused(struct call *call)
{
    return call->decision.key && !call->decision.fault && repeats_id(call) &&
           lie_refuse(call, FAULT_BODY_INVALID);
}

/* Says another id in both places. */
static bool say_id(struct call *call, const char *id)
{
    if (!lie_from(call, "claude"))
        return false;
    set_header(call, "request-id", id);
    return !lie_refuses(call, NULL) || lie_put_text(call, "request_id", id);
}

static bool id_of_other_prefix(struct call *call)
{
    const char *id = response_header_find(call->response, "request-id");
    char other[CALL_REQUEST_ID];

    snprintf(other, sizeof other, "%s", id && strlen(id) > 4 ? id + 4 : "");
    return id && say_id(call, other);
}

static bool one_id_for_all(struct call *call)
{
    return say_id(call, "req_00000000000000000000000000");
}

const struct deviation request_id_deviations[] = {
    {
        .name = "success-without-echo",
        .breaks = "request_id.echoed",
        .about = "a success does not repeat Request-Id",
        .on_response = success_without_echo,
    },
    {
        .name = "refusal-without-echo",
        .breaks = "request_id.echoed-by-refusals",
        .about = "a refusal does not repeat Request-Id",
        .on_response = refusal_without_echo,
    },
    {
        .name = "id-refused",
        .breaks = "request_id.changes-nothing",
        .about = "a call with Request-Id is refused",
        .on_decision = id_refused,
    },
    {
        .name = "quote-in-id-refused",
        .breaks = "request_id.odd-values-change-nothing",
        .about = "a Request-Id with a quote is refused",
        .on_decision = quote_in_id_refused,
    },
    {
        .name = "long-id-refused",
        .breaks = "request_id.long-value-changes-nothing",
        .about = "a long Request-Id is refused",
        .on_decision = long_id_refused,
    },
    {
        .name = "key-as-id-admitted",
        .breaks = "request_id.lends-no-authority",
        .about = "a key in Request-Id admits",
        .on_decision = key_as_id_admitted,
    },
    {
        .name = "key-as-id-refused",
        .breaks = "request_id.takes-no-authority",
        .about = "a key in Request-Id is judged in place of the good one",
        .on_decision = key_as_id_refused,
    },
    {
        .name = "repeated-id-refused",
        .breaks = "request_id.served-twice",
        .about = "the Request-Id of the call before is refused",
        .on_decision = repeated_id_refused,
    },
    {
        .name = "refusal-without-id",
        .breaks = "request_id.claude-on-every-answer",
        .about = "refusals have no request-id",
        .gateway = "claude",
        .status = 4,
        .header = "request-id",
    },
    {
        .name = "id-of-other-prefix",
        .breaks = "request_id.claude-prefix",
        .about = "request-id does not begin with req_",
        .on_response = id_of_other_prefix,
    },
    {
        .name = "one-id-for-all",
        .breaks = "request_id.claude-unique",
        .about = "every answer has the same request-id",
        .on_response = one_id_for_all,
    },
    {
        .name = "body-has-another-id",
        .breaks = "request_id.claude-body-equals-header",
        .about = "request_id is not the header's",
        .gateway = "claude",
        .status = 4,
        .field = "request_id",
        .value = "\"req_another\"",
    },
    {0},
};
