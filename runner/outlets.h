/* Where the reports of a run go: --report FORMAT[=PATH]. */
#ifndef RUNNER_OUTLETS_H
#define RUNNER_OUTLETS_H

#include "reports/report.h"

struct outlet {
    const struct report_format *format;
    const char *path; /* borrowed from the command line; NULL: stdout */
};

struct outlets {
    struct outlet *items;
    size_t count;
};

/* One --report; false with *problem set when it makes no sense. */
bool outlets_add(struct outlets *outlets, const char *word, struct problem *problem);

/* Adds the text report on stdout when nothing else goes there and text goes nowhere yet. Looks
 * now whether files can be written, so that no long run ends in a lost report. */
bool outlets_ready(struct outlets *outlets, struct problem *problem);

/* Writes them all; goes on after the first that fails, and tells that one. */
bool outlets_write(const struct outlets *outlets, const struct report *report,
                   struct problem *problem);
void outlets_close(struct outlets *outlets);

#endif
