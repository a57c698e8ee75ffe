/* Every format tells two runs, one that passed and one that did not, exactly as the golden files
 * say. GATEMARK_GOLDEN=write rewrites them. */
#include "reports/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define URL "https://gateway.example/openrouter"

static const struct requirement rows[] = {
    {"auth.valid-key-accepted", MUST, "openrouter-401", DOCUMENTED, "a valid key is accepted", NULL,
     false},
    {"auth.revoked-key-refused", MUST, "openrouter-errors#codes", DOCUMENTED,
     "a revoked key is refused with 401", NULL, false},
    {"auth.scheme-in-any-case", SHOULD, "rfc9110#11.1", SPECIFIED,
     "the scheme is read in upper and lower case", NULL, false},
    {"auth.expired-key-refused", MUST, "openrouter-errors", DOCUMENTED, "an expired key is refused",
     NULL, false},
    {"keys.deleted-key-refused", MUST, "openrouter-openapi", SPECIFIED, "a deleted key is refused",
     NULL, true},
    {"tasks.done-in-time", MUST, "nowhere", ASSUMED, "a task ends", NULL, false},
    {"http.bare-return-refused", MUST, "rfc9112#2.2", SPECIFIED,
     "a bare carriage return is refused with 400 & the connection is closed", NULL, false},
};

static struct exchange accepted(void)
{
    struct exchange x = {
        .method = (char *)"POST",
        .url = (char *)URL "/api/v1/chat/completions",
        .request_body = (char *)"{\"model\":\"gpt-3.5-turbo\",\"text\":\"it's\"}",
        .status = 200,
        .response_body = (char *)"{\"id\":\"1\",\n \"text\":\"\033[31m<\xFF>\"}",
        .took_ns = 1500000,
    };

    x.request_length = strlen(x.request_body);
    x.response_length = strlen(x.response_body);
    fields_add(&x.request_headers, "Authorization", "Bearer $GATEMARK_KEY_REVOKED");
    fields_add(&x.request_headers, "Content-Type", "application/json");
    fields_add(&x.response_headers, "Content-Type", "application/json");
    return x;
}

static struct exchange unanswered(void)
{
    struct exchange x = {
        .method = (char *)"GET",
        .url = (char *)URL "/api/v1/key",
        .raw = true,
        .response_body = (char *)"",
        .problem = "the server closed the connection",
    };

    fields_add(&x.request_headers, "X-Odd", "a\rb");
    return x;
}

static struct check check_of(size_t row, enum outcome outcome, const char *finding)
{
    struct check check = {
        .requirement = &rows[row],
        .outcome = outcome,
        .source = rows[row].source,
        .evidence = rows[row].evidence,
        .took_ns = 2000000,
    };

    snprintf(check.finding, sizeof check.finding, "%s", finding);
    return check;
}

/* What the format says of the run, to be freed. */
static char *told(const struct report_format *format, const struct report *report)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = must(open_memstream(&text, &size));

    format->write(report, file);
    fclose(file);
    return must(text);
}

static char *golden_read(const char *path)
{
    char *text = must(calloc(1, 1 << 16));
    FILE *file = fopen(path, "r");

    if (file) {
        text[fread(text, 1, (1 << 16) - 1, file)] = '\0';
        fclose(file);
    }
    return text;
}

static int differs(const char *run, const struct report_format *format, const struct report *report)
{
    const char *mode = getenv("GATEMARK_GOLDEN");
    char *path = format_text("reports/golden/%s.%s", run, format->name);
    char *text = told(format, report), *wanted = golden_read(path);
    int bad = 0;

    if (mode && strcmp(mode, "write") == 0) {
        FILE *file = must(fopen(path, "w"));
        fputs(text, file);
        fclose(file);
    } else if (strcmp(text, wanted) != 0) {
        print_error("%s differs from what is told now:\n%s\n", path, text);
        bad = 1;
    }
    free(path);
    free(text);
    free(wanted);
    return bad;
}

static void formats_tell_a_failed_run(void **state)
{
    struct exchange first = accepted(), second = unanswered();
    struct check checks[] = {
        check_of(0, PASSED, ""),
        check_of(1, FAILED, "expected status 401, but got 200 for $GATEMARK_KEY_REVOKED"),
        check_of(2, FAILED, "expected success, but got 401 for \"bearer\""),
        check_of(3, UNTESTABLE, "no key of this kind: set GATEMARK_KEY_EXPIRED"),
        check_of(4, UNTESTABLE, "creates or deletes something: runs with --allow-writes only"),
        check_of(5, NOT_APPLICABLE, "openrouter documents no tasks"),
        check_of(6, FAILED, "expected status 400, but the connection was closed"),
        {0},
    };
    struct report_part part = {"openrouter", URL, checks, COUNT(checks)};
    struct report report = {
        .version = "1.2.3",
        .started_at = "2026-01-02T03:04:05Z",
        .target = URL,
        .parts = &part,
        .part_count = 1,
        .took_ns = 1230000000,
        .least = SHIPPED,
    };
    int bad = 0;

    (void)state;
    first.next = &second;
    checks[1].exchanges = &first;
    checks[1].last = &second;
    checks[1].culprit = &first;
    checks[6].exchanges = checks[6].last = &second;
    snprintf(checks[0].note, sizeof checks[0].note, "left out: create-key");
    for (size_t i = 0; report_formats[i]; i++)
        bad += differs("failed", report_formats[i], &report);
    assert_int_equal(bad, 0);
    fields_close(&first.request_headers);
    fields_close(&first.response_headers);
    fields_close(&second.request_headers);
}

static void formats_tell_a_passed_run(void **state)
{
    struct check checks[] = {
        check_of(0, PASSED, ""),
        check_of(1, PASSED, ""),
        check_of(5, NOT_APPLICABLE, "openrouter documents no tasks"),
    };
    struct report_part parts[] = {{"openrouter", URL, checks, 3}, {"claude", URL, checks, 2}};
    struct report report = {
        .version = "1.2.3",
        .started_at = "2026-01-02T03:04:05Z",
        .target = "the embedded mock",
        .parts = parts,
        .part_count = 2,
        .took_ns = 45600000,
        .mock = true,
        .embedded = true,
        .least = SHIPPED,
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; report_formats[i]; i++)
        bad += differs("passed", report_formats[i], &report);
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_tell_a_failed_run),
        cmocka_unit_test(formats_tell_a_passed_run),
    };

    /* The folder has its own sources.json: a better title there is no change of the writers. */
    setenv("GATEMARK_FIXTURES", "reports/golden", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
