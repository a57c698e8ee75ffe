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

/* The response as it stands before a word is said. */
static json_t *begun_json(const json_t *whole)
{
    json_t *begun = json_copy((json_t *)whole);

    json_object_set_new(begun, "status", json_string("in_progress"));
    json_object_set_new(begun, "incomplete_details", json_null());
    json_object_set_new(begun, "output", json_array());
    json_object_set_new(begun, "usage", json_null());
    return begun;
}

/* Adds an event of this type and number and, behind them, these data, which are taken. */
static struct event *say(struct events *events, const char *type, json_t *data)
{
    json_t *all =
        json_pack("{s:s, s:I}", "type", type, "sequence_number", (json_int_t)events->count);

    json_object_update(all, data);
    json_decref(data);
    return events_add(events, type, all);
}

/* As say(), of the one part of the one item. */
static struct event *say_of_part(struct events *events, const char *type, const json_t *item,
                                 json_t *data)
{
    json_object_set(data, "item_id", json_object_get(item, "id"));
    json_object_set_new(data, "output_index", json_integer(0));
    json_object_set_new(data, "content_index", json_integer(0));
    return say(events, type, data);
}

static void say_part(struct events *events, const json_t *item, const struct reply *reply)
{
    json_t *part = json_array_get(json_object_get(item, "content"), 0);
    size_t length;

    say_of_part(events, "response.content_part.added", item,
                json_pack("{s:{s:s, s:s, s:[]}}", "part", "type", "output_text", "text", "",
                          "annotations"));
    for (size_t at = 0; (length = reply_piece(reply, at)) > 0; at += length)
        say_of_part(events, "response.output_text.delta", item,
                    json_pack("{s:s%, s:[]}", "delta", reply->text + at, length, "logprobs"))
            ->token = true;
    say_of_part(events, "response.output_text.done", item,
                json_pack("{s:s, s:[]}", "text", reply->text, "logprobs"));
    say_of_part(events, "response.content_part.done", item, json_pack("{s:O}", "part", part));
}

/* Makes a stream of the whole response. */
static void stream(struct call *call, const struct reply *reply)
{
    json_t *whole = response_stream(call->response, FRAMING_SSE, sse_type);
    json_t *item = json_array_get(json_object_get(whole, "output"), 0);
    json_t *begun = begun_json(whole), *begun_item = json_copy(item);
    struct events *events = &call->response->events;

    json_object_set_new(begun_item, "status", json_string("in_progress"));
    json_object_set_new(begun_item, "content", json_array());
    say(events, "response.created", json_pack("{s:O}", "response", begun));
    say(events, "response.in_progress", json_pack("{s:o}", "response", begun));
    say(events, "response.output_item.added",
        json_pack("{s:i, s:o}", "output_index", 0, "item", begun_item));
    say_part(events, item, reply);
    say(events, "response.output_item.done",
        json_pack("{s:i, s:O}", "output_index", 0, "item", item));
    say(events, reply->cut ? "response.incomplete" : "response.completed",
        json_pack("{s:o}", "response", whole));
}

static void respond(struct call *call)
{
    int64_t most = json_integer_value(json_object_get(call->body, "max_output_tokens"));
    struct reply reply = reply_make(call, json_object_get(call->body, "input"), most);
    json_t *incomplete =
        reply.cut ? json_pack("{s:s}", "reason", "max_output_tokens") : json_null();
    char id[64];

    call_draw(call, "resp_", 48, id, sizeof id); /* first, whatever order arguments come in */
    json_t *body = json_pack("{s:s, s:s, s:I, s:s, s:n, s:o, s:s, s:o, s:o}", "id", id, "object",
                             "response", "created_at", reply_created(call), "status",
                             reply.cut ? "incomplete" : "completed", "error", "incomplete_details",
                             incomplete, "model", call->model_name, "output",
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
    if (reply_streams(call))
        stream(call, &reply);
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
