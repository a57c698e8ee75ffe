#include "mock/deviations/lies.h"

#define VIDEO "/v1/video/generations"

static bool tells_task(const struct call *call)
{
    return lie_answers(call, "GET", VIDEO "/{task_id}");
}

static bool is_in(const struct call *call, const char *status)
{
    return tells_task(call) && lie_has_text(call, "status", status);
}

/* Does the path name a task, and how old is it? */
static bool named_task(const struct call *call, int64_t *age_s)
{
    struct task task;

    if (!lie_in(call, "GET", VIDEO "/{task_id}") ||
        !tasks_find(call->mock->tasks, call->arguments[0], &task))
        return false;
    *age_s = (call->now_ms - task.created_ms) / 1000;
    return true;
}

static bool poll_tells_unknown_status(struct call *call)
{
    return is_in(call, "queued") && lie_put_text(call, "status", "thinking");
}

static bool task_never_ends(struct call *call)
{
    return is_in(call, "completed") && lie_put_text(call, "status", "in_progress");
}

static bool task_goes_back(struct call *call)
{
    int64_t age_s;

    return named_task(call, &age_s) && age_s >= 10 && age_s < 15 && is_in(call, "in_progress") &&
           lie_put_text(call, "status", "queued");
}

static bool end_is_not_final(struct call *call)
{
    int64_t age_s;

    return named_task(call, &age_s) && age_s > 300 && is_in(call, "completed") &&
           lie_put_text(call, "status", "in_progress");
}

static bool completed_without_url(struct call *call)
{
    return is_in(call, "completed") && lie_set(call->response->body, "url", NULL);
}

static bool unfinished_with_url(struct call *call)
{
    return (is_in(call, "queued") || is_in(call, "in_progress")) &&
           lie_put_text(call, "url", "https://example.invalid/video.mp4");
}

static bool failed_without_reason(struct call *call)
{
    return is_in(call, "failed") && lie_set(call->response->body, "error", NULL);
}

static bool failed_with_url(struct call *call)
{
    return is_in(call, "failed") && lie_put_text(call, "url", "https://example.invalid/video.mp4");
}

static bool unknown_task_told(struct call *call)
{
    int64_t age_s;

    return lie_in(call, "GET", VIDEO "/{task_id}") && !named_task(call, &age_s) &&
           lie_pretend(call, FAULT_ID_UNKNOWN, 200);
}

static bool others_task_forbidden(struct call *call)
{
    int64_t age_s;

    return named_task(call, &age_s) && lie_pretend(call, FAULT_ID_UNKNOWN, 403);
}

static bool task_told_to_anybody(struct call *call)
{
    int64_t age_s;

    return named_task(call, &age_s) && lie_pretend(call, FAULT_KEY_MISSING, 200);
}

static bool prompt_not_needed(struct call *call)
{
    return lie_in(call, "POST", VIDEO) && lie_pretend_param(call, "prompt", 200);
}

const struct deviation tasks_deviations[] = {
    {
        .name = "task-without-id",
        .breaks = "tasks.create-has-id",
        .about = "a new task has no task_id",
        .path = "/video/generations",
        .method = "POST",
        .status = 2,
        .field = "task_id",
    },
    {
        .name = "task-done-at-once",
        .breaks = "tasks.create-is-under-way",
        .about = "a new task is completed",
        .path = "/video/generations",
        .method = "POST",
        .status = 2,
        .field = "status",
        .value = "\"completed\"",
    },
    {
        .name = "poll-tells-another-id",
        .breaks = "tasks.poll-repeats-id",
        .about = "a look at a task tells another id",
        .path = "/video/generations/{task_id}",
        .method = "GET",
        .status = 2,
        .field = "task_id",
        .value = "\"task_another\"",
    },
    {
        .name = "poll-tells-unknown-status",
        .breaks = "tasks.poll-tells-status",
        .about = "a queued task is thinking",
        .on_response = poll_tells_unknown_status,
    },
    {
        .name = "task-never-ends",
        .breaks = "tasks.comes-to-an-end",
        .about = "a task never ends",
        .on_response = task_never_ends,
    },
    {
        .name = "task-goes-back",
        .breaks = "tasks.never-goes-back",
        .about = "a task in progress is queued again",
        .on_response = task_goes_back,
    },
    {
        .name = "end-is-not-final",
        .breaks = "tasks.end-is-final",
        .about = "a completed task starts again after five minutes",
        .on_response = end_is_not_final,
    },
    {
        .name = "completed-without-url",
        .breaks = "tasks.completed-has-url",
        .about = "a completed task has no url",
        .on_response = completed_without_url,
    },
    {
        .name = "unfinished-with-url",
        .breaks = "tasks.unfinished-has-no-url",
        .about = "a task has a url from the start",
        .on_response = unfinished_with_url,
    },
    {
        .name = "failed-without-reason",
        .breaks = "tasks.failed-says-why",
        .about = "a failed task has no error",
        .on_response = failed_without_reason,
    },
    {
        .name = "failed-with-url",
        .breaks = "tasks.failed-has-no-url",
        .about = "a failed task has a url",
        .on_response = failed_with_url,
    },
    {
        .name = "unknown-task-told",
        .breaks = "tasks.unknown-id-refused",
        .about = "a task that does not exist is told of",
        .on_response = unknown_task_told,
    },
    {
        .name = "others-task-forbidden",
        .breaks = "tasks.others-task-as-if-unknown",
        .about = "another customer's task is a 403",
        .on_response = others_task_forbidden,
    },
    {
        .name = "task-told-to-anybody",
        .breaks = "tasks.poll-needs-key",
        .about = "a task is told to anybody",
        .on_response = task_told_to_anybody,
    },
    {
        .name = "prompt-not-needed",
        .breaks = "tasks.prompt-required",
        .about = "a prompt is not needed",
        .on_response = prompt_not_needed,
    },
    {0},
};
