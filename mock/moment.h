/* Points in time, as milliseconds since 1970 UTC: reading, writing, and the edges of periods. */
#ifndef MOCK_MOMENT_H
#define MOCK_MOMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum period { PERIOD_NEVER, PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH };

enum { MOMENT_TEXT = 32 };

/* Reads RFC 3339, such as 2025-01-15T10:30:00Z, with a fraction or an offset where given. Years
 * 1970 to 9999. */
bool moment_parse(const char *text, int64_t *moment_ms);

/* 2025-01-15T10:30:00Z into `text`. */
const char *moment_text(int64_t moment_ms, char text[MOMENT_TEXT]);

/* 2025-01-15T10:30:00.000Z into `text`. */
const char *moment_text_ms(int64_t moment_ms, char text[MOMENT_TEXT]);

/* Sun, 06 Nov 1994 08:49:37 GMT into `text`: the form of an HTTP-date (RFC 9110 5.6.7). */
const char *moment_http(int64_t moment_ms, char text[MOMENT_TEXT]);

/* Start of the UTC period that holds this moment: midnight, Monday, the first; 0 for never. */
int64_t moment_period_start(int64_t moment_ms, enum period period);

/* Start of the next one; INT64_MAX for never. */
int64_t moment_period_end(int64_t moment_ms, enum period period);

/* daily, weekly, monthly; false for any other word. */
bool period_find(const char *name, enum period *period);
const char *period_name(enum period period); /* NULL for never */

#endif
