/* What Google's API has besides generating: models, embeddings, and videos as operations. */
#include "mock/counting.h"
#include "mock/endpoints/reply.h"
#include "mock/endpoints/vector.h"
#include "mock/mock.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Models */

static json_t *methods_json(const struct model *model)
{
    if (model_can(model, "embedding"))
        return json_pack("[s, s]", "embedContent", "countTextTokens");
    if (model_can(model, "video"))
        return json_pack("[s]", "predictLongRunning");
    return json_pack("[s, s]", "generateContent", "countTokens");
}

static json_t *model_json(const struct model *model)
{
    return json_pack("{s:s+, s:s, s:s, s:s, s:I, s:I, s:o}", "name", "models/", model->id,
                     "version", "001", "displayName", model->name, "description", model->name,
                     "inputTokenLimit", model->context, "outputTokenLimit", model->max_output,
                     "supportedGenerationMethods", methods_json(model));
}

static bool is_google(const struct model *model)
{
    return strcmp(model->provider, "google") == 0;
}

enum { PAGE = 50, LONGEST_PAGE = 1000 };

/* Where a page begins: a place in the catalogue, as the page before told it. */
static bool page_start(struct call *call, size_t *start)
{
    char token[32] = "";
    unsigned place = 0;
    int length = 0;

    request_parameter(call->request, "pageToken", token, sizeof token);
    if (*token && (sscanf(token, "Gm%4x%n", &place, &length) != 1 || token[length] ||
                   place >= call->mock->catalogue.count))
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "page_token",
                          "expected the nextPageToken of an earlier page");
    *start = place;
    return !call->decision.fault;
}

static void list_models(struct call *call)
{
    const struct catalogue *catalogue = &call->mock->catalogue;
    size_t size = (size_t)call_parameter(call, "pageSize", PAGE, 0, INT32_MAX), start = 0;
    char token[32];

    if (size == 0 || size > LONGEST_PAGE)
        size = size == 0 ? PAGE : LONGEST_PAGE;
    if (call->decision.fault || !page_start(call, &start))
        return;
    json_t *page = json_array(), *body = json_pack("{s:o}", "models", page);
    for (size_t i = start; i < catalogue->count; i++) {
        if (!is_google(&catalogue->models[i]))
            continue;
        if (json_array_size(page) == size) {
            snprintf(token, sizeof token, "Gm%04x", (unsigned)i);
            json_object_set_new(body, "nextPageToken", json_string(token));
            break;
        }
        json_array_append_new(page, model_json(&catalogue->models[i]));
    }
    response_json(call->response, 200, body);
}

static void show_model(struct call *call)
{
    const struct model *model = catalogue_find(&call->mock->catalogue, call->arguments[0]);

    call->model_name = call->arguments[0];
    if (model && is_google(model) && strcmp(model->id, call->arguments[0]) == 0)
        response_json(call->response, 200, model_json(model));
    else
        call_refuse_field(call, FAULT_MODEL_UNKNOWN, "", "no model has this name");
}

/* Embeddings */

enum { DIMENSIONS = 3072, BATCH = 100 };

/* proto3 JSON: both spellings of a name are good. */
static const json_t *member(const json_t *object, const char *camel, const char *snake)
{
    const json_t *value = json_object_get(object, camel);

    return value ? value : json_object_get(object, snake);
}

/* {"values":[...]} for one request, or NULL and the call refused. */
static json_t *embedding_json(struct call *call, const json_t *request)
{
    const json_t *parts = json_object_get(json_object_get(request, "content"), "parts");
    const json_t *asked = member(request, "outputDimensionality", "output_dimensionality");
    json_int_t dimensions = asked ? json_integer_value(asked) : DIMENSIONS;

    if (json_array_size(parts) == 0) {
        call_refuse_field(call, FAULT_FIELD_MISSING, "content", "content.parts is required");
        return NULL;
    }
    if (dimensions < 1 || dimensions > DIMENSIONS) {
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "output_dimensionality",
                          "expected 1 to %d", DIMENSIONS);
        return NULL;
    }
    char *text = must(json_dumps(parts, JSON_COMPACT));
    json_t *values = vector_floats(text, (size_t)dimensions);
    free(text);
    call_spend(call, count_json(parts), 0);
    return json_pack("{s:o}", "values", values);
}

