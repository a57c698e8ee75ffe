/* OpenAI's image generation. */
#include "mock/counting.h"
#include "mock/endpoints/reply.h"

#include <string.h>

/* A whole PNG of one grey pixel. */
static const char pixel[] = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCB"
                            "d81ytgAAAABJRU5ErkJggg==";

enum { TOKENS_AN_IMAGE = 272 };

/* The request's own word for how the image is to be, or what the vendor chooses. */
static json_t *look(const struct call *call, const char *name, const char *otherwise)
{
    const char *asked = json_string_value(json_object_get(call->body, name));

    return json_string(asked && strcmp(asked, "auto") != 0 ? asked : otherwise);
}

static json_t *image_json(const struct call *call, const char *type)
{
    return json_pack("{s:s, s:s, s:I, s:o, s:o, s:o, s:o}", "type", type, "b64_json", pixel,
                     "created_at", reply_created(call), "size", look(call, "size", "1024x1024"),
                     "quality", look(call, "quality", "high"), "background",
                     look(call, "background", "opaque"), "output_format",
                     look(call, "output_format", "png"));
}

/* Makes a stream of the whole answer: each image by as many drafts as were asked for. */
static void stream(struct call *call)
{
    static const char partial[] = "image_generation.partial_image";
    static const char completed[] = "image_generation.completed";
    json_int_t drafts = json_integer_value(json_object_get(call->body, "partial_images"));
    json_t *whole = response_stream(call->response, FRAMING_SSE, sse_type);
    struct events *events = &call->response->events;

    for (size_t i = 0; i < json_array_size(json_object_get(whole, "data")); i++) {
        for (json_int_t n = 0; n < drafts; n++) {
            json_t *draft = image_json(call, partial);
            json_object_set_new(draft, "partial_image_index", json_integer(n));
            events_add(events, partial, draft)->token = true;
        }
        json_t *image = image_json(call, completed);
        json_object_set(image, "usage", json_object_get(whole, "usage"));
        events_add(events, completed, image)->token = true;
    }
    json_decref(whole);
}

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
    if (reply_streams(call))
        stream(call);
}

/* What follows model in every table. */
#define FIELDS                                                                                     \
    {"prompt", JSON_TEXT, true, true, 1, 32000, NULL},                                             \
        {"n", JSON_WHOLE | JSON_NOTHING, false, true, 1, 10, NULL},                                \
        {"size", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, sizes},                             \
        {"quality", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, qualities},                      \
        {"response_format", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, "url|b64_json"},         \
        {"output_format", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, "png|jpeg|webp"},          \
        {"stream", JSON_FLAG | JSON_NOTHING, false, false, 0, 0, NULL},                            \
        {"partial_images", JSON_WHOLE | JSON_NOTHING, false, true, 0, 3, NULL},                    \
    {                                                                                              \
        0                                                                                          \
    }

static const char sizes[] =
    "auto|1024x1024|1536x1024|1024x1536|256x256|512x512|1792x1024|1024x1792";
static const char qualities[] = "standard|hd|low|medium|high|auto";

static const struct shape_field fields[] = {
    {"model", JSON_TEXT, true, true, 1, 256, NULL},
    FIELDS,
};

/* OpenAI itself has a model for those who name none. */
static const struct shape_field openai_fields[] = {
    {"model", JSON_TEXT, false, true, 1, 256, NULL},
    FIELDS,
};

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
