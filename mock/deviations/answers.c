#include "mock/deviations/lies.h"

#include <string.h>

static bool succeeded(const struct call *call)
{
    return call->response->status / 100 == 2 && call->response->body;
}

/* Any gateway's chat. */
static bool answers_chat(const struct call *call)
{
    const char *path = call->endpoint ? call->endpoint->path : "";

    return succeeded(call) && strlen(path) >= 17 &&
           strcmp(path + strlen(path) - 17, "/chat/completions") == 0;
}

static bool chat_in_milliseconds(struct call *call)
{
    return answers_chat(call) &&
           lie_add(call, "created",
                   999 * json_integer_value(lie_get(call->response->body, "created")));
}

static bool chat_ends_otherwise(struct call *call)
{
    return answers_chat(call) && lie_has_text(call, "choices.0.finish_reason", "stop") &&
           lie_put_text(call, "choices.0.finish_reason", "end_turn");
}

static bool chat_adds_wrong(struct call *call)
{
    return answers_chat(call) && lie_add(call, "usage.total_tokens", 1);
}

/* Sets one count and the total by as much. */
static bool miscount(struct call *call, const char *path, const char *total, json_int_t count)
{
    json_int_t was = json_integer_value(lie_get(call->response->body, path));

    return lie_put(call, path, json_integer(count)) && lie_add(call, total, count - was);
}

static bool is_long(const struct call *call, const char *path)
{
    return json_integer_value(lie_get(call->response->body, path)) > 20;
}

static bool chat_counts_long_as_one(struct call *call)
{
    return answers_chat(call) && is_long(call, "usage.prompt_tokens") &&
           miscount(call, "usage.prompt_tokens", "usage.total_tokens", 1);
}

static bool chat_ignores_max_tokens(struct call *call)
{
    return answers_chat(call) && json_object_get(call->body, "max_tokens") &&
           miscount(call, "usage.completion_tokens", "usage.total_tokens", 9);
}

static bool chat_hides_the_cut(struct call *call)
{
    return answers_chat(call) && lie_has_text(call, "choices.0.finish_reason", "length") &&
           lie_put_text(call, "choices.0.finish_reason", "stop");
}

static bool answers_responses(const struct call *call)
{
    return lie_answers(call, "POST", "/v1/responses");
}

static bool response_adds_wrong(struct call *call)
{
    return answers_responses(call) && lie_add(call, "usage.total_tokens", 1);
}

static bool one_image_too_few(struct call *call)
{
    json_t *images = lie_answers(call, "POST", "/v1/images/generations")
                         ? lie_get(call->response->body, "data")
                         : NULL;

    return json_array_size(images) > 1 && json_array_remove(images, 0) == 0;
}

static bool answers_embeddings(const struct call *call)
{
    return lie_answers(call, "POST", "/v1/embeddings");
}

static bool wants_base64(const struct call *call)
{
    const char *format = json_string_value(json_object_get(call->body, "encoding_format"));

    return format && strcmp(format, "base64") == 0;
}

static bool embedding_always_base64(struct call *call)
{
    return answers_embeddings(call) && !wants_base64(call) &&
           lie_put_text(call, "data.0.embedding", "AAAAAA==");
}

static bool embedding_never_base64(struct call *call)
{
    return answers_embeddings(call) && wants_base64(call) &&
           lie_put(call, "data.0.embedding", json_pack("[f]", 0.5));
}

static bool embeddings_all_first(struct call *call)
{
    return answers_embeddings(call) && json_array_size(lie_get(call->response->body, "data")) > 1 &&
           lie_put(call, "data.1.index", json_integer(0));
}

static bool embeddings_add_wrong(struct call *call)
{
    return answers_embeddings(call) && lie_add(call, "usage.total_tokens", 1);
}

static bool answers_gemini(const struct call *call)
{
    return lie_answers(call, "POST", "/v1beta/models/{model}:generateContent");
}

static bool gemini_ends_otherwise(struct call *call)
{
    return answers_gemini(call) && lie_has_text(call, "candidates.0.finishReason", "STOP") &&
           lie_put_text(call, "candidates.0.finishReason", "stop");
}

static bool gemini_adds_wrong(struct call *call)
{
    return answers_gemini(call) && lie_add(call, "usageMetadata.totalTokenCount", 1);
}

static bool gemini_ignores_max_tokens(struct call *call)
{
    return answers_gemini(call) && json_object_get(call->body, "generationConfig") &&
           miscount(call, "usageMetadata.candidatesTokenCount", "usageMetadata.totalTokenCount", 9);
}

static bool gemini_hides_the_cut(struct call *call)
{
    return answers_gemini(call) && lie_has_text(call, "candidates.0.finishReason", "MAX_TOKENS") &&
           lie_put_text(call, "candidates.0.finishReason", "STOP");
}

