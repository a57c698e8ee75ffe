#include "suites/calls.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_one_of(const char *text, const char *const *words)
{
    for (; text && *words; words++)
        if (strcmp(text, *words) == 0)
            return true;
    return false;
}

static void expect_one_of(struct check *check, const struct exchange *x, const char *path,
                          const char *const *words)
{
    const char *text = expect_string(check, x, path);

    if (text)
        expect_that(check, is_one_of(text, words), x, "expected a documented word at %s, got %s",
                    path, text);
}

/* Three counts of one answer, of which the last is the sum of the others. */
static void expect_sum(struct check *check, const struct exchange *x, const char *in,
                       const char *out, const char *total)
{
    json_int_t first, second, sum;

    if (expect_integer(check, x, in, &first) && expect_integer(check, x, out, &second) &&
        expect_integer(check, x, total, &sum))
        expect_that(check, first >= 0 && second >= 0 && first + second == sum, x,
                    "expected %s to be %lld + %lld, got %lld", total, (long long)first,
                    (long long)second, (long long)sum);
}

/* Two answers of one route; false, and the check UNTESTABLE, without both. */
static bool need_two(struct check *check, const char *route, const struct exchange **pair)
{
    pair[0] = need_answer(check, route, NULL);
    pair[1] = pair[0] ? need_answer(check, route, NULL) : NULL;
    return pair[1] != NULL;
}

static void expect_ids_differ(struct check *check, const char *route)
{
    const struct exchange *pair[2];

    if (!need_two(check, route, pair))
        return;
    const char *first = expect_string(check, pair[0], "id");
    const char *second = expect_string(check, pair[1], "id");
    if (first && second)
        expect_that(check, *first && strcmp(first, second) != 0, pair[1],
                    "expected each answer to have an id of its own, got %s twice", first);
}

/* The route's own request, with one user message of this text. */
static json_t *need_words(struct check *check, const char *route, const char *text)
{
    json_t *request = need_request(check, route);

    if (request)
        json_object_set_new(request, "messages",
                            json_pack("[{s:s, s:s}]", "role", "user", "content", text));
    return request;
}

static const char short_text[] = "Hello";
static const char long_text[] =
    "Please count aloud from one to twenty in words, one number after the other, and then tell "
    "me in a few sentences why somebody might want to count that far before going to sleep.";

/* Whatever the tokens are: more words never count as fewer. */
static void expect_longer_counts_more(struct check *check, const char *route, const char *path)
{
    const struct exchange *brief = NULL, *lengthy = NULL;
    double few, many;
    json_t *request = need_words(check, route, short_text);

    brief = request ? need_answer(check, route, request) : NULL;
    request = brief ? need_words(check, route, long_text) : NULL;
    lengthy = request ? need_answer(check, route, request) : NULL;
    if (lengthy && need_number(check, brief, path, &few) &&
        need_number(check, lengthy, path, &many))
        expect_that(check, many > few, lengthy,
                    "expected a longer prompt to count more tokens, got %.0f after %.0f", many,
                    few);
}

/* The answer to the long text when one token is allowed, where it would have taken more. */
static const struct exchange *need_cut_short(struct check *check, const char *route,
                                             const char *path)
{
    json_t *request = need_words(check, route, long_text);
    const struct exchange *whole = request ? need_answer(check, route, request) : NULL;
    double tokens;

    if (!whole || !need_number(check, whole, path, &tokens) ||
        !need_that(check, tokens > 1, whole, "needed an answer of more than one token"))
        return NULL;
    request = need_words(check, route, long_text);
    if (request)
        json_object_set_new(request, "max_tokens", json_integer(1));
    return request ? need_answer(check, route, request) : NULL;
}

static void expect_one_token(struct check *check, const struct exchange *x, const char *path)
{
    double tokens;

    if (x && need_number(check, x, path, &tokens))
        expect_that(check, tokens <= 1, x, "expected at most the one token allowed, got %.0f",
                    tokens);
}

static void expect_told_short(struct check *check, const struct exchange *x, const char *tokens,
                              const char *path, const char *word)
{
    double count;

    if (x && need_number(check, x, tokens, &count) &&
        need_that(check, count <= 1, x, "needed max_tokens to be kept"))
        expect_string_is(check, x, path, word);
}

/* OpenAI's chat */

