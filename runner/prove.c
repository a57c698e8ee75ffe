/* Proves the suites against the mock: the honest mock passes every row, each deviation fails
 * exactly the row it breaks, by a lie that was really told, and no row lacks a deviation. */
#include "mock/deviations.h"
#include "runner/commands.h"
#include "runner/targets.h"
#include "runner/watch.h"
#include "suites/check.h"
#include "suites/client.h"
#include "suites/control.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { JOBS_MOST = 16, CONTRACTS_MOST = 16 };

enum part {
    ALL_ROWS, /* of the honest mock */
    OWN_ROW,  /* the one that the lie breaks */
    OTHER_ROWS,
};

/* One run: a gateway, honest or under a deviation. */
struct run {
    const struct deviation *deviation; /* NULL: honest */
    enum part part;
    size_t own;     /* the row that the deviation breaks */
    size_t gateway; /* index into a worker's targets */
    bool noticed;   /* the row failed, and the lie was told */
};

/* What is to be shown, and what was. Shared by the workers; the lock guards what changes. */
struct proof {
    const struct requirement **rows;
    size_t row_count, gateway_count;
    const char *gateways[CONTRACTS_MOST];
    bool *applies; /* row by gateway: not NOT_APPLICABLE with the honest mock */
    bool *proven;  /* row by gateway: a lie was told there, and the row noticed */
    struct run *runs;
    size_t run_count;
    const char *only; /* NULL, or the one deviation to try */
    bool every_gateway;
    _Atomic size_t next;
    struct watch *watch;
    pthread_mutex_t lock; /* guards what follows, and stdout */
    size_t surprises;
    struct problem problem;
};

/* One thread with a mock and a connection of its own, so that no run disturbs another. */
struct worker {
    struct proof *proof;
    struct targets targets;
    pthread_t thread;
};

static bool *cell(const struct proof *proof, bool *table, size_t row, size_t gateway)
{
    return &table[row * proof->gateway_count + gateway];
}

__attribute__((format(printf, 2, 3))) static void surprise(struct proof *proof, const char *format,
                                                           ...)
{
    va_list args;

    va_start(args, format);
    pthread_mutex_lock(&proof->lock);
    proof->surprises++;
    vprintf(format, args);
    pthread_mutex_unlock(&proof->lock);
    va_end(args);
}

/* Was the lie told in any exchange of this check? The journal knows. */
static bool lied(const struct check *check)
{
    bool told = false;

    for (const struct exchange *x = check->exchanges; x && !told; x = x->next) {
        json_t *entry = journal_entry(check, x);
        told = json_is_true(json_object_get(entry, "deviated"));
        json_decref(entry);
    }
    return told;
}

static void judge_honest(struct proof *proof, size_t row, const struct run *run,
                         const struct check *check)
{
    const char *gateway = check->target->contract->gateway;

    *cell(proof, proof->applies, row, run->gateway) = check->outcome != NOT_APPLICABLE;
    if (check->outcome == FAILED || check->outcome == UNTESTABLE)
        surprise(proof, "surprise: the honest %s: %s is %s: %s\n", gateway, proof->rows[row]->id,
                 outcome_name(check->outcome), check->finding);
}

static void judge_own(struct proof *proof, struct run *run, const struct check *check)
{
    const char *gateway = check->target->contract->gateway, *name = run->deviation->name;
    const char *id = check->requirement->id;
    bool told = lied(check);

    run->noticed = check->outcome == FAILED && told;
    if (run->noticed)
        *cell(proof, proof->proven, run->own, run->gateway) = true;
    else if (check->outcome == FAILED)
        surprise(proof, "surprise: %s at %s fails %s, but no lie was told: %s\n", name, gateway, id,
                 check->finding);
    else if (told)
        surprise(proof, "surprise: %s at %s: %s did not notice (%s: %s)\n", name, gateway, id,
                 outcome_name(check->outcome), check->finding);
}

static void judge_other(struct proof *proof, const struct run *run, const struct check *check)
{
    if (check->outcome == FAILED)
        surprise(proof, "surprise: %s at %s fails %s too: %s\n", run->deviation->name,
                 check->target->contract->gateway, check->requirement->id, check->finding);
}

/* The target as the deviation's mount shows it: the same mock, another base URL. */
static struct target lying_target(const struct target *honest, const struct deviation *deviation)
{
    struct target target = *honest;
    const char *mount = strrchr(honest->base_url, '/');

    target.base_url = format_text("%.*s/with/%s%s", (int)(mount - honest->base_url),
                                  honest->base_url, deviation->name, mount);
    return target;
}

/* Does this run look at the row? */
static bool concerns(const struct proof *proof, const struct run *run, size_t row)
{
    switch (run->part) {
    case ALL_ROWS:
        return true;
    case OWN_ROW:
        return row == run->own;
    case OTHER_ROWS:
        return row != run->own && *cell(proof, proof->applies, row, run->gateway);
    }
    return false;
}