static void embed(struct call *call)
{
    json_t *embedding = embedding_json(call, call->body);

    if (embedding)
        response_json(call->response, 200, json_pack("{s:o}", "embedding", embedding));
}

/* Each request of a batch names the model again, and it must be the path's. */
static bool same_model(struct call *call, const json_t *request)
{
    const char *name = json_string_value(json_object_get(request, "model"));
    bool same = name && strncmp(name, "models/", 7) == 0 && strcmp(name + 7, call->model_name) == 0;

    if (!same)
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "requests.model",
                          "expected models/%.80s, as in the path", call->model_name);
    return same;
}

static void embed_batch(struct call *call)
{
    const json_t *requests = json_object_get(call->body, "requests"), *request;
    json_t *list = json_array();
    size_t i;

    json_array_foreach(requests, i, request) {
        json_t *embedding = same_model(call, request) ? embedding_json(call, request) : NULL;
        if (!embedding)
            break;
        json_array_append_new(list, embedding);
    }
    if (call->decision.fault)
        json_decref(list);
    else
        response_json(call->response, 200, json_pack("{s:o}", "embeddings", list));
}

/* Videos: an operation now, a file later. */

/* A prompt that holds this makes a video that fails, so that clients can see one do so. */
static const char fail_mark[] = "gatemark-fail";

static void start_video(struct call *call)
{
    const json_t *first = json_array_get(json_object_get(call->body, "instances"), 0);
    const char *prompt = json_string_value(json_object_get(first, "prompt"));
    struct task task = {.gateway = call->gateway, .created_ms = call->now_ms};

    if (!prompt || !*prompt) {
        call_refuse_field(call, FAULT_FIELD_MISSING, "instances.prompt", "a prompt is required");
        return;
    }
    task.fails = strstr(prompt, fail_mark) != NULL;
    snprintf(task.owner, sizeof task.owner, "%s",
             call->decision.key ? call->decision.key->owner : "");
    snprintf(task.model, sizeof task.model, "%s", call->model_name);
    tasks_add(call->mock->tasks, &task);
    char *name = format_text("models/%s/operations/%s", task.model, task.id);
    response_json(call->response, 200, json_pack("{s:s}", "name", name));
    free(name);
}

/* The caller's own task, or false and the call refused. */
static bool find_task(struct call *call, const char *id, struct task *task)
{
    const struct key *key = call->decision.key;

    if (tasks_find(call->mock->tasks, id, task) && task->gateway == call->gateway && key &&
        strcmp(task->owner, key->owner) == 0)
        return true;
    call_refuse_field(call, FAULT_ID_UNKNOWN, "", "Requested entity was not found.");
    return false;
}

static json_t *videos_json(const struct call *call, const struct task *task)
{
    char *uri = format_text("%s/%s/v1beta/files/%s:download?alt=media",
                            call->request->origin ? call->request->origin : "", call->gateway->name,
                            task->id);
    json_t *response = json_pack("{s:s, s:{s:[{s:{s:s}}]}}", "@type",
                                 "type.googleapis.com/google.ai.generativelanguage.v1beta."
                                 "PredictLongRunningResponse",
                                 "generateVideoResponse", "generatedSamples", "video", "uri", uri);

    free(uri);
    return response;
}

static void show_operation(struct call *call)
{
    struct task task;

    if (!find_task(call, call->arguments[1], &task))
        return;
    char *name = format_text("models/%s/operations/%s", task.model, task.id);
    json_t *body = json_pack("{s:s}", "name", name);
    enum task_state state = task_state(&task, call->now_ms);
    if (state == TASK_COMPLETED || state == TASK_FAILED)
        json_object_set_new(body, "done", json_true());
    if (state == TASK_COMPLETED)
        json_object_set_new(body, "response", videos_json(call, &task));
    if (state == TASK_FAILED) /* google.rpc.Code: 13 is INTERNAL */
        json_object_set_new(
            body, "error",
            json_pack("{s:i, s:s}", "code", 13, "message", "The video could not be generated."));
    response_json(call->response, 200, body);
    free(name);
}

/* The smallest file that says of itself that it is an MP4: one ftyp box. */
static const unsigned char movie[] = {0,   0,   0, 20, 'f', 't', 'y', 'p', 'i', 's',
                                      'o', 'm', 0, 0,  2,   0,   'm', 'p', '4', '1'};

