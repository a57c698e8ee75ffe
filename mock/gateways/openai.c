#include "mock/families/families.h"
#include "mock/mock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static struct carriers carriers(const struct call *call, enum family family)
{
    (void)call;
    (void)family;
    return (struct carriers){.order = {CARRIER_BEARER}};
}

static void begin(struct call *call)
{
    identity_hex(&call->mock->identity, "req_", 32, call->request_id, sizeof call->request_id);
}

/* A missing model is told in a sentence of its own, an unknown one by its code: neither names the
 * field (openai-threads). */
static json_t *error_body(const struct call *call, const struct wording *wording,
                          const char *message)
{
    json_t *body = openai_error_body(call, wording, message);

    if (strcmp(call->decision.param, "model") == 0 &&
        (call->decision.fault == FAULT_FIELD_MISSING ||
         call->decision.fault == FAULT_MODEL_UNKNOWN))
        json_object_set_new(json_object_get(body, "error"), "param", json_null());
    return body;
}

static const char invalid[] = "invalid_request_error";

#define GUIDE "You can find your API key at https://platform.openai.com/account/api-keys."
#define SCOPES(scope)                                                                              \
    "You have insufficient permissions for this operation. Missing scopes: " scope                 \
    ". Check that the role of your organization or project, or your restricted API key, has "      \
    "them."
#define LIMITED(what)                                                                              \
    "Rate limit reached for {model} in organization org-gatemark on requests per " what            \
    ": Limit {limit}, Used {limit}, Requested 1. Please try again in {wait}s. Visit "              \
    "https://platform.openai.com/account/rate-limits to learn more."

/* /v1/responses has words of its own for a missing key and for a missing scope. */
static const struct wording missing_to_responses = {
    401, "invalid_request_error", NULL, "Missing bearer or basic authentication in header"};
static const struct wording scopes[] = {
    {401, "invalid_request_error", NULL, SCOPES("model.request")},
    {401, "invalid_request_error", NULL, SCOPES("api.responses.write")},
    {401, "invalid_request_error", NULL, SCOPES("api.model.read")},
};
static const struct wording no_model = {400, "invalid_request_error", NULL,
                                        "you must provide a model parameter"};
static const struct wording unnamed_limit = {
    429, "requests", "rate_limit_exceeded",
    "Rate limit reached: limit {limit} requests. Please try again in {wait}s."};

static const struct wording *choose(const struct call *call)
{
    enum fault fault = call->decision.fault;
    bool responses = call->endpoint && strcmp(call->endpoint->path, "/v1/responses") == 0;
    bool reads = call->endpoint && strcmp(call->endpoint->method, "GET") == 0;

    if (responses && fault_of_identity(fault) && fault < FAULT_KEY_MALFORMED)
        return &missing_to_responses;
    if (fault == FAULT_PERMISSION_LACKING)
        return &scopes[responses ? 1 : reads ? 2 : 0];
    if (fault == FAULT_FIELD_MISSING && strcmp(call->decision.param, "model") == 0)
        return &no_model;
    if ((fault == FAULT_RATE_LIMITED || fault == FAULT_DAY_CAP) && !call->model_name)
        return &unnamed_limit;
    return NULL;
}

static const struct wording wordings[FAULT_COUNT] = {
    [FAULT_KEY_MISSING] = {401, invalid, NULL,
                           "You didn't provide an API key. You need to provide your API key in an "
                           "Authorization header using Bearer auth (i.e. Authorization: Bearer "
                           "YOUR_KEY)."},
    [FAULT_KEY_UNKNOWN] = {401, invalid, "invalid_api_key",
                           "Incorrect API key provided: {key}. " GUIDE},
    [FAULT_KEY_MALFORMED] = {401, invalid, "invalid_api_key", "Incorrect API key provided. " GUIDE},
    [FAULT_HEADER_REPEATED] = {401, invalid, "invalid_api_key",
                               "Incorrect API key provided. " GUIDE},
    [FAULT_CREDENTIALS_CONFLICT] = {401, invalid, "invalid_api_key",
                                    "Incorrect API key provided. " GUIDE},
    [FAULT_MODEL_FORBIDDEN] = {403, invalid, "model_not_found",
                               "Project `proj_gatemark` does not have access to model `{model}`"},
    [FAULT_RATE_LIMITED] = {429, "requests", "rate_limit_exceeded", LIMITED("min (RPM)")},
    [FAULT_DAY_CAP] = {429, "requests", "rate_limit_exceeded", LIMITED("day (RPD)")},
    [FAULT_BUDGET_SPENT] = {429, "insufficient_quota", "insufficient_quota",
                            "You exceeded your current quota, please check your plan and billing "
                            "details."},
    [FAULT_BODY_INVALID] = {400, invalid, NULL,
                            "We could not parse the JSON body of your request. (HINT: {detail})"},
};

/* What a project has a minute, when the key has no limit of its own (assumed figures; only the
 * key's own limit is enforced). */
enum { REQUESTS_A_MINUTE = 10000, TOKENS_A_MINUTE = 2000000 };