static void chat_is_a_completion(struct check *check)
{
    const struct exchange *x = need_answer(check, "chat", NULL);

    if (x)
        expect_string_is(check, x, "object", "chat.completion");
}

static void chat_ids_differ(struct check *check)
{
    expect_ids_differ(check, "chat");
}

/* True for seconds between the years 2001 and 2286: milliseconds are not. */
static void expect_seconds(struct check *check, const struct exchange *x, const char *path)
{
    json_int_t at;

    if (expect_integer(check, x, path, &at))
        expect_that(check, at > 1000000000 && at < 10000000000, x,
                    "expected seconds since 1970 at %s, got %lld", path, (long long)at);
}

static void chat_tells_when(struct check *check)
{
    const struct exchange *x = need_answer(check, "chat", NULL);

    if (x)
        expect_seconds(check, x, "created");
}

static void chat_speaks_as_assistant(struct check *check)
{
    const struct exchange *x = need_answer(check, "chat", NULL);

    if (x)
        expect_string_is(check, x, "choices.0.message.role", "assistant");
}

static void chat_has_content(struct check *check)
{
    const struct exchange *x = need_answer(check, "chat", NULL);

    if (x)
        expect_words(check, x, "choices.0.message.content");
}

static void chat_says_why_it_ended(struct check *check)
{
    static const char *const reasons[] = {"stop",           "length",        "tool_calls",
                                          "content_filter", "function_call", NULL};
    const struct exchange *x = need_answer(check, "chat", NULL);

    if (x)
        expect_one_of(check, x, "choices.0.finish_reason", reasons);
}

static void chat_usage_adds_up(struct check *check)
{
    const struct exchange *x = need_answer(check, "chat", NULL);

    if (x)
        expect_sum(check, x, "usage.prompt_tokens", "usage.completion_tokens",
                   "usage.total_tokens");
}

/* A dated or prefixed form of the name is the same model. */
static void expect_model(struct check *check, const char *route)
{
    const struct exchange *x = need_answer(check, route, NULL);
    json_t *request = x ? need_request(check, route) : NULL;
    const char *asked = json_string_value(json_object_get(request, "model"));
    const char *told = x ? expect_string(check, x, "model") : NULL;

    if (asked && told)
        expect_that(check, strstr(told, asked) != NULL, x, "expected the model %s, got %s", asked,
                    told);
    json_decref(request);
}

static void chat_names_the_model(struct check *check)
{
    expect_model(check, "chat");
}

static void longer_chat_counts_more(struct check *check)
{
    expect_longer_counts_more(check, "chat", "usage.prompt_tokens");
}

static void chat_keeps_to_max_tokens(struct check *check)
{
    expect_one_token(check, need_cut_short(check, "chat", "usage.completion_tokens"),
                     "usage.completion_tokens");
}

static void chat_cut_short_says_length(struct check *check)
{
    expect_told_short(check, need_cut_short(check, "chat", "usage.completion_tokens"),
                      "usage.completion_tokens", "choices.0.finish_reason", "length");
}

/* OpenAI's responses, images and embeddings */

static void response_has_every_required_key(struct check *check)
{
    static const char *const keys[] = {
        "id",    "object",   "created_at",   "error",       "incomplete_details",
        "model", "output",   "instructions", "tools",       "parallel_tool_calls",
        "top_p", "metadata", "tool_choice",  "temperature",
    };
    const struct exchange *x = need_answer(check, "responses", NULL);

    for (size_t i = 0; x && i < COUNT(keys); i++)
        expect_that(check, json_object_get(x->json, keys[i]) != NULL, x,
                    "expected the required key %s", keys[i]);
}

static void response_is_completed(struct check *check)
{
    const struct exchange *x = need_answer(check, "responses", NULL);

    if (x)
        expect_string_is(check, x, "status", "completed");
}

static void response_has_output_text(struct check *check)
{
    const struct exchange *x = need_answer(check, "responses", NULL);
    const json_t *item, *part;
    size_t i, j;

    json_array_foreach(x ? json_at(x->json, "output") : NULL, i, item) {
        json_array_foreach(json_object_get(item, "content"), j, part) {
            const char *type = json_string_value(json_object_get(part, "type"));
            const char *text = json_string_value(json_object_get(part, "text"));
            if (type && strcmp(type, "output_text") == 0 && text && *text)
                return;
        }
    }
    if (x && need_that(check, json_is_array(json_at(x->json, "output")), x, "needed an output"))
        expect_that(check, false, x, "expected an output_text with words in the output");
}

