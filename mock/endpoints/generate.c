/* Gemini's generateContent and countTokens. */
#include "mock/endpoints/reply.h"

#include <string.h>

static json_t *modality_json(int64_t tokens)
{
    return json_pack("[{s:s, s:I}]", "modality", "TEXT", "tokenCount", tokens);
}

static int64_t answer_limit(const struct call *call)
{
    const json_t *config = json_object_get(call->body, "generationConfig");

    if (!config)
        config = json_object_get(call->body, "generation_config");
    const json_t *most = json_object_get(config, "maxOutputTokens");
    return json_integer_value(most ? most : json_object_get(config, "max_output_tokens"));
}

static void answer(struct call *call, const struct reply *reply)
{
    char id[32];

    response_json(
        call->response, 200,
        json_pack("{s:[{s:{s:[{s:s}], s:s}, s:s, s:i}], s:{s:I, s:I, s:I, s:o}, s:s, s:s}",
                  "candidates", "content", "parts", "text", reply->text, "role", "model",
                  "finishReason", reply->cut ? "MAX_TOKENS" : "STOP", "index", 0, "usageMetadata",
                  "promptTokenCount", reply->input_tokens, "candidatesTokenCount",
                  reply->output_tokens, "totalTokenCount",
                  reply->input_tokens + reply->output_tokens, "promptTokensDetails",
                  modality_json(reply->input_tokens), "modelVersion", call->model_name,
                  "responseId", call_draw(call, "", 22, id, sizeof id)));
}

static void generate(struct call *call)
{
    struct reply reply =
        reply_make(call, json_object_get(call->body, "contents"), answer_limit(call));

    answer(call, &reply);
    reply_close(&reply);
}

static json_t *content_of(const json_t *answer)
{
    const json_t *candidate = json_array_get(json_object_get(answer, "candidates"), 0);

    return json_object_get(candidate, "content");
}

/* A copy of the answer that says this piece of its text. */
static json_t *piece_json(const json_t *answer, const char *text, size_t length)
{
    json_t *piece = json_deep_copy(answer);

    json_object_set_new(content_of(piece), "parts", json_pack("[{s:s%}]", "text", text, length));
    return piece;
}

/* Until the last piece nobody knows why the answer ends, nor how long it is. */
static void leave_open(json_t *piece)
{
    json_t *usage = json_object_get(piece, "usageMetadata");

    json_object_del(json_array_get(json_object_get(piece, "candidates"), 0), "finishReason");
    json_object_del(usage, "candidatesTokenCount");
    json_object_set(usage, "totalTokenCount", json_object_get(usage, "promptTokenCount"));
}

/* Makes a stream of the whole answer. */
static void stream(struct call *call, const struct reply *reply, bool array)
{
    json_t *whole =
        response_stream(call->response, array ? FRAMING_ARRAY : FRAMING_SSE_CRLF,
                        array ? "application/json; charset=UTF-8" : "text/event-stream");
    struct events *events = &call->response->events;
    size_t length = 0;

    json_object_set_new(content_of(whole), "parts", json_array()); /* or each piece copies it all */
    for (size_t at = 0; at == 0 || reply->text[at]; at += length) {
        length = reply_piece(reply, at);
        json_t *piece = piece_json(whole, reply->text + at, length);
        if (reply->text[at + length])
            leave_open(piece);
        events_add(events, NULL, piece)->token = true;
    }
    if (array)
        events_add_text(events, "]");
    json_decref(whole);
}

/* The framing is what the system parameter alt asks for (google.api.SystemParameters). */
static void generate_stream(struct call *call)
{
    char alt[16] = "json";

    if (!request_parameter(call->request, "alt", alt, sizeof alt) &&
        !request_parameter(call->request, "$alt", alt, sizeof alt) &&
        request_parameter_count(call->request, "alt"))
        alt[0] = '\0'; /* too long to be any */
    bool array = strcmp(alt, "json") == 0;
    if (!array && strcmp(alt, "sse") != 0) {
        call_refuse_field(call, FAULT_FEATURE_UNSUPPORTED, "alt", "expected json or sse");
        return;
    }
    struct reply reply =
        reply_make(call, json_object_get(call->body, "contents"), answer_limit(call));
    answer(call, &reply);
    stream(call, &reply, array);
    reply_close(&reply);
}

