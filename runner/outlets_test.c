#include "runner/outlets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void reports_go_where_they_were_sent(void **state)
{
    static const struct {
        const char *name, *first, *second;
        const char *problem; /* NULL: good */
        size_t count;        /* of outlets in the end */
    } rows[] = {
        {"nothing said", NULL, NULL, NULL, 1},
        {"junit to a file, text as ever", "junit=/dev/null", NULL, NULL, 2},
        {"text to a file", "text=/dev/null", NULL, NULL, 1},
        {"json to stdout, no text", "json", NULL, NULL, 1},
        {"text and junit", "text", "junit=/dev/null", NULL, 2},
        {"two to stdout", "text", "json", "only one report can go to stdout", 0},
        {"two to one file", "text=/a", "json=/a", "two reports cannot go to the same file /a", 0},
        {"unknown", "junti", NULL, "there is no report format junti, did you mean junit?", 0},
        {"no path", "json=", NULL, "--report json= needs a path after the =", 0},
        {"a folder", "json=/tmp", NULL, "cannot write /tmp: it is a folder", 0},
        {"no folder", "json=/nonexistent/a", NULL, "cannot write /nonexistent/a: No such file", 0},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct outlets outlets = {0};
        struct problem problem = {0};
        bool good = (!rows[i].first || outlets_add(&outlets, rows[i].first, &problem)) &&
                    (!rows[i].second || outlets_add(&outlets, rows[i].second, &problem)) &&
                    outlets_ready(&outlets, &problem);
        const char *wanted = rows[i].problem ? rows[i].problem : "";
        if (good != (rows[i].problem == NULL) ||
            strncmp(problem.text, wanted, strlen(wanted)) != 0 ||
            (good && outlets.count != rows[i].count)) {
            print_error("%s: %zu outlets, %s\n", rows[i].name, outlets.count, problem.text);
            bad++;
        }
        outlets_close(&outlets);
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_go_where_they_were_sent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