static void response_usage_adds_up(struct check *check)
{
    const struct exchange *x = need_answer(check, "responses", NULL);

    if (x)
        expect_sum(check, x, "usage.input_tokens", "usage.output_tokens", "usage.total_tokens");
}

static const struct exchange *need_images(struct check *check, int count)
{
    json_t *request = need_request(check, "images");

    if (request)
        json_object_set_new(request, "n", json_integer(count));
    return request ? need_answer(check, "images", request) : NULL;
}

static void as_many_images_as_asked(struct check *check)
{
    const struct exchange *x = need_images(check, 2);
    const json_t *images = x ? expect_array(check, x, "data") : NULL;

    if (images)
        expect_that(check, json_array_size(images) == 2, x, "expected two images, got %zu",
                    json_array_size(images));
}

/* Base64 of at least one byte: the alphabet, then padding, in fours. */
static bool is_base64(const char *text)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t n = strspn(text, alphabet), padding = strspn(text + n, "=");

    return n > 0 && padding <= 2 && text[n + padding] == '\0' && (n + padding) % 4 == 0;
}

static void images_can_be_had(struct check *check)
{
    const struct exchange *x = need_images(check, 1);
    const json_t *images = x ? json_at(x->json, "data") : NULL;
    const json_t *image;
    size_t i;

    if (x)
        need_that(check, json_array_size(images) > 0, x, "needed an image");
    json_array_foreach(images, i, image) {
        const char *bytes = json_string_value(json_object_get(image, "b64_json"));
        const char *url = json_string_value(json_object_get(image, "url"));
        expect_that(check,
                    (bytes && is_base64(bytes)) ||
                        (url && (begins(url, "http://") || begins(url, "https://"))),
                    x, "expected image %zu to have base64 bytes or a URL", i);
    }
}

static const struct exchange *need_embeddings(struct check *check, const char *format)
{
    json_t *request = need_request(check, "embeddings");

    if (request)
        json_object_set_new(request, "encoding_format", json_string(format));
    return request ? need_answer(check, "embeddings", request) : NULL;
}

static bool are_numbers(const json_t *values)
{
    const json_t *value;
    size_t i;

    json_array_foreach(values, i, value) {
        if (!json_is_number(value))
            return false;
    }
    return json_array_size(values) > 0;
}

static void embedding_is_numbers(struct check *check)
{
    const struct exchange *x = need_embeddings(check, "float");

    if (x)
        expect_that(check, are_numbers(json_at(x->json, "data.0.embedding")), x,
                    "expected data.0.embedding to be an array of numbers");
}

static int digit_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : 63;
}

/* Decodes what is_base64() found good, to be freed. */
static unsigned char *decode(const char *text, size_t *size)
{
    size_t digits = strcspn(text, "=");
    unsigned char *bytes = must(calloc(digits + 1, 1));
    unsigned bits = 0;

    *size = 0;
    for (size_t i = 0; i < digits; i++) {
        bits = bits << 6 | (unsigned)digit_of(text[i]);
        if (i % 4)
            bytes[(*size)++] = (unsigned char)(bits >> (6 - 2 * (i % 4)));
    }
    return bytes;
}

/* The `i`th little-endian float32. */
static double float_at(const unsigned char *bytes, size_t i)
{
    uint32_t bits = 0;
    float number;

    for (int k = 3; k >= 0; k--)
        bits = bits << 8 | bytes[4 * i + (size_t)k];
    memcpy(&number, &bits, sizeof number);
    return (double)number;
}

/* Vendors' own answers to the same text differ by a little. */
static bool same_numbers(const unsigned char *bytes, size_t size, const json_t *numbers)
{
    if (size != 4 * json_array_size(numbers))
        return false;
    for (size_t i = 0; i < json_array_size(numbers); i++)
        if (fabs(float_at(bytes, i) - json_number_value(json_array_get(numbers, i))) > 1e-3)
            return false;
    return true;
}

