/* The report for programs. Its schema is docs/report.schema.json; keys are never renamed. */
#include "reports/escape.h"
#include "reports/report.h"

#include "fixtures/fixture.h"

#include <stdlib.h>
#include <string.h>

enum { BODY_LIMIT = 64 << 10 };

static json_t *text_json(const char *text, size_t length)
{
    char *escaped = escape_text(text, length);
    json_t *json = json_string(escaped);

    free(escaped);
    return must(json);
}

static json_t *string_json(const char *text)
{
    return text ? text_json(text, strlen(text)) : json_null();
}

static json_t *number_json(size_t number)
{
    return json_integer((json_int_t)number);
}

static json_t *tally_json(const struct tally *tally)
{
    return must(json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "passed", number_json(tally->passed), "failed",
        number_json(tally->failed), "untestable", number_json(tally->untestable), "not_applicable",
        number_json(tally->not_applicable), "left_out", number_json(tally->left_out), "blocking",
        number_json(tally->blocking), "forgiven", number_json(tally->forgiven), "must_untested",
        number_json(tally->must_untested)));
}

static json_t *fields_json(const struct fields *fields)
{
    json_t *array = json_array();

    for (size_t i = 0; i < fields->count; i++)
        json_array_append_new(
            array, must(json_pack("{s:o, s:o}", "name", string_json(fields->items[i].name), "value",
                                  string_json(fields->items[i].value))));
    return array;
}

static json_t *body_json(const char *body, size_t length)
{
    size_t shown = length < BODY_LIMIT ? length : BODY_LIMIT;

    if (!body)
        return json_null();
    while (shown < length && shown > 0 && ((unsigned char)body[shown] & 0xC0) == 0x80)
        shown--;
    return must(json_pack("{s:o, s:o, s:b}", "text", text_json(body, shown), "bytes",
                          number_json(length), "cut", shown < length));
}

static json_t *response_json(const struct exchange *x)
{
    if (x->status == 0)
        return json_null();
    return must(json_pack("{s:i, s:o, s:o}", "status", x->status, "headers",
                          fields_json(&x->response_headers), "body",
                          body_json(x->response_body, x->response_length)));
}

static json_t *exchange_json(const struct exchange *x, bool culprit)
{
    char *curl = report_curl(x);
    json_t *request =
        must(json_pack("{s:o, s:o, s:o, s:o, s:b}", "method", string_json(x->method), "url",
                       string_json(x->url), "headers", fields_json(&x->request_headers), "body",
                       body_json(x->request_body, x->request_length), "bare_socket", x->raw));
    json_t *json = must(json_pack("{s:b, s:o, s:o, s:o, s:o, s:I}", "culprit", culprit, "request",
                                  request, "response", response_json(x), "problem",
                                  x->problem[0] ? string_json(x->problem) : json_null(), "curl",
                                  string_json(curl), "took_ns", (json_int_t)x->took_ns));

    free(curl);
    return json;
}

static json_t *source_json(const json_t *sources, const char *source)
{
    return must(json_pack("{s:o, s:o, s:o}", "key", string_json(source), "title",
                          string_json(source_title(sources, source)), "url",
                          string_json(source_url(sources, source))));
}

static void add_failure(json_t *json, const struct report *report, const struct check *check)
{
    json_t *exchanges = json_array();

    for (const struct exchange *x = check->exchanges; x; x = x->next)
        json_array_append_new(exchanges, exchange_json(x, x == check->culprit));
    json_object_set_new(json, "blocks", json_boolean(report_blocks(report, check)));
    json_object_set_new(json, "forgiven", string_json(report_forgives(report, check)));
    json_object_set_new(json, "exchanges", exchanges);
}

static json_t *check_json(const struct report *report, const struct check *check,
                          const json_t *sources)
{
    const struct requirement *requirement = check->requirement;
    json_t *json = must(
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:I}", "id", requirement->id, "outcome",
                  outcome_name(check->outcome), "level", level_name(requirement->level), "evidence",
                  evidence_name(check->evidence), "claim", requirement->claim, "source",
                  source_json(sources, check->source ? check->source : requirement->source),
                  "finding", check->finding[0] ? string_json(check->finding) : json_null(), "note",
                  check->note[0] ? string_json(check->note) : json_null(), "took_ns",
                  (json_int_t)check->took_ns));

    if (check->outcome == FAILED)
        add_failure(json, report, check);
    return json;
}

static json_t *part_json(const struct report *report, const struct report_part *part,
                         const json_t *sources)
{
    struct tally tally = report_tally_part(report, part);
    json_t *checks = json_array();

    for (size_t i = 0; i < part->count; i++)
        if (part->checks[i].requirement)
            json_array_append_new(checks, check_json(report, &part->checks[i], sources));
    return must(json_pack("{s:o, s:o, s:o, s:o}", "gateway", string_json(part->gateway), "base_url",
                          string_json(part->base_url), "tally", tally_json(&tally), "checks",
                          checks));
}

static const char *verdict_key(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_PASSED:
        return "passed";
    case VERDICT_FAILED:
        return "failed";
    case VERDICT_NOTHING_RAN:
        return "nothing_ran";
    case VERDICT_UNTESTED:
        return "untested";
    case VERDICT_INTERRUPTED:
        return "interrupted";
    }
    return "";
}

static void write_json(const struct report *report, FILE *file)
{
    struct problem ignored = {0};
    json_t *sources = fixture_load("sources.json", &ignored), *parts = json_array();
    struct tally tally = report_tally(report);

    for (size_t p = 0; p < report->part_count; p++)
        json_array_append_new(parts, part_json(report, &report->parts[p], sources));
    json_t *json = must(json_pack(
        "{s:i, s:o, s:o, s:o, s:b, s:b, s:b, s:s, s:s, s:o, s:I, s:o}", "schema", 1, "gatemark",
        string_json(report->version), "started_at", string_json(report->started_at), "target",
        string_json(report->target), "mock", report->mock, "strict", report->strict, "interrupted",
        report->interrupted, "least_evidence", evidence_name(report->least), "verdict",
        verdict_key(report_verdict(report)), "tally", tally_json(&tally), "took_ns",
        (json_int_t)report->took_ns, "gateways", parts));
    json_dumpf(json, file, JSON_INDENT(2));
    fputc('\n', file);
    json_decref(json);
    json_decref(sources);
}

const struct report_format json_format = {
    "json", "everything, for programs; docs/report.schema.json describes it", write_json};
