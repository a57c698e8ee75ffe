/* How a run is told: the model every writer reads, which outcomes block, and safe saving. */
#ifndef REPORTS_REPORT_H
#define REPORTS_REPORT_H

#include "fixtures/basics.h"
#include "suites/check.h"

#include <stdio.h>

/* One gateway's part of a run. Borrows its checks from the runner; those without a requirement
 * were not asked for and count nowhere but in tally.left_out. */
struct report_part {
    const char *gateway, *base_url;
    const struct check *checks;
    size_t count;
};

enum verdict {
    VERDICT_PASSED,
    VERDICT_FAILED,
    VERDICT_NOTHING_RAN, /* no check passed or failed: never a pass */
    VERDICT_UNTESTED,    /* strict, and a MUST could not be tested */
    VERDICT_INTERRUPTED, /* stopped by hand before a failure was found */
};

/* A whole run. Borrows everything. */
struct report {
    const char *version;
    const char *started_at; /* RFC 3339, wall clock: the only place where it is used */
    const char *target;     /* "the embedded mock", or the URL */
    const struct report_part *parts;
    size_t part_count;
    int64_t took_ns;
    bool strict;         /* SHOULD blocks too, and an untestable MUST */
    bool mock;           /* the target is a gatemark mock */
    bool embedded;       /* ... which ended with this run */
    bool interrupted;    /* the run was stopped by hand: the rest did not run */
    enum evidence least; /* on a live target, weaker evidence never fails the run */
};

/* How many checks came out how. */
struct tally {
    size_t passed, failed, untestable, not_applicable, left_out;
    size_t blocking; /* failed ones that fail the run */
    size_t forgiven; /* failed ones that do not: too weakly founded, or a SHOULD or MAY */
    size_t must_untested;
};

/* Does this check fail the run? Asked by every writer and by the exit code. */
bool report_blocks(const struct report *report, const struct check *check);

/* Why a failed check does not fail the run: a sentence; NULL when it does. */
const char *report_forgives(const struct report *report, const struct check *check);
struct tally report_tally_part(const struct report *report, const struct report_part *part);
struct tally report_tally(const struct report *report);
enum verdict report_verdict(const struct report *report);

/* PASSED, FAILED, NOTHING RAN, UNTESTED, INTERRUPTED. */
const char *verdict_name(enum verdict verdict);

/* The command line that repeats an exchange, with the key as an environment variable, to be freed;
 * NULL when curl cannot (bytes no well-behaved client sends). */
char *report_curl(const struct exchange *x);

/* Title and address of a requirement's source ("key" or "key#section"): "" when unknown. `sources`
 * is fixtures/sources.json or NULL. */
const char *source_title(const json_t *sources, const char *source);
const char *source_url(const json_t *sources, const char *source);

struct report_format {
    const char *name;
    const char *about; /* one line for --help */
    void (*write)(const struct report *report, FILE *file);
};

extern const struct report_format text_format, junit_format, json_format;
extern const struct report_format *const report_formats[]; /* ends with NULL */

const struct report_format *report_format_find(const char *name);

/* Writes <path>.part, then renames it: a crash or a full disk never leaves half a report. What is
 * no regular file (a pipe, a terminal) is written as it stands. */
bool report_save(const struct report *report, const struct report_format *format, const char *path,
                 struct problem *problem);

#endif
