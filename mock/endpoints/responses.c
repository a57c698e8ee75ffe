/* OpenAI's Responses. */
#include "mock/endpoints/reply.h"

#include <string.h>

static json_t *output_json(const struct call *call, const struct reply *reply)
{
    char id[64];

    return json_pack("[{s:s, s:s, s:s, s:s, s:[{s:s, s:s, s:[]}]}]", "type", "message", "id",
                     call_draw(call, "msg_", 48, id, sizeof id), "status",
                     reply->cut ? "incomplete" : "completed", "role", "assistant", "content",
                     "type", "output_text", "text", reply->text, "annotations");
}

static json_t *usage_json(const struct reply *reply)
{
    return json_pack("{s:I, s:{s:i, s:i}, s:I, s:{s:i}, s:I}", "input_tokens", reply->input_tokens,
                     "input_tokens_details", "cached_tokens", 0, "cache_write_tokens", 0,
                     "output_tokens", reply->output_tokens, "output_tokens_details",
                     "reasoning_tokens", 0, "total_tokens",
                     reply->input_tokens + reply->output_tokens);
}

/* The request's own value of a field, or what the vendor says when there is none. Takes `fallback`.
 */
static json_t *asked_or(const struct call *call, const char *name, json_t *fallback)
{
    json_t *asked = json_object_get(call->body, name);

    if (!asked || json_is_null(asked))
        return fallback;
    json_decref(fallback);
    return json_incref(asked);
}

static void respond(struct call *call)
{
    int64_t most = json_integer_value(json_object_get(call->body, "max_output_tokens"));
    struct reply reply = reply_make(call, json_object_get(call->body, "input"), most);
    json_t *incomplete =
        reply.cut ? json_pack("{s:s}", "reason", "max_output_tokens") : json_null();
    char id[64];

    json_t *body =
        json_pack("{s:s, s:s, s:I, s:s, s:n, s:o, s:s, s:o, s:o}", "id",
                  call_draw(call, "resp_", 48, id, sizeof id), "object", "response", "created_at",
                  reply_created(call), "status", reply.cut ? "incomplete" : "completed", "error",
                  "incomplete_details", incomplete, "model", call->model_name, "output",
                  output_json(call, &reply), "usage", usage_json(&reply));
    static const char *const echoed[] = {"instructions", "max_output_tokens",
                                         "previous_response_id", "user"};
    for (size_t i = 0; i < COUNT(echoed); i++)
        json_object_set_new(body, echoed[i], asked_or(call, echoed[i], json_null()));
    json_object_set_new(body, "tools", asked_or(call, "tools", json_array()));
    json_object_set_new(body, "tool_choice", asked_or(call, "tool_choice", json_string("auto")));
    json_object_set_new(body, "parallel_tool_calls",
                        asked_or(call, "parallel_tool_calls", json_true()));
    json_object_set_new(body, "metadata", asked_or(call, "metadata", json_object()));
    json_object_set_new(body, "temperature", asked_or(call, "temperature", json_real(1.0)));
    json_object_set_new(body, "top_p", asked_or(call, "top_p", json_real(1.0)));
    json_object_set_new(body, "store", asked_or(call, "store", json_true()));
    json_object_set_new(body, "text", json_pack("{s:{s:s}}", "format", "type", "text"));
    json_object_set_new(body, "truncation", asked_or(call, "truncation", json_string("disabled")));
    response_json(call->response, 200, body);
    reply_close(&reply);
}

static const struct shape_field fields[] = {
    {"model", JSON_TEXT, true, true, 1, 256, NULL},
    {"input", JSON_TEXT | JSON_LIST, true, false, 0, 0, NULL},
    {"instructions", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, NULL},
    {"temperature", JSON_NUMERIC | JSON_NOTHING, false, true, 0, 2, NULL},
    {"top_p", JSON_NUMERIC | JSON_NOTHING, false, true, 0, 1, NULL},
    {"top_logprobs", JSON_WHOLE | JSON_NOTHING, false, true, 0, 20, NULL},
    {"max_output_tokens", JSON_WHOLE | JSON_NOTHING, false, true, 16, 1e9, NULL},
    {"truncation", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, "auto|disabled"},
    {"stream", JSON_FLAG | JSON_NOTHING, false, false, 0, 0, NULL},
    {0},
};

const struct endpoint responses_endpoints[] = {
    {
        .gateway = &gateway_clawdrouter,
        .method = "POST",
        .path = "/v1/responses",
        .family = FAMILY_OPENAI,
        .need = NEED_INFERENCE,
        .task = "chat",
        .fields = fields,
        .reply = respond,
    },
    {
        .gateway = &gateway_openai,
        .method = "POST",
        .path = "/v1/responses",
        .family = FAMILY_OPENAI,
        .need = NEED_WRITE,
        .task = "chat",
        .fields = fields,
        .reply = respond,
    },
    {0},
};