/* As Go prints one: 120ms, 1s, 6m0s. */
static void write_duration(int64_t ms, char *text, size_t size)
{
    int64_t seconds = ms / 1000;

    if (ms < 1000)
        snprintf(text, size, "%" PRId64 "ms", ms);
    else if (seconds < 60 && ms % 1000)
        snprintf(text, size, "%" PRId64 ".%03" PRId64 "s", seconds, ms % 1000);
    else if (seconds < 60)
        snprintf(text, size, "%" PRId64 "s", seconds);
    else
        snprintf(text, size, "%" PRId64 "m%" PRId64 "s", seconds / 60, seconds % 60);
}

static void tell_limit(struct call *call, const char *const names[3], int64_t limit, int64_t used,
                       int64_t left_ms)
{
    char reset[48];

    write_duration(left_ms > 0 ? left_ms : 0, reset, sizeof reset);
    response_header(call->response, names[0], "%" PRId64, limit);
    response_header(call->response, names[1], "%" PRId64, used < limit ? limit - used : 0);
    response_header(call->response, names[2], "%s", reset);
}

#define NAMES(what)                                                                                \
    (const char *const[3])                                                                         \
    {                                                                                              \
        "x-ratelimit-limit-" what, "x-ratelimit-remaining-" what, "x-ratelimit-reset-" what        \
    }

static void tell_limits(struct call *call)
{
    const struct key *key = call->decision.key;
    const struct counts used = meter_counts(key->meter, call->now_ms);
    int64_t requests = key->limits.per_minute, left_ms = used.minute_end_ms - call->now_ms;

    tell_limit(call, NAMES("requests"), requests ? requests : REQUESTS_A_MINUTE, used.minute,
               left_ms);
    tell_limit(call, NAMES("tokens"), TOKENS_A_MINUTE, used.minute_input + used.minute_output,
               left_ms);
}

/* No wait mends a bill that is not paid. */
static void tell_wait(struct call *call)
{
    if (call->decision.fault == FAULT_BUDGET_SPENT)
        response_header_remove(call->response, "Retry-After");
    else if (call->room.wait_s)
        response_header(call->response, "retry-after-ms", "%" PRId64,
                        call->room.reset_ms - call->now_ms);
}

static void finish(struct call *call)
{
    const struct key *key = call->decision.key;

    response_header(call->response, "x-request-id", "%s", call->request_id);
    response_header(call->response, "openai-version", "2020-10-01");
    response_header(call->response, "openai-processing-ms", "1");
    if (call->response->status == 429)
        tell_wait(call);
    if (!key || fault_of_identity(call->decision.fault))
        return;
    response_header(call->response, "openai-organization", "org-gatemark");
    if (call->response->status < 300 && call->endpoint->task)
        tell_limits(call);
}

/* Every member of a body that the OpenAPI document names (openai-openapi): others are refused. */
static const struct {
    const char *path, *names;
} bodies[] = {
    {"/v1/chat/completions",
     "|messages|model|audio|frequency_penalty|function_call|functions|logit_bias|logprobs|"
     "max_completion_tokens|max_tokens|metadata|modalities|moderation|n|parallel_tool_calls|"
     "prediction|presence_penalty|prompt_cache_key|prompt_cache_options|prompt_cache_retention|"
     "reasoning_effort|response_format|safety_identifier|seed|service_tier|stop|store|stream|"
     "stream_options|temperature|tool_choice|tools|top_logprobs|top_p|user|verbosity|"
     "web_search_options|"},
    {"/v1/responses",
     "|background|context_management|conversation|include|input|instructions|max_output_tokens|"
     "max_tool_calls|metadata|model|moderation|parallel_tool_calls|previous_response_id|prompt|"
     "prompt_cache_key|prompt_cache_options|prompt_cache_retention|reasoning|safety_identifier|"
     "service_tier|store|stream|stream_options|temperature|text|tool_choice|tools|top_logprobs|"
     "top_p|truncation|user|"},
    {"/v1/embeddings", "|input|model|dimensions|encoding_format|user|"},
    {"/v1/images/generations",
     "|prompt|model|background|moderation|n|output_compression|output_format|partial_images|"
     "quality|response_format|size|stream|style|user|"},
};

static const char *unknown_field(const struct call *call)
{
    const char *known = NULL, *name;
    json_t *value;

    for (size_t i = 0; i < COUNT(bodies); i++)
        if (strcmp(bodies[i].path, call->endpoint->path) == 0)
            known = bodies[i].names;
    json_object_foreach(call->body, name, value) {
        size_t length = strlen(name);
        const char *at = known;
        while (at && (at = strstr(at, name)) && (at[-1] != '|' || at[length] != '|'))
            at += length;
        if (known && (!at || length == 0))
            return name;
    }
    return NULL;
}

static const struct voice voice = {
    .wordings = wordings,
    .common = openai_wordings,
    .choose = choose,
    .error_body = error_body,
};

const struct gateway gateway_openai = {
    .name = "openai",
    .title = "OpenAI API, as the vendor speaks it: a missing scope is 401",
    .source = "openai-openapi",
    .realm = "OpenAI API",
    .provider = "openai",
    .voices = {[FAMILY_OPENAI] = &voice},
    .family = FAMILY_OPENAI,
    .carriers = carriers,
    .secret_prefix = {[KIND_INFERENCE] = "sk-proj-"},
    .secret_length = 64,
    .hint_length = 12,
    .body_limit = 32 << 20,
    .header_limit = 65536,
    .begin = begin,
    .finish = finish,
    .unknown_field = unknown_field,
};
