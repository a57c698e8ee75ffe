#include "suites/defect.h"

#include "suites/served.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What one expansion works on. */
struct expansion {
    struct check *check;
    const struct route *route;
    const char *key;
    char variable[96];
    size_t half; /* of the key */
};

enum { LINES_OF_A_REQUEST = 6, LONGEST_PREFIX = 16 };

/* How many characters of the key only say what kind it is. No document spells the prefix of every
 * kind, so another kind's ends at its last mark. */
static size_t prefix_length(const struct expansion *about)
{
    const char *prefix = about->check->target->contract->key_prefix;
    size_t length = 0;

    if (strncmp(about->key, prefix, strlen(prefix)) == 0)
        return strlen(prefix);
    for (size_t i = 0; i < LONGEST_PREFIX && about->key[i]; i++)
        if (strchr("_-", about->key[i]))
            length = i + 1;
    return length > 0 ? length : 1;
}

static char other_character(char c)
{
    if (isdigit((unsigned char)c))
        return c == '9' ? '0' : (char)(c + 1);
    return c == 'a' || c == 'A' ? (char)(c + 1) : (char)(isupper((unsigned char)c) ? 'A' : 'a');
}

/* The key with the character at `at` changed, and how a shell would say so. */
static char *changed(struct expansion *about, size_t at)
{
    char *text = copy_text(about->key);
    char shown[320];

    text[at] = other_character(text[at]);
    snprintf(shown, sizeof shown, "${%s:0:%zu}%c${%s:%zu}", about->variable, at, text[at],
             about->variable, at + 1);
    check_keep_secret(about->check, text, shown);
    return text;
}

static char *part(struct expansion *about, size_t from, size_t length)
{
    char *text = must(strndup(about->key + from, length));
    char shown[160];

    snprintf(shown, sizeof shown, "${%s:%zu:%zu}", about->variable, from, length);
    check_keep_secret(about->check, text, shown);
    return text;
}

static char *case_changed(struct expansion *about)
{
    char *text = copy_text(about->key);
    char shown[160];

    for (char *c = text; *c; c++)
        *c = (char)(islower((unsigned char)*c) ? toupper((unsigned char)*c)
                                               : tolower((unsigned char)*c));
    snprintf(shown, sizeof shown, "$(echo $%s | tr a-zA-Z A-Za-z)", about->variable);
    check_keep_secret(about->check, text, shown);
    return text;
}

static char *percent_encoded(struct expansion *about)
{
    char *text = format_text("%%%02X%s", (unsigned)(unsigned char)about->key[0], about->key + 1);
    char shown[160];

    snprintf(shown, sizeof shown, "%.3s${%s#?}", text, about->variable);
    check_keep_secret(about->check, text, shown);
    return text;
}

static char *base64(const char *text)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t length = strlen(text);
    char *encoded = must(calloc(length / 3 + 2, 4)), *at = encoded;

    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        unsigned bits = (unsigned)(unsigned char)text[i] << 16;
        bits |= left > 1 ? (unsigned)(unsigned char)text[i + 1] << 8 : 0;
        bits |= left > 2 ? (unsigned)(unsigned char)text[i + 2] : 0;
        *at++ = letters[bits >> 18 & 63];
        *at++ = letters[bits >> 12 & 63];
        *at++ = left > 1 ? letters[bits >> 6 & 63] : '=';
        *at++ = left > 2 ? letters[bits & 63] : '=';
    }
    return encoded;
}

static char *basic(struct expansion *about)
{
    char *plain = format_text(":%s", about->key);
    char *text = base64(plain);
    char shown[160];

    snprintf(shown, sizeof shown, "$(printf :%%s $%s | base64 -w0)", about->variable);
    check_keep_secret(about->check, text, shown);
    free(plain);
    return text;
}

/* A well-formed key that nobody issued: the target's, or the good one with its end turned round. */
static char *never_issued(struct expansion *about)
{
    const char *given = target_key(about->check->target, "unknown");

    return given ? copy_text(given) : changed(about, strlen(about->key) - 1);
}

static bool is(const char *name, size_t length, const char *word)
{
    return strlen(word) == length && strncmp(name, word, length) == 0;
}