static void judge(struct proof *proof, struct run *run, size_t row, const struct check *check)
{
    switch (run->part) {
    case ALL_ROWS:
        judge_honest(proof, row, run, check);
        return;
    case OWN_ROW:
        judge_own(proof, run, check);
        return;
    case OTHER_ROWS:
        judge_other(proof, run, check);
        return;
    }
}

static void perform(struct worker *worker, struct run *run)
{
    struct proof *proof = worker->proof;
    struct target target = worker->targets.items[run->gateway];
    struct problem problem = {0};

    if (!target_reset(&worker->targets, &target, &problem)) {
        surprise(proof, "surprise: %s\n", problem.text);
        return;
    }
    if (run->deviation)
        target = lying_target(&target, run->deviation);
    for (size_t row = 0; row < proof->row_count && !watch_interrupted(proof->watch); row++) {
        struct check check;
        if (!concerns(proof, run, row))
            continue;
        check_run(&check, proof->rows[row], &target);
        judge(proof, run, row, &check);
        check_close(&check);
    }
    if (run->deviation)
        free(target.base_url);
}

static void *work(void *given)
{
    struct worker *worker = given;
    struct proof *proof = worker->proof;
    size_t n;

    while ((n = atomic_fetch_add(&proof->next, 1)) < proof->run_count &&
           !watch_interrupted(proof->watch)) {
        perform(worker, &proof->runs[n]);
        pthread_mutex_lock(&proof->lock);
        watch_step(proof->watch, proof->runs[n].deviation ? "lies" : "the honest mock");
        pthread_mutex_unlock(&proof->lock);
    }
    return NULL;
}

/* Performs the runs that are planned, from the given one on. */
static void run_from(struct proof *proof, struct worker *workers, size_t jobs, size_t first)
{
    atomic_store(&proof->next, first);
    for (size_t i = 0; i < jobs; i++)
        pthread_create(&workers[i].thread, NULL, work, &workers[i]);
    for (size_t i = 0; i < jobs; i++)
        pthread_join(workers[i].thread, NULL);
}

static void add_run(struct proof *proof, struct run run)
{
    proof->runs = must(realloc(proof->runs, (proof->run_count + 1) * sizeof *proof->runs));
    proof->runs[proof->run_count++] = run;
}

/* Some lies are told by one gateway only. */
static bool tells(const struct deviation *deviation, const struct proof *proof, size_t gateway)
{
    return !deviation->gateway || strcmp(deviation->gateway, proof->gateways[gateway]) == 0;
}

/* Each lie alone with the row that it breaks, at every gateway where that applies. */
static void plan_own(struct proof *proof, const struct deviation *deviation)
{
    for (size_t row = 0; row < proof->row_count; row++) {
        if (strcmp(proof->rows[row]->id, deviation->breaks) != 0)
            continue;
        for (size_t g = 0; g < proof->gateway_count; g++)
            if (*cell(proof, proof->applies, row, g) && tells(deviation, proof, g))
                add_run(proof, (struct run){deviation, OWN_ROW, row, g, false});
        return;
    }
    surprise(proof, "surprise: %s breaks %s, which is no requirement\n", deviation->name,
             deviation->breaks);
}

static void plan_lies(struct proof *proof)
{
    const struct deviation *d = NULL;

    proof->run_count = 0;
    while ((d = deviation_next(d)))
        if (!proof->only || strcmp(proof->only, d->name) == 0)
            plan_own(proof, d);
}

/* Then with all other rows: at one of the gateways where it was noticed, each lie at the next. */
static void plan_others(struct proof *proof)
{
    size_t last = proof->run_count, lie = 0;

    for (size_t first = 0, end; first < last; first = end, lie++) {
        size_t noticed = 0, turn = 0;
        for (end = first; end < last && proof->runs[end].deviation == proof->runs[first].deviation;
             end++)
            noticed += proof->runs[end].noticed;
        for (size_t i = first; i < end; i++) {
            struct run run = proof->runs[i];
            if (!run.noticed || (turn++ != lie % noticed && !proof->every_gateway))
                continue;
            run.part = OTHER_ROWS;
            add_run(proof, run);
        }
    }
}

static size_t count_true(const bool *table, size_t count)
{
    size_t number = 0;

    for (size_t i = 0; i < count; i++)
        number += table[i];
    return number;
}

/* Rows that no lie has made fail anywhere. */
static size_t tell_unproven(const struct proof *proof)
{
    size_t count = 0;

    for (size_t row = 0; row < proof->row_count; row++) {
        if (count_true(cell(proof, proof->proven, row, 0), proof->gateway_count))
            continue;
        bool applies = count_true(cell(proof, proof->applies, row, 0), proof->gateway_count);
        printf("unproven: %s: %s\n", proof->rows[row]->id,
               applies ? "no deviation made it fail" : "it applies to no gateway");
        count++;
    }
    return count;
}

static void list_rows(struct proof *proof)
{
    for (const struct suite *suite = suites; suite->name; suite++)
        for (const struct requirement *row = suite->requirements; row->id; row++) {
            proof->rows = must(realloc(proof->rows, (proof->row_count + 1) * sizeof *proof->rows));
            proof->rows[proof->row_count++] = row;
        }
}

