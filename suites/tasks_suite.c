#include "suites/calls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How far a task has come. */
enum stage { UNHEARD_OF, QUEUED, RUNNING, DONE, BROKEN };

/* How long a task may take, and how often a check looks. */
enum { STEP_S = 5, STEPS = 240 };

static const struct {
    const char *word;
    enum stage stage;
} words[] = {
    {"queued", QUEUED},       {"pending", QUEUED},     {"submitted", QUEUED}, {"not_start", QUEUED},
    {"in_progress", RUNNING}, {"processing", RUNNING}, {"running", RUNNING},  {"completed", DONE},
    {"succeeded", DONE},      {"success", DONE},       {"failed", BROKEN},    {"failure", BROKEN},
    {"timeout", BROKEN},
};

/* A field of the task, which some gateways wrap in data. */
static const json_t *task_field(const struct exchange *x, const char *name)
{
    const json_t *field = json_object_get(x->json, name);

    return field ? field : json_object_get(json_object_get(x->json, "data"), name);
}

static const char *task_text(const struct exchange *x, const char *name)
{
    return json_string_value(task_field(x, name));
}

static enum stage stage_of(const struct exchange *x)
{
    const char *status = task_text(x, "status");

    for (size_t i = 0; status && i < COUNT(words); i++)
        if (strcasecmp(status, words[i].word) == 0)
            return words[i].stage;
    return UNHEARD_OF;
}

static bool has_ended(const struct exchange *x)
{
    enum stage stage = stage_of(x);

    return stage == DONE || stage == BROKEN;
}

/* Asks for a video with this prompt (NULL: the route's own). */
static const struct exchange *need_task(struct check *check, const char *prompt)
{
    json_t *request = need_gateway(check, "clawdrouter") ? need_request(check, "video") : NULL;

    if (request && prompt)
        json_object_set_new(request, "prompt", json_string(prompt));
    return request ? need_answer(check, "video", request) : NULL;
}

/* Asks how the task with this id is doing, with the key `secret` (NULL: none). */
static const struct exchange *poll_as(struct check *check, const char *id, const char *secret)
{
    const struct route *route = need_route(check, "task");
    const struct exchange *x = NULL;

    if (!route)
        return NULL;
    char *path =
        format_text("%.*s%s", (int)(strrchr(route->path, '/') + 1 - route->path), route->path, id);
    x = check_attempt(check, (struct attempt){.route = route, .secret = secret, .path = path});
    free(path);
    return x;
}

static const struct exchange *need_poll(struct check *check, const char *id)
{
    const char *secret = need_key(check, "valid");
    const struct exchange *x = secret ? poll_as(check, id, secret) : NULL;

    return x && need_success(check, x) && need_json(check, x) ? x : NULL;
}

static const char *need_task_id(struct check *check, const struct exchange *created)
{
    const char *id = created ? task_text(created, "task_id") : NULL;

    if (created)
        need_that(check, id && *id, created, "needed a task_id");
    return id && *id ? id : NULL;
}

/* Makes a task; its id, or NULL. */
static const char *need_new_task(struct check *check, const char *prompt)
{
    return need_task_id(check, need_task(check, prompt));
}

/* Looks at the task again and again until it has ended; that answer, or NULL. */
static const struct exchange *need_end(struct check *check, const char *id)
{
    for (int i = 0; i < STEPS; i++) {
        const struct exchange *x = need_poll(check, id);
        if (!x || has_ended(x))
            return x;
        if (!need_time(check, STEP_S))
            return NULL;
    }
    need_that(check, false, NULL, "needed the task to end within %d seconds", STEP_S * STEPS);
    return NULL;
}

static const struct exchange *need_ended_as(struct check *check, const char *prompt,
                                            enum stage stage)
{
    const char *id = need_new_task(check, prompt);
    const struct exchange *x = id ? need_end(check, id) : NULL;

