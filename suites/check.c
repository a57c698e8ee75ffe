#include "suites/check.h"

#include "suites/control.h"
#include "suites/target.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SHOWN_OF_CREATED_SECRETS = 12 };

extern const struct requirement auth_requirements[], challenge_requirements[],
    connection_requirements[], http_requirements[], envelope_requirements[], keys_requirements[],
    limits_requirements[], request_id_requirements[], answers_requirements[],
    openrouter_requirements[], claude_requirements[], tasks_requirements[], stream_requirements[],
    openai_requirements[], gemini_requirements[], token_requirements[];

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

bool check_open(const struct check *check)
{
    return check->outcome == PASSED;
}

void check_keep_secret(struct check *check, const char *text, const char *shown)
{
    struct secret **place = &check->secrets;
    size_t length = strlen(text);

    for (const struct secret *known = check->secrets; known; known = known->next)
        if (strcmp(known->text, text) == 0)
            return;
    while (*place && strlen((*place)->text) >= length)
        place = &(*place)->next;
    struct secret *secret = must(calloc(1, sizeof *secret));
    *secret = (struct secret){copy_text(text), copy_text(shown), *place};
    *place = secret;
}

/* Keys that an answer hands out are secrets too, although no check announced them. */
static void keep_created(struct check *check, const json_t *value)
{
    const char *name;
    json_t *item;
    size_t i;

    json_array_foreach(value, i, item) {
        keep_created(check, item);
    }
    json_object_foreach((json_t *)value, name, item) {
        const char *text = json_string_value(item);
        char shown[SHOWN_OF_CREATED_SECRETS + 4];

        keep_created(check, item);
        if (!text ||
            (strcmp(name, "key") != 0 && strcmp(name, "secret") != 0 &&
             strcmp(name, "access_token") != 0) ||
            strlen(text) <= SHOWN_OF_CREATED_SECRETS + 4)
            continue;
        snprintf(shown, sizeof shown, "%.*s...", SHOWN_OF_CREATED_SECRETS, text);
        check_keep_secret(check, text, shown);
    }
}

/* Everything that must not be shown: the target's keys, and what the answers handed out. */
static void collect_secrets(struct check *check)
{
    char variable[96], shown[100];

    for (const struct target_key *key = check->target->keys; key; key = key->next) {
        key_variable(key->name, variable, sizeof variable);
        snprintf(shown, sizeof shown, "$%s", variable);
        check_keep_secret(check, key->secret, shown);
    }
    for (struct exchange *x = check->exchanges; x; x = x->next)
        keep_created(check, x->json);
}

/* Masks before it cuts, or half a secret could be left at the end. Takes `sentence`. */
static void keep_sentence(struct check *check, char *sentence, char *kept, size_t size)
{
    struct exchange quoted = {.url = sentence};

    collect_secrets(check);
    for (const struct secret *secret = check->secrets; secret; secret = secret->next)
        exchange_mask(&quoted, secret->text, secret->shown);
    snprintf(kept, size, "%s", quoted.url);
    free(quoted.url);
}

void check_found(struct check *check, enum outcome outcome, const struct exchange *x,
                 const char *format, ...)
{
    va_list args;
    char *sentence = NULL;

    if (!check_open(check))
        return; /* the first finding wins */
    check->outcome = outcome;
    check->culprit = x;
    va_start(args, format);
    if (vasprintf(&sentence, format, args) < 0)
        sentence = copy_text("(this finding could not be put into words)");
    va_end(args);
    keep_sentence(check, must(sentence), check->finding, sizeof check->finding);
}

static void mask_exchanges(struct check *check)
{
    collect_secrets(check);
    for (const struct secret *secret = check->secrets; secret; secret = secret->next)
        for (struct exchange *x = check->exchanges; x; x = x->next)
            exchange_mask(x, secret->text, secret->shown);
}

bool check_may_send(struct check *check)
{
    if (!check->requirement->writes || check->target->allow_writes)
        return true;
    check_found(check, UNTESTABLE, NULL,
                "creates or deletes something: runs with --allow-writes only");
    return false;
}

void check_run(struct check *check, const struct requirement *requirement,
               const struct target *target)
{
    int64_t start_ns = now_ns();

    *check = (struct check){
        .requirement = requirement,
        .target = target,
        .outcome = PASSED,
        .source = requirement->source,
        .evidence = requirement->evidence,
    };
    requirement->test(check);
    settle_faults(check);
    mask_exchanges(check);
    check->took_ns = now_ns() - start_ns + 1;
}

void check_close(struct check *check)
{
    while (check->exchanges) {
        struct exchange *next = check->exchanges->next;
        exchange_free(check->exchanges);
        check->exchanges = next;
    }
    while (check->secrets) {
        struct secret *next = check->secrets->next;
        free(check->secrets->text);
        free(check->secrets->shown);
        free(check->secrets);
        check->secrets = next;
    }
    while (check->faults) {
        struct expected_fault *next = check->faults->next;
        free(check->faults);
        check->faults = next;
    }
    check->last = NULL;
    check->culprit = NULL;
}

const char *level_name(enum level level)
{
    switch (level) {
    case MAY:
        return "MAY";
    case SHOULD:
        return "SHOULD";
    case MUST:
        return "MUST";
    }
    return "?";
}

const char *outcome_name(enum outcome outcome)
{
    switch (outcome) {
    case PASSED:
        return "PASSED";
    case FAILED:
        return "FAILED";
    case UNTESTABLE:
        return "UNTESTABLE";
    case NOT_APPLICABLE:
        return "NOT_APPLICABLE";
    }
    return "?";
}

const char *evidence_name(enum evidence evidence)
{
    switch (evidence) {
    case ASSUMED:
        return "assumed";
    case OBSERVED:
        return "observed";
    case SHIPPED:
        return "shipped";
    case SPECIFIED:
        return "specified";
    case DOCUMENTED:
        return "documented";
    }
    return "?";
}

bool evidence_find(const char *name, enum evidence *evidence)
{
    for (int grade = ASSUMED; grade <= DOCUMENTED; grade++)
        if (strcmp(name, evidence_name((enum evidence)grade)) == 0) {
            *evidence = (enum evidence)grade;
            return true;
        }
    return false;
}

size_t suite_size(const struct suite *suite)
{
    size_t size = 0;

    while (suite->requirements[size].id)
        size++;
    return size;
}

const struct requirement *requirement_find(const char *id)
{
    for (const struct suite *suite = suites; suite->name; suite++)
        for (const struct requirement *row = suite->requirements; row->id; row++)
            if (strcmp(row->id, id) == 0)
                return row;
    return NULL;
}

const struct suite suites[] = {
    {"auth", auth_requirements},
    {"challenge", challenge_requirements},
    {"connection", connection_requirements},
    {"http", http_requirements},
    {"envelope", envelope_requirements},
    {"keys", keys_requirements},
    {"limits", limits_requirements},
    {"request_id", request_id_requirements},
    {"answers", answers_requirements},
    {"openrouter", openrouter_requirements},
    {"claude", claude_requirements},
    {"tasks", tasks_requirements},
    {"stream", stream_requirements},
    {"openai", openai_requirements},
    {"gemini", gemini_requirements},
    {"token", token_requirements},
    {0},
};
