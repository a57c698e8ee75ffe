/* Which models there are: Claude's pages of them, and OpenRouter's list with prices. */
#include "mock/endpoints/reply.h"
#include "mock/mock.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *claude_json(const struct model *model)
{
    char created[MOMENT_TEXT];

    return json_pack("{s:s, s:s, s:s, s:s, s:I, s:I}", "type", "model", "id", model->id,
                     "display_name", model->name, "created_at",
                     moment_text(model->created_ms, created), "max_input_tokens", model->context,
                     "max_tokens", model->max_output);
}

/* Claude's own ids have no dot in them; those that do are how routers call the same model. */
static bool is_claude(const struct model *model)
{
    return strcmp(model->provider, "anthropic") == 0 && !strchr(model->id, '.');
}

static int newest_first(const void *a, const void *b)
{
    const struct model *one = *(const struct model *const *)a;
    const struct model *other = *(const struct model *const *)b;

    return (one->created_ms < other->created_ms) - (one->created_ms > other->created_ms);
}

/* Fills `list` (as long as the catalogue); how many there are. */
static size_t claude_models(const struct catalogue *catalogue, const struct model **list)
{
    size_t count = 0;

    for (size_t i = 0; i < catalogue->count; i++)
        if (is_claude(&catalogue->models[i]))
            list[count++] = &catalogue->models[i];
    qsort(list, count, sizeof *list, newest_first);
    return count;
}

static size_t place_of(const struct model *const *list, size_t count, const char *id)
{
    size_t i = 0;

    while (i < count && strcmp(list[i]->id, id) != 0)
        i++;
    return i;
}

/* The part of the list that a page asks for: after an id, before one, or from the start. */
static bool page_bounds(struct call *call, const struct model *const *list, size_t count,
                        size_t *from, size_t *to)
{
    size_t limit = (size_t)call_parameter(call, "limit", 20, 1, 1000);
    char after[96], before[96];
    bool has_after = request_parameter(call->request, "after_id", after, sizeof after);
    bool has_before = request_parameter(call->request, "before_id", before, sizeof before);

    *from = has_after ? place_of(list, count, after) + 1 : 0;
    *to = *from + limit < count ? *from + limit : count;
    if (has_before && !has_after) {
        *to = place_of(list, count, before);
        *from = *to > limit ? *to - limit : 0;
    }
    if (*from > count || (has_before && *to == count))
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, has_after ? "after_id" : "before_id",
                          "no model has this id");
    return !call->decision.fault;
}

static void list_claude(struct call *call)
{
    const struct catalogue *catalogue = &call->mock->catalogue;
    const struct model **list = must(calloc(catalogue->count + 1, sizeof *list));
    size_t count = claude_models(catalogue, list), from, to;

    if (page_bounds(call, list, count, &from, &to)) {
        bool backwards = request_parameter(call->request, "before_id", (char[96]){0}, 96);
        json_t *page = json_array();
        for (size_t i = from; i < to; i++)
            json_array_append_new(page, claude_json(list[i]));
        response_json(call->response, 200,
                      json_pack("{s:o, s:s?, s:b, s:s?}", "data", page, "first_id",
                                from < to ? list[from]->id : NULL, "has_more",
                                backwards ? from > 0 : to < count, "last_id",
                                from < to ? list[to - 1]->id : NULL));
    }
    free(list);
}

static void show_claude(struct call *call)
{
    const struct model *model = catalogue_find(&call->mock->catalogue, call->arguments[0]);

    call->model_name = call->arguments[0];
    if (model && is_claude(model))
        response_json(call->response, 200, claude_json(model));
    else
        call_refuse_field(call, FAULT_MODEL_UNKNOWN, "model", "no model has this id");
}

static json_t *price_json(int64_t nano)
{
    char text[32];

    snprintf(text, sizeof text, "%" PRId64 ".%09" PRId64, nano / NANO_PER_USD, nano % NANO_PER_USD);
    return json_string(text);
}

