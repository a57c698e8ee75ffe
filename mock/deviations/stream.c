#include "mock/deviations/lies.h"

#include <stdlib.h>
#include <string.h>

static struct events *events_of(const struct call *call)
{
    return &call->response->events;
}

/* The first event with something at `path`, told by seam 2 only where there is one. */
static bool find(const struct call *call, const char *path, size_t *at)
{
    *at = lie_event(call, path);
    return *at < events_of(call)->count;
}

static bool is_array(const struct call *call)
{
    return events_of(call)->framing == FRAMING_ARRAY;
}

/* A stream of server-sent events. */
static bool is_sse(const struct call *call)
{
    return events_of(call)->count > 0 && !is_array(call);
}

static bool speaks_without_colon(struct call *call)
{
    if (!is_sse(call))
        return false;
    events_add_text(events_of(call), "OPENROUTER PROCESSING\n\n");
    events_move(events_of(call), events_of(call)->count - 1, 0);
    return true;
}

static bool ends_without_empty_line(struct call *call)
{
    struct events *events = events_of(call);

    if (!is_sse(call))
        return false;
    char *text = events_text(events, events->count - 1);
    text[strlen(text) - (events->framing == FRAMING_SSE ? 1 : 2)] = '\0';
    events_remove(events, events->count - 1);
    events_add_text(events, text);
    free(text);
    return true;
}

static bool calls_stream_json(struct call *call)
{
    if (!is_sse(call))
        return false;
    call->response->content_type = "application/json";
    return true;
}

static bool names_an_event(struct call *call)
{
    struct events *events = events_of(call);

    for (size_t i = 0; is_sse(call) && i < events->count; i++)
        if (events->items[i].data) {
            events->items[i].name = "message";
            return true;
        }
    return false;
}

static bool says_done(struct call *call)
{
    if (!is_sse(call))
        return false;
    events_add_text(events_of(call), "data: [DONE]\n\n");
    return true;
}

/* A refusal of what the body, as far as it was read, asked to have streamed. */
static bool calls_error_a_stream(struct call *call)
{
    if (!call->decision.fault || !json_is_true(json_object_get(call->body, "stream")))
        return false;
    call->response->content_type = "text/event-stream";
    return true;
}

static bool calls_refusal_a_stream(struct call *call)
{
    static const char flag[] = "\"stream\"";
    const struct request *request = call->request;

    if (!request->body_length ||
        !memmem(request->body, request->body_length, flag, sizeof flag - 1))
        return false;
    call->response->content_type = "text/event-stream";
    return true;
}

static bool goes_by_accept(struct call *call)
{
    if (!is_sse(call) || strcmp(lie_header(call, "Accept"), "application/json") != 0)
        return false;
    response_json(call->response, 200, json_object());
    return true;
}

static bool streams_for_accept(struct call *call)
{
    struct response *response = call->response;

    if (!response->body || strcmp(lie_header(call, "Accept"), "text/event-stream") != 0)
        return false;
    json_t *body = response_stream(response, FRAMING_SSE, "text/event-stream");
    events_add(&response->events, NULL, body);
    return true;
}

static bool ends_twice(struct call *call)
{
    size_t at;

    if (!find(call, "choices.0.finish_reason", &at))
        return false;
    events_repeat(events_of(call), at);
    return true;
}

static bool ends_early(struct call *call)
{
    size_t at;

    if (!find(call, "choices.0.finish_reason", &at) || at == 0)
        return false;
    events_move(events_of(call), at, at - 1);
    return true;
}

static bool never_done(struct call *call)
{
    if (!is_sse(call))
        return false;
    events_remove(events_of(call), events_of(call)->count - 1);
    return true;
}

static bool asks_for_usage(const struct call *call)
{
    const json_t *options = json_object_get(call->body, "stream_options");

    return json_is_true(json_object_get(options, "include_usage"));
}

static bool counts_unasked(struct call *call)
{
    struct events *events = events_of(call);
    size_t at;

    if (asks_for_usage(call) || lie_from(call, "openrouter") ||
        !find(call, "choices.0.finish_reason", &at))
        return false;
    events_repeat(events, at);
    lie_set(events->items[at + 1].data, "choices", "[]");
    lie_set(events->items[at + 1].data, "usage",
            "{\"prompt_tokens\": 1, \"completion_tokens\": 1, \"total_tokens\": 2}");
    return true;
}

