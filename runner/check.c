#include "reports/report.h"
#include "runner/commands.h"
#include "runner/nearest.h"
#include "runner/outlets.h"
#include "runner/targets.h"
#include "runner/watch.h"
#include "suites/cmocka_driver.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LONGEST_WAIT_S = 86400 };

/* What the command line asks for. Owns its lists; the texts are borrowed from argv. */
struct asked {
    struct wish wish;
    const char *profile_path;
    struct profile profile;
    struct words only;
    struct outlets outlets;
    bool strict;
    enum evidence least;
};

static const struct option options[] = {
    {"target", required_argument, NULL, 't'},   {"gateway", required_argument, NULL, 'g'},
    {"profile", required_argument, NULL, 'p'},  {"only", required_argument, NULL, 'o'},
    {"report", required_argument, NULL, 'r'},   {"allow-writes", no_argument, NULL, 'w'},
    {"strict", no_argument, NULL, 's'},         {"evidence", required_argument, NULL, 'e'},
    {"max-wait", required_argument, NULL, 'm'}, {"control-token", required_argument, NULL, 'c'},
    {"set", required_argument, NULL, 'S'},      {0},
};

static bool begins(const char *id, const char *prefix)
{
    return strncmp(id, prefix, strlen(prefix)) == 0;
}

static bool take_only(struct asked *asked, const char *word, struct problem *problem)
{
    struct nearest nearest = {.word = word};

    for (const struct suite *suite = suites; suite->name; suite++)
        for (const struct requirement *row = suite->requirements; row->id; row++) {
            if (*word && begins(row->id, word)) {
                words_add(&asked->only, word);
                return true;
            }
            nearest_offer(&nearest, row->id);
        }
    char *hint = nearest_hint(&nearest);
    problem_set(problem, "no requirement is called %s or begins so%s", word, hint);
    free(hint);
    return false;
}

static bool take_wait(struct asked *asked, const char *word, struct problem *problem)
{
    char *end = NULL;

    errno = 0;
    long seconds = strtol(word, &end, 10);
    if (errno != 0 || end == word || *end != '\0' || seconds < 0 || seconds > LONGEST_WAIT_S)
        return problem_set(problem, "--max-wait expects seconds from 0 to %d, not %s",
                           LONGEST_WAIT_S, word);
    asked->wish.max_wait_s = (int)seconds;
    return true;
}

static bool take_option(struct asked *asked, int option, struct problem *problem)
{
    switch (option) {
    case 't':
        asked->wish.url = optarg;
        return true;
    case 'g':
        words_add(&asked->wish.gateways, optarg);
        return true;
    case 'p':
        asked->profile_path = optarg;
        return true;
    case 'o':
        return take_only(asked, optarg, problem);
    case 'r':
        return outlets_add(&asked->outlets, optarg, problem);
    case 'w':
        asked->wish.allow_writes = true;
        return true;
    case 's':
        asked->strict = true;
        return true;
    case 'e':
        return evidence_find(optarg, &asked->least) ||
               problem_set(problem,
                           "there is no evidence grade %s: say documented, specified, "
                           "shipped, observed or assumed",
                           optarg);
    case 'm':
        return take_wait(asked, optarg, problem);
    case 'c':
        asked->wish.control_token = optarg;
        return true;
    case 'S':
        words_add(&asked->wish.settings, optarg);
        return true;
    }
    return true;
}

/* What the profile gives and the command line does not. */
static bool take_profile(struct asked *asked, struct problem *problem)
{
    struct wish *wish = &asked->wish;

    if (!asked->profile_path)
        return true;
    if (!profile_load(&asked->profile, asked->profile_path, problem))
        return false;
    wish->profile = &asked->profile;
    if (!wish->url)
        wish->url = asked->profile.base_url;
    if (!wish->url)
        return problem_set(problem, "%s names no base_url: say --target URL", asked->profile_path);
    if (wish->gateways.count == 0 && asked->profile.gateway)
        words_add(&wish->gateways, asked->profile.gateway);
    return true;
}

static bool makes_sense(const struct asked *asked, struct problem *problem)
{
    const struct wish *wish = &asked->wish;

    if (wish->url && wish->settings.count > 0)
        return problem_set(problem, "--set is for the embedded mock, not for a target");
    if (!wish->url && wish->control_token)
        return problem_set(problem, "--control-token goes with --target");
    return true;
}

/* EXIT_PASSED, or EXIT_USAGE with everything said. */
static int read_options(struct asked *asked, int argc, char **argv)
{
    struct problem problem = {0};
    int option;

    while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
        if (option == '?' || option == ':')
            return option_tell("check", option, argv, options);
        if (!take_option(asked, option, &problem))
            return usage_tell("check", "%s", problem.text);
    }
    if (optind < argc)
        return usage_tell("check", "%s is not expected here", argv[optind]);
    if (!take_profile(asked, &problem) || !makes_sense(asked, &problem) ||
        !outlets_ready(&asked->outlets, &problem))
        return problem_tell(&problem, EXIT_USAGE);
    return EXIT_PASSED;
}

