/* Tasks that finish later, such as videos. Their state is a function of the time. */
#ifndef MOCK_TASKS_H
#define MOCK_TASKS_H

#include "mock/gateway.h"

enum { TASKS = 4096, TASK_ID = 40 };

enum task_state { TASK_QUEUED, TASK_IN_PROGRESS, TASK_COMPLETED, TASK_FAILED };

/* A copy, for the caller to look at. */
struct task {
    char id[TASK_ID];
    const struct gateway *gateway;
    char owner[64], model[260];
    int64_t created_ms;
    int64_t duration_s;
    bool fails; /* its end will be a failure */
};

struct tasks;

struct tasks *tasks_new(struct identity *identity);
void tasks_free(struct tasks *tasks);
void tasks_clear(struct tasks *tasks);

/* Keeps a copy of `task`, whose id it draws. The oldest of more than TASKS is forgotten. */
void tasks_add(struct tasks *tasks, struct task *task);

/* Copies the task with this id; false when there is none. */
bool tasks_find(struct tasks *tasks, const char *id, struct task *task);

/* Queued for 5 s, in progress until 20 s, then completed or failed, for good. */
enum task_state task_state(const struct task *task, int64_t now_ms);

/* 0 to 100; never falls. */
int task_progress(const struct task *task, int64_t now_ms);

#endif
