#include "runner/profile.h"

#include "fixtures/fixture.h"
#include "runner/nearest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_WAIT_S = 86400, MOST_STATUSES = 3, SHORTEST_KEY = 8 };

/* What a field may hold. */
struct field_rule {
    const char *name, *expected;
    bool (*good)(const struct profile *profile, const json_t *value, struct problem *problem);
};

/* The line on which `"name":` stands, or 0. jansson forgets where a value came from. */
static int line_of(const char *path, const char *name)
{
    FILE *file = fopen(path, "re");
    char *quoted = format_text("\"%s\"", name), *text = NULL;
    size_t size = 0;
    int line = 0, found = 0;

    while (file && found == 0 && getline(&text, &size, file) >= 0) {
        const char *at = strstr(text, quoted);
        line++;
        if (at && at[strlen(quoted) + strspn(at + strlen(quoted), " \t")] == ':')
            found = line;
    }
    if (file)
        fclose(file);
    free(quoted);
    free(text);
    return found;
}

__attribute__((format(printf, 4, 5))) static bool reject(const struct profile *profile,
                                                         const char *field, struct problem *problem,
                                                         const char *format, ...)
{
    va_list args;
    char text[300], place[16] = "";
    int line = line_of(profile->path, field);

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (line > 0)
        snprintf(place, sizeof place, ":%d", line);
    return problem_set(problem, "%s%s: %s", profile->path, place, text);
}

static bool good_text(const struct profile *profile, const json_t *value, struct problem *problem)
{
    (void)profile;
    (void)problem;
    return json_string_length(value) > 0;
}

static bool good_flag(const struct profile *profile, const json_t *value, struct problem *problem)
{
    (void)profile;
    (void)problem;
    return json_is_boolean(value);
}

static bool good_wait(const struct profile *profile, const json_t *value, struct problem *problem)
{
    (void)profile;
    (void)problem;
    return json_is_integer(value) && json_integer_value(value) >= 0 &&
           json_integer_value(value) <= LONGEST_WAIT_S;
}

static bool good_keys(const struct profile *profile, const json_t *value, struct problem *problem)
{
    json_t *names = key_names(problem), *known, *secret;
    const char *name;
    size_t i;
    bool good = json_is_object(value) && names;

    json_object_foreach((json_t *)value, name, secret) {
        struct nearest nearest = {.word = name};
        json_array_foreach(names, i, known) {
            nearest_offer(&nearest, json_string_value(known));
        }
        char *hint = nearest_hint(&nearest);
        if (!nearest.name || strcmp(nearest.name, name) != 0)
            good = reject(profile, name, problem, "no credential is called %s%s", name, hint);
        else if (json_string_length(secret) == 0)
            good = reject(profile, name, problem, "expected keys.%s to be a text", name);
        free(hint);
    }
    json_decref(names);
    return good;
}

/* Every word that some contract makes a promise about. */
static void offer_promises(struct nearest *nearest)
{
    for (size_t i = 0; contracts[i]; i++)
        for (const struct promise *promise = contracts[i]->promises; promise->about; promise++)
            nearest_offer(nearest, promise->about);
}

static bool good_statuses(const json_t *statuses)
{
    json_t *status;
    size_t i;

    if (json_array_size(statuses) < 1 || json_array_size(statuses) > MOST_STATUSES)
        return false;
    json_array_foreach(statuses, i, status) {
        if (json_integer_value(status) < 100 || json_integer_value(status) > 599)
            return false;
    }
    return true;
}

static bool good_promises(const struct profile *profile, const json_t *value,
                          struct problem *problem)
{
    const char *about;
    json_t *statuses;
    bool good = json_is_object(value);

    json_object_foreach((json_t *)value, about, statuses) {
        struct nearest nearest = {.word = about};
        offer_promises(&nearest);
        char *hint = nearest_hint(&nearest);
        if (!nearest.name || strcmp(nearest.name, about) != 0)
            good = reject(profile, about, problem, "no promise is about %s%s", about, hint);
        else if (!good_statuses(statuses))
            good = reject(profile, about, problem,
                          "expected promises.%s to be one to three statuses, such as [401, 403]",
                          about);
        free(hint);
    }
    return good;
}

static const struct field_rule rules[] = {
    {"gateway", "the name of a gateway", good_text},
    {"base_url", "a URL", good_text},
    {"keys", "an object of keys by credential name", good_keys},
    {"promises", "an object of statuses by situation, such as {\"revoked\": [401, 403]}",
     good_promises},
    {"allowed_model", "the name of a model", good_text},
    {"forbidden_model", "the name of a model", good_text},
    {"forbidden_provider_model", "the name of a model", good_text},
    {"max_wait_seconds", "a whole number from 0 to 86400", good_wait},
    {"allow_writes", "true or false", good_flag},
};

