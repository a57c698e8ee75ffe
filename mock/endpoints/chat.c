/* Chat completions, as OpenAI's protocol has them. */
#include "mock/endpoints/reply.h"

#include <string.h>

static json_t *usage_json(const struct reply *reply)
{
    return json_pack("{s:I, s:I, s:I, s:{s:i, s:i}, s:{s:i, s:i, s:i, s:i}}", "prompt_tokens",
                     reply->input_tokens, "completion_tokens", reply->output_tokens, "total_tokens",
                     reply->input_tokens + reply->output_tokens, "prompt_tokens_details",
                     "cached_tokens", 0, "audio_tokens", 0, "completion_tokens_details",
                     "reasoning_tokens", 0, "audio_tokens", 0, "accepted_prediction_tokens", 0,
                     "rejected_prediction_tokens", 0);
}

static int64_t answer_limit(const struct call *call)
{
    const json_t *most = json_object_get(call->body, "max_completion_tokens");

    if (!json_is_integer(most))
        most = json_object_get(call->body, "max_tokens");
    return json_integer_value(most);
}

/* Every choice is written, and paid, anew. */
static struct reply choices_make(const struct call *call)
{
    json_int_t count = json_integer_value(json_object_get(call->body, "n"));
    struct reply reply =
        reply_make(call, json_object_get(call->body, "messages"), answer_limit(call));

    if (count > 1) {
        int64_t more = (count - 1) * reply.output_tokens;
        call_spend(call, 0, more);
        reply.output_tokens += more;
    }
    return reply;
}

static json_t *choice_json(const struct reply *reply, int index)
{
    return json_pack("{s:i, s:{s:s, s:s, s:n, s:[]}, s:n, s:s}", "index", index, "message", "role",
                     "assistant", "content", reply->text, "refusal", "annotations", "logprobs",
                     "finish_reason", reply->cut ? "length" : "stop");
}

/* One choice of a chunk. Takes `delta`; `finish` is NULL but in the choice's last. */
static json_t *piece_json(int index, json_t *delta, const char *finish)
{
    return json_pack("[{s:i, s:o, s:n, s:s?}]", "index", index, "delta", delta, "logprobs",
                     "finish_reason", finish);
}

/* What all chunks of an answer share is what the whole answer says. Takes `choices`. */
static json_t *chunk_json(const json_t *whole, json_t *choices)
{
    static const char *const shared[] = {"created", "model", "provider", "service_tier"};
    json_t *chunk = json_pack("{s:O, s:s}", "id", json_object_get(whole, "id"), "object",
                              "chat.completion.chunk");

    for (size_t i = 0; i < COUNT(shared); i++)
        if (json_object_get(whole, shared[i]))
            json_object_set(chunk, shared[i], json_object_get(whole, shared[i]));
    json_object_set_new(chunk, "choices", choices);
    return chunk;
}

/* The pieces of the text, each once for every choice. */
static void say_pieces(struct events *events, const json_t *whole, const struct reply *reply)
{
    int count = (int)json_array_size(json_object_get(whole, "choices"));
    size_t length;

    for (size_t at = 0; (length = reply_piece(reply, at)) > 0; at += length)
        for (int i = 0; i < count; i++) {
            json_t *delta = json_pack("{s:s%}", "content", reply->text + at, length);
            json_t *chunk = chunk_json(whole, piece_json(i, delta, NULL));
            events_add(events, NULL, chunk)->token = true;
        }
}

static void say_choices(struct events *events, const json_t *whole, const struct reply *reply)
{
    int count = (int)json_array_size(json_object_get(whole, "choices"));
    const char *finish = reply->cut ? "length" : "stop";

    for (int i = 0; i < count; i++) {
        json_t *delta = json_pack("{s:s, s:s}", "role", "assistant", "content", "");
        events_add(events, NULL, chunk_json(whole, piece_json(i, delta, NULL)));
    }
    say_pieces(events, whole, reply);
    for (int i = 0; i < count; i++)
        events_add(events, NULL, chunk_json(whole, piece_json(i, json_object(), finish)));
}

static bool wants_usage(const struct call *call)
{
    const json_t *options = json_object_get(call->body, "stream_options");

    return json_is_true(json_object_get(options, "include_usage"));
}

static void say_usage(struct events *events, const json_t *whole)
{
    json_t *chunk = chunk_json(whole, json_array());

    json_object_set(chunk, "usage", json_object_get(whole, "usage"));
    events_add(events, NULL, chunk);
}

/* Makes a stream of the whole answer. */
static void stream(struct call *call, const struct reply *reply)
{
    json_t *whole = response_stream(call->response, FRAMING_SSE, sse_type);
    struct events *events = &call->response->events;

    say_choices(events, whole, reply);
    if (wants_usage(call)) {
        for (size_t i = 0; i < events->count; i++)
            json_object_set_new(events->items[i].data, "usage", json_null());
        say_usage(events, whole);
    }
    events_add_text(events, "data: [DONE]\n\n");
    json_decref(whole);
}