static json_t *architecture_json(const struct model *model)
{
    const char *out = model_can(model, "image") ? "image" : "text";

    return json_pack("{s:[s], s:[s], s:s+, s:s, s:n}", "input_modalities", "text",
                     "output_modalities", out, "modality", "text->", out, "tokenizer", "Other",
                     "instruct_type");
}

static json_t *openrouter_json(const struct model *model)
{
    char id[160];

    snprintf(id, sizeof id, "%s/%s", model->provider, model->id);
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:n, s:I, s:I, s:o, s:{s:o, s:o}, s:{s:I, s:I, s:b}, s:n, "
        "s:[s, s, s], s:n, s:{s:s+}}",
        "id", id, "canonical_slug", id, "name", model->name, "description", "", "hugging_face_id",
        "created", (json_int_t)(model->created_ms / 1000), "context_length", model->context,
        "architecture", architecture_json(model), "pricing", "prompt",
        price_json(model->input_nano), "completion", price_json(model->output_nano), "top_provider",
        "context_length", model->context, "max_completion_tokens", model->max_output,
        "is_moderated", 0, "per_request_limits", "supported_parameters", "max_tokens",
        "temperature", "top_p", "default_parameters", "links", "details", "/api/v1/models/", id);
}

static void list_openrouter(struct call *call)
{
    const struct catalogue *catalogue = &call->mock->catalogue;
    json_t *list = json_array();

    for (size_t i = 0; i < catalogue->count; i++)
        json_array_append_new(list, openrouter_json(&catalogue->models[i]));
    response_json(call->response, 200,
                  json_pack("{s:o, s:I, s:{s:n}}", "data", list, "total_count",
                            (json_int_t)catalogue->count, "links", "next"));
}

static bool is_openai(const struct model *model)
{
    return strcmp(model->provider, "openai") == 0;
}

static json_t *openai_json(const struct model *model)
{
    return json_pack("{s:s, s:s, s:I, s:s}", "id", model->id, "object", "model", "created",
                     (json_int_t)(model->created_ms / 1000), "owned_by", "system");
}

static void list_openai(struct call *call)
{
    const struct catalogue *catalogue = &call->mock->catalogue;
    json_t *list = json_array();

    for (size_t i = 0; i < catalogue->count; i++)
        if (is_openai(&catalogue->models[i]))
            json_array_append_new(list, openai_json(&catalogue->models[i]));
    response_json(call->response, 200, json_pack("{s:s, s:o}", "object", "list", "data", list));
}

static void show_openai(struct call *call)
{
    const struct model *model = catalogue_find(&call->mock->catalogue, call->arguments[0]);

    call->model_name = call->arguments[0];
    if (model && is_openai(model) && strcmp(model->id, call->arguments[0]) == 0)
        response_json(call->response, 200, openai_json(model));
    else
        call_refuse_field(call, FAULT_MODEL_UNKNOWN, "model", "no model has this id");
}

const struct endpoint models_endpoints[] = {
    {
        .gateway = &gateway_claude,
        .method = "GET",
        .path = "/v1/models",
        .family = FAMILY_ANTHROPIC,
        .need = NEED_INFERENCE,
        .reply = list_claude,
    },
    {
        .gateway = &gateway_claude,
        .method = "GET",
        .path = "/v1/models/{model_id}",
        .family = FAMILY_ANTHROPIC,
        .need = NEED_INFERENCE,
        .reply = show_claude,
    },
    {
        .gateway = &gateway_openrouter,
        .method = "GET",
        .path = "/api/v1/models",
        .family = FAMILY_OPENAI,
        .need = NEED_NOTHING,
        .reply = list_openrouter,
    },
    {
        .gateway = &gateway_openai,
        .method = "GET",
        .path = "/v1/models",
        .family = FAMILY_OPENAI,
        .need = NEED_READ,
        .reply = list_openai,
    },
    {
        .gateway = &gateway_openai,
        .method = "GET",
        .path = "/v1/models/{model}",
        .family = FAMILY_OPENAI,
        .need = NEED_READ,
        .reply = show_openai,
    },
    {0},
};
