/* Anthropic's Messages and token counting. */
#include "mock/endpoints/reply.h"
#include "mock/families/families.h"

#include <string.h>

/* Everything that counts as input. Owned by the caller. */
static json_t *asked(const struct call *call)
{
    static const char *const names[] = {"system", "tools"};
    json_t *all = json_copy(json_object_get(call->body, "messages"));

    for (size_t i = 0; i < COUNT(names); i++) {
        json_t *more = json_object_get(call->body, names[i]);
        if (more)
            json_array_append(all, more);
    }
    return all;
}

/* Gone with version 2026-10-21, even at their defaults (claude-versioning). */
static bool has_sampling(struct call *call)
{
    static const char *const names[] = {"temperature", "top_p", "top_k"};

    for (size_t i = 0; i < COUNT(names); i++)
        if (json_object_get(call->body, names[i]) && anthropic_without_sampling(call->request)) {
            call_refuse_field(call, FAULT_FIELD_UNKNOWN, names[i], "gone since version 2026-10-21");
            return true;
        }
    return false;
}

static bool messages_good(struct call *call)
{
    const json_t *messages = json_object_get(call->body, "messages");
    char name[48];
    json_t *message;
    size_t i;

    if (json_array_size(messages) == 0) {
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "messages",
                          "at least one message is required");
        return false;
    }
    json_array_foreach(messages, i, message) {
        const char *role = json_string_value(json_object_get(message, "role"));
        const json_t *content = json_object_get(message, "content");
        snprintf(name, sizeof name, "messages.%zu.%s", i, role ? "content" : "role");
        if (!role || !(json_is_string(content) || json_is_array(content))) {
            call_refuse_field(call, FAULT_FIELD_MISSING, name, "this field is required");
            return false;
        }
    }
    return !has_sampling(call);
}

/* The message as it stands before a word is said. Its first token counts already. */
static json_t *begun_json(const json_t *whole)
{
    json_t *begun = json_deep_copy(whole);

    json_object_set_new(begun, "content", json_array());
    json_object_set_new(begun, "stop_reason", json_null());
    json_object_set_new(json_object_get(begun, "usage"), "output_tokens", json_integer(1));
    return begun;
}

/* Adds an event of this type and, behind the type, these data, which are taken. */
static struct event *say(struct events *events, const char *type, json_t *data)
{
    json_t *all = json_pack("{s:s}", "type", type);

    json_object_update(all, data);
    json_decref(data);
    return events_add(events, type, all);
}

static void say_text(struct events *events, const struct reply *reply)
{
    size_t length;

    say(events, "content_block_start",
        json_pack("{s:i, s:{s:s, s:s}}", "index", 0, "content_block", "type", "text", "text", ""));
    say(events, "ping", json_object());
    for (size_t at = 0; (length = reply_piece(reply, at)) > 0; at += length)
        say(events, "content_block_delta",
            json_pack("{s:i, s:{s:s, s:s%}}", "index", 0, "delta", "type", "text_delta", "text",
                      reply->text + at, length))
            ->token = true;
    say(events, "content_block_stop", json_pack("{s:i}", "index", 0));
}

/* Makes a stream of the whole message. */
static void stream(struct call *call, const struct reply *reply)
{
    json_t *whole = response_stream(call->response, FRAMING_SSE, sse_type);
    struct events *events = &call->response->events;

    say(events, "message_start", json_pack("{s:o}", "message", begun_json(whole)));
    say_text(events, reply);
    say(events, "message_delta",
        json_pack("{s:{s:O, s:O}, s:{s:I}}", "delta", "stop_reason",
                  json_object_get(whole, "stop_reason"), "stop_sequence",
                  json_object_get(whole, "stop_sequence"), "usage", "output_tokens",
                  reply->output_tokens));
    say(events, "message_stop", json_object());
    json_decref(whole);
}

