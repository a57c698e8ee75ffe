/* The report for people: a headline, one line per gateway, each failure with its evidence, and what
 * could not be tested. */
#include "reports/escape.h"
#include "reports/reasons.h"
#include "reports/report.h"

#include "fixtures/fixture.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 100, BODY_LIMIT = 2000, REASONS_IN_HEADLINE = 6 };

/* Where the text goes. */
struct page {
    FILE *file;
    const struct report *report;
    json_t *sources; /* NULL: the sources' keys must do */
    bool colour;
};

enum tint { PLAIN, RED, GREEN, YELLOW, BOLD };

static const char *tint_code(const struct page *page, enum tint tint)
{
    static const char *const codes[] = {
        [PLAIN] = "\033[0m",   [RED] = "\033[31;1m", [GREEN] = "\033[32;1m",
        [YELLOW] = "\033[33m", [BOLD] = "\033[1m",
    };

    return page->colour ? codes[tint] : "";
}

static bool wants_colour(FILE *file)
{
    const char *refusal = getenv("NO_COLOR"), *terminal = getenv("TERM");

    return isatty(fileno(file)) && !(refusal && *refusal) && terminal &&
           strcmp(terminal, "dumb") != 0;
}

/* Width of UTF-8 text in characters. */
static size_t characters(const char *text, size_t length)
{
    size_t n = 0;

    for (size_t i = 0; i < length; i++)
        n += ((unsigned char)text[i] & 0xC0) != 0x80;
    return n;
}

/* Words up to the margin; the lines after the first begin `indent` columns in. */
static void put_wrapped(FILE *file, size_t column, size_t indent, const char *text)
{
    const char *gap = "";

    while (*text) {
        size_t length = strcspn(text, " \n"), width = characters(text, length);
        if (*gap && column + 1 + width > WIDTH) {
            fprintf(file, "\n%*s", (int)indent, "");
            column = indent;
            gap = "";
        }
        fprintf(file, "%s%.*s", gap, (int)length, text);
        column += strlen(gap) + width;
        gap = " ";
        text += length;
        text += strspn(text, " \n");
    }
    fputc('\n', file);
}

static void put_field(FILE *file, const char *name, const char *text)
{
    char *shown = escape_text(text, strlen(text));

    fprintf(file, "  %-9s ", name);
    put_wrapped(file, 12, 12, shown);
    free(shown);
}

/* What to do about it, for a headline; the section on what could not be tested tells the rest. */
static void put_reasons(FILE *file, const struct report *report, enum outcome outcome)
{
    struct reasons reasons = reasons_of(report, outcome);
    size_t others = 0, shown = 0;

    for (size_t i = 0; i < reasons.count; i++) {
        const struct reason *reason = &reasons.items[i];
        if (!reason->curable || shown == REASONS_IN_HEADLINE) {
            others += reason->count;
            continue;
        }
        fprintf(file, "%s%s (%zu)", shown == 0 ? ": " : ", ", reason->text, reason->count);
        shown++;
    }
    if (shown > 0 && others > 0)
        fprintf(file, ", other reasons (%zu)", others);
    reasons_close(&reasons);
}

/* What ran, what did not, and why: one sentence. */
static char *summary(const struct report *report)
{
    struct tally tally = report_tally(report);
    size_t ran = tally.passed + tally.failed;
    char *text = NULL;
    size_t size = 0;
    FILE *file = must(open_memstream(&text, &size));

    if (tally.untestable > 0)
        fprintf(file, "%zu of ", ran);
    fprintf(file, "%zu check%s ran", ran + tally.untestable,
            ran + tally.untestable == 1 ? "" : "s");
    if (ran > 0 && tally.failed == 0)
        fputs(ran == 1 ? ", and passed" : ", all passed", file);
    if (tally.blocking > 0)
        fprintf(file, ", %zu failed", tally.blocking);
    if (tally.forgiven > 0)
        fprintf(file, ", %zu failed without failing the run", tally.forgiven);
    if (tally.untestable > 0) {
        fprintf(file, "; %zu untestable", tally.untestable);
        put_reasons(file, report, UNTESTABLE);
    }
    if (tally.not_applicable > 0)
        fprintf(file, "; %zu more %s not apply to the gateway", tally.not_applicable,
                tally.not_applicable == 1 ? "does" : "do");
    if (tally.left_out > 0)
        fprintf(file, "; %zu %s", tally.left_out,
                report->interrupted ? "not reached before the run was stopped" : "not asked for");
    fputc('.', file);
    fclose(file);
    return must(text);
}