static void download(struct call *call)
{
    struct task task;

    if (!find_task(call, call->arguments[0], &task))
        return;
    if (task_state(&task, call->now_ms) != TASK_COMPLETED) {
        call_refuse_field(call, FAULT_ID_UNKNOWN, "", "Requested entity was not found.");
        return;
    }
    call->response->status = 200;
    call->response->content_type = "video/mp4";
    call->response->bytes = movie;
    call->response->length = sizeof movie;
}

static const struct shape_field embed_fields[] = {
    {"content", JSON_MAP, true, false, 0, 0, NULL},
    {"model", JSON_TEXT, false, false, 0, 0, NULL},
    {"title", JSON_TEXT, false, false, 0, 0, NULL},
    {"taskType", JSON_TEXT, false, false, 0, 0, NULL},
    {"task_type", JSON_TEXT, false, false, 0, 0, NULL},
    {"outputDimensionality", JSON_WHOLE, false, true, 1, DIMENSIONS, NULL},
    {"output_dimensionality", JSON_WHOLE, false, true, 1, DIMENSIONS, NULL},
    {0},
};

static const struct shape_field batch_fields[] = {
    {"requests", JSON_LIST, true, true, 1, BATCH, NULL},
    {0},
};

static const struct shape_field video_fields[] = {
    {"instances", JSON_LIST, true, true, 1, 1, NULL},
    {"parameters", JSON_MAP, false, false, 0, 0, NULL},
    {0},
};

/* Clients of 2026 ask for version v1 by default; videos are in v1beta alone. */
const struct endpoint gemini_endpoints[] = {
    {
        .gateway = &gateway_gemini,
        .method = "GET",
        .path = "/v1beta/models",
        .family = FAMILY_GEMINI,
        .need = NEED_READ,
        .reply = list_models,
    },
    {
        .gateway = &gateway_gemini,
        .method = "GET",
        .path = "/v1beta/models/{model}",
        .family = FAMILY_GEMINI,
        .need = NEED_READ,
        .reply = show_model,
    },
    {
        .gateway = &gateway_gemini,
        .method = "POST",
        .path = "/v1beta/models/{model}:embedContent",
        .family = FAMILY_GEMINI,
        .need = NEED_WRITE,
        .task = "embedding",
        .fields = embed_fields,
        .reply = embed,
    },
    {
        .gateway = &gateway_gemini,
        .method = "POST",
        .path = "/v1beta/models/{model}:batchEmbedContents",
        .family = FAMILY_GEMINI,
        .need = NEED_WRITE,
        .task = "embedding",
        .fields = batch_fields,
        .reply = embed_batch,
    },
    {
        .gateway = &gateway_gemini,
        .method = "POST",
        .path = "/v1beta/models/{model}:predictLongRunning",
        .family = FAMILY_GEMINI,
        .need = NEED_WRITE,
        .task = "video",
        .fields = video_fields,
        .reply = start_video,
    },
    {
        .gateway = &gateway_gemini,
        .method = "GET",
        .path = "/v1beta/models/{model}/operations/{operation}",
        .family = FAMILY_GEMINI,
        .need = NEED_READ,
        .reply = show_operation,
    },
    {
        .gateway = &gateway_gemini,
        .method = "GET",
        .path = "/v1beta/files/{file}:download",
        .family = FAMILY_GEMINI,
        .need = NEED_READ,
        .reply = download,
    },
    {
        .gateway = &gateway_gemini,
        .method = "GET",
        .path = "/v1/models",
        .family = FAMILY_GEMINI,
        .need = NEED_READ,
        .reply = list_models,
    },
    {
        .gateway = &gateway_gemini,
        .method = "GET",
        .path = "/v1/models/{model}",
        .family = FAMILY_GEMINI,
        .need = NEED_READ,
        .reply = show_model,
    },
    {
        .gateway = &gateway_gemini,
        .method = "POST",
        .path = "/v1/models/{model}:embedContent",
        .family = FAMILY_GEMINI,
        .need = NEED_WRITE,
        .task = "embedding",
        .fields = embed_fields,
        .reply = embed,
    },
    {
        .gateway = &gateway_gemini,
        .method = "POST",
        .path = "/v1/models/{model}:batchEmbedContents",
        .family = FAMILY_GEMINI,
        .need = NEED_WRITE,
        .task = "embedding",
        .fields = batch_fields,
        .reply = embed_batch,
    },
    {0},
};