/* What stands for {name}, to be freed. */
static char *meaning(struct expansion *about, const char *name, size_t length)
{
    enum carrier carrier = about->route->carrier;
    size_t size = strlen(about->key), prefix = prefix_length(about);

    if (is(name, length, "at"))
        return format_text("%s %s", carrier_header(carrier), carrier_scheme(carrier));
    if (is(name, length, "scheme"))
        return copy_text(carrier_scheme(carrier));
    if (is(name, length, "header"))
        return copy_text(carrier_header(carrier));
    if (is(name, length, "key"))
        return copy_text(about->key);
    if (is(name, length, "bad"))
        return never_issued(about);
    if (is(name, length, "bare"))
        return part(about, prefix, size - prefix);
    if (is(name, length, "cut"))
        return part(about, 0, size - 1);
    if (is(name, length, "head"))
        return part(about, 0, about->half);
    if (is(name, length, "tail"))
        return part(about, about->half, size - about->half);
    if (is(name, length, "first"))
        return changed(about, 0);
    if (is(name, length, "middle"))
        return changed(about, about->half);
    if (is(name, length, "last"))
        return changed(about, size - 1);
    if (is(name, length, "case"))
        return case_changed(about);
    if (is(name, length, "percent"))
        return percent_encoded(about);
    if (is(name, length, "basic"))
        return basic(about);
    if (is(name, length, "prefix"))
        return copy_text(about->check->target->contract->key_prefix);
    return NULL;
}

char *expand(struct check *check, const struct route *route, const char *text)
{
    struct expansion about = {.check = check, .route = route, .key = need_key(check, route->key)};
    char *expanded = NULL;
    size_t length = 0;

    if (!about.key)
        return NULL;
    about.half = strlen(about.key) / 2;
    key_variable(route->key, about.variable, sizeof about.variable);
    FILE *out = must(open_memstream(&expanded, &length));
    while (*text) {
        const char *end = *text == '{' ? strchr(text, '}') : NULL;
        char *filled = end ? meaning(&about, text + 1, (size_t)(end - text - 1)) : NULL;
        if (filled)
            fputs(filled, out);
        else
            fputc(*text, out);
        text = filled ? end + 1 : text + 1;
        free(filled);
    }
    fclose(out);
    return must(expanded);
}

const struct exchange *attempt_lines(struct check *check, const struct route *route,
                                     const char *text)
{
    struct attempt attempt = {.route = route, .manner = NOT_AT_ALL};
    const struct exchange *x = NULL;
    char *lines = expand(check, route, text), *state = NULL;
    size_t count = 0;

    if (!lines)
        return NULL;
    for (char *line = strtok_r(lines, "\n", &state); line && count < LINES_OF_A_REQUEST;
         line = strtok_r(NULL, "\n", &state))
        attempt.headers[count++] = line;
    x = check_attempt(check, attempt);
    free(lines);
    return x;
}

/* All texts of a defect to one route; the first finding ends it. */
static void expect_route_refuses(struct check *check, const struct route *route,
                                 const struct defect *defect, const struct promise *promise)
{
    for (size_t i = 0; i < COUNT(defect->lines) && defect->lines[i] && check_open(check); i++) {
        const struct exchange *x = attempt_lines(check, route, defect->lines[i]);
        if (x && expect_promised(check, x, promise) && defect->faults)
            expect_fault(check, x, defect->faults);
    }
}

/* No route here takes what these lines are about. */
static void not_for_bearer(struct check *check)
{
    check_found(check, NOT_APPLICABLE, NULL, "%s takes no key as Authorization: Bearer",
                check->target->contract->gateway);
}

void expect_refused_everywhere(struct check *check, const struct defect *defect)
{
    const struct promise *promise = need_promise(check, defect->about);
    const struct contract *contract = check->target->contract;
    bool any = false;

    if (!promise)
        return;
    for (const struct route *route = NULL; (route = check_next_route(check, route));)
        if (!defect->bearer_only || contract_takes_bearer(contract, route)) {
            any = true;
            expect_route_refuses(check, route, defect, promise);
        }
    if (!any && check_open(check))
        not_for_bearer(check);
}

static bool callable(const struct route *route)
{
    return route->success != 0 && !route->writes && !route->open;
}

const struct route *next_family_route(struct check *check, const struct route *after)
{
    const struct route *routes = check->target->contract->routes;

    for (const struct route *route = after ? after + 1 : routes; check_open(check) && route->name;
         route++) {
        bool first = callable(route) && route_served(check->target, route);
        for (const struct route *before = routes; before < route; before++)
            first = first && !(callable(before) && before->family == route->family &&
                               route_served(check->target, before));
        if (first)
            return route;
    }
    return NULL;
}

const struct route *plain_route(const struct check *check)
{
    const struct route *route = check->target->contract->routes;

    while (!callable(route))
        route++;
    return route;
}

void expect_admitted(struct check *check, const char *const *lines, bool bearer_only)
{
    const struct contract *contract = check->target->contract;
    bool any = false;

    for (const struct route *route = NULL; (route = next_family_route(check, route));) {
        if (bearer_only && !contract_takes_bearer(contract, route))
            continue;
        any = true;
        const struct exchange *documented = attempt_lines(check, route, "{at}{key}");
        if (!documented || !need_success(check, documented))
            return;
        for (size_t i = 0; lines[i] && check_open(check); i++) {
            const struct exchange *x = attempt_lines(check, route, lines[i]);
            if (x)
                expect_success(check, x);
        }
    }
    if (!any && check_open(check))
        not_for_bearer(check);
}