static void asked_close(struct asked *asked)
{
    words_close(&asked->wish.gateways);
    words_close(&asked->wish.settings);
    words_close(&asked->only);
    outlets_close(&asked->outlets);
    profile_close(&asked->profile);
}

static bool chosen(const struct requirement *row, const struct asked *asked)
{
    for (size_t i = 0; i < asked->only.count; i++)
        if (begins(row->id, asked->only.items[i]))
            return true;
    return asked->only.count == 0;
}

static size_t row_count(const struct asked *asked)
{
    size_t count = 0;

    for (const struct suite *suite = suites; suite->name; suite++)
        for (const struct requirement *row = suite->requirements; row->id; row++)
            count += !asked || chosen(row, asked);
    return count;
}

/* A suite of one row at a time, so that a run can stop between any two. */
static void run_row(const struct suite *suite, const struct requirement *row,
                    const struct target *target, struct check *check)
{
    const struct requirement alone[] = {*row, {0}};

    suite_run(&(struct suite){suite->name, alone}, target, check, NULL, NULL);
    check->requirement = row;
}

/* Fills `checks`: a row that was not asked for, or not reached, stays all zero. */
static void run_target(const struct asked *asked, const struct target *target, struct check *checks,
                       struct watch *watch)
{
    for (const struct suite *suite = suites; suite->name; suite++)
        for (const struct requirement *row = suite->requirements; row->id; row++, checks++) {
            if (!chosen(row, asked) || watch_interrupted(watch))
                continue;
            watch_step(watch, target->contract->gateway);
            run_row(suite, row, target, checks);
        }
}

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void write_date(char *text, size_t size)
{
    time_t now = time(NULL);
    struct tm parts;

    gmtime_r(&now, &parts);
    strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

static int code_of(const struct report *report)
{
    if (report->interrupted)
        return EXIT_INTERRUPTED;
    switch (report_verdict(report)) {
    case VERDICT_PASSED:
        return EXIT_PASSED;
    case VERDICT_FAILED:
        return EXIT_FAILED;
    case VERDICT_NOTHING_RAN:
    case VERDICT_UNTESTED:
        return EXIT_UNTESTED;
    case VERDICT_INTERRUPTED:
        return EXIT_INTERRUPTED;
    }
    return EXIT_BROKEN;
}

/* Runs all rows on all targets; `parts` and `checks` are as many as there are. */
static bool run_all(const struct asked *asked, const struct targets *targets,
                    struct report_part *parts, struct watch *watch, struct problem *problem)
{
    size_t rows = row_count(NULL);

    for (size_t i = 0; i < targets->count; i++) {
        const struct target *target = &targets->items[i];
        struct check *checks = must(calloc(rows + 1, sizeof *checks));
        parts[i] = (struct report_part){target->contract->gateway, target->base_url, checks, rows};
        if (!watch_interrupted(watch) && !target_reset(targets, target, problem))
            return false;
        run_target(asked, target, checks, watch);
    }
    return true;
}

static void parts_free(struct report_part *parts, size_t count)
{
    for (size_t p = 0; p < count; p++) {
        struct check *checks = (struct check *)parts[p].checks;
        for (size_t i = 0; i < parts[p].count; i++)
            check_close(&checks[i]);
        free(checks);
    }
    free(parts);
}

static int run_and_report(const struct asked *asked, const struct targets *targets,
                          struct watch *watch, struct problem *problem)
{
    struct report_part *parts = must(calloc(targets->count + 1, sizeof *parts));
    char started_at[32];
    int64_t start_ns = now_ns();
    int code = EXIT_BROKEN;

    write_date(started_at, sizeof started_at);
    watch_expect(watch, targets->count * row_count(asked));
    bool ran = run_all(asked, targets, parts, watch, problem);
    struct report report = {
        .version = GATEMARK_VERSION,
        .started_at = started_at,
        .target = asked->wish.url ? asked->wish.url : "the embedded mock",
        .parts = parts,
        .part_count = targets->count,
        .took_ns = now_ns() - start_ns,
        .strict = asked->strict,
        .mock = targets->mock,
        .embedded = targets->server != NULL,
        .interrupted = watch_interrupted(watch),
        .least = asked->least,
    };
    watch_stop(watch);
    if (ran && outlets_write(&asked->outlets, &report, problem))
        code = code_of(&report);
    parts_free(parts, targets->count);
    return code;
}

int command_check(int argc, char **argv)
{
    struct asked asked = {.wish.max_wait_s = -1, .least = SHIPPED};
    struct targets targets = {0};
    struct problem problem = {0};
    int code = read_options(&asked, argc, argv);

    if (code != EXIT_PASSED)
        goto done;
    struct watch *watch = watch_start();
    code = targets_open(&targets, &asked.wish, &problem);
    if (code == EXIT_PASSED)
        code = run_and_report(&asked, &targets, watch, &problem);
    else
        watch_stop(watch);
    if (problem.text[0])
        problem_tell(&problem, code);
done:
    targets_close(&targets);
    asked_close(&asked);
    return code;
}