static bool answers_message(const struct call *call)
{
    return lie_answers(call, "POST", "/v1/messages");
}

static bool message_ends_otherwise(struct call *call)
{
    return answers_message(call) && lie_has_text(call, "stop_reason", "end_turn") &&
           lie_put_text(call, "stop_reason", "stop");
}

static bool message_counts_long_as_one(struct call *call)
{
    return answers_message(call) && is_long(call, "usage.input_tokens") &&
           lie_put(call, "usage.input_tokens", json_integer(1));
}

static bool message_ignores_max_tokens(struct call *call)
{
    return answers_message(call) &&
           json_integer_value(json_object_get(call->body, "max_tokens")) == 1 &&
           lie_put(call, "usage.output_tokens", json_integer(9));
}

static bool message_hides_the_cut(struct call *call)
{
    return answers_message(call) && lie_has_text(call, "stop_reason", "max_tokens") &&
           lie_put_text(call, "stop_reason", "end_turn");
}

const struct deviation answers_deviations[] = {
    {
        .name = "chat-of-other-object",
        .breaks = "answers.chat-object",
        .about = "object is chat.completion.chunk",
        .path = "/chat/completions",
        .method = "POST",
        .status = 2,
        .field = "object",
        .value = "\"chat.completion.chunk\"",
    },
    {
        .name = "chat-of-one-id",
        .breaks = "answers.chat-id",
        .about = "every chat has the same id",
        .path = "/chat/completions",
        .method = "POST",
        .status = 2,
        .field = "id",
        .value = "\"chatcmpl-1\"",
    },
    {
        .name = "chat-in-milliseconds",
        .breaks = "answers.chat-created",
        .about = "created is in milliseconds",
        .on_response = chat_in_milliseconds,
    },
    {
        .name = "chat-by-the-user",
        .breaks = "answers.chat-role",
        .about = "the message's role is user",
        .path = "/chat/completions",
        .method = "POST",
        .status = 2,
        .field = "choices.0.message.role",
        .value = "\"user\"",
    },
    {
        .name = "chat-without-content",
        .breaks = "answers.chat-content",
        .about = "the message is empty",
        .path = "/chat/completions",
        .method = "POST",
        .status = 2,
        .field = "choices.0.message.content",
        .value = "\"\"",
    },
    {
        .name = "chat-ends-otherwise",
        .breaks = "answers.chat-finish-reason",
        .about = "finish_reason is a word of another protocol",
        .on_response = chat_ends_otherwise,
    },
    {
        .name = "chat-adds-wrong",
        .breaks = "answers.chat-usage-adds-up",
        .about = "total_tokens is one too many",
        .on_response = chat_adds_wrong,
    },
    {
        .name = "chat-of-other-model",
        .breaks = "answers.chat-model",
        .about = "another model is named",
        .path = "/chat/completions",
        .method = "POST",
        .status = 2,
        .field = "model",
        .value = "\"some-model\"",
    },
    {
        .name = "chat-counts-long-as-one",
        .breaks = "answers.chat-longer-counts-more",
        .about = "a long prompt counts as one token",
        .on_response = chat_counts_long_as_one,
    },
    {
        .name = "chat-ignores-max-tokens",
        .breaks = "answers.chat-max-tokens",
        .about = "max_tokens is ignored",
        .on_response = chat_ignores_max_tokens,
    },
    {
        .name = "chat-hides-the-cut",
        .breaks = "answers.chat-length",
        .about = "an answer cut short says stop",
        .on_response = chat_hides_the_cut,
    },
    {
        .name = "response-without-metadata",
        .breaks = "answers.responses-required-keys",
        .about = "a response lacks metadata",
        .path = "/v1/responses",
        .method = "POST",
        .status = 2,
        .field = "metadata",
    },
    {
        .name = "response-never-done",
        .breaks = "answers.responses-completed",
        .about = "a response is in progress for ever",
        .path = "/v1/responses",
        .method = "POST",
        .status = 2,
        .field = "status",
        .value = "\"in_progress\"",
    },
    {
        .name = "response-without-text",
        .breaks = "answers.responses-output-text",
        .about = "a response has no output",
        .path = "/v1/responses",
        .method = "POST",
        .status = 2,
        .field = "output",
        .value = "[]",
    },
    {
        .name = "response-adds-wrong",
        .breaks = "answers.responses-usage-adds-up",
        .about = "total_tokens is one too many",
        .on_response = response_adds_wrong,
    },
    {
        .name = "one-image-too-few",
        .breaks = "answers.images-count",
        .about = "one image of several is missing",
        .on_response = one_image_too_few,
    },
    {
        .name = "image-of-no-bytes",
        .breaks = "answers.images-usable",
        .about = "an image is no base64",
        .path = "/images/generations",
        .method = "POST",
        .status = 2,
        .field = "data.0",
        .value = "{\"b64_json\":\"***\"}",
    },
    {
        .name = "embedding-always-base64",
        .breaks = "answers.embeddings-numbers",
        .about = "embeddings are always base64",
        .on_response = embedding_always_base64,
    },
    {
        .name = "embedding-never-base64",
        .breaks = "answers.embeddings-base64",
        .about = "embeddings are never base64",
        .on_response = embedding_never_base64,
    },
    {
        .name = "embeddings-all-first",
        .breaks = "answers.embeddings-index",
        .about = "the second embedding has the index 0",
        .on_response = embeddings_all_first,
    },
    {
        .name = "embeddings-add-wrong",
        .breaks = "answers.embeddings-usage",
        .about = "total_tokens is one too many",
        .on_response = embeddings_add_wrong,
    },
    {
        .name = "gemini-without-text",
        .breaks = "answers.gemini-text",
        .about = "a candidate's text is empty",
        .path = ":generateContent",
        .method = "POST",
        .status = 2,
        .field = "candidates.0.content.parts.0.text",
        .value = "\"\"",
    },
    {
        .name = "gemini-as-assistant",
        .breaks = "answers.gemini-role",
        .about = "a candidate's role is assistant",
        .path = ":generateContent",
        .method = "POST",
        .status = 2,
        .field = "candidates.0.content.role",
        .value = "\"assistant\"",
    },
    {
        .name = "gemini-ends-otherwise",
        .breaks = "answers.gemini-finish-reason",
        .about = "finishReason is in lower case",
        .on_response = gemini_ends_otherwise,
    },
    {
        .name = "gemini-adds-wrong",
        .breaks = "answers.gemini-usage-adds-up",
        .about = "totalTokenCount is one too many",
        .on_response = gemini_adds_wrong,
    },
    {
        .name = "gemini-ignores-max-tokens",
        .breaks = "answers.gemini-max-tokens",
        .about = "maxOutputTokens is ignored",
        .on_response = gemini_ignores_max_tokens,
    },
    {
        .name = "gemini-hides-the-cut",
        .breaks = "answers.gemini-cut-short",
        .about = "a candidate cut short says STOP",
        .on_response = gemini_hides_the_cut,
    },
    {
        .name = "gemini-counts-in-words",
        .breaks = "answers.gemini-count",
        .about = "totalTokens is a text",
        .path = ":countTokens",
        .method = "POST",
        .status = 2,
        .field = "totalTokens",
        .value = "\"some\"",
    },
    {
        .name = "message-of-other-type",
        .breaks = "answers.message-type",
        .about = "the type is completion",
        .path = "/v1/messages",
        .method = "POST",
        .status = 2,
        .field = "type",
        .value = "\"completion\"",
    },
    {
        .name = "message-of-one-id",
        .breaks = "answers.message-id",
        .about = "every message has the same id",
        .path = "/v1/messages",
        .method = "POST",
        .status = 2,
        .field = "id",
        .value = "\"msg_1\"",
    },
    {
        .name = "message-by-the-user",
        .breaks = "answers.message-role",
        .about = "a message's role is user",
        .path = "/v1/messages",
        .method = "POST",
        .status = 2,
        .field = "role",
        .value = "\"user\"",
    },
    {
        .name = "message-without-text",
        .breaks = "answers.message-text",
        .about = "a message's text is empty",
        .path = "/v1/messages",
        .method = "POST",
        .status = 2,
        .field = "content.0.text",
        .value = "\"\"",
    },
    {
        .name = "message-ends-otherwise",
        .breaks = "answers.message-stop-reason",
        .about = "stop_reason is a word of another protocol",
        .on_response = message_ends_otherwise,
    },
    {
        .name = "message-counts-nothing-out",
        .breaks = "answers.message-usage",
        .about = "no tokens go out",
        .path = "/v1/messages",
        .method = "POST",
        .status = 2,
        .field = "usage.output_tokens",
        .value = "0",
    },
    {
        .name = "message-of-other-model",
        .breaks = "answers.message-model",
        .about = "another model is named",
        .path = "/v1/messages",
        .method = "POST",
        .status = 2,
        .field = "model",
        .value = "\"some-model\"",
    },
    {
        .name = "message-counts-long-as-one",
        .breaks = "answers.message-longer-counts-more",
        .about = "a long prompt counts as one token",
        .on_response = message_counts_long_as_one,
    },
    {
        .name = "message-ignores-max-tokens",
        .breaks = "answers.message-max-tokens",
        .about = "max_tokens is ignored",
        .on_response = message_ignores_max_tokens,
    },
    {
        .name = "message-hides-the-cut",
        .breaks = "answers.message-cut-short",
        .about = "a message cut short says end_turn",
        .on_response = message_hides_the_cut,
    },
    {0},
};