static bool workers_open(struct worker *workers, size_t jobs, struct proof *proof)
{
    const struct profile no_profile = {0};
    const struct wish wish = {.profile = &no_profile, .allow_writes = true, .max_wait_s = -1};

    for (size_t i = 0; i < jobs; i++) {
        workers[i].proof = proof;
        if (targets_open(&workers[i].targets, &wish, &proof->problem) != EXIT_PASSED)
            return false;
    }
    proof->gateway_count = workers[0].targets.count;
    for (size_t g = 0; g < proof->gateway_count && g < CONTRACTS_MOST; g++)
        proof->gateways[g] = workers[0].targets.items[g].contract->gateway;
    return true;
}

static void tell_sum(const struct proof *proof, size_t unproven, double seconds)
{
    size_t cells = proof->row_count * proof->gateway_count, lies = 0;
    const struct deviation *d = NULL;

    while ((d = deviation_next(d)))
        lies++;
    printf("%s: %zu requirements, %zu deviations; %zu of %zu pairs of requirement and gateway "
           "proven; %zu surprises, %zu unproven; %.1f s\n",
           proof->surprises || unproven ? "proof incomplete" : "proof complete", proof->row_count,
           lies, count_true(proof->proven, cells), count_true(proof->applies, cells),
           proof->surprises, unproven, seconds);
}

static double monotonic_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int prove(struct proof *proof, struct worker *workers, size_t jobs)
{
    double start_s = monotonic_s();
    size_t unproven = 0;

    if (!workers_open(workers, jobs, proof))
        return problem_tell(&proof->problem, EXIT_BROKEN);
    size_t cells = proof->row_count * proof->gateway_count;
    proof->applies = must(calloc(cells, sizeof *proof->applies));
    proof->proven = must(calloc(cells, sizeof *proof->proven));
    for (size_t g = 0; g < proof->gateway_count; g++)
        add_run(proof, (struct run){.part = ALL_ROWS, .gateway = g});
    watch_expect(proof->watch, proof->run_count);
    run_from(proof, workers, jobs, 0);
    plan_lies(proof);
    watch_expect(proof->watch, proof->gateway_count + 2 * proof->run_count);
    run_from(proof, workers, jobs, 0);
    size_t alone = proof->run_count;
    plan_others(proof);
    watch_expect(proof->watch, proof->gateway_count + proof->run_count);
    run_from(proof, workers, jobs, alone);
    if (watch_interrupted(proof->watch)) {
        fputs("gatemark: interrupted: nothing is proven\n", stderr);
        return EXIT_INTERRUPTED;
    }
    if (!proof->only)
        unproven = tell_unproven(proof);
    tell_sum(proof, unproven, monotonic_s() - start_s);
    return proof->surprises || unproven ? EXIT_FAILED : EXIT_PASSED;
}

static const struct option options[] = {
    {"every-gateway", no_argument, NULL, 'e'},
    {"jobs", required_argument, NULL, 'j'},
    {"deviation", required_argument, NULL, 'd'},
    {0},
};

/* 0, or an exit status when the command line makes no sense. */
static int read_options(int argc, char **argv, struct proof *proof, size_t *jobs)
{
    int option;

    while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
        char *end = NULL;
        if (option == '?' || option == ':')
            return option_tell("prove", option, argv, options);
        if (option == 'd' && !deviation_find(optarg))
            return usage_tell("prove", "there is no deviation %s: gatemark list deviations",
                              optarg);
        if (option == 'd')
            proof->only = optarg;
        if (option == 'e')
            proof->every_gateway = true;
        if (option == 'j')
            *jobs = strtoul(optarg, &end, 10);
        if (option == 'j' && (*end || *jobs < 1 || *jobs > JOBS_MOST))
            return usage_tell("prove", "--jobs expects a number from 1 to %d, not %s", JOBS_MOST,
                              optarg);
    }
    if (optind < argc)
        return usage_tell("prove", "prove takes no argument such as %s", argv[optind]);
    return 0;
}

int command_prove(int argc, char **argv)
{
    struct proof proof = {.lock = PTHREAD_MUTEX_INITIALIZER};
    struct worker workers[JOBS_MOST] = {0};
    struct problem problem = {0};
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t jobs = cores > 1 ? (cores < 8 ? (size_t)cores : 8) : 1;

    int code = read_options(argc, argv, &proof, &jobs);
    if (code)
        return code;
    proof.watch = watch_start();
    list_rows(&proof);
    code = prove(&proof, workers, jobs);
    watch_stop(proof.watch);
    for (size_t i = 0; i < JOBS_MOST; i++)
        targets_close(&workers[i].targets);
    free(proof.rows);
    free(proof.runs);
    free(proof.applies);
    free(proof.proven);
    if (!stdout_finish(&problem))
        return problem_tell(&problem, EXIT_BROKEN);
    return code;
}
