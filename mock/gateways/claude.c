#include "mock/families/families.h"
#include "mock/mock.h"

#include <inttypes.h>
#include <string.h>

static const char organization_id[] = "67617465-6d61-726b-8000-746573746f72";
static const char workspace_id[] = "wrkspc_01GatemarkTestWorkspace";

/* Tokens came as bearers before API keys did. */
static bool brings_token(const struct request *request)
{
    const char *value = request_header(request, "Authorization");

    return value && strstr(value, " sk-ant-oat") != NULL;
}

static struct carriers carriers(const struct call *call, enum family family)
{
    static const enum conflict conflicts[] = {CONFLICT_FIRST_WINS, CONFLICT_LAST_WINS,
                                              CONFLICT_REFUSED};
    const struct settings *settings = &call->mock->settings;
    struct carriers carriers = {.order = {CARRIER_X_API_KEY, CARRIER_BEARER}};

    (void)family;
    carriers.conflict = conflicts[settings->choice[SETTING_CLAUDE_TWO_CREDENTIALS]];
    if (settings->choice[SETTING_CLAUDE_BEARER] == 1 && !brings_token(call->request))
        carriers.order[1] = CARRIER_NONE;
    return carriers;
}

static void begin(struct call *call)
{
    call_draw(call, "req_01", 22, call->request_id, sizeof call->request_id);
}

/* What an organization has a minute, when the key has no limit of its own. Only the key's own limit
 * is enforced; these are counted down all the same (assumed figures). */
enum { REQUESTS_A_MINUTE = 4000, INPUT_A_MINUTE = 2000000, OUTPUT_A_MINUTE = 400000 };

static void tell_limit(struct call *call, const char *const names[3], int64_t limit, int64_t used,
                       int64_t reset_ms)
{
    int64_t left = used < limit ? limit - used : 0;
    char reset[MOMENT_TEXT];

    response_header(call->response, names[0], "%" PRId64, limit);
    response_header(call->response, names[1], "%" PRId64, left);
    response_header(call->response, names[2], "%s", moment_text(reset_ms + 999, reset));
}

/* Tokens left are told in whole thousands (claude-rate-limits). */
static int64_t thousands_used(int64_t limit, int64_t used)
{
    return limit - (limit - used + 500) / 1000 * 1000;
}

#define NAMES(what)                                                                                \
    (const char *const[3])                                                                         \
    {                                                                                              \
        "anthropic-ratelimit-" what "-limit", "anthropic-ratelimit-" what "-remaining",            \
            "anthropic-ratelimit-" what "-reset"                                                   \
    }

static void tell_limits(struct call *call)
{
    const struct key *key = call->decision.key;
    const struct counts used = meter_counts(key->meter, call->now_ms);
    int64_t end_ms = used.minute_end_ms, requests = key->limits.per_minute;
    int64_t tokens = used.minute_input + used.minute_output;

    tell_limit(call, NAMES("requests"), requests ? requests : REQUESTS_A_MINUTE, used.minute,
               end_ms);
    tell_limit(call, NAMES("input-tokens"), INPUT_A_MINUTE,
               thousands_used(INPUT_A_MINUTE, used.minute_input), end_ms);
    tell_limit(call, NAMES("output-tokens"), OUTPUT_A_MINUTE,
               thousands_used(OUTPUT_A_MINUTE, used.minute_output), end_ms);
    tell_limit(call, NAMES("tokens"), INPUT_A_MINUTE + OUTPUT_A_MINUTE,
               thousands_used(INPUT_A_MINUTE + OUTPUT_A_MINUTE, tokens), end_ms);
}

static void finish(struct call *call)
{
    response_header(call->response, "request-id", "%s", call->request_id);
    if (!call->decision.key || fault_of_identity(call->decision.fault))
        return;
    const struct key *key = call->decision.key;
    const char *workspace = key->kind == KIND_TOKEN ? key->workspace : workspace_id;
    response_header(call->response, "anthropic-organization-id", "%s", organization_id);
    if (*workspace)
        response_header(call->response, "anthropic-workspace-id", "%s", workspace);
    if (call->endpoint && call->endpoint->task)
        tell_limits(call);
}

static void draw_id(struct identity *identity, struct key *key)
{
    identity_word(identity, "apikey_01", 22, key->id, sizeof key->id);
}

/* Token exchange in the words of May to August 2026; NULL for what was worded as it is today. */
static const struct wording *older_exchange(enum fault fault)
{
    static const struct wording denied = {400, "invalid_grant", NULL, "Authentication failed"};
    static const struct wording workspace = {400, "invalid_request", NULL, "workspace_id_required"};
    static const struct wording missing = {400, "invalid_request", NULL, "{param}: Field required"};
    static const struct wording other = {400, "invalid_request", NULL, "{param}: {detail}"};

    if (fault == FAULT_ASSERTION_DENIED)
        return &denied;
    if (fault == FAULT_WORKSPACE_NEEDED)
        return &workspace;
    if (fault == FAULT_FIELD_MISSING)
        return &missing;
    return fault == FAULT_FIELD_OUT_OF_RANGE || fault == FAULT_FIELD_WRONG_TYPE ? &other : NULL;
}

/* A bad credential is told by the header that brought it. */
static const struct wording *choose(const struct call *call)
{
    static const struct wording bearer = {401, "authentication_error", NULL,
                                          "Invalid bearer token"};
    static const struct wording expired = {401, "authentication_error", NULL,
                                           "OAuth token has expired. Please obtain a new token or "
                                           "refresh your existing token."};
    const struct key *key = call->decision.key;
    enum fault fault = call->decision.fault;

    if (call->endpoint && call->endpoint->oauth &&
        call->mock->settings.choice[SETTING_CLAUDE_EXCHANGE] == 1)
        return older_exchange(fault);
    if (fault == FAULT_KEY_EXPIRED && key && key->kind == KIND_TOKEN)
        return &expired;
    return call->credential.carrier == CARRIER_BEARER && fault_of_identity(fault) &&
                   fault >= FAULT_KEY_FOREIGN
               ? &bearer
               : NULL;
}

/* An Admin key is no key to the Messages API (assumed: as unknown ones). */
static const struct wording wordings[FAULT_COUNT] = {
    [FAULT_KEY_WRONG_KIND] = {401, "authentication_error", NULL, "invalid x-api-key"},
    [FAULT_SCOPE_LACKING] = {403, "permission_error", NULL,
                             "OAuth token does not meet scope requirement {detail}"},
    [FAULT_NAME_TAKEN] = {409, "conflict_error", NULL, "{param}: {detail}"},
    [FAULT_ASSERTION_DENIED] = {401, "authentication_error", NULL, "Authentication failed"},
};

static const struct voice anthropic = {
    .wordings = wordings,
    .common = anthropic_wordings,
    .choose = choose,
    .error_body = anthropic_error_body,
};

const struct gateway gateway_claude = {
    .name = "claude",
    .title = "Claude API: messages and models with API keys, or tokens of a federated identity",
    .source = "claude-auth",
    .voices = {[FAMILY_ANTHROPIC] = &anthropic},
    .family = FAMILY_ANTHROPIC,
    .carriers = carriers,
    .secret_prefix = {[KIND_INFERENCE] = "sk-ant-api03-",
                      [KIND_MANAGEMENT] = "sk-ant-admin01-",
                      [KIND_TOKEN] = "sk-ant-oat01-"},
    .secret_length = 93,
    .hint_length = 16,
    .draw_id = draw_id,
    .body_limit = 32 << 20,
    .header_limit = 16384,
    .begin = begin,
    .versions = anthropic_judge_versions,
    .finish = finish,
};
