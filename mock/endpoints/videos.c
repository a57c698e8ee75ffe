/* Video generation: a task that is polled until time has finished it. */
#include "mock/endpoints/reply.h"
#include "mock/mock.h"

#include <stdio.h>
#include <string.h>

/* A prompt that holds this makes a task that fails, so that clients can be tried on one. */
static const char fail_mark[] = "[gatemark:fail]";

static const char *state_name(enum task_state state)
{
    switch (state) {
    case TASK_QUEUED:
        return "queued";
    case TASK_IN_PROGRESS:
        return "in_progress";
    case TASK_COMPLETED:
        return "completed";
    case TASK_FAILED:
        return "failed";
    }
    return "";
}

static void create(struct call *call)
{
    const char *prompt = json_string_value(json_object_get(call->body, "prompt"));
    const json_t *metadata = json_object_get(call->body, "metadata");
    const json_t *duration = json_object_get(metadata, "durationSeconds");
    const struct key *key = call->decision.key;
    struct task task = {
        .gateway = call->gateway,
        .created_ms = call->now_ms,
        .fails = strstr(prompt, fail_mark) != NULL,
    };

    if (!json_is_integer(duration))
        duration = json_object_get(call->body, "duration");
    task.duration_s = json_is_integer(duration) ? json_integer_value(duration) : 8;
    snprintf(task.owner, sizeof task.owner, "%s", key ? key->owner : "");
    snprintf(task.model, sizeof task.model, "%s", call->model_name);
    tasks_add(call->mock->tasks, &task);
    response_json(call->response, 200,
                  json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:I}", "id", task.id, "task_id",
                            task.id, "object", "video", "model", task.model, "status",
                            state_name(TASK_QUEUED), "progress", 0, "created_at",
                            reply_created(call)));
}

/* The task named in the path. One of another owner is told like one that does not exist, so that
 * nobody learns which ids do. */
static bool find(struct call *call, struct task *task)
{
    const struct key *key = call->decision.key;

    if (tasks_find(call->mock->tasks, call->arguments[0], task) && task->gateway == call->gateway &&
        key && strcmp(task->owner, key->owner) == 0)
        return true;
    call_refuse_field(call, FAULT_ID_UNKNOWN, "task_id", "task_not_exist");
    return false;
}

static json_t *metadata_json(const struct task *task)
{
    return json_pack("{s:I, s:i, s:i, s:i, s:i}", "duration", task->duration_s, "fps", 24, "width",
                     1280, "height", 720, "seed", 1);
}

static void poll(struct call *call)
{
    struct task task;

    if (!find(call, &task))
        return;
    enum task_state state = task_state(&task, call->now_ms);
    json_t *body =
        json_pack("{s:s, s:s, s:s, s:i, s:s, s:I}", "task_id", task.id, "status", state_name(state),
                  "model", task.model, "progress", task_progress(&task, call->now_ms), "format",
                  "mp4", "created_at", (json_int_t)(task.created_ms / 1000));
    if (state == TASK_COMPLETED) {
        char url[320];
        snprintf(url, sizeof url, "%s/%s/v1/video/generations/%s/content",
                 call->request->origin ? call->request->origin : "", call->gateway->name, task.id);
        json_object_set_new(body, "url", json_string(url));
        json_object_set_new(body, "metadata", metadata_json(&task));
    }
    if (state == TASK_FAILED)
        json_object_set_new(
            body, "error",
            json_pack("{s:i, s:s}", "code", 500, "message", "The video could not be generated."));
    response_json(call->response, 200, body);
}

/* The smallest file that says of itself that it is an MP4: one ftyp box. */
static const unsigned char movie[] = {0,   0,   0, 20, 'f', 't', 'y', 'p', 'i', 's',
                                      'o', 'm', 0, 0,  2,   0,   'm', 'p', '4', '1'};

static void download(struct call *call)
{
    struct task task;

    if (!find(call, &task))
        return;
    if (task_state(&task, call->now_ms) != TASK_COMPLETED) {
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "task_id",
                          "the task is not completed: its status is %s",
                          state_name(task_state(&task, call->now_ms)));
        return;
    }
    call->response->status = 200;
    call->response->content_type = "video/mp4";
    call->response->bytes = movie;
    call->response->length = sizeof movie;
}

static const struct shape_field fields[] = {
    {"model", JSON_TEXT, true, true, 1, 256, NULL},
    {"prompt", JSON_TEXT, true, true, 1, 32000, NULL},
    {"duration", JSON_WHOLE, false, true, 1, 60, NULL},
    {"metadata", JSON_MAP | JSON_NOTHING, false, false, 0, 0, NULL},
    {0},
};

const struct endpoint videos_endpoints[] = {
    {
        .gateway = &gateway_clawdrouter,
        .method = "POST",
        .path = "/v1/video/generations",
        .family = FAMILY_OPENAI,
        .need = NEED_INFERENCE,
        .task = "video",
        .fields = fields,
        .reply = create,
    },
    {
        .gateway = &gateway_clawdrouter,
        .method = "GET",
        .path = "/v1/video/generations/{task_id}",
        .family = FAMILY_OPENAI,
        .need = NEED_INFERENCE,
        .reply = poll,
    },
    {
        .gateway = &gateway_clawdrouter,
        .method = "GET",
        .path = "/v1/video/generations/{task_id}/content",
        .family = FAMILY_OPENAI,
        .need = NEED_INFERENCE,
        .reply = download,
    },
    {0},
};
