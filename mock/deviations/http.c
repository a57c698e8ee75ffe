#include "mock/deviations/lies.h"

#include <string.h>

static bool answers(struct call *call, bool when, int status)
{
    if (when)
        call->response->status = status;
    return when;
}

static bool body_begins(const struct call *call, const char *text)
{
    size_t length = strlen(text);

    return call->request->body_length >= length && memcmp(call->request->body, text, length) == 0;
}

static bool has_fault(const struct call *call, enum fault fault, const char *param)
{
    return call->decision.fault == fault && strcmp(call->decision.param, param) == 0;
}

/* One path of many: which one does not matter. */
static bool calls_404_400(struct call *call)
{
    return answers(call,
                   call->decision.fault == FAULT_PATH_UNKNOWN &&
                       strcmp(call->path, "/v1/no-such-path") == 0,
                   400);
}

static bool takes_long_headers(struct call *call)
{
    return answers(call, call->decision.fault == FAULT_HEADERS_TOO_LARGE, 200);
}

static bool takes_broken_json(struct call *call)
{
    return answers(call, call->decision.fault == FAULT_BODY_INVALID && body_begins(call, "{"), 200);
}

static bool takes_empty_body(struct call *call)
{
    return answers(
        call, call->decision.fault == FAULT_BODY_INVALID && call->request->body_length == 0, 200);
}

static bool takes_array(struct call *call)
{
    return answers(call, call->decision.fault == FAULT_BODY_INVALID && body_begins(call, "[]"),
                   200);
}

static bool takes_number_for_anything(struct call *call)
{
    const json_t *field = lie_get(call->body, call->decision.param);

    return answers(call,
                   call->decision.fault == FAULT_FIELD_WRONG_TYPE && json_integer_value(field) == 7,
                   200);
}

static bool takes_no_model(struct call *call)
{
    return answers(call, has_fault(call, FAULT_FIELD_MISSING, "model"), 200);
}

static bool takes_unknown_field(struct call *call)
{
    return call->decision.fault == FAULT_FIELD_UNKNOWN &&
           strstr(call->decision.param, "gatemark_no_such_field") &&
           lie_admit(call, FAULT_FIELD_UNKNOWN);
}

static bool breaks_on_deep_body(struct call *call)
{
    return answers(call, body_begins(call, "[[[[[[[["), 500);
}

static bool declares_text(struct call *call)
{
    if (call->decision.fault != FAULT_PATH_UNKNOWN)
        return false;
    call->response->content_type = "text/plain";
    return true;
}

static bool sends_body_to_head(struct call *call)
{
    bool head = call->response->head_only;

    call->response->head_only = false;
    return head;
}

const struct deviation http_deviations[] = {
    {
        .name = "calls-404-400",
        .breaks = "http.unknown-path-is-404",
        .about = "answers an unknown path with 400",
        .on_response = calls_404_400,
    },
    {
        .name = "calls-405-404",
        .breaks = "http.wrong-method-is-405",
        .about = "answers a wrong method with 404",
        .status = 405,
        .new_status = 404,
    },
    {
        .name = "drops-allow",
        .breaks = "http.allow-names-methods",
        .about = "leaves Allow out of a 405",
        .status = 405,
        .header = "Allow",
    },
    {
        .name = "calls-413-400",
        .breaks = "http.long-body-is-413",
        .about = "answers a body that is too long with 400",
        .status = 413,
        .new_status = 400,
    },
    {
        .name = "takes-long-headers",
        .breaks = "http.long-headers-refused",
        .about = "takes headers of any length",
        .on_response = takes_long_headers,
    },
    {
        .name = "takes-broken-json",
        .breaks = "http.broken-json-refused",
        .about = "takes an object that is no JSON",
        .on_response = takes_broken_json,
    },
    {
        .name = "takes-empty-body",
        .breaks = "http.empty-body-refused",
        .about = "takes an empty body",
        .on_response = takes_empty_body,
    },
    {
        .name = "takes-array",
        .breaks = "http.other-top-level-refused",
        .about = "takes an array for an object",
        .on_response = takes_array,
    },
    {
        .name = "takes-number-for-anything",
        .breaks = "http.wrong-field-type-refused",
        .about = "takes a number for a field of another type",
        .on_response = takes_number_for_anything,
    },
    {
        .name = "takes-no-model",
        .breaks = "http.missing-model-refused",
        .about = "does without a model",
        .on_response = takes_no_model,
    },
    {
        .name = "takes-unknown-field",
        .breaks = "http.unknown-field-refused",
        .about = "ignores a field that it does not know",
        .on_decision = takes_unknown_field,
    },
    {
        .name = "breaks-on-deep-body",
        .breaks = "http.odd-bodies-never-5xx",
        .about = "breaks on a body that is nested deeply",
        .on_response = breaks_on_deep_body,
    },
    {
        .name = "drops-date",
        .breaks = "http.date-on-answers",
        .about = "leaves Date out of a 404",
        .status = 404,
        .header = "Date",
    },
    {
        .name = "declares-text",
        .breaks = "http.json-declared",
        .about = "declares the refusal of an unknown path as text",
        .on_response = declares_text,
    },
    {
        .name = "sets-cookie-on-404",
        .breaks = "http.refusals-set-no-cookie",
        .about = "sets a cookie with a 404",
        .status = 404,
        .header = "Set-Cookie",
        .header_value = "session=1; Path=/",
    },
    {
        .name = "sends-body-to-head",
        .breaks = "http.head-has-no-body",
        .about = "sends a body in answer to HEAD",
        .on_response = sends_body_to_head,
    },
    {
        .name = "lets-caches-keep-401",
        .breaks = "http.unauthorized-not-cacheable",
        .about = "lets any cache keep a 401",
        .status = 401,
        .header = "Cache-Control",
        .header_value = "public, max-age=60",
    },
    {
        .name = "lets-caches-keep-429",
        .breaks = "http.rate-limited-not-cacheable",
        .about = "lets any cache keep a 429",
        .status = 429,
        .header = "Cache-Control",
        .header_value = "public, max-age=60",
    },
    {0},
};