static bool drop_usage(struct call *call, bool asked)
{
    size_t at;

    if (asks_for_usage(call) != asked || !find(call, "usage", &at))
        return false;
    events_remove(events_of(call), at);
    return true;
}

static bool counts_not_even_asked(struct call *call)
{
    return drop_usage(call, true);
}

static bool counts_only_asked(struct call *call)
{
    return drop_usage(call, false);
}

static bool counts_another_prompt(struct call *call)
{
    size_t at;

    if (!find(call, "usage", &at))
        return false;
    json_t *usage = json_object_get(events_of(call)->items[at].data, "usage");
    json_int_t answer = json_integer_value(json_object_get(usage, "completion_tokens"));
    json_object_set_new(usage, "prompt_tokens", json_integer(999));
    json_object_set_new(usage, "total_tokens", json_integer(999 + answer));
    return true;
}

/* Takes away the event before the first with something at `path`. */
static bool drop_before(struct call *call, const char *path)
{
    size_t at;

    if (!find(call, path, &at) || at == 0)
        return false;
    events_remove(events_of(call), at - 1);
    return true;
}

static bool chat_loses_a_piece(struct call *call)
{
    return drop_before(call, "choices.0.finish_reason");
}

static bool message_loses_a_piece(struct call *call)
{
    return drop_before(call, "type=content_block_stop");
}

static bool hides_the_generation(struct call *call)
{
    if (!is_sse(call))
        return false;
    response_header_remove(call->response, "X-Generation-Id");
    return true;
}

static bool calls_generation_a_chat(struct call *call)
{
    bool any = false;

    for (size_t i = 0; i < events_of(call)->count; i++)
        any |= lie_set(events_of(call)->items[i].data, "id", "\"chatcmpl-1\"");
    return any;
}

/* Numbers stay as they should be: the order alone is wrong. */
static bool response_closes_first(struct call *call)
{
    struct events *events = events_of(call);
    size_t at;

    if (!find(call, "type=response.content_part.done", &at) || at == 0)
        return false;
    events_move(events, at, at - 1);
    for (size_t i = 0; i < events->count; i++)
        json_object_set_new(events->items[i].data, "sequence_number", json_integer((json_int_t)i));
    return true;
}

static bool response_hides_the_cut(struct call *call)
{
    size_t at;

    if (!find(call, "type=response.incomplete", &at))
        return false;
    events_of(call)->items[at].name = "response.completed";
    return lie_set(events_of(call)->items[at].data, "type", "\"response.completed\"");
}

static bool message_ends_in_its_block(struct call *call)
{
    size_t at;

    if (!find(call, "type=message_delta", &at) || at == 0)
        return false;
    events_move(events_of(call), at, at - 1);
    return true;
}

static bool message_stops_twice(struct call *call)
{
    size_t at;

    if (!find(call, "type=content_block_stop", &at))
        return false;
    events_repeat(events_of(call), at);
    return true;
}

static bool gemini_says_something_else(struct call *call)
{
    struct events *events = events_of(call);

    if (!events->count)
        return false;
    events_add(events, NULL, json_pack("{s:b}", "waiting", 1));
    events_move(events, events->count - 1, 0);
    return true;
}

static bool gemini_leaves_the_array_open(struct call *call)
{
    if (!is_array(call))
        return false;
    events_remove(events_of(call), events_of(call)->count - 1);
    return true;
}

static bool gemini_calls_the_array_a_stream(struct call *call)
{
    if (!is_array(call))
        return false;
    call->response->content_type = "text/event-stream";
    return true;
}

static bool gemini_says_other_things(struct call *call)
{
    return is_array(call) &&
           lie_set(events_of(call)->items[0].data, "candidates.0.content.parts.0.text", "\"X\"");
}