static bool good_field(const struct profile *profile, const char *name, const json_t *value,
                       struct problem *problem)
{
    struct nearest nearest = {.word = name};

    for (size_t i = 0; i < COUNT(rules); i++) {
        nearest_offer(&nearest, rules[i].name);
        if (strcmp(rules[i].name, name) != 0)
            continue;
        return rules[i].good(profile, value, problem) ||
               reject(profile, name, problem, "expected %s to be %s", name, rules[i].expected);
    }
    char *hint = nearest_hint(&nearest);
    reject(profile, name, problem, "a profile has no field %s%s", name, hint);
    free(hint);
    return false;
}

bool profile_load(struct profile *profile, const char *path, struct problem *problem)
{
    const char *name;
    json_t *value;

    *profile = (struct profile){.json = json_file_load(path, problem), .path = path};
    if (!profile->json)
        return false;
    if (!json_is_object(profile->json)) {
        profile_close(profile);
        return problem_set(problem, "%s: expected a JSON object", path);
    }
    json_object_foreach(profile->json, name, value) {
        if (!good_field(profile, name, value, problem)) {
            profile_close(profile);
            return false;
        }
    }
    profile->gateway = json_string_value(json_object_get(profile->json, "gateway"));
    profile->base_url = json_string_value(json_object_get(profile->json, "base_url"));
    return true;
}

bool key_usable(const char *secret, const char *origin, struct problem *problem)
{
    if (strlen(secret) < SHORTEST_KEY)
        return problem_set(problem, "%s is shorter than %d characters: no report could hide it",
                           origin, SHORTEST_KEY);
    for (const char *at = secret; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7F)
            return problem_set(problem, "%s holds a control character, which no header can carry",
                               origin);
    return true;
}

/* Not even the variable's name is guessed at: $NAME is the whole value or none of it. */
static const char *secret_of(const char *given, const char *name, const char *path)
{
    if (given[0] != '$')
        return given;
    const char *secret = getenv(given + 1);
    if (secret && *secret)
        return secret;
    if (strncmp(given + 1, "GATEMARK_KEY_", 13) != 0)
        fprintf(stderr, "gatemark: %s takes the key %s from %s, which is not set\n", path, name,
                given);
    return NULL;
}

static bool apply_keys(const struct profile *profile, struct target *target,
                       struct problem *problem)
{
    const char *name;
    json_t *given;

    json_object_foreach(json_object_get(profile->json, "keys"), name, given) {
        const char *secret = secret_of(json_string_value(given), name, profile->path);
        char origin[128];
        snprintf(origin, sizeof origin, "the key %s", name);
        if (secret && !key_usable(secret, origin, problem))
            return false;
        if (secret)
            target_add_key(target, name, secret);
    }
    return true;
}

static void apply_promises(const struct profile *profile, struct target *target)
{
    const char *about;
    json_t *statuses, *status;
    size_t i;

    json_object_foreach(json_object_get(profile->json, "promises"), about, statuses) {
        struct target_promise *promise = must(calloc(1, sizeof *promise));
        promise->promise = (struct promise){
            .about = copy_text(about), .source = "profile", .evidence = DOCUMENTED};
        json_array_foreach(statuses, i, status) {
            promise->promise.statuses[i] = (int)json_integer_value(status);
        }
        promise->next = target->promises;
        target->promises = promise;
    }
}

static char *text_of(const struct profile *profile, const char *field)
{
    return copy_text(json_string_value(json_object_get(profile->json, field)));
}

bool profile_apply(const struct profile *profile, struct target *target, struct problem *problem)
{
    const json_t *wait = json_object_get(profile->json, "max_wait_seconds");

    target->allowed_model = text_of(profile, "allowed_model");
    target->forbidden_model = text_of(profile, "forbidden_model");
    target->forbidden_provider_model = text_of(profile, "forbidden_provider_model");
    target->allow_writes |= json_is_true(json_object_get(profile->json, "allow_writes"));
    if (wait)
        target->max_wait_s = (int)json_integer_value(wait);
    apply_promises(profile, target);
    return apply_keys(profile, target, problem);
}

void profile_close(struct profile *profile)
{
    json_decref(profile->json);
    *profile = (struct profile){0};
}

json_t *key_names(struct problem *problem)
{
    json_t *all = fixture_load("credentials.json", problem), *once = json_object(), *names, *value;
    const char *gateway, *name;

    if (!all) {
        json_decref(once);
        return NULL;
    }
    json_object_foreach(all, gateway, value) {
        json_object_update(once, value);
    }
    names = json_array();
    json_object_foreach(once, name, value) {
        json_array_append_new(names, json_string(name));
    }
    json_decref(all);
    json_decref(once);
    return names;
}