static void base64_embedding_is_the_same(struct check *check)
{
    const struct exchange *plain = need_embeddings(check, "float");
    const struct exchange *x = plain ? need_embeddings(check, "base64") : NULL;

    if (!x || !need_that(check, are_numbers(json_at(plain->json, "data.0.embedding")), plain,
                         "needed the embedding as numbers"))
        return;
    const char *text = json_string_value(json_at(x->json, "data.0.embedding"));
    if (!expect_that(check, text && is_base64(text), x,
                     "expected data.0.embedding in base64 when that is asked for"))
        return;
    size_t size;
    unsigned char *bytes = decode(text, &size);
    expect_that(check, same_numbers(bytes, size, json_at(plain->json, "data.0.embedding")), x,
                "expected the same float32 values as without base64");
    free(bytes);
}

static void embeddings_are_in_order(struct check *check)
{
    json_t *request = need_request(check, "embeddings");
    const json_t *item;
    size_t i;

    if (!request)
        return;
    json_object_set_new(request, "input", json_pack("[s, s, s]", "one", "two", "three"));
    const struct exchange *x = need_answer(check, "embeddings", request);
    const json_t *items = x ? json_at(x->json, "data") : NULL;
    if (x)
        expect_that(check, json_array_size(items) == 3, x, "expected three embeddings, got %zu",
                    json_array_size(items));
    json_array_foreach(items, i, item) {
        const json_t *index = json_object_get(item, "index");
        expect_that(check, json_is_integer(index) && json_integer_value(index) == (json_int_t)i, x,
                    "expected embedding %zu to have the index %zu", i, i);
    }
}

static void embeddings_count_tokens(struct check *check)
{
    const struct exchange *x = need_answer(check, "embeddings", NULL);
    json_int_t prompt, total;

    if (x && expect_integer(check, x, "usage.prompt_tokens", &prompt) &&
        expect_integer(check, x, "usage.total_tokens", &total))
        expect_that(check, prompt > 0 && total == prompt, x,
                    "expected total_tokens to be the prompt's %lld, got %lld", (long long)prompt,
                    (long long)total);
}

/* Gemini */

static void gemini_has_text(struct check *check)
{
    const struct exchange *x = need_answer(check, "generate-content", NULL);

    if (x)
        expect_words(check, x, "candidates.0.content.parts.0.text");
}

static void gemini_speaks_as_model(struct check *check)
{
    const struct exchange *x = need_answer(check, "generate-content", NULL);

    if (x)
        expect_string_is(check, x, "candidates.0.content.role", "model");
}

static void gemini_says_why_it_ended(struct check *check)
{
    static const char *const reasons[] = {
        "STOP",  "MAX_TOKENS", "SAFETY", "RECITATION",         "LANGUAGE",
        "OTHER", "BLOCKLIST",  "SPII",   "PROHIBITED_CONTENT", NULL};
    const struct exchange *x = need_answer(check, "generate-content", NULL);

    if (x)
        expect_one_of(check, x, "candidates.0.finishReason", reasons);
}

/* A count that is 0 may be left out. */
static json_int_t count_at(const struct exchange *x, const char *path)
{
    return json_integer_value(json_at(x->json, path));
}

static void gemini_usage_adds_up(struct check *check)
{
    const struct exchange *x = need_answer(check, "generate-content", NULL);
    json_int_t total;

    if (!x || !expect_integer(check, x, "usageMetadata.totalTokenCount", &total))
        return;
    json_int_t sum = count_at(x, "usageMetadata.promptTokenCount") +
                     count_at(x, "usageMetadata.candidatesTokenCount") +
                     count_at(x, "usageMetadata.thoughtsTokenCount") +
                     count_at(x, "usageMetadata.toolUsePromptTokenCount");
    expect_that(check, sum == total && total > 0, x,
                "expected totalTokenCount to be the sum %lld of its parts, got %lld",
                (long long)sum, (long long)total);
}

static json_t *need_contents(struct check *check, const char *text)
{
    json_t *request = need_request(check, "generate-content");

    if (request)
        json_object_set_new(request, "contents",
                            json_pack("[{s:s, s:[{s:s}]}]", "role", "user", "parts", "text", text));
    return request;
}

static const struct exchange *need_gemini_cut_short(struct check *check)
{
    static const char path[] = "usageMetadata.candidatesTokenCount";
    json_t *request = need_contents(check, long_text);
    const struct exchange *whole = request ? need_answer(check, "generate-content", request) : NULL;
    double tokens;

    if (!whole || !need_number(check, whole, path, &tokens) ||
        !need_that(check, tokens > 1, whole, "needed an answer of more than one token"))
        return NULL;
    request = need_contents(check, long_text);
    if (request)
        json_object_set_new(request, "generationConfig", json_pack("{s:i}", "maxOutputTokens", 1));
    return request ? need_answer(check, "generate-content", request) : NULL;
}