static void count(struct call *call)
{
    const json_t *inner = json_object_get(call->body, "generateContentRequest");

    if (!inner)
        inner = json_object_get(call->body, "generate_content_request");
    const json_t *contents = json_object_get(inner ? inner : call->body, "contents");

    if (!json_is_array(contents)) {
        call_refuse_field(call, FAULT_FIELD_MISSING, "contents", "this field is required");
        return;
    }
    int64_t tokens = reply_count(contents);
    response_json(call->response, 200,
                  json_pack("{s:I, s:o}", "totalTokens", tokens, "promptTokensDetails",
                            modality_json(tokens)));
}

/* proto3 JSON: both spellings of a name are good. */
#define BOTH(camel, snake, types)                                                                  \
    {camel, types, false, false, 0, 0, NULL},                                                      \
    {                                                                                              \
        snake, types, false, false, 0, 0, NULL                                                     \
    }

static const struct shape_field generate_fields[] = {
    {"contents", JSON_LIST, true, true, 1, 100000, NULL},
    {"model", JSON_TEXT, false, false, 0, 0, NULL},
    {"tools", JSON_LIST, false, false, 0, 0, NULL},
    BOTH("systemInstruction", "system_instruction", JSON_MAP | JSON_TEXT),
    BOTH("generationConfig", "generation_config", JSON_MAP),
    BOTH("safetySettings", "safety_settings", JSON_LIST),
    BOTH("toolConfig", "tool_config", JSON_MAP),
    BOTH("cachedContent", "cached_content", JSON_TEXT),
    {"labels", JSON_MAP, false, false, 0, 0, NULL},
    {0},
};

static const struct shape_field count_fields[] = {
    {"contents", JSON_LIST, false, true, 1, 100000, NULL},
    {"model", JSON_TEXT, false, false, 0, 0, NULL},
    BOTH("generateContentRequest", "generate_content_request", JSON_MAP),
    {0},
};

const struct endpoint generate_endpoints[] = {
    {
        .gateway = &gateway_clawdrouter,
        .method = "POST",
        .path = "/v1beta/models/{model}:generateContent",
        .family = FAMILY_GEMINI,
        .need = NEED_INFERENCE,
        .task = "chat",
        .fields = generate_fields,
        .reply = generate,
    },
    {
        .gateway = &gateway_clawdrouter,
        .method = "POST",
        .path = "/v1beta/models/{model}:streamGenerateContent",
        .family = FAMILY_GEMINI,
        .need = NEED_INFERENCE,
        .task = "chat",
        .fields = generate_fields,
        .reply = generate_stream,
    },
    {
        .gateway = &gateway_clawdrouter,
        .method = "POST",
        .path = "/v1beta/models/{model}:countTokens",
        .family = FAMILY_GEMINI,
        .need = NEED_INFERENCE,
        .task = "chat",
        .fields = count_fields,
        .reply = count,
    },
    {
        .gateway = &gateway_gemini,
        .method = "POST",
        .path = "/v1beta/models/{model}:generateContent",
        .family = FAMILY_GEMINI,
        .need = NEED_WRITE,
        .task = "chat",
        .fields = generate_fields,
        .reply = generate,
    },
    {
        .gateway = &gateway_gemini,
        .method = "POST",
        .path = "/v1beta/models/{model}:streamGenerateContent",
        .family = FAMILY_GEMINI,
        .need = NEED_WRITE,
        .task = "chat",
        .fields = generate_fields,
        .reply = generate_stream,
    },
    {
        .gateway = &gateway_gemini,
        .method = "POST",
        .path = "/v1beta/models/{model}:countTokens",
        .family = FAMILY_GEMINI,
        .need = NEED_WRITE,
        .task = "chat",
        .fields = count_fields,
        .reply = count,
    },
    {
        .gateway = &gateway_gemini,
        .method = "POST",
        .path = "/v1/models/{model}:generateContent",
        .family = FAMILY_GEMINI,
        .need = NEED_WRITE,
        .task = "chat",
        .fields = generate_fields,
        .reply = generate,
    },
    {
        .gateway = &gateway_gemini,
        .method = "POST",
        .path = "/v1/models/{model}:streamGenerateContent",
        .family = FAMILY_GEMINI,
        .need = NEED_WRITE,
        .task = "chat",
        .fields = generate_fields,
        .reply = generate_stream,
    },
    {
        .gateway = &gateway_gemini,
        .method = "POST",
        .path = "/v1/models/{model}:countTokens",
        .family = FAMILY_GEMINI,
        .need = NEED_WRITE,
        .task = "chat",
        .fields = count_fields,
        .reply = count,
    },
    {0},
};
