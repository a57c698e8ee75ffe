#include "suites/cmocka_driver.h"

#include "suites/target.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h> /* needs the headers above, so it keeps its own block */

/* cmocka 1.1 can only print to the terminal, so both streams point elsewhere while it speaks, and
 * back while a row runs: what a sanitizer has to say must be heard. */
struct silence {
    int nowhere, out, error;
};

struct row {
    struct check *check;
    const struct requirement *requirement;
    const struct target *target;
    const struct silence *silence;
};

static void silence_begin(const struct silence *silence)
{
    fflush(NULL);
    dup2(silence->nowhere, STDOUT_FILENO);
    dup2(silence->nowhere, STDERR_FILENO);
}

static void silence_end(const struct silence *silence)
{
    fflush(NULL);
    dup2(silence->out, STDOUT_FILENO);
    dup2(silence->error, STDERR_FILENO);
}

/* True when all three could be opened; otherwise cmocka is heard, which harms nobody. */
static bool silence_open(struct silence *silence)
{
    *silence = (struct silence){
        .nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC),
        .out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3),
        .error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3),
    };
    return silence->nowhere >= 0 && silence->out >= 0 && silence->error >= 0;
}

static void silence_close(const struct silence *silence)
{
    if (silence->nowhere >= 0)
        close(silence->nowhere);
    if (silence->out >= 0)
        close(silence->out);
    if (silence->error >= 0)
        close(silence->error);
}

/* Runs one check to the end, then tells cmocka. Nothing is held when cmocka jumps. */
static void run_row(void **state)
{
    const struct row *row = *state;

    if (row->silence)
        silence_end(row->silence);
    check_run(row->check, row->requirement, row->target);
    if (row->silence)
        silence_begin(row->silence);
    if (row->check->outcome == NOT_APPLICABLE)
        skip();
    if (row->check->outcome != PASSED)
        fail_msg("%s: %s", row->requirement->claim, row->check->finding);
}

/* A signal that cmocka caught ends a test in its middle; that must never look like a pass. */
static void mark_unfinished(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct check *check = rows[i].check;
        if (check->took_ns > 0)
            continue;
        check->requirement = rows[i].requirement;
        check->target = rows[i].target;
        check->outcome = UNTESTABLE;
        snprintf(check->finding, sizeof check->finding, "the check broke before its end");
    }
}

int suite_run(const struct suite *suite, const struct target *target, struct check *checks,
              bool (*chosen)(const struct requirement *requirement, const void *asked),
              const void *asked)
{
    size_t size = suite_size(suite), count = 0;
    struct CMUnitTest *tests = must(calloc(size + 1, sizeof *tests));
    struct row *rows = must(calloc(size + 1, sizeof *rows));
    struct silence silence;
    bool silent = silence_open(&silence);
    int failed = 0;

    for (size_t i = 0; i < size; i++) {
        const struct requirement *requirement = &suite->requirements[i];
        checks[i] = (struct check){0};
        if (chosen && !chosen(requirement, asked))
            continue;
        rows[count] = (struct row){&checks[i], requirement, target, silent ? &silence : NULL};
        tests[count] = (struct CMUnitTest){
            .name = requirement->id, .test_func = run_row, .initial_state = &rows[count]};
        count++;
    }
    if (count > 0) {
        if (silent)
            silence_begin(&silence);
        failed = _cmocka_run_group_tests(suite->name, tests, count, NULL, NULL);
        if (silent)
            silence_end(&silence);
        mark_unfinished(rows, count);
    }
    silence_close(&silence);
    free(rows);
    free(tests);
    return failed;
}