static void gemini_keeps_to_max_tokens(struct check *check)
{
    const struct exchange *x = need_gemini_cut_short(check);

    if (x)
        expect_that(check, count_at(x, "usageMetadata.candidatesTokenCount") <= 1, x,
                    "expected at most the one token allowed, got %lld",
                    (long long)count_at(x, "usageMetadata.candidatesTokenCount"));
}

static void gemini_cut_short_says_max_tokens(struct check *check)
{
    const struct exchange *x = need_gemini_cut_short(check);

    if (x && need_that(check, count_at(x, "usageMetadata.candidatesTokenCount") <= 1, x,
                       "needed maxOutputTokens to be kept"))
        expect_string_is(check, x, "candidates.0.finishReason", "MAX_TOKENS");
}

static void gemini_counts_tokens(struct check *check)
{
    const struct exchange *x = need_answer(check, "count-content", NULL);
    json_int_t total;

    if (x && expect_integer(check, x, "totalTokens", &total))
        expect_that(check, total > 0, x, "expected some tokens, got %lld", (long long)total);
}

/* Anthropic */

static void message_is_a_message(struct check *check)
{
    const struct exchange *x = need_answer(check, "messages", NULL);

    if (x)
        expect_string_is(check, x, "type", "message");
}

static void message_ids_differ(struct check *check)
{
    expect_ids_differ(check, "messages");
}

static void message_speaks_as_assistant(struct check *check)
{
    const struct exchange *x = need_answer(check, "messages", NULL);

    if (x)
        expect_string_is(check, x, "role", "assistant");
}

static void message_has_text(struct check *check)
{
    const struct exchange *x = need_answer(check, "messages", NULL);

    if (x && expect_string_is(check, x, "content.0.type", "text"))
        expect_words(check, x, "content.0.text");
}

static void message_says_why_it_ended(struct check *check)
{
    static const char *const reasons[] = {"end_turn",
                                          "max_tokens",
                                          "stop_sequence",
                                          "tool_use",
                                          "pause_turn",
                                          "refusal",
                                          "model_context_window_exceeded",
                                          NULL};
    const struct exchange *x = need_answer(check, "messages", NULL);

    if (x)
        expect_one_of(check, x, "stop_reason", reasons);
}

static void message_counts_tokens(struct check *check)
{
    const struct exchange *x = need_answer(check, "messages", NULL);
    json_int_t in, out;

    if (x && expect_integer(check, x, "usage.input_tokens", &in) &&
        expect_integer(check, x, "usage.output_tokens", &out))
        expect_that(check, in > 0 && out > 0, x, "expected tokens in and out, got %lld and %lld",
                    (long long)in, (long long)out);
}

static void message_names_the_model(struct check *check)
{
    expect_model(check, "messages");
}

static void longer_message_counts_more(struct check *check)
{
    expect_longer_counts_more(check, "messages", "usage.input_tokens");
}

static void message_keeps_to_max_tokens(struct check *check)
{
    expect_one_token(check, need_cut_short(check, "messages", "usage.output_tokens"),
                     "usage.output_tokens");
}

static void message_cut_short_says_max_tokens(struct check *check)
{
    expect_told_short(check, need_cut_short(check, "messages", "usage.output_tokens"),
                      "usage.output_tokens", "stop_reason", "max_tokens");
}