    if (x)
        need_that(check, stage_of(x) == stage, x, "needed a task that is %s, got %s",
                  stage == DONE ? "completed" : "failed", task_text(x, "status"));
    return x && check_open(check) ? x : NULL;
}

static void new_task_has_an_id(struct check *check)
{
    const struct exchange *x = need_task(check, NULL);
    const char *id = x ? task_text(x, "task_id") : NULL;

    if (x)
        expect_that(check, id && *id, x, "expected a task_id");
}

static void new_task_is_under_way(struct check *check)
{
    const struct exchange *x = need_task(check, NULL);

    if (x)
        expect_that(check, stage_of(x) == QUEUED || stage_of(x) == RUNNING, x,
                    "expected the status of a task that is not done yet, got %s",
                    task_text(x, "status") ? task_text(x, "status") : "none");
}

static void poll_repeats_the_id(struct check *check)
{
    const char *id = need_new_task(check, NULL);
    const struct exchange *x = id ? need_poll(check, id) : NULL;
    const char *repeated = x ? task_text(x, "task_id") : NULL;

    if (x)
        expect_that(check, repeated && strcmp(repeated, id) == 0, x,
                    "expected the task_id that was asked for, got %s",
                    repeated ? repeated : "none");
}

static void poll_tells_a_known_status(struct check *check)
{
    const char *id = need_new_task(check, NULL);
    const struct exchange *x = id ? need_poll(check, id) : NULL;

    if (x)
        expect_that(check, stage_of(x) != UNHEARD_OF, x, "expected a status that is known, got %s",
                    task_text(x, "status") ? task_text(x, "status") : "none");
}

static void task_comes_to_its_end(struct check *check)
{
    const char *id = need_new_task(check, NULL);
    const struct exchange *x = NULL;

    for (int i = 0; id && i < STEPS; i++) {
        x = need_poll(check, id);
        if (!x || has_ended(x) || !need_time(check, STEP_S))
            return;
    }
    if (x)
        expect_that(check, false, x, "expected the task to end within %d seconds, it is still %s",
                    STEP_S * STEPS, task_text(x, "status"));
}

static void task_never_goes_back(struct check *check)
{
    const char *id = need_new_task(check, NULL);
    enum stage last = UNHEARD_OF;

    for (int i = 0; id && i < STEPS && check_open(check); i++) {
        const struct exchange *x = need_poll(check, id);
        if (!x || !need_that(check, stage_of(x) != UNHEARD_OF, x, "needed a status that is known"))
            return;
        expect_that(check, stage_of(x) >= last, x, "expected no way back, got %s",
                    task_text(x, "status"));
        last = stage_of(x);
        if (has_ended(x) || !check_open(check) || !need_time(check, STEP_S))
            return;
    }
}

static void ended_task_stays_as_it_is(struct check *check)
{
    const char *id = need_new_task(check, NULL);
    const struct exchange *ended = id ? need_end(check, id) : NULL;

    if (!ended || !need_time(check, 600))
        return;
    const struct exchange *x = need_poll(check, id);
    if (x)
        expect_that(check, stage_of(x) == stage_of(ended), x,
                    "expected a task that was %s to stay so, got %s", task_text(ended, "status"),
                    task_text(x, "status") ? task_text(x, "status") : "none");
}

static bool is_url(const char *text)
{
    return text && (begins(text, "http://") || begins(text, "https://"));
}

static void completed_task_has_a_url(struct check *check)
{
    const struct exchange *x = need_ended_as(check, NULL, DONE);

    if (x)
        expect_that(check, is_url(task_text(x, "url")), x,
                    "expected the url of the finished video, got %s",
                    task_text(x, "url") ? task_text(x, "url") : "none");
}

static bool shows_url(const struct exchange *x)
{
    const char *url = task_text(x, "url");

    return url && *url;
}

