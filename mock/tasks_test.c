#include "mock/tasks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void time_decides(void **state)
{
    static const struct {
        const char *name;
        int64_t age_ms;
        bool fails;
        enum task_state state;
        int progress;
    } rows[] = {
        {"new", 0, false, TASK_QUEUED, 0},
        {"before its birth", -1000, false, TASK_QUEUED, 0},
        {"still queued", 4999, false, TASK_QUEUED, 0},
        {"begun", 5000, false, TASK_IN_PROGRESS, 0},
        {"halfway", 12500, false, TASK_IN_PROGRESS, 50},
        {"almost", 19999, false, TASK_IN_PROGRESS, 99},
        {"done", 20000, false, TASK_COMPLETED, 100},
        {"long done", 1000000000, false, TASK_COMPLETED, 100},
        {"will fail", 19999, true, TASK_IN_PROGRESS, 99},
        {"failed", 20000, true, TASK_FAILED, 100},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct task task = {.created_ms = 1000, .fails = rows[i].fails};
        enum task_state now = task_state(&task, 1000 + rows[i].age_ms);
        int progress = task_progress(&task, 1000 + rows[i].age_ms);
        if (now != rows[i].state || progress != rows[i].progress) {
            print_error("%s: state %d, %d%%\n", rows[i].name, (int)now, progress);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void progress_never_falls(void **state)
{
    const struct task task = {.created_ms = 0};
    int before = 0;

    (void)state;
    for (int64_t ms = 0; ms < 25000; ms++) {
        int now = task_progress(&task, ms);
        assert_in_range(now, before, 100);
        before = now;
    }
}

static void tasks_are_found_by_id(void **state)
{
    static const char *const wrong[] = {
        "",           "task_",      "task_0000",       "task_zzzz",
        "task_-001",  "task_+000",  "task_ffffffffff", "0000",
        "task_0000x", "task_ 0000", "TASK_0000",       "task_0x00",
    };
    struct identity identity;
    struct task one = {.duration_s = 1}, other = {.duration_s = 2}, found;

    (void)state;
    identity_init(&identity, 1);
    struct tasks *tasks = tasks_new(&identity);
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(tasks_find(tasks, wrong[i], &found));
    tasks_add(tasks, &one);
    tasks_add(tasks, &other);
    assert_string_not_equal(one.id, other.id);
    assert_true(tasks_find(tasks, one.id, &found) && found.duration_s == 1);
    assert_true(tasks_find(tasks, other.id, &found) && found.duration_s == 2);
    for (size_t i = 0; i < COUNT(wrong); i++)
        if (tasks_find(tasks, wrong[i], &found))
            fail_msg("%s was found", wrong[i]);
    for (int i = 1; i < TASKS; i++)
        tasks_add(tasks, &(struct task){.duration_s = 3});
    assert_false(tasks_find(tasks, one.id, &found));
    assert_true(tasks_find(tasks, other.id, &found));
    tasks_clear(tasks);
    assert_false(tasks_find(tasks, other.id, &found));
    tasks_free(tasks);
    tasks_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_decides),
        cmocka_unit_test(progress_never_falls),
        cmocka_unit_test(tasks_are_found_by_id),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