static void put_headline(const struct page *page)
{
    enum verdict verdict = report_verdict(page->report);
    const char *name = verdict_name(verdict);
    enum tint tint = verdict == VERDICT_PASSED ? GREEN : verdict == VERDICT_FAILED ? RED : YELLOW;
    char *text = summary(page->report);

    fprintf(page->file, "%s%s%s: ", tint_code(page, tint), name, tint_code(page, PLAIN));
    put_wrapped(page->file, strlen(name) + 2, 2, text);
    free(text);
}

static void put_parts(const struct page *page)
{
    const struct report *report = page->report;

    fprintf(page->file, "\n  %-12s %7s %7s %11s %15s\n", "gateway", "passed", "failed",
            "untestable", "not applicable");
    for (size_t p = 0; p < report->part_count; p++) {
        struct tally tally = report_tally_part(report, &report->parts[p]);
        const char *tint = tally.blocking > 0 ? tint_code(page, RED) : "";
        fprintf(page->file, "  %-12s %7zu %s%7zu%s %11zu %15zu\n", report->parts[p].gateway,
                tally.passed, tint, tally.failed, *tint ? tint_code(page, PLAIN) : "",
                tally.untestable, tally.not_applicable);
    }
}

static void put_fields(FILE *file, const char *mark, const struct fields *fields)
{
    for (size_t i = 0; i < fields->count; i++) {
        char *name = escape_text(fields->items[i].name, strlen(fields->items[i].name));
        char *value = escape_text(fields->items[i].value, strlen(fields->items[i].value));
        fprintf(file, "    %s %s: %s\n", mark, name, value);
        free(name);
        free(value);
    }
}

static void put_body(FILE *file, const char *mark, const char *body, size_t length)
{
    size_t shown = length < BODY_LIMIT ? length : BODY_LIMIT;

    while (shown < length && shown > 0 && ((unsigned char)body[shown] & 0xC0) == 0x80)
        shown--;
    char *text = escape_text(body, shown);
    fprintf(file, "    %s\n", mark);
    for (const char *line = text; *line;) {
        size_t end = strcspn(line, "\n");
        fprintf(file, "    %s %.*s\n", mark, (int)end, line);
        line += end + (line[end] == '\n');
    }
    if (shown < length)
        fprintf(file, "    %s ... %zu more bytes\n", mark, length - shown);
    free(text);
}

static void put_exchange(FILE *file, const struct exchange *x)
{
    char *line = format_text("%s %s", x->method ? x->method : "", x->url ? x->url : "");
    char *shown = escape_text(line, strlen(line));

    fprintf(file, "\n    > %s\n", shown);
    put_fields(file, ">", &x->request_headers);
    if (x->request_body && x->request_length > 0)
        put_body(file, ">", x->request_body, x->request_length);
    if (x->status == 0) {
        char *why = escape_text(x->problem, strlen(x->problem));
        fprintf(file, "    < no response: %s\n", why);
        free(why);
    } else {
        fprintf(file, "    < %d\n", x->status);
        put_fields(file, "<", &x->response_headers);
        if (x->response_length > 0)
            put_body(file, "<", x->response_body, x->response_length);
    }
    free(line);
    free(shown);
}

static void put_repeat(FILE *file, const struct exchange *x)
{
    char *curl = report_curl(x);

    if (curl)
        fprintf(file, "\n  repeat    %s\n", curl);
    else
        fprintf(file, "\n  repeat    %s\n",
                x->raw ? "not with curl: this was sent over a bare socket"
                       : "not with curl: it sends no such bytes");
    free(curl);
}

/* The exchange that the finding is about, and which of how many that was. */
static void put_evidence(FILE *file, const struct check *check)
{
    const struct exchange *x = check->culprit ? check->culprit : check->last;
    size_t count = 0, place = 0;

    if (!x)
        return;
    for (const struct exchange *each = check->exchanges; each; each = each->next) {
        count++;
        if (each == x)
            place = count;
    }
    if (count > 1)
        fprintf(file, "  exchange  %zu of the %zu that this check made\n", place, count);
    put_exchange(file, x);
    put_repeat(file, x);
}

static void put_source(const struct page *page, const char *source)
{
    const char *title = source_title(page->sources, source);
    const char *section = strchr(source, '#');

    if (!*title) {
        put_field(page->file, "source", source);
        return;
    }
    char *text = format_text("%s%s%s, %s", title, section ? ", " : "", section ? section + 1 : "",
                             source_url(page->sources, source));
    put_field(page->file, "source", text);
    free(text);
}

