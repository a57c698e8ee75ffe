#include "reports/report.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *report_forgives(const struct report *report, const struct check *check)
{
    if (check->outcome != FAILED)
        return NULL;
    if (!report->mock && check->evidence < report->least)
        return "its evidence is weaker than this run asks for (see --evidence)";
    switch (check->requirement->level) {
    case MUST:
        return NULL;
    case SHOULD:
        return report->strict ? NULL : "a SHOULD fails a run only with --strict";
    case MAY:
        return "a MAY never fails a run";
    }
    return NULL;
}

bool report_blocks(const struct report *report, const struct check *check)
{
    return check->outcome == FAILED && !report_forgives(report, check);
}

static void count_check(const struct report *report, const struct check *check, struct tally *tally)
{
    if (!check->requirement) {
        tally->left_out++;
        return;
    }
    switch (check->outcome) {
    case PASSED:
        tally->passed++;
        break;
    case FAILED:
        tally->failed++;
        tally->blocking += report_blocks(report, check);
        tally->forgiven += !report_blocks(report, check);
        break;
    case UNTESTABLE:
        tally->untestable++;
        tally->must_untested += check->requirement->level == MUST;
        break;
    case NOT_APPLICABLE:
        tally->not_applicable++;
        break;
    }
}

struct tally report_tally_part(const struct report *report, const struct report_part *part)
{
    struct tally tally = {0};

    for (size_t i = 0; i < part->count; i++)
        count_check(report, &part->checks[i], &tally);
    return tally;
}

struct tally report_tally(const struct report *report)
{
    struct tally tally = {0};

    for (size_t p = 0; p < report->part_count; p++)
        for (size_t i = 0; i < report->parts[p].count; i++)
            count_check(report, &report->parts[p].checks[i], &tally);
    return tally;
}

enum verdict report_verdict(const struct report *report)
{
    struct tally tally = report_tally(report);

    if (tally.blocking > 0)
        return VERDICT_FAILED;
    if (report->interrupted)
        return VERDICT_INTERRUPTED;
    if (tally.passed + tally.failed == 0)
        return VERDICT_NOTHING_RAN;
    if (report->strict && tally.must_untested > 0)
        return VERDICT_UNTESTED;
    return VERDICT_PASSED;
}

const char *verdict_name(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_PASSED:
        return "PASSED";
    case VERDICT_FAILED:
        return "FAILED";
    case VERDICT_NOTHING_RAN:
        return "NOTHING RAN";
    case VERDICT_UNTESTED:
        return "UNTESTED";
    case VERDICT_INTERRUPTED:
        return "INTERRUPTED";
    }
    return "";
}

static const char *source_field(const json_t *sources, const char *source, const char *field)
{
    char key[128];

    snprintf(key, sizeof key, "%.*s", (int)strcspn(source, "#"), source);
    const char *text = json_string_value(json_object_get(json_object_get(sources, key), field));
    return text ? text : "";
}

const char *source_title(const json_t *sources, const char *source)
{
    return source_field(sources, source ? source : "", "title");
}

const char *source_url(const json_t *sources, const char *source)
{
    return source_field(sources, source ? source : "", "url");
}

const struct report_format *report_format_find(const char *name)
{
    for (size_t i = 0; report_formats[i]; i++)
        if (strcmp(report_formats[i]->name, name) == 0)
            return report_formats[i];
    return NULL;
}

/* Writes and closes; errno of the first thing that failed. */
static bool write_to(const struct report *report, const struct report_format *format,
                     const char *path)
{
    FILE *file = fopen(path, "we");

    if (!file)
        return false;
    format->write(report, file);
    bool written = fflush(file) == 0 && !ferror(file);
    int why = errno;
    if (fclose(file) != 0 && written)
        return false;
    errno = why;
    return written;
}

bool report_save(const struct report *report, const struct report_format *format, const char *path,
                 struct problem *problem)
{
    char place[PATH_MAX], draft[PATH_MAX + 8];
    struct stat status;

    /* A link stays a link: what it points to is replaced. */
    bool exists = stat(path, &status) == 0;
    if (!exists || !realpath(path, place))
        snprintf(place, sizeof place, "%s", path);
    if (exists && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) {
        if (!write_to(report, format, place))
            return problem_set(problem, "cannot write %s: %s", path, strerror(errno));
        return true;
    }
    snprintf(draft, sizeof draft, "%s.part", place);
    if (!write_to(report, format, draft)) {
        problem_set(problem, "cannot write %s: %s", draft, strerror(errno));
        unlink(draft);
        return false;
    }
    if (rename(draft, place) != 0) {
        problem_set(problem, "cannot replace %s: %s", path, strerror(errno));
        unlink(draft);
        return false;
    }
    return true;
}

const struct report_format *const report_formats[] = {&text_format, &junit_format, &json_format,
                                                      NULL};