static void unfinished_task_has_no_url(struct check *check)
{
    const char *id = need_new_task(check, NULL);
    const struct exchange *x = id ? need_poll(check, id) : NULL;

    if (x && need_that(check, !has_ended(x), x, "needed a task that is not done yet"))
        expect_that(check, !shows_url(x), x, "expected no url before the task is done, got %s",
                    task_text(x, "url"));
}

/* A gatemark mock lets a task fail when its prompt asks for it; a live gateway has no such word. */
static const struct exchange *need_failed_task(struct check *check)
{
    if (!need_gateway(check, "clawdrouter") ||
        !need_that(check, check->target->control_url != NULL, NULL,
                   "no way is known to make a live gateway's task fail"))
        return NULL;
    return need_ended_as(check, "A bird. [gatemark:fail]", BROKEN);
}

static void failed_task_says_why(struct check *check)
{
    const struct exchange *x = need_failed_task(check);
    const char *message =
        x ? json_string_value(json_object_get(task_field(x, "error"), "message")) : NULL;

    if (x)
        expect_that(check, message && *message, x, "expected error.message to say what went wrong");
}

static void failed_task_has_no_url(struct check *check)
{
    const struct exchange *x = need_failed_task(check);

    if (x)
        expect_that(check, !shows_url(x), x, "expected no url of a failed task, got %s",
                    task_text(x, "url"));
}

/* The id with its last character changed: well formed, and nobody's. */
static char *id_like(const char *id)
{
    char *other = must(copy_text(id));
    size_t last = strlen(other) - 1;

    other[last] = other[last] == '0' ? '1' : '0';
    return other;
}

static void unknown_task_is_refused(struct check *check)
{
    const char *id = need_new_task(check, NULL);
    const char *secret = id ? need_key(check, "valid") : NULL;
    const struct promise *promise = secret ? need_promise(check, "id-unknown") : NULL;

    if (!promise)
        return;
    char *other = id_like(id);
    const struct exchange *x = poll_as(check, other, secret);
    if (x && expect_promised(check, x, promise))
        expect_fault(check, x, "id-unknown");
    free(other);
}

/* The answer's text with `id` blotted out, to be freed. */
static char *without_id(const struct exchange *x, const char *id)
{
    char *text = must(copy_text(x->response_body));

    for (char *at = strstr(text, id); at; at = strstr(at, id))
        memset(at, '#', strlen(id));
    return text;
}

static void others_task_is_as_if_unknown(struct check *check)
{
    const char *id = need_new_task(check, NULL);
    const char *other = id ? need_key(check, "other") : NULL;

    if (!other)
        return;
    char *nobodys = id_like(id);
    const struct exchange *unknown = poll_as(check, nobodys, other);
    const struct exchange *x =
        unknown && need_refusal(check, unknown) ? poll_as(check, id, other) : NULL;
    char *said = unknown ? without_id(unknown, nobodys) : NULL;
    char *told = x ? without_id(x, id) : NULL;
    if (x) {
        expect_that(check, x->status == unknown->status && strcmp(said, told) == 0, x,
                    "expected another customer's task to be answered like an unknown one: %d, not "
                    "%d",
                    unknown->status, x->status);
        expect_fault(check, x, "id-unknown");
    }
    free(told);
    free(said);
    free(nobodys);
}

static void poll_needs_a_key(struct check *check)
{
    const char *id = need_new_task(check, NULL);
    const struct promise *promise = id ? need_promise(check, "missing") : NULL;
    const struct exchange *x = promise ? poll_as(check, id, NULL) : NULL;

    if (x && expect_promised(check, x, promise))
        expect_fault(check, x, "key-missing");
}

static void prompt_is_required(struct check *check)
{
    json_t *request = need_gateway(check, "clawdrouter") ? need_request(check, "video") : NULL;
    const struct exchange *x = NULL;

    if (request) {
        json_object_del(request, "prompt");
        x = call_route(check, "video", request);
    }
    if (x && expect_status(check, x, 400))
        expect_fault(check, x, "field-missing");
}

