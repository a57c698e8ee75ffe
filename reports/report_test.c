#include "reports/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void one_rule_says_what_blocks(void **state)
{
    static const struct {
        const char *name;
        enum outcome outcome;
        enum level level;
        enum evidence evidence;
        bool strict, mock, blocks;
    } rows[] = {
        {"MUST", FAILED, MUST, DOCUMENTED, false, false, true},
        {"SHOULD", FAILED, SHOULD, DOCUMENTED, false, false, false},
        {"SHOULD, strict", FAILED, SHOULD, DOCUMENTED, true, false, true},
        {"MAY, strict", FAILED, MAY, DOCUMENTED, true, true, false},
        {"just enough evidence", FAILED, MUST, SHIPPED, false, false, true},
        {"weak evidence", FAILED, MUST, OBSERVED, true, false, false},
        {"weak evidence, mock", FAILED, MUST, ASSUMED, false, true, true},
        {"passed", PASSED, MUST, DOCUMENTED, true, true, false},
        {"untestable", UNTESTABLE, MUST, DOCUMENTED, true, true, false},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct requirement requirement = {.id = "a.b", .level = rows[i].level};
        struct check check = {
            .requirement = &requirement, .outcome = rows[i].outcome, .evidence = rows[i].evidence};
        struct report report = {.strict = rows[i].strict, .mock = rows[i].mock, .least = SHIPPED};
        if (report_blocks(&report, &check) != rows[i].blocks) {
            print_error("%s\n", rows[i].name);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void verdict_is_never_a_pass_by_default(void **state)
{
    static const struct requirement must = {.id = "a.must", .level = MUST};
    static const struct requirement should = {.id = "a.should", .level = SHOULD};
    static const struct {
        const char *name;
        struct check checks[2];
        bool strict, interrupted;
        enum verdict verdict;
    } rows[] = {
        {"no rows", {{0}}, false, false, VERDICT_NOTHING_RAN},
        {"untestable", {{&must, .outcome = UNTESTABLE}}, true, false, VERDICT_NOTHING_RAN},
        {"not applicable", {{&must, .outcome = NOT_APPLICABLE}}, false, false, VERDICT_NOTHING_RAN},
        {"passed", {{&must, .outcome = PASSED}}, true, false, VERDICT_PASSED},
        {"one failed",
         {{&must, .outcome = PASSED}, {&must, .outcome = FAILED}},
         false,
         false,
         VERDICT_FAILED},
        {"a should failed", {{&should, .outcome = FAILED}}, false, false, VERDICT_PASSED},
        {"one untestable",
         {{&must, .outcome = PASSED}, {&must, .outcome = UNTESTABLE}},
         false,
         false,
         VERDICT_PASSED},
        {"one untestable, strict",
         {{&must, .outcome = PASSED}, {&must, .outcome = UNTESTABLE}},
         true,
         false,
         VERDICT_UNTESTED},
        {"stopped", {{&must, .outcome = PASSED}}, false, true, VERDICT_INTERRUPTED},
        {"stopped after a failure", {{&must, .outcome = FAILED}}, false, true, VERDICT_FAILED},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct report_part part = {.gateway = "g", .base_url = "", rows[i].checks, 2};
        struct report report = {.parts = &part,
                                .part_count = 1,
                                .mock = true,
                                .strict = rows[i].strict,
                                .interrupted = rows[i].interrupted};
        if (report_verdict(&report) != rows[i].verdict) {
            print_error("%s: %s\n", rows[i].name, verdict_name(report_verdict(&report)));
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void write_hello(const struct report *report, FILE *file)
{
    (void)report;
    fputs("hello", file);
}

static void saving_is_all_or_nothing(void **state)
{
    static const struct report_format hello = {"hello", "", write_hello};
    struct report report = {0};
    struct problem problem = {0};
    struct stat status;
    char folder[] = "/tmp/gatemark-report-XXXXXX", path[64], link[64], draft[80];

    (void)state;
    must(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/report", folder);
    snprintf(link, sizeof link, "%s/link", folder);
    snprintf(draft, sizeof draft, "%s.part", path);
    assert_true(report_save(&report, &hello, path, &problem));
    assert_int_equal(symlink(path, link), 0);
    assert_true(report_save(&report, &hello, link, &problem));
    assert_int_equal(lstat(link, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(access(draft, F_OK), -1);

    /* A device is written as it stands, and a full one is a problem. */
    assert_true(report_save(&report, &hello, "/dev/null", &problem));
    assert_false(report_save(&report, &hello, "/dev/full", &problem));
    assert_string_equal(problem.text, "cannot write /dev/full: No space left on device");
    assert_int_equal(stat("/dev/full", &status), 0);
    assert_true(S_ISCHR(status.st_mode));

    problem = (struct problem){0};
    assert_false(report_save(&report, &hello, "/nonexistent/report", &problem));
    assert_non_null(strstr(problem.text, "No such file"));
    problem = (struct problem){0};
    assert_false(report_save(&report, &hello, folder, &problem));
    assert_non_null(strstr(problem.text, "cannot replace"));
    unlink(link);
    unlink(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_rule_says_what_blocks),
        cmocka_unit_test(verdict_is_never_a_pass_by_default),
        cmocka_unit_test(saving_is_all_or_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