static void create(struct call *call)
{
    char id[48];

    if (!messages_good(call))
        return;
    json_t *all = asked(call);
    struct reply reply =
        reply_make(call, all, json_integer_value(json_object_get(call->body, "max_tokens")));
    response_json(
        call->response, 200,
        json_pack("{s:s, s:s, s:s, s:s, s:[{s:s, s:s}], s:s, s:n, s:{s:I, s:I, s:i, s:i, s:n, s:n, "
                  "s:s}}",
                  "id", call_draw(call, "msg_01", 22, id, sizeof id), "type", "message", "role",
                  "assistant", "model", call->model_name, "content", "type", "text", "text",
                  reply.text, "stop_reason", reply.cut ? "max_tokens" : "end_turn", "stop_sequence",
                  "usage", "input_tokens", reply.input_tokens, "output_tokens", reply.output_tokens,
                  "cache_creation_input_tokens", 0, "cache_read_input_tokens", 0, "cache_creation",
                  "server_tool_use", "service_tier", "standard"));
    if (reply_streams(call))
        stream(call, &reply);
    json_decref(all);
    reply_close(&reply);
}

static void count(struct call *call)
{
    if (!messages_good(call))
        return;
    json_t *all = asked(call);
    response_json(call->response, 200, json_pack("{s:I}", "input_tokens", reply_count(all)));
    json_decref(all);
}

#define COMMON_FIELDS                                                                              \
    {"model", JSON_TEXT, true, true, 1, 256, NULL},                                                \
        {"messages", JSON_LIST, true, false, 0, 0, NULL},                                          \
        {"system", JSON_TEXT | JSON_LIST, false, false, 0, 0, NULL},                               \
        {"tools", JSON_LIST, false, false, 0, 0, NULL},                                            \
        {"tool_choice", JSON_MAP, false, false, 0, 0, NULL},                                       \
        {"thinking", JSON_MAP, false, false, 0, 0, NULL},                                          \
        {"cache_control", JSON_MAP | JSON_NOTHING, false, false, 0, 0, NULL},                      \
        {"output_config", JSON_MAP, false, false, 0, 0, NULL},                                     \
        {"mcp_servers", JSON_LIST, false, false, 0, 0, NULL},                                      \
    {                                                                                              \
        "context_management", JSON_MAP | JSON_NOTHING, false, false, 0, 0, NULL                    \
    }

static const struct shape_field create_fields[] = {
    COMMON_FIELDS,
    {"max_tokens", JSON_WHOLE, true, true, 0, 1e9, NULL},
    {"stop_sequences", JSON_LIST, false, false, 0, 0, NULL},
    {"stream", JSON_FLAG, false, false, 0, 0, NULL},
    {"metadata", JSON_MAP, false, false, 0, 0, NULL},
    {"service_tier", JSON_TEXT, false, false, 0, 0, "auto|standard_only"},
    {"container", JSON_TEXT | JSON_MAP | JSON_NOTHING, false, false, 0, 0, NULL},
    {"inference_geo", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, NULL},
    {"speed", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, NULL},
    {"diagnostics", JSON_MAP | JSON_NOTHING, false, false, 0, 0, NULL},
    {"temperature", JSON_NUMERIC, false, true, 0, 1, NULL},
    {"top_p", JSON_NUMERIC, false, true, 0, 1, NULL},
    {"top_k", JSON_WHOLE, false, true, 0, 1e9, NULL},
    {0},
};

static const struct shape_field count_fields[] = {COMMON_FIELDS, {0}};

const struct endpoint messages_endpoints[] = {
    {
        .gateway = &gateway_clawdrouter,
        .method = "POST",
        .path = "/v1/messages",
        .family = FAMILY_ANTHROPIC,
        .need = NEED_INFERENCE,
        .task = "chat",
        .fields = create_fields,
        .reply = create,
    },
    {
        .gateway = &gateway_claude,
        .method = "POST",
        .path = "/v1/messages",
        .family = FAMILY_ANTHROPIC,
        .need = NEED_INFERENCE,
        .task = "chat",
        .fields = create_fields,
        .reply = create,
    },
    {
        .gateway = &gateway_claude,
        .method = "POST",
        .path = "/v1/messages/count_tokens",
        .family = FAMILY_ANTHROPIC,
        .need = NEED_INFERENCE,
        .task = "chat",
        .fields = count_fields,
        .reply = count,
    },
    {0},
};