const struct requirement tasks_requirements[] = {
    {
        .id = "tasks.create-has-id",
        .level = MUST,
        .source = "newapi-video#create",
        .evidence = ASSUMED,
        .claim = "a new task has a task_id",
        .test = new_task_has_an_id,
        .writes = true,
    },
    {
        .id = "tasks.create-is-under-way",
        .level = MUST,
        .source = "newapi-video#create",
        .evidence = ASSUMED,
        .claim = "a new task is not done yet",
        .test = new_task_is_under_way,
        .writes = true,
    },
    {
        .id = "tasks.poll-repeats-id",
        .level = MUST,
        .source = "newapi-video#poll",
        .evidence = ASSUMED,
        .claim = "a look at a task answers its task_id",
        .test = poll_repeats_the_id,
        .writes = true,
    },
    {
        .id = "tasks.poll-tells-status",
        .level = MUST,
        .source = "newapi-video#poll",
        .evidence = ASSUMED,
        .claim = "a look at a task answers a known status",
        .test = poll_tells_a_known_status,
        .writes = true,
    },
    {
        .id = "tasks.comes-to-an-end",
        .level = MUST,
        .source = "newapi-video#poll",
        .evidence = ASSUMED,
        .claim = "a task ends",
        .test = task_comes_to_its_end,
        .writes = true,
    },
    {
        .id = "tasks.never-goes-back",
        .level = MUST,
        .source = "gatemark#tasks",
        .evidence = ASSUMED,
        .claim = "a task's status never goes back",
        .test = task_never_goes_back,
        .writes = true,
    },
    {
        .id = "tasks.end-is-final",
        .level = MUST,
        .source = "gatemark#tasks",
        .evidence = ASSUMED,
        .claim = "a task that has ended stays as it is",
        .test = ended_task_stays_as_it_is,
        .writes = true,
    },
    {
        .id = "tasks.completed-has-url",
        .level = MUST,
        .source = "newapi-video#poll",
        .evidence = ASSUMED,
        .claim = "a completed task has the url of its video",
        .test = completed_task_has_a_url,
        .writes = true,
    },
    {
        .id = "tasks.unfinished-has-no-url",
        .level = MUST,
        .source = "gatemark#tasks",
        .evidence = ASSUMED,
        .claim = "a task that is not done yet has no url",
        .test = unfinished_task_has_no_url,
        .writes = true,
    },
    {
        .id = "tasks.failed-says-why",
        .level = MUST,
        .source = "newapi-video#poll",
        .evidence = ASSUMED,
        .claim = "a failed task says what went wrong",
        .test = failed_task_says_why,
        .writes = true,
    },
    {
        .id = "tasks.failed-has-no-url",
        .level = MUST,
        .source = "gatemark#tasks",
        .evidence = ASSUMED,
        .claim = "a failed task has no url",
        .test = failed_task_has_no_url,
        .writes = true,
    },
    {
        .id = "tasks.unknown-id-refused",
        .level = MUST,
        .source = "newapi-video#poll",
        .evidence = ASSUMED,
        .claim = "a look at a task that does not exist is refused",
        .test = unknown_task_is_refused,
        .writes = true,
    },
    {
        .id = "tasks.others-task-as-if-unknown",
        .level = MUST,
        .source = "gatemark#tasks",
        .evidence = ASSUMED,
        .claim = "another customer's task is answered like one that does not exist",
        .test = others_task_is_as_if_unknown,
        .writes = true,
    },
    {
        .id = "tasks.poll-needs-key",
        .level = MUST,
        .source = "clawdrouter-auth",
        .evidence = DOCUMENTED,
        .claim = "a look at a task needs a key",
        .test = poll_needs_a_key,
        .writes = true,
    },
    {
        .id = "tasks.prompt-required",
        .level = MUST,
        .source = "newapi-video#create",
        .evidence = ASSUMED,
        .claim = "a task without prompt is refused with 400",
        .test = prompt_is_required,
        .writes = true,
    },
    {0},
};
