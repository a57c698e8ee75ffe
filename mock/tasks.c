#include "mock/tasks.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUEUED_MS = 5000, DONE_MS = 20000 };

struct tasks {
    struct identity *identity;
    pthread_mutex_t lock; /* guards everything below */
    uint64_t count;
    struct task ring[TASKS];
};

struct tasks *tasks_new(struct identity *identity)
{
    struct tasks *tasks = must(calloc(1, sizeof *tasks));

    tasks->identity = identity;
    pthread_mutex_init(&tasks->lock, NULL);
    return tasks;
}

void tasks_free(struct tasks *tasks)
{
    if (!tasks)
        return;
    pthread_mutex_destroy(&tasks->lock);
    free(tasks);
}

void tasks_clear(struct tasks *tasks)
{
    pthread_mutex_lock(&tasks->lock);
    tasks->count = 0;
    memset(tasks->ring, 0, sizeof tasks->ring);
    pthread_mutex_unlock(&tasks->lock);
}

/* The id holds its place in the ring, so that finding it needs no search. */
void tasks_add(struct tasks *tasks, struct task *task)
{
    char prefix[24];

    pthread_mutex_lock(&tasks->lock);
    unsigned place = (unsigned)(tasks->count++ % TASKS);
    snprintf(prefix, sizeof prefix, "task_%04x", place);
    identity_word(tasks->identity, prefix, 24, task->id, sizeof task->id);
    tasks->ring[place] = *task;
    pthread_mutex_unlock(&tasks->lock);
}

bool tasks_find(struct tasks *tasks, const char *id, struct task *task)
{
    unsigned place;

    if (sscanf(id, "task_%4x", &place) != 1 || place >= TASKS)
        return false;
    pthread_mutex_lock(&tasks->lock);
    *task = tasks->ring[place];
    pthread_mutex_unlock(&tasks->lock);
    return strcmp(task->id, id) == 0;
}

enum task_state task_state(const struct task *task, int64_t now_ms)
{
    int64_t age_ms = now_ms - task->created_ms;

    if (age_ms < QUEUED_MS)
        return TASK_QUEUED;
    if (age_ms < DONE_MS)
        return TASK_IN_PROGRESS;
    return task->fails ? TASK_FAILED : TASK_COMPLETED;
}

int task_progress(const struct task *task, int64_t now_ms)
{
    int64_t age_ms = now_ms - task->created_ms;

    if (age_ms < QUEUED_MS)
        return 0;
    if (age_ms >= DONE_MS)
        return 100;
    return (int)((age_ms - QUEUED_MS) * 100 / (DONE_MS - QUEUED_MS));
}
