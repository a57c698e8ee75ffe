#include "mock/families/families.h"
#include "mock/mock.h"

#include <stdio.h>
#include <string.h>

/* One platform key for every protocol; only its place differs (clawdrouter-auth). Shipped Anthropic
 * clients of 2026 send it as a bearer token, so /v1/messages takes that too (assumed). */
static struct carriers carriers(const struct call *call, enum family family)
{
    bool any = call->mock->settings.choice[SETTING_CLAWDROUTER_GEMINI_KEY] == 1;

    if (family == FAMILY_ANTHROPIC)
        return (struct carriers){.order = {CARRIER_X_API_KEY, CARRIER_BEARER}};
    if (family == FAMILY_GEMINI && any)
        return (struct carriers){
            .order = {CARRIER_BEARER, CARRIER_X_GOOG_API_KEY, CARRIER_QUERY_KEY}};
    return (struct carriers){.order = {CARRIER_BEARER}};
}

/* A client's Request-Id is its own business: one that cannot be repeated is replaced, and none can
 * change the outcome. */
static void begin(struct call *call)
{
    const char *asked = request_header(call->request, "Request-Id");
    size_t length = asked ? strlen(asked) : 0;
    bool plain = length > 0 && length < sizeof call->request_id;

    for (size_t i = 0; plain && i < length; i++)
        plain = asked[i] >= ' ' && asked[i] <= '~';
    if (plain)
        memcpy(call->request_id, asked, length + 1);
    else
        call_draw(call, "req_", 24, call->request_id, sizeof call->request_id);
}

static void finish(struct call *call)
{
    response_header(call->response, "Request-Id", "%s", call->request_id);
}

static void draw_id(struct identity *identity, struct key *key)
{
    identity_word(identity, "key_", 20, key->id, sizeof key->id);
}

static const struct voice openai = {.common = openai_wordings, .error_body = openai_error_body};
static const struct voice anthropic = {.common = anthropic_wordings,
                                       .error_body = anthropic_error_body};
static const struct voice gemini = {.common = gemini_wordings, .error_body = gemini_error_body};

const struct gateway gateway_clawdrouter = {
    .name = "clawdrouter",
    .title = "ClawdRouter: OpenAI, Anthropic, Gemini and video protocols under one key",
    .source = "clawdrouter-auth",
    .voices =
        {
            [FAMILY_OPENAI] = &openai,
            [FAMILY_ANTHROPIC] = &anthropic,
            [FAMILY_GEMINI] = &gemini,
        },
    .family = FAMILY_OPENAI,
    .areas = {{"/v1/messages", FAMILY_ANTHROPIC}, {"/v1beta", FAMILY_GEMINI}},
    .carriers = carriers,
    .secret_prefix = {[KIND_INFERENCE] = "sk-"},
    .secret_length = 48,
    .hint_length = 7,
    .draw_id = draw_id,
    .body_limit = 32 << 20,
    .header_limit = 16384,
    .begin = begin,
    .versions = anthropic_judge_versions,
    .finish = finish,
};