/* OpenRouter waits aloud, names the provider's own reason, and always counts. */
static void stream_openrouter(struct call *call, const struct reply *reply)
{
    json_t *whole = response_stream(call->response, FRAMING_SSE, sse_type);
    struct events *events = &call->response->events;

    events_add_text(events, ": OPENROUTER PROCESSING\n\n");
    say_choices(events, whole, reply);
    for (size_t i = 0; i < events->count; i++) {
        json_t *choices = json_object_get(events->items[i].data, "choices");
        json_t *choice = json_array_get(choices, 0);
        json_object_set(choice, "native_finish_reason", json_object_get(choice, "finish_reason"));
    }
    say_usage(events, whole);
    events_add_text(events, "data: [DONE]\n\n");
    json_decref(whole);
}

static void answer(struct call *call, const char *id, const struct reply *reply)
{
    json_t *choices = json_array();
    json_int_t count = json_integer_value(json_object_get(call->body, "n"));

    for (int i = 0; i == 0 || i < count; i++)
        json_array_append_new(choices, choice_json(reply, i));
    response_json(call->response, 200,
                  json_pack("{s:s, s:s, s:I, s:s, s:o, s:o, s:s}", "id", id, "object",
                            "chat.completion", "created", reply_created(call), "model",
                            call->model_name, "choices", choices, "usage", usage_json(reply),
                            "service_tier", "default"));
}

static void complete(struct call *call)
{
    struct reply reply = choices_make(call);
    char id[48];

    answer(call, call_draw(call, "chatcmpl-", 29, id, sizeof id), &reply);
    if (reply_streams(call))
        stream(call, &reply);
    reply_close(&reply);
}

/* OpenRouter says besides who answered, and what it cost. */
static void complete_openrouter(struct call *call)
{
    struct reply reply = choices_make(call);
    char id[48];
    json_t *choice;
    size_t i;

    answer(call, call_draw(call, "gen-", 29, id, sizeof id), &reply);
    json_t *body = call->response->body;
    json_object_set_new(body, "provider",
                        json_string(call->model ? call->model->provider : "mock"));
    json_object_set_new(body, "system_fingerprint", json_null());
    json_array_foreach(json_object_get(body, "choices"), i, choice)
        json_object_set_new(choice, "native_finish_reason",
                            json_string(reply.cut ? "length" : "stop"));
    json_object_set_new(json_object_get(body, "usage"), "cost",
                        json_real(reply_cost_usd(call, &reply)));
    response_header(call->response, "X-Generation-Id", "%s", id);
    if (reply_streams(call))
        stream_openrouter(call, &reply);
    reply_close(&reply);
}

enum { OPTIONAL_NUMBER = JSON_NUMERIC | JSON_NOTHING, OPTIONAL_WHOLE = JSON_WHOLE | JSON_NOTHING };

static const struct shape_field fields[] = {
    {"model", JSON_TEXT, true, true, 1, 256, NULL},
    {"messages", JSON_LIST, true, true, 1, 100000, NULL},
    {"temperature", OPTIONAL_NUMBER, false, true, 0, 2, NULL},
    {"top_p", OPTIONAL_NUMBER, false, true, 0, 1, NULL},
    {"n", OPTIONAL_WHOLE, false, true, 1, 128, NULL},
    {"frequency_penalty", OPTIONAL_NUMBER, false, true, -2, 2, NULL},
    {"presence_penalty", OPTIONAL_NUMBER, false, true, -2, 2, NULL},
    {"top_logprobs", OPTIONAL_WHOLE, false, true, 0, 20, NULL},
    {"max_tokens", OPTIONAL_WHOLE, false, true, 1, 1e9, NULL},
    {"max_completion_tokens", OPTIONAL_WHOLE, false, true, 1, 1e9, NULL},
    {"stream", JSON_FLAG | JSON_NOTHING, false, false, 0, 0, NULL},
    {"stream_options", JSON_MAP | JSON_NOTHING, false, false, 0, 0, NULL},
    {"tools", JSON_LIST | JSON_NOTHING, false, false, 0, 0, NULL},
    {0},
};

const struct endpoint chat_endpoints[] = {
    {
        .gateway = &gateway_clawdrouter,
        .method = "POST",
        .path = "/v1/chat/completions",
        .family = FAMILY_OPENAI,
        .need = NEED_INFERENCE,
        .task = "chat",
        .fields = fields,
        .reply = complete,
    },
    {
        .gateway = &gateway_arouter,
        .method = "POST",
        .path = "/v1/chat/completions",
        .family = FAMILY_OPENAI,
        .need = NEED_INFERENCE,
        .task = "chat",
        .fields = fields,
        .reply = complete,
    },
    {
        .gateway = &gateway_openrouter,
        .method = "POST",
        .path = "/api/v1/chat/completions",
        .family = FAMILY_OPENAI,
        .need = NEED_INFERENCE,
        .task = "chat",
        .fields = fields,
        .reply = complete_openrouter,
    },
    {
        .gateway = &gateway_openai,
        .method = "POST",
        .path = "/v1/chat/completions",
        .family = FAMILY_OPENAI,
        .need = NEED_WRITE,
        .task = "chat",
        .fields = fields,
        .reply = complete,
    },
    {0},
};