const struct deviation stream_deviations[] = {
    {
        .name = "stream-without-colon",
        .breaks = "stream.lines",
        .about = "leaves the colon of a comment out",
        .on_response = speaks_without_colon,
    },
    {
        .name = "stream-ends-short",
        .breaks = "stream.whole-events",
        .about = "leaves out the empty line behind the last event",
        .on_response = ends_without_empty_line,
    },
    {
        .name = "chat-stream-is-json",
        .breaks = "stream.chat-type",
        .about = "calls a streamed chat application/json",
        .path = "/chat/completions",
        .on_response = calls_stream_json,
    },
    {
        .name = "chat-stream-of-completions",
        .breaks = "stream.chat-chunks",
        .about = "calls the first chunk a chat.completion",
        .path = "/chat/completions",
        .event = "choices.0",
        .field = "object",
        .value = "\"chat.completion\"",
    },
    {
        .name = "chat-stream-named",
        .breaks = "stream.chat-unnamed",
        .about = "gives a chunk an event: line",
        .path = "/chat/completions",
        .on_response = names_an_event,
    },
    {
        .name = "chat-stream-ids",
        .breaks = "stream.chat-id",
        .about = "gives the last choice's chunk another id",
        .path = "/chat/completions",
        .event = "choices.0.finish_reason",
        .field = "id",
        .value = "\"chatcmpl-another\"",
    },
    {
        .name = "chat-stream-moments",
        .breaks = "stream.chat-created",
        .about = "tells another time in the last choice's chunk",
        .path = "/chat/completions",
        .event = "choices.0.finish_reason",
        .field = "created",
        .value = "1",
    },
    {
        .name = "chat-stream-models",
        .breaks = "stream.chat-model",
        .about = "names another model in the last choice's chunk",
        .path = "/chat/completions",
        .event = "choices.0.finish_reason",
        .field = "model",
        .value = "\"another\"",
    },
    {
        .name = "chat-stream-without-role",
        .breaks = "stream.chat-role",
        .about = "leaves the role out",
        .path = "/chat/completions",
        .event = "choices.0.delta.role",
        .field = "choices.0.delta.role",
    },
    {
        .name = "chat-stream-ends-twice",
        .breaks = "stream.chat-one-finish",
        .about = "says twice why it ended",
        .path = "/chat/completions",
        .on_response = ends_twice,
    },
    {
        .name = "chat-stream-ends-early",
        .breaks = "stream.chat-finish-last",
        .about = "says why it ended before it has",
        .path = "/chat/completions",
        .on_response = ends_early,
    },
    {
        .name = "chat-stream-odd-reason",
        .breaks = "stream.chat-finish-reason",
        .about = "ends a streamed chat for Anthropic's reason",
        .path = "/chat/completions",
        .event = "choices.0.finish_reason=stop",
        .field = "choices.0.finish_reason",
        .value = "\"end_turn\"",
    },
    {
        .name = "chat-stream-hides-cut",
        .breaks = "stream.chat-cut-short",
        .about = "says stop where a streamed chat was cut short",
        .path = "/chat/completions",
        .event = "choices.0.finish_reason=length",
        .field = "choices.0.finish_reason",
        .value = "\"stop\"",
    },
    {
        .name = "chat-stream-never-done",
        .breaks = "stream.chat-done",
        .about = "leaves [DONE] out",
        .path = "/chat/completions",
        .on_response = never_done,
    },
    {
        .name = "chat-stream-counts-unasked",
        .breaks = "stream.chat-usage-unasked",
        .about = "sends usage that nobody asked for",
        .path = "/chat/completions",
        .on_response = counts_unasked,
    },
    {
        .name = "chat-stream-never-counts",
        .breaks = "stream.chat-usage-last",
        .about = "sends no usage, though it was asked for",
        .path = "/chat/completions",
        .on_response = counts_not_even_asked,
    },
    {
        .name = "chat-stream-without-null",
        .breaks = "stream.chat-usage-null",
        .about = "leaves usage out of the first chunk",
        .path = "/chat/completions",
        .event = "choices.0.delta.role",
        .field = "usage",
    },
    {
        .name = "chat-stream-adds-wrong",
        .breaks = "stream.chat-usage-sum",
        .about = "adds streamed tokens up wrong",
        .path = "/chat/completions",
        .event = "usage.total_tokens",
        .field = "usage.total_tokens",
        .value = "0",
    },
    {
        .name = "chat-stream-counts-more",
        .breaks = "stream.chat-prompt-tokens",
        .about = "counts a streamed prompt as longer",
        .path = "/chat/completions",
        .on_response = counts_another_prompt,
    },
    {
        .name = "chat-stream-loses-text",
        .breaks = "stream.chat-text",
        .about = "loses the last piece of a streamed chat",
        .path = "/chat/completions",
        .on_response = chat_loses_a_piece,
    },
    {
        .name = "chat-stream-error-type",
        .breaks = "stream.chat-error",
        .about = "calls the error of a streamed chat text/event-stream",
        .path = "/chat/completions",
        .on_response = calls_error_a_stream,
    },
    {
        .name = "chat-stream-refusal-type",
        .breaks = "stream.chat-refused-key",
        .about = "calls the refusal of a revoked key text/event-stream",
        .path = "/chat/completions",
        .fault = "key-revoked",
        .on_response = calls_refusal_a_stream,
    },
    {
        .name = "chat-stream-by-accept",
        .breaks = "stream.chat-flag",
        .about = "streams no chat for a client that accepts JSON",
        .path = "/chat/completions",
        .on_response = goes_by_accept,
    },
    {
        .name = "chat-stream-unasked",
        .breaks = "stream.chat-accept",
        .about = "streams a chat because Accept says so",
        .path = "/chat/completions",
        .status = 2,
        .on_response = streams_for_accept,
    },
    {
        .name = "openrouter-stream-uncounted",
        .breaks = "stream.openrouter-usage",
        .about = "sends usage only when asked",
        .gateway = "openrouter",
        .path = "/chat/completions",
        .on_response = counts_only_asked,
    },
    {
        .name = "openrouter-stream-unprovided",
        .breaks = "stream.openrouter-provider",
        .about = "leaves the provider out of the first chunk",
        .gateway = "openrouter",
        .path = "/chat/completions",
        .event = "choices.0.delta.role",
        .field = "provider",
    },
    {
        .name = "openrouter-stream-no-native",
        .breaks = "stream.openrouter-native-reason",
        .about = "leaves the native finish reason out",
        .gateway = "openrouter",
        .path = "/chat/completions",
        .event = "choices.0.finish_reason",
        .field = "choices.0.native_finish_reason",
    },
    {
        .name = "openrouter-stream-fingerprint",
        .breaks = "stream.openrouter-fingerprint",
        .about = "has a system_fingerprint of null in a chunk",
        .gateway = "openrouter",
        .path = "/chat/completions",
        .event = "choices.0.delta.role",
        .field = "system_fingerprint",
        .value = "null",
    },
    {
        .name = "openrouter-stream-generation",
        .breaks = "stream.openrouter-generation",
        .about = "leaves X-Generation-Id out of a stream",
        .gateway = "openrouter",
        .path = "/chat/completions",
        .on_response = hides_the_generation,
    },
    {
        .name = "openrouter-stream-ids",
        .breaks = "stream.openrouter-id",
        .about = "calls a generation's chunks chatcmpl-1",
        .gateway = "openrouter",
        .path = "/chat/completions",
        .on_response = calls_generation_a_chat,
    },
    {
        .name = "responses-stream-is-json",
        .breaks = "stream.responses-type",
        .about = "calls a streamed response application/json",
        .path = "/v1/responses",
        .on_response = calls_stream_json,
    },
    {
        .name = "responses-stream-misnamed",
        .breaks = "stream.responses-names",
        .about = "gives an event of a response another name",
        .path = "/v1/responses",
        .on_response = names_an_event,
    },
    {
        .name = "responses-stream-misnumbered",
        .breaks = "stream.responses-numbers",
        .about = "gives the last event of a response the number 0",
        .path = "/v1/responses",
        .event = "response.usage.total_tokens",
        .field = "sequence_number",
        .value = "0",
    },
    {
        .name = "responses-stream-disordered",
        .breaks = "stream.responses-order",
        .about = "closes a part before its text is done",
        .path = "/v1/responses",
        .on_response = response_closes_first,
    },
    {
        .name = "responses-stream-garbled",
        .breaks = "stream.responses-deltas",
        .about = "says other words in a delta",
        .path = "/v1/responses",
        .event = "type=response.output_text.delta",
        .field = "delta",
        .value = "\"X\"",
    },
    {
        .name = "responses-stream-other-text",
        .breaks = "stream.responses-final-text",
        .about = "says other words in the final response",
        .path = "/v1/responses",
        .event = "response.usage.total_tokens",
        .field = "response.output.0.content.0.text",
        .value = "\"X\"",
    },
    {
        .name = "responses-stream-done",
        .breaks = "stream.responses-no-done",
        .about = "ends the stream of a response by [DONE]",
        .path = "/v1/responses",
        .on_response = says_done,
    },
    {
        .name = "responses-stream-ids",
        .breaks = "stream.responses-id",
        .about = "creates a response of another id",
        .path = "/v1/responses",
        .event = "type=response.created",
        .field = "response.id",
        .value = "\"resp_another\"",
    },
    {
        .name = "responses-stream-items",
        .breaks = "stream.responses-item-id",
        .about = "says a delta of another item",
        .path = "/v1/responses",
        .event = "type=response.output_text.delta",
        .field = "item_id",
        .value = "\"msg_another\"",
    },
    {
        .name = "responses-stream-adds-wrong",
        .breaks = "stream.responses-usage",
        .about = "adds the tokens of a streamed response up wrong",
        .path = "/v1/responses",
        .event = "response.usage.total_tokens",
        .field = "response.usage.total_tokens",
        .value = "0",
    },
    {
        .name = "responses-stream-counts-early",
        .breaks = "stream.responses-usage-null",
        .about = "has usage in a response just created",
        .path = "/v1/responses",
        .event = "type=response.created",
        .field = "response.usage",
        .value = "{}",
    },
    {
        .name = "responses-stream-completed",
        .breaks = "stream.responses-status",
        .about = "creates responses that are completed",
        .path = "/v1/responses",
        .event = "type=response.created",
        .field = "response.status",
        .value = "\"completed\"",
    },
    {
        .name = "responses-stream-hides-cut",
        .breaks = "stream.responses-incomplete",
        .about = "ends a response that was cut short by response.completed",
        .path = "/v1/responses",
        .on_response = response_hides_the_cut,
    },
    {
        .name = "responses-stream-error-type",
        .breaks = "stream.responses-error",
        .about = "calls the error of a streamed response text/event-stream",
        .path = "/v1/responses",
        .on_response = calls_error_a_stream,
    },
    {
        .name = "images-stream-misnamed",
        .breaks = "stream.images-names",
        .about = "gives an event of an image another name",
        .path = "/images/generations",
        .on_response = names_an_event,
    },
    {
        .name = "images-stream-misnumbered",
        .breaks = "stream.images-drafts",
        .about = "numbers partial images from 1",
        .path = "/images/generations",
        .event = "type=image_generation.partial_image",
        .field = "partial_image_index",
        .value = "1",
    },
    {
        .name = "images-stream-empty",
        .breaks = "stream.images-completed",
        .about = "leaves the image out of the last event",
        .path = "/images/generations",
        .event = "type=image_generation.completed",
        .field = "b64_json",
    },
    {
        .name = "messages-stream-is-json",
        .breaks = "stream.messages-type",
        .about = "calls a streamed message application/json",
        .path = "/v1/messages",
        .on_response = calls_stream_json,
    },
    {
        .name = "messages-stream-misnamed",
        .breaks = "stream.messages-names",
        .about = "gives an event of a message another name",
        .path = "/v1/messages",
        .on_response = names_an_event,
    },
    {
        .name = "messages-stream-disordered",
        .breaks = "stream.messages-order",
        .about = "ends a message before its block",
        .path = "/v1/messages",
        .on_response = message_ends_in_its_block,
    },
    {
        .name = "messages-stream-begins-full",
        .breaks = "stream.messages-begin-empty",
        .about = "begins a message that has content already",
        .path = "/v1/messages",
        .event = "type=message_start",
        .field = "message.content",
        .value = "[{\"type\": \"text\", \"text\": \"\"}]",
    },
    {
        .name = "messages-stream-begins-ended",
        .breaks = "stream.messages-begin-open",
        .about = "begins a message that has ended already",
        .path = "/v1/messages",
        .event = "type=message_start",
        .field = "message.stop_reason",
        .value = "\"end_turn\"",
    },
    {
        .name = "messages-stream-stops-twice",
        .breaks = "stream.messages-blocks",
        .about = "stops a block twice",
        .path = "/v1/messages",
        .on_response = message_stops_twice,
    },
    {
        .name = "messages-stream-strays",
        .breaks = "stream.messages-deltas",
        .about = "says a delta of another block",
        .path = "/v1/messages",
        .event = "type=content_block_delta",
        .field = "index",
        .value = "1",
    },
    {
        .name = "messages-stream-odd-reason",
        .breaks = "stream.messages-stop-reason",
        .about = "ends a streamed message for OpenAI's reason",
        .path = "/v1/messages",
        .event = "delta.stop_reason=end_turn",
        .field = "delta.stop_reason",
        .value = "\"stop\"",
    },
    {
        .name = "messages-stream-hides-cut",
        .breaks = "stream.messages-cut-short",
        .about = "says end_turn where a streamed message was cut short",
        .path = "/v1/messages",
        .event = "delta.stop_reason=max_tokens",
        .field = "delta.stop_reason",
        .value = "\"end_turn\"",
    },
    {
        .name = "messages-stream-counts-back",
        .breaks = "stream.messages-usage",
        .about = "counts no token at the end of a streamed message",
        .path = "/v1/messages",
        .event = "type=message_delta",
        .field = "usage.output_tokens",
        .value = "0",
    },
    {
        .name = "messages-stream-counts-more",
        .breaks = "stream.messages-prompt-tokens",
        .about = "counts a streamed prompt as longer",
        .path = "/v1/messages",
        .event = "type=message_start",
        .field = "message.usage.input_tokens",
        .value = "999",
    },
    {
        .name = "messages-stream-loses-text",
        .breaks = "stream.messages-text",
        .about = "loses the last piece of a streamed message",
        .path = "/v1/messages",
        .on_response = message_loses_a_piece,
    },
    {
        .name = "messages-stream-done",
        .breaks = "stream.messages-no-done",
        .about = "ends the stream of a message by [DONE]",
        .path = "/v1/messages",
        .on_response = says_done,
    },
    {
        .name = "messages-stream-error-type",
        .breaks = "stream.messages-error",
        .about = "calls the error of a streamed message text/event-stream",
        .path = "/v1/messages",
        .on_response = calls_error_a_stream,
    },
    {
        .name = "messages-stream-by-accept",
        .breaks = "stream.messages-flag",
        .about = "streams no message for a client that accepts JSON",
        .path = "/v1/messages",
        .on_response = goes_by_accept,
    },
    {
        .name = "gemini-stream-is-json",
        .breaks = "stream.gemini-type",
        .about = "calls the events of Gemini application/json",
        .path = ":streamGenerateContent",
        .on_response = calls_stream_json,
    },
    {
        .name = "gemini-stream-waits",
        .breaks = "stream.gemini-answers",
        .about = "begins by an event that is no answer",
        .path = ":streamGenerateContent",
        .on_response = gemini_says_something_else,
    },
    {
        .name = "gemini-stream-named",
        .breaks = "stream.gemini-unnamed",
        .about = "gives an event of Gemini a name",
        .path = ":streamGenerateContent",
        .on_response = names_an_event,
    },
    {
        .name = "gemini-stream-done",
        .breaks = "stream.gemini-no-done",
        .about = "ends a stream of Gemini by [DONE]",
        .path = ":streamGenerateContent",
        .on_response = says_done,
    },
    {
        .name = "gemini-stream-ends-early",
        .breaks = "stream.gemini-finish",
        .about = "has a finishReason in the first event",
        .path = ":streamGenerateContent",
        .event = "candidates.0",
        .field = "candidates.0.finishReason",
        .value = "\"STOP\"",
    },
    {
        .name = "gemini-stream-adds-wrong",
        .breaks = "stream.gemini-usage",
        .about = "adds the tokens of a stream up wrong",
        .path = ":streamGenerateContent",
        .event = "candidates.0.finishReason",
        .field = "usageMetadata.totalTokenCount",
        .value = "0",
    },
    {
        .name = "gemini-array-open",
        .breaks = "stream.gemini-array",
        .about = "leaves the end of the array out",
        .path = ":streamGenerateContent",
        .on_response = gemini_leaves_the_array_open,
    },
    {
        .name = "gemini-array-is-sse",
        .breaks = "stream.gemini-array-type",
        .about = "calls the array text/event-stream",
        .path = ":streamGenerateContent",
        .on_response = gemini_calls_the_array_a_stream,
    },
    {
        .name = "gemini-array-garbled",
        .breaks = "stream.gemini-array-text",
        .about = "says other words in the array",
        .path = ":streamGenerateContent",
        .on_response = gemini_says_other_things,
    },
    {
        .name = "gemini-stream-error-type",
        .breaks = "stream.gemini-error",
        .about = "calls the error of a stream text/event-stream",
        .path = ":streamGenerateContent",
        .on_response = calls_error_a_stream,
    },
    {0},
};
