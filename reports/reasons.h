/* Groups the reasons why checks could not be tested, so that a person sees what to do. */
#ifndef REPORTS_REASONS_H
#define REPORTS_REASONS_H

#include "reports/report.h"

struct reason {
    char *text; /* set GATEMARK_KEY_REVOKED; say --allow-writes; or the finding itself */
    size_t count;
    bool curable; /* somebody who runs gatemark can do something about it */
};

/* Owns its items: the curable ones first, the most frequent first. */
struct reasons {
    struct reason *items;
    size_t count;
};

/* The reasons of all checks of this outcome. */
struct reasons reasons_of(const struct report *report, enum outcome outcome);
void reasons_close(struct reasons *reasons);

/* The words under which a check's finding is grouped, to be freed; and whether it is curable. */
char *reason_of(const struct check *check, bool *curable);

#endif
