/* JUnit XML for CI. A failed check that fails the run is a <failure>; one that does not (a SHOULD,
 * weak evidence) is <skipped> with the whole story in <system-out>, because CI users expect red
 * to mean that the build is red, and yellow to be visible where a pass would hide it. UNTESTABLE is
 * an <error>: nobody knows. NOT_APPLICABLE is <skipped>. */
#include "reports/escape.h"
#include "reports/report.h"

#include "fixtures/fixture.h"

#include <stdlib.h>
#include <string.h>

enum { BODY_LIMIT = 4000 };

static void put(FILE *file, const char *text)
{
    char *escaped = escape_xml(text, strlen(text));

    fputs(escaped, file);
    free(escaped);
}

static void put_attribute(FILE *file, const char *name, const char *text)
{
    /* A newline in an attribute reads as a space: say so here rather than let the parser. */
    char *line = copy_text(text);

    for (char *at = line; *at; at++)
        if (*at == '\n' || *at == '\t')
            *at = ' ';
    fprintf(file, " %s=\"", name);
    put(file, line);
    fputc('"', file);
    free(line);
}

static void put_property(FILE *file, const char *name, const char *value)
{
    fputs("        <property", file);
    put_attribute(file, "name", name);
    put_attribute(file, "value", value);
    fputs("/>\n", file);
}

static void put_body(FILE *file, const char *body, size_t length)
{
    size_t shown = length < BODY_LIMIT ? length : BODY_LIMIT;
    char *text = escape_xml(body, shown);

    fprintf(file, "\n%s\n", text);
    if (shown < length)
        fprintf(file, "... %zu more bytes\n", length - shown);
    free(text);
}

static void put_fields(FILE *file, const struct fields *fields)
{
    for (size_t i = 0; i < fields->count; i++) {
        put(file, fields->items[i].name);
        fputs(": ", file);
        put(file, fields->items[i].value);
        fputc('\n', file);
    }
}

static void put_exchange(FILE *file, const struct exchange *x)
{
    put(file, x->method ? x->method : "");
    fputc(' ', file);
    put(file, x->url ? x->url : "");
    fputc('\n', file);
    put_fields(file, &x->request_headers);
    if (x->request_body)
        put_body(file, x->request_body, x->request_length);
    fprintf(file, "\nanswer: %d\n", x->status);
    if (x->status == 0)
        put(file, x->problem);
    put_fields(file, &x->response_headers);
    if (x->response_length > 0)
        put_body(file, x->response_body, x->response_length);
}

/* The whole story of a failed check, as text. */
static void put_story(FILE *file, const struct check *check)
{
    const struct exchange *x = check->culprit ? check->culprit : check->last;

    fputs("claim: ", file);
    put(file, check->requirement->claim);
    fputs("\nfound: ", file);
    put(file, check->finding);
    fputc('\n', file);
    if (!x)
        return;
    char *curl = report_curl(x);
    fputs("repeat: ", file);
    put(file, curl     ? curl
              : x->raw ? "not with curl: this was sent over a bare socket"
                       : "not with curl: it sends no such bytes");
    fputs("\n\n", file);
    put_exchange(file, x);
    free(curl);
}

static void put_outcome(FILE *file, const char *element, const char *type, const char *message)
{
    fprintf(file, "      <%s", element);
    if (type)
        put_attribute(file, "type", type);
    put_attribute(file, "message", message);
    fputs("/>\n", file);
}

static void put_failed(const struct report *report, FILE *file, const struct check *check)
{
    const char *forgiven = report_forgives(report, check);

    if (!forgiven) {
        fputs("      <failure", file);
        put_attribute(file, "type", level_name(check->requirement->level));
        put_attribute(file, "message", check->finding);
        fputc('>', file);
        put_story(file, check);
        fputs("</failure>\n", file);
        return;
    }
    char *message =
        format_text("failed without failing the run, since %s: %s", forgiven, check->finding);
    put_outcome(file, "skipped", NULL, message);
    fputs("      <system-out>", file);
    put_story(file, check);
    fputs("</system-out>\n", file);
    free(message);
}

static void put_result(const struct report *report, FILE *file, const struct check *check)
{
    switch (check->outcome) {
    case PASSED:
        if (check->note[0] != '\0') {
            fputs("      <system-out>", file);
            put(file, check->note);
            fputs("</system-out>\n", file);
        }
        break;
    case FAILED:
        put_failed(report, file, check);
        break;
    case UNTESTABLE:
        put_outcome(file, "error", "UNTESTABLE", check->finding);
        break;
    case NOT_APPLICABLE:
        put_outcome(file, "skipped", NULL, check->finding);
        break;
    }
}

static void put_check(const struct report *report, FILE *file, const char *gateway,
                      const struct check *check, const json_t *sources)
{
    const char *source = check->source ? check->source : check->requirement->source;
    char *class = format_text("gatemark.%s", gateway);

    fputs("    <testcase", file);
    put_attribute(file, "classname", class);
    put_attribute(file, "name", check->requirement->id);
    fprintf(file, " time=\"%.6f\">\n      <properties>\n", (double)check->took_ns / 1e9);
    put_property(file, "claim", check->requirement->claim);
    put_property(file, "level", level_name(check->requirement->level));
    put_property(file, "evidence", evidence_name(check->evidence));
    put_property(file, "source", source);
    if (*source_url(sources, source))
        put_property(file, "source-url", source_url(sources, source));
    fputs("      </properties>\n", file);
    put_result(report, file, check);
    fputs("    </testcase>\n", file);
    free(class);
}

static int64_t part_took_ns(const struct report_part *part)
{
    int64_t sum = 0;

    for (size_t i = 0; i < part->count; i++)
        sum += part->checks[i].took_ns;
    return sum;
}

static void put_counts(FILE *file, const struct tally *tally, int64_t took_ns)
{
    fprintf(file, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"%.6f\"",
            tally->passed + tally->failed + tally->untestable + tally->not_applicable,
            tally->blocking, tally->untestable, tally->forgiven + tally->not_applicable,
            (double)took_ns / 1e9);
}

static void put_part(const struct report *report, FILE *file, const struct report_part *part,
                     const json_t *sources)
{
    struct tally tally = report_tally_part(report, part);

    fputs("  <testsuite", file);
    put_attribute(file, "name", part->gateway);
    put_counts(file, &tally, part_took_ns(part));
    put_attribute(file, "timestamp", report->started_at);
    fputs(">\n    <properties>\n", file);
    put_property(file, "base-url", part->base_url);
    put_property(file, "gatemark", report->version);
    put_property(file, "verdict", verdict_name(report_verdict(report)));
    fputs("    </properties>\n", file);
    for (size_t i = 0; i < part->count; i++)
        if (part->checks[i].requirement)
            put_check(report, file, part->gateway, &part->checks[i], sources);
    fputs("  </testsuite>\n", file);
}

static void write_junit(const struct report *report, FILE *file)
{
    struct problem ignored = {0};
    json_t *sources = fixture_load("sources.json", &ignored);
    struct tally tally = report_tally(report);

    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"gatemark\"", file);
    put_counts(file, &tally, report->took_ns);
    fputs(">\n", file);
    for (size_t p = 0; p < report->part_count; p++)
        put_part(report, file, &report->parts[p], sources);
    fputs("</testsuites>\n", file);
    json_decref(sources);
}

const struct report_format junit_format = {"junit", "JUnit XML, for CI", write_junit};
