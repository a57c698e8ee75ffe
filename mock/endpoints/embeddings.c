/* OpenAI's embeddings. */
#include "mock/counting.h"
#include "mock/endpoints/reply.h"
#include "mock/endpoints/vector.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

enum { DIMENSIONS = 1536, INPUTS = 2048 };

/* Little-endian float32, as every machine we build for has them. */
static json_t *base64_json(const float *values, size_t count)
{
    size_t length = count * sizeof *values;
    unsigned char *text = must(malloc(length / 3 * 4 + 8));

    EVP_EncodeBlock(text, (const unsigned char *)values, (int)length);
    json_t *json = json_string((const char *)text);
    free(text);
    return json;
}

static json_t *vector_json(const struct call *call, const char *text, size_t count)
{
    const char *format = json_string_value(json_object_get(call->body, "encoding_format"));

    if (!format || strcmp(format, "base64") != 0)
        return vector_floats(text, count);
    float *values = must(calloc(count, sizeof *values));
    vector_fill(text, values, count);
    json_t *vector = base64_json(values, count);
    free(values);
    return vector;
}

/* The texts to embed: one, several, or lists of token numbers. NULL: none of these. */
static json_t *inputs(const json_t *input)
{
    bool tokens = json_is_array(input) && json_is_integer(json_array_get(input, 0));

    if (json_is_string(input) || tokens)
        return json_pack("[O]", input);
    return json_incref((json_t *)input);
}

static void create(struct call *call)
{
    json_t *list = inputs(json_object_get(call->body, "input"));
    json_int_t asked = json_integer_value(json_object_get(call->body, "dimensions"));
    size_t dimensions = asked > 0 ? (size_t)asked : DIMENSIONS;
    json_t *vectors = json_array(), *item;
    int64_t tokens = 0;
    size_t i;

    if (json_array_size(list) > INPUTS) {
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "input", "expected at most %d inputs",
                          INPUTS);
        json_decref(vectors);
        json_decref(list);
        return;
    }
    json_array_foreach(list, i, item) {
        char *text = json_dumps(item, JSON_COMPACT | JSON_ENCODE_ANY);
        tokens += json_is_string(item) ? count_json(item) : (int64_t)json_array_size(item);
        json_array_append_new(vectors,
                              json_pack("{s:s, s:i, s:o}", "object", "embedding", "index", (int)i,
                                        "embedding", vector_json(call, text, dimensions)));
        free(text);
    }
    json_decref(list);
    call_spend(call, tokens, 0);
    response_json(call->response, 200,
                  json_pack("{s:s, s:o, s:s, s:{s:I, s:I}}", "object", "list", "data", vectors,
                            "model", call->model_name, "usage", "prompt_tokens", tokens,
                            "total_tokens", tokens));
}

static const struct shape_field fields[] = {
    {"model", JSON_TEXT, true, true, 1, 256, NULL},
    {"input", JSON_TEXT | JSON_LIST, true, true, 1, 1e6, NULL},
    {"encoding_format", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, "float|base64"},
    {"dimensions", JSON_WHOLE | JSON_NOTHING, false, true, 1, DIMENSIONS, NULL},
    {"user", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, NULL},
    {0},
};

const struct endpoint embeddings_endpoints[] = {
    {
        .gateway = &gateway_arouter,
        .method = "POST",
        .path = "/v1/embeddings",
        .family = FAMILY_OPENAI,
        .need = NEED_INFERENCE,
        .task = "embedding",
        .fields = fields,
        .reply = create,
    },
    {
        .gateway = &gateway_openai,
        .method = "POST",
        .path = "/v1/embeddings",
        .family = FAMILY_OPENAI,
        .need = NEED_WRITE,
        .task = "embedding",
        .fields = fields,
        .reply = create,
    },
    {0},
};
