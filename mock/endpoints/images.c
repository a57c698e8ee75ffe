/* OpenAI's image generation. */
#include "mock/counting.h"
#include "mock/endpoints/reply.h"

#include <string.h>

/* A whole PNG of one grey pixel. */
static const char pixel[] = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCB"
                            "d81ytgAAAABJRU5ErkJggg==";

enum { TOKENS_AN_IMAGE = 272 };

static void generate(struct call *call)
{
    const char *prompt = json_string_value(json_object_get(call->body, "prompt"));
    const char *format = json_string_value(json_object_get(call->body, "response_format"));
    json_int_t count = json_integer_value(json_object_get(call->body, "n"));
    int64_t input = count_text(prompt);
    json_t *list = json_array();
    char name[32];

    if (count < 1)
        count = 1;
    for (json_int_t i = 0; i < count; i++)
        json_array_append_new(list,
                              format && strcmp(format, "url") == 0
                                  ? json_pack("{s:s+}", "url", "https://images.example/gatemark/",
                                              call_draw(call, "", 24, name, sizeof name))
                                  : json_pack("{s:s}", "b64_json", pixel));
    call_spend(call, input, count * TOKENS_AN_IMAGE);
    response_json(call->response, 200,
                  json_pack("{s:I, s:o, s:{s:I, s:I, s:I, s:{s:I, s:i}}}", "created",
                            reply_created(call), "data", list, "usage", "total_tokens",
                            input + count * TOKENS_AN_IMAGE, "input_tokens", input, "output_tokens",
                            count * TOKENS_AN_IMAGE, "input_tokens_details", "text_tokens", input,
                            "image_tokens", 0));
}

#define FIELDS(needs_model)                                                                        \
    {"prompt", JSON_TEXT, true, true, 1, 32000, NULL},                                             \
        {"model", JSON_TEXT, needs_model, true, 1, 256, NULL},                                     \
        {"n", JSON_WHOLE | JSON_NOTHING, false, true, 1, 10, NULL},                                \
        {"size",                                                                                   \
         JSON_TEXT | JSON_NOTHING,                                                                 \
         false,                                                                                    \
         false,                                                                                    \
         0,                                                                                        \
         0,                                                                                        \
         "auto|1024x1024|1536x1024|1024x1536|256x256|512x512|1792x1024|1024x1792"},                \
        {"quality", JSON_TEXT | JSON_NOTHING,          false, false, 0,                            \
         0,         "standard|hd|low|medium|high|auto"},                                           \
        {"response_format", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, "url|b64_json"},         \
        {"output_format", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, "png|jpeg|webp"},          \
    {                                                                                              \
        "stream", JSON_FLAG | JSON_NOTHING, false, false, 0, 0, NULL                               \
    }

static const struct shape_field fields[] = {FIELDS(true), {0}};

/* OpenAI itself has a model for those who name none. */
static const struct shape_field openai_fields[] = {FIELDS(false), {0}};

const struct endpoint images_endpoints[] = {
    {
        .gateway = &gateway_clawdrouter,
        .method = "POST",
        .path = "/v1/images/generations",
        .family = FAMILY_OPENAI,
        .need = NEED_INFERENCE,
        .task = "image",
        .fields = fields,
        .reply = generate,
    },
    {
        .gateway = &gateway_openai,
        .method = "POST",
        .path = "/v1/images/generations",
        .family = FAMILY_OPENAI,
        .need = NEED_WRITE,
        .task = "image",
        .fields = openai_fields,
        .reply = generate,
        .default_model = "gpt-image-1",
    },
    {0},
};
