#include "reports/reasons.h"

#include "reports/escape.h"

#include <stdlib.h>
#include <string.h>

static const char variable_prefix[] = "GATEMARK_KEY_";

char *reason_of(const struct check *check, bool *curable)
{
    static const struct {
        const char *mark, *words;
    } options[] = {
        {"--allow-writes", "say --allow-writes"},
        {"--max-wait", "say --max-wait"},
        {"this run waits at most", "say --max-wait"},
    };
    const char *variable = strstr(check->finding, variable_prefix);

    *curable = true;
    if (variable)
        return format_text(
            "set %.*s", (int)strspn(variable, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"), variable);
    for (size_t i = 0; i < COUNT(options); i++)
        if (strstr(check->finding, options[i].mark))
            return copy_text(options[i].words);
    *curable = false;
    return escape_text(check->finding, strlen(check->finding));
}

/* Takes `text`. */
static void reasons_add(struct reasons *reasons, char *text, bool curable)
{
    for (size_t i = 0; i < reasons->count; i++)
        if (strcmp(reasons->items[i].text, text) == 0) {
            reasons->items[i].count++;
            free(text);
            return;
        }
    reasons->items = must(reallocarray(reasons->items, reasons->count + 1, sizeof *reasons->items));
    reasons->items[reasons->count++] = (struct reason){text, 1, curable};
}

static int compare_reasons(const void *left, const void *right)
{
    const struct reason *a = left, *b = right;

    if (a->curable != b->curable)
        return a->curable ? -1 : 1;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return strcmp(a->text, b->text);
}

struct reasons reasons_of(const struct report *report, enum outcome outcome)
{
    struct reasons reasons = {0};

    for (size_t p = 0; p < report->part_count; p++)
        for (size_t i = 0; i < report->parts[p].count; i++) {
            const struct check *check = &report->parts[p].checks[i];
            bool curable;
            if (!check->requirement || check->outcome != outcome)
                continue;
            char *text = reason_of(check, &curable);
            reasons_add(&reasons, text, curable);
        }
    if (reasons.count > 0)
        qsort(reasons.items, reasons.count, sizeof *reasons.items, compare_reasons);
    return reasons;
}

void reasons_close(struct reasons *reasons)
{
    for (size_t i = 0; i < reasons->count; i++)
        free(reasons->items[i].text);
    free(reasons->items);
    *reasons = (struct reasons){0};
}