static void put_failure(const struct page *page, const struct report_part *part,
                        const struct check *check)
{
    const struct requirement *requirement = check->requirement;
    const char *forgiven = report_forgives(page->report, check);
    char level[96];

    fprintf(page->file, "\n%sFAILED%s %s%s %s%s\n", tint_code(page, forgiven ? YELLOW : RED),
            tint_code(page, PLAIN), tint_code(page, BOLD), part->gateway, requirement->id,
            tint_code(page, PLAIN));
    put_field(page->file, "claim", requirement->claim);
    put_field(page->file, "found", check->finding);
    snprintf(level, sizeof level, "%s, evidence: %s", level_name(requirement->level),
             evidence_name(check->evidence));
    put_field(page->file, "level", level);
    put_source(page, check->source ? check->source : requirement->source);
    if (forgiven)
        put_field(page->file, "forgiven", forgiven);
    put_evidence(page->file, check);
}

static void put_failures(const struct page *page, bool blocking)
{
    for (size_t p = 0; p < page->report->part_count; p++) {
        const struct report_part *part = &page->report->parts[p];
        for (size_t i = 0; i < part->count; i++)
            if (part->checks[i].requirement && part->checks[i].outcome == FAILED &&
                report_blocks(page->report, &part->checks[i]) == blocking)
                put_failure(page, part, &part->checks[i]);
    }
}

/* The ids in one part that share a reason, to be freed. */
static char *sharers(const struct report_part *part, const char *reason)
{
    char *ids = NULL;
    size_t size = 0;
    FILE *file = must(open_memstream(&ids, &size));

    for (size_t i = 0; i < part->count; i++) {
        const struct check *check = &part->checks[i];
        if (!check->requirement || check->outcome != UNTESTABLE)
            continue;
        bool curable;
        char *own = reason_of(check, &curable);
        if (strcmp(own, reason) == 0)
            fprintf(file, "%s%s", ftell(file) > 0 ? ", " : "", check->requirement->id);
        free(own);
    }
    fclose(file);
    return must(ids);
}

static void put_sharers(const struct page *page, const char *reason)
{
    for (size_t p = 0; p < page->report->part_count; p++) {
        const struct report_part *part = &page->report->parts[p];
        char *ids = sharers(part, reason);
        if (*ids) {
            fprintf(page->file, "    %s: ", part->gateway);
            put_wrapped(page->file, strlen(part->gateway) + 6, 6, ids);
        }
        free(ids);
    }
}

static void put_untestable(const struct page *page)
{
    struct reasons reasons = reasons_of(page->report, UNTESTABLE);

    if (reasons.count > 0)
        fprintf(page->file, "\n%sCould not be tested%s\n", tint_code(page, BOLD),
                tint_code(page, PLAIN));
    for (size_t i = 0; i < reasons.count; i++) {
        fprintf(page->file, "  %zu: ", reasons.items[i].count);
        put_wrapped(page->file, 6, 6, reasons.items[i].text);
        put_sharers(page, reasons.items[i].text);
    }
    reasons_close(&reasons);
}

/* The embedded mock is gone when somebody reads its address. */
static void put_hint(const struct page *page)
{
    const char *url = page->report->part_count > 0 ? page->report->parts[0].base_url : "";
    const char *authority = strstr(url, "://");

    if (!page->report->embedded || !authority)
        return;
    char *hint = format_text("To repeat a call, start gatemark mock --clock virtual --listen %.*s, "
                             "and put the key that gatemark list credentials shows for the gateway "
                             "into the variable that the line names.",
                             (int)strcspn(authority + 3, "/"), authority + 3);
    fputc('\n', page->file);
    put_wrapped(page->file, 0, 0, hint);
    free(hint);
}

static void write_text(const struct report *report, FILE *file)
{
    struct problem ignored = {0};
    struct page page = {file, report, fixture_load("sources.json", &ignored), wants_colour(file)};
    struct tally tally = report_tally(report);

    fprintf(file, "gatemark %s checked %s: %zu gateway%s in ", report->version, report->target,
            report->part_count, report->part_count == 1 ? "" : "s");
    if (report->took_ns < 1000000000)
        fprintf(file, "%.0f ms\n", (double)report->took_ns / 1e6);
    else
        fprintf(file, "%.1f s\n", (double)report->took_ns / 1e9);
    put_headline(&page);
    put_parts(&page);
    put_failures(&page, true);
    put_failures(&page, false);
    put_untestable(&page);
    if (tally.failed > 0)
        put_hint(&page);
    if (tally.failed + tally.untestable > 0) {
        fputc('\n', file);
        put_headline(&page);
    }
    json_decref(page.sources);
}

const struct report_format text_format = {
    "text", "for people: what ran, what failed and how to repeat it", write_text};
