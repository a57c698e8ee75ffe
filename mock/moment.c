#include "mock/moment.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { DAY_MS = 86400 * 1000 };

static const int64_t last_moment_ms = 253402300799999; /* 9999-12-31T23:59:59.999Z */

static bool digits(const char **at, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        *value = *value * 10 + (**at - '0');
    }
    return true;
}

static bool literal(const char **at, const char *choices)
{
    return **at && strchr(choices, *(*at)++) != NULL;
}

/* A fraction, if there is one: its milliseconds. */
static bool fraction(const char **at, int *value_ms)
{
    int scale = 100;

    *value_ms = 0;
    if (**at != '.')
        return true;
    (*at)++;
    if (**at < '0' || **at > '9')
        return false;
    for (; **at >= '0' && **at <= '9'; (*at)++, scale /= 10)
        *value_ms += (**at - '0') * scale;
    return true;
}

/* Z, or +hh:mm, as the milliseconds it is ahead of UTC. */
static bool offset(const char **at, int64_t *ahead_ms)
{
    int hours, minutes, sign = **at == '-' ? -1 : 1;

    *ahead_ms = 0;
    if (**at == 'Z' || **at == 'z')
        return *++*at == '\0';
    if (!literal(at, "+-") || !digits(at, 2, &hours) || !literal(at, ":") ||
        !digits(at, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *ahead_ms = sign * (hours * 60 + minutes) * 60000LL;
    return **at == '\0';
}

static int month_days(int year, int month)
{
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    if (month == 2)
        return leap ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool moment_parse(const char *text, int64_t *moment_ms)
{
    struct tm tm = {0};
    int year, month, part_ms;
    int64_t ahead_ms;

    if (!digits(&text, 4, &year) || !literal(&text, "-") || !digits(&text, 2, &month) ||
        !literal(&text, "-") || !digits(&text, 2, &tm.tm_mday) || !literal(&text, "Tt ") ||
        !digits(&text, 2, &tm.tm_hour) || !literal(&text, ":") || !digits(&text, 2, &tm.tm_min) ||
        !literal(&text, ":") || !digits(&text, 2, &tm.tm_sec) || !fraction(&text, &part_ms) ||
        !offset(&text, &ahead_ms))
        return false;
    if (year < 1970 || month < 1 || month > 12 || tm.tm_hour > 23 || tm.tm_min > 59 ||
        tm.tm_sec > 60)
        return false;
    if (tm.tm_mday < 1 || tm.tm_mday > month_days(year, month))
        return false;
    tm.tm_year = year - 1900;
    tm.tm_mon = month - 1;
    *moment_ms = (int64_t)timegm(&tm) * 1000 + part_ms - ahead_ms;
    return *moment_ms >= 0 && *moment_ms <= last_moment_ms;
}

static struct tm civil(int64_t moment_ms)
{
    time_t seconds = (time_t)(moment_ms / 1000);
    struct tm tm;

    gmtime_r(&seconds, &tm);
    return tm;
}

const char *moment_text(int64_t moment_ms, char text[MOMENT_TEXT])
{
    const struct tm tm = civil(moment_ms);

    strftime(text, MOMENT_TEXT, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return text;
}

const char *moment_text_ms(int64_t moment_ms, char text[MOMENT_TEXT])
{
    const struct tm tm = civil(moment_ms);
    size_t length = strftime(text, MOMENT_TEXT, "%Y-%m-%dT%H:%M:%S", &tm);

    snprintf(text + length, MOMENT_TEXT - length, ".%03dZ", (int)(moment_ms % 1000));
    return text;
}

const char *moment_http(int64_t moment_ms, char text[MOMENT_TEXT])
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const struct tm tm = civil(moment_ms);
    size_t length = (size_t)snprintf(text, MOMENT_TEXT, "%s, %02u %s ", days[tm.tm_wday],
                                     (unsigned)tm.tm_mday % 100, months[tm.tm_mon]);

    strftime(text + length, MOMENT_TEXT - length, "%Y %H:%M:%S GMT", &tm);
    return text;
}

int64_t moment_period_start(int64_t moment_ms, enum period period)
{
    int64_t midnight = moment_ms - moment_ms % DAY_MS;
    struct tm tm = civil(moment_ms);

    switch (period) {
    case PERIOD_NEVER:
        return 0;
    case PERIOD_DAY:
        return midnight;
    case PERIOD_WEEK:
        return midnight - (tm.tm_wday + 6) % 7 * (int64_t)DAY_MS;
    case PERIOD_MONTH:
        return midnight - (tm.tm_mday - 1) * (int64_t)DAY_MS;
    }
    return 0;
}

int64_t moment_period_end(int64_t moment_ms, enum period period)
{
    int64_t start = moment_period_start(moment_ms, period);

    switch (period) {
    case PERIOD_NEVER:
        return INT64_MAX;
    case PERIOD_DAY:
        return start + DAY_MS;
    case PERIOD_WEEK:
        return start + 7LL * DAY_MS;
    case PERIOD_MONTH:
        /* Any month's first plus 31 days lies in the next month. */
        return moment_period_start(start + 31LL * DAY_MS, PERIOD_MONTH);
    }
    return INT64_MAX;
}

static const char *const period_names[] = {
    [PERIOD_DAY] = "daily",
    [PERIOD_WEEK] = "weekly",
    [PERIOD_MONTH] = "monthly",
};

bool period_find(const char *name, enum period *period)
{
    for (enum period p = PERIOD_DAY; p <= PERIOD_MONTH; p++)
        if (strcmp(period_names[p], name) == 0) {
            *period = p;
            return true;
        }
    return false;
}

const char *period_name(enum period period)
{
    return period_names[period];
}