const struct requirement answers_requirements[] = {
    {
        .id = "answers.chat-object",
        .level = MUST,
        .source = "openai-openapi#chat",
        .evidence = SPECIFIED,
        .claim = "a chat answer is a chat.completion",
        .test = chat_is_a_completion,
    },
    {
        .id = "answers.chat-id",
        .level = MUST,
        .source = "openai-openapi#chat",
        .evidence = SPECIFIED,
        .claim = "every chat answer has an id of its own",
        .test = chat_ids_differ,
    },
    {
        .id = "answers.chat-created",
        .level = MUST,
        .source = "openai-openapi#chat",
        .evidence = SPECIFIED,
        .claim = "created is in seconds since 1970",
        .test = chat_tells_when,
    },
    {
        .id = "answers.chat-role",
        .level = MUST,
        .source = "openai-openapi#chat",
        .evidence = SPECIFIED,
        .claim = "the message of a choice is the assistant's",
        .test = chat_speaks_as_assistant,
    },
    {
        .id = "answers.chat-content",
        .level = MUST,
        .source = "openai-openapi#chat",
        .evidence = SPECIFIED,
        .claim = "the message of a choice has words",
        .test = chat_has_content,
    },
    {
        .id = "answers.chat-finish-reason",
        .level = MUST,
        .source = "openai-openapi#chat",
        .evidence = SPECIFIED,
        .claim = "a choice says why it ended, in a documented word",
        .test = chat_says_why_it_ended,
    },
    {
        .id = "answers.chat-usage-adds-up",
        .level = MUST,
        .source = "openai-openapi#chat",
        .evidence = SPECIFIED,
        .claim = "total_tokens is the sum of prompt and completion",
        .test = chat_usage_adds_up,
    },
    {
        .id = "answers.chat-model",
        .level = SHOULD,
        .source = "openai-openapi#chat",
        .evidence = SPECIFIED,
        .claim = "a chat answer names the model that was asked for",
        .test = chat_names_the_model,
    },
    {
        .id = "answers.chat-longer-counts-more",
        .level = SHOULD,
        .source = "gatemark#usage",
        .evidence = ASSUMED,
        .claim = "a longer prompt counts more tokens",
        .test = longer_chat_counts_more,
    },
    {
        .id = "answers.chat-max-tokens",
        .level = MUST,
        .source = "openai-openapi#chat",
        .evidence = SPECIFIED,
        .claim = "a completion keeps to max_tokens",
        .test = chat_keeps_to_max_tokens,
    },
    {
        .id = "answers.chat-length",
        .level = MUST,
        .source = "openai-openapi#chat",
        .evidence = SPECIFIED,
        .claim = "a completion cut short says length",
        .test = chat_cut_short_says_length,
    },
    {
        .id = "answers.responses-required-keys",
        .level = MUST,
        .source = "openai-openapi#Response",
        .evidence = SPECIFIED,
        .claim = "a response has every required key",
        .test = response_has_every_required_key,
    },
    {
        .id = "answers.responses-completed",
        .level = MUST,
        .source = "openai-openapi#Response",
        .evidence = SPECIFIED,
        .claim = "a response that is done says completed",
        .test = response_is_completed,
    },
    {
        .id = "answers.responses-output-text",
        .level = MUST,
        .source = "openai-openapi#Response",
        .evidence = SPECIFIED,
        .claim = "a response has words in an output_text",
        .test = response_has_output_text,
    },
    {
        .id = "answers.responses-usage-adds-up",
        .level = MUST,
        .source = "openai-openapi#Response",
        .evidence = SPECIFIED,
        .claim = "total_tokens is the sum of input and output",
        .test = response_usage_adds_up,
    },
    {
        .id = "answers.images-count",
        .level = MUST,
        .source = "openai-openapi#images",
        .evidence = SPECIFIED,
        .claim = "as many images come as n asks for",
        .test = as_many_images_as_asked,
    },
    {
        .id = "answers.images-usable",
        .level = MUST,
        .source = "openai-openapi#images",
        .evidence = SPECIFIED,
        .claim = "an image is base64 bytes or a URL",
        .test = images_can_be_had,
    },
    {
        .id = "answers.embeddings-numbers",
        .level = MUST,
        .source = "openai-openapi#embeddings",
        .evidence = SPECIFIED,
        .claim = "an embedding is an array of numbers",
        .test = embedding_is_numbers,
    },
    {
        .id = "answers.embeddings-base64",
        .level = MUST,
        .source = "openai-openapi#embeddings",
        .evidence = SPECIFIED,
        .claim = "an embedding in base64 holds the same float32 values",
        .test = base64_embedding_is_the_same,
    },
    {
        .id = "answers.embeddings-index",
        .level = MUST,
        .source = "openai-openapi#embeddings",
        .evidence = SPECIFIED,
        .claim = "each text's embedding has its index",
        .test = embeddings_are_in_order,
    },
    {
        .id = "answers.embeddings-usage",
        .level = MUST,
        .source = "openai-openapi#embeddings",
        .evidence = SPECIFIED,
        .claim = "embeddings count the prompt's tokens",
        .test = embeddings_count_tokens,
    },
    {
        .id = "answers.gemini-text",
        .level = MUST,
        .source = "gemini-proto#GenerateContentResponse",
        .evidence = SPECIFIED,
        .claim = "a candidate has words in its first part",
        .test = gemini_has_text,
    },
    {
        .id = "answers.gemini-role",
        .level = MUST,
        .source = "gemini-proto#Content",
        .evidence = SPECIFIED,
        .claim = "a candidate's role is model",
        .test = gemini_speaks_as_model,
    },
    {
        .id = "answers.gemini-finish-reason",
        .level = MUST,
        .source = "gemini-proto#FinishReason",
        .evidence = SPECIFIED,
        .claim = "a candidate says why it ended, in a documented word",
        .test = gemini_says_why_it_ended,
    },
    {
        .id = "answers.gemini-usage-adds-up",
        .level = MUST,
        .source = "gemini-proto#UsageMetadata",
        .evidence = SPECIFIED,
        .claim = "totalTokenCount is the sum of its parts",
        .test = gemini_usage_adds_up,
    },
    {
        .id = "answers.gemini-max-tokens",
        .level = MUST,
        .source = "gemini-proto#GenerationConfig",
        .evidence = SPECIFIED,
        .claim = "a candidate keeps to maxOutputTokens",
        .test = gemini_keeps_to_max_tokens,
    },
    {
        .id = "answers.gemini-cut-short",
        .level = MUST,
        .source = "gemini-proto#FinishReason",
        .evidence = SPECIFIED,
        .claim = "a candidate cut short says MAX_TOKENS",
        .test = gemini_cut_short_says_max_tokens,
    },
    {
        .id = "answers.gemini-count",
        .level = MUST,
        .source = "gemini-proto#CountTokensResponse",
        .evidence = SPECIFIED,
        .claim = "countTokens answers a whole number of tokens",
        .test = gemini_counts_tokens,
    },
    {
        .id = "answers.message-type",
        .level = MUST,
        .source = "claude-sdk#Message",
        .evidence = SHIPPED,
        .claim = "an answer is of the type message",
        .test = message_is_a_message,
    },
    {
        .id = "answers.message-id",
        .level = MUST,
        .source = "claude-sdk#Message",
        .evidence = SHIPPED,
        .claim = "every message has an id of its own",
        .test = message_ids_differ,
    },
    {
        .id = "answers.message-role",
        .level = MUST,
        .source = "claude-sdk#Message",
        .evidence = SHIPPED,
        .claim = "a message's role is assistant",
        .test = message_speaks_as_assistant,
    },
    {
        .id = "answers.message-text",
        .level = MUST,
        .source = "claude-sdk#Message",
        .evidence = SHIPPED,
        .claim = "a message begins with a text block that has words",
        .test = message_has_text,
    },
    {
        .id = "answers.message-stop-reason",
        .level = MUST,
        .source = "claude-sdk#Message",
        .evidence = SHIPPED,
        .claim = "a message says why it ended, in a documented word",
        .test = message_says_why_it_ended,
    },
    {
        .id = "answers.message-usage",
        .level = MUST,
        .source = "claude-sdk#Usage",
        .evidence = SHIPPED,
        .claim = "a message counts its tokens in and out",
        .test = message_counts_tokens,
    },
    {
        .id = "answers.message-model",
        .level = SHOULD,
        .source = "claude-sdk#Message",
        .evidence = SHIPPED,
        .claim = "a message names the model that was asked for",
        .test = message_names_the_model,
    },
    {
        .id = "answers.message-longer-counts-more",
        .level = SHOULD,
        .source = "gatemark#usage",
        .evidence = ASSUMED,
        .claim = "a longer prompt counts more tokens",
        .test = longer_message_counts_more,
    },
    {
        .id = "answers.message-max-tokens",
        .level = MUST,
        .source = "claude-sdk#Message",
        .evidence = SHIPPED,
        .claim = "a message keeps to max_tokens",
        .test = message_keeps_to_max_tokens,
    },
    {
        .id = "answers.message-cut-short",
        .level = MUST,
        .source = "claude-sdk#Message",
        .evidence = SHIPPED,
        .claim = "a message cut short says max_tokens",
        .test = message_cut_short_says_max_tokens,
    },
    {0},
};
