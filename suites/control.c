#include "suites/control.h"

#include "suites/client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* One call to the mock's control endpoints; NULL with *problem set, or the parsed answer. */
static json_t *call(const struct check *check, const char *method, const char *path,
                    const json_t *body, int *status, struct problem *problem)
{
    const struct target *target = check->target;
    char *url = format_text("%s/%s", target->control_url, path);
    json_t *answer =
        client_call(target->client, method, url, target->control_token, body, status, problem);

    free(url);
    return answer;
}

/* What a control call complained about. */
static const char *complaint(const json_t *answer, const struct problem *problem)
{
    const char *message =
        json_string_value(json_object_get(json_object_get(answer, "error"), "message"));

    return message ? message : problem->text;
}

/* 200, 409 when the clock is real, or 0 with *problem set. */
static int advance_clock(const struct check *check, int seconds, struct problem *problem)
{
    json_t *wish = json_pack("{s:i}", "advance_seconds", seconds);
    int status = 0;
    json_t *answer = call(check, "POST", "clock", wish, &status, problem);

    if (status != 200 && status != 409)
        problem_set(problem, "%s", complaint(answer, problem));
    json_decref(wish);
    json_decref(answer);
    return status;
}

static void wait_really(int seconds)
{
    struct timespec left = {.tv_sec = seconds};

    while (nanosleep(&left, &left) != 0)
        ;
}

bool need_time(struct check *check, int seconds)
{
    struct problem problem = {{0}};
    int status = check->target->control_url ? advance_clock(check, seconds, &problem) : 409;

    if (status == 200)
        return true;
    if (status != 409) {
        check_found(check, UNTESTABLE, NULL, "the mock's clock did not move: %s", problem.text);
        return false;
    }
    if (seconds > check->target->max_wait_s) {
        check_found(check, UNTESTABLE, NULL, "needs %d seconds to pass; this run waits at most %d",
                    seconds, check->target->max_wait_s);
        return false;
    }
    wait_really(seconds);
    return true;
}

/* The secret as the check keeps it: that copy lives as long as the check. */
static const char *kept(const struct check *check, const char *text)
{
    for (const struct secret *secret = check->secrets; secret; secret = secret->next)
        if (strcmp(secret->text, text) == 0)
            return secret->text;
    return NULL;
}

static const char *keep_made(struct check *check, const char *text)
{
    char shown[64] = "$GATEMARK_KEY_MADE";
    int others = 0;

    for (const struct secret *secret = check->secrets; secret; secret = secret->next)
        others += strncmp(secret->shown, shown, strlen("$GATEMARK_KEY_MADE")) == 0;
    if (others > 0)
        snprintf(shown, sizeof shown, "$GATEMARK_KEY_MADE_%d", others + 1);
    check_keep_secret(check, text, shown);
    return kept(check, text);
}

const char *need_key_made(struct check *check, json_t *wishes)
{
    struct problem problem = {{0}};
    const char *made = NULL;
    json_t *answer = NULL;
    int status = 0;

    if (!check->target->control_url) {
        check_found(check, UNTESTABLE, NULL,
                    "needs a key made to measure, which only a gatemark mock can give");
        goto done;
    }
    json_object_set_new(wishes, "gateway", json_string(check->target->contract->gateway));
    answer = call(check, "POST", "credentials", wishes, &status, &problem);
    const char *secret = json_string_value(json_object_get(answer, "secret"));
    if (status == 201 && secret)
        made = keep_made(check, secret);
    else
        check_found(check, UNTESTABLE, NULL, "the mock made no key: %d %s", status,
                    complaint(answer, &problem));
done:
    json_decref(wishes);
    json_decref(answer);
    return made;
}

const char *need_key(struct check *check, const char *name)
{
    const char *secret = target_key(check->target, name);
    char variable[96], shown[100];

    key_variable(name, variable, sizeof variable);
    if (!secret || !*secret) {
        check_found(check, UNTESTABLE, NULL,
                    "needs the key called '%s': set %s, or name it in the profile", name, variable);
        return NULL;
    }
    snprintf(shown, sizeof shown, "$%s", variable);
    check_keep_secret(check, secret, shown);
    return secret;
}

int64_t target_now(const struct check *check)
{
    struct problem problem = {{0}};
    int status = 0;
    json_t *answer = NULL, *now = NULL;

    if (check->target->control_url)
        answer = call(check, "GET", "clock", NULL, &status, &problem);
    now = json_object_get(answer, "now_ms");
    int64_t seconds = json_is_integer(now) ? json_integer_value(now) / 1000 : (int64_t)time(NULL);
    json_decref(answer);
    return seconds;
}

json_t *journal_entry(const struct check *check, const struct exchange *x)
{
    const char *id = exchange_header(x, "X-Gatemark-Id");
    struct problem problem = {{0}};
    char path[128];
    int status = 0;

    if (!check->target->control_url || !id)
        return NULL;
    snprintf(path, sizeof path, "journal?id=%s", id);
    json_t *answer = call(check, "GET", path, NULL, &status, &problem);
    json_t *entry = json_incref(json_array_get(json_object_get(answer, "entries"), 0));
    json_decref(answer);
    return entry;
}

void expect_fault(struct check *check, const struct exchange *x, const char *faults)
{
    if (!check->target->control_url || !check_open(check) || x->status == 0)
        return;
    struct expected_fault *expected = must(calloc(1, sizeof *expected));
    *expected = (struct expected_fault){x, faults, check->faults};
    check->faults = expected;
}

/* Is `fault` one of the words in `faults`, which '|' separates? */
static bool names_fault(const char *faults, const char *fault)
{
    size_t length = strlen(fault);

    for (const char *at = faults; *at; at += strcspn(at, "|"), at += *at == '|')
        if (strcspn(at, "|") == length && strncmp(at, fault, length) == 0)
            return true;
    return false;
}

/* The entry with this id among the newest ones, or asked for by itself; owned by the caller. */
static json_t *entry_among(const struct check *check, const json_t *entries,
                           const struct exchange *x)
{
    const char *id = exchange_header(x, "X-Gatemark-Id");
    json_t *entry;
    size_t i;

    json_array_foreach(entries, i, entry) {
        const char *candidate = json_string_value(json_object_get(entry, "id"));
        if (id && candidate && strcmp(candidate, id) == 0)
            return json_incref(entry);
    }
    return journal_entry(check, x);
}

static void settle(struct check *check, const json_t *entries,
                   const struct expected_fault *expected)
{
    json_t *entry = entry_among(check, entries, expected->x);
    const char *fault = json_string_value(json_object_get(entry, "fault"));
    const char *reason = json_string_value(json_object_get(entry, "reason"));

    if (!entry)
        check_found(check, UNTESTABLE, expected->x, "the mock's journal has no entry for it");
    else if (!fault || !names_fault(expected->faults, fault))
        check_found(check, FAILED, expected->x,
                    "refused for another reason: expected the fault %s, the journal says %s (%s)",
                    expected->faults, fault ? fault : "none", reason ? reason : "no reason given");
    json_decref(entry);
}

/* How many entries back the journal must be read, when nobody else calls the gateway meanwhile. */
static int exchanges_since(const struct exchange *x)
{
    int count = 0;

    for (; x && count < 1000; x = x->next)
        count++;
    return count;
}

void settle_faults(struct check *check)
{
    struct problem problem = {{0}};
    struct expected_fault *oldest_first = NULL;
    json_t *answer = NULL;
    int status = 0, count = 0;
    char path[96];

    while (check->faults) {
        struct expected_fault *next = check->faults->next;
        check->faults->next = oldest_first;
        oldest_first = check->faults;
        check->faults = next;
        count++;
    }
    check->faults = oldest_first;
    if (!check_open(check) || count == 0)
        return;
    if (count > 1) {
        snprintf(path, sizeof path, "journal?gateway=%.32s&limit=%d",
                 check->target->contract->gateway, exchanges_since(oldest_first->x));
        answer = call(check, "GET", path, NULL, &status, &problem);
    }
    const json_t *entries = json_object_get(answer, "entries");
    for (; oldest_first && check_open(check); oldest_first = oldest_first->next)
        settle(check, entries, oldest_first);
    json_decref(answer);
}
