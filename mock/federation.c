#include "mock/federation.h"

#include "fixtures/fixture.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *list, *type, *prefix;
} names[RESOURCES] = {
    [SERVICE_ACCOUNTS] = {"service_accounts", "service_account", "svac_01"},
    [FEDERATION_ISSUERS] = {"federation_issuers", "federation_issuer", "fdis_01"},
    [FEDERATION_RULES] = {"federation_rules", "federation_rule", "fdrl_01"},
};

struct federation {
    struct identity *identity;
    json_t *file;             /* constant */
    pthread_mutex_t lock;     /* guards the lists and all that is in them */
    json_t *lists[RESOURCES]; /* arrays of what only this module holds */
};

const char *resource_type(enum resource resource)
{
    return names[resource].type;
}

void federation_reset(struct federation *federation)
{
    pthread_mutex_lock(&federation->lock);
    for (size_t i = 0; i < RESOURCES; i++) {
        json_decref(federation->lists[i]);
        federation->lists[i] = json_deep_copy(json_object_get(federation->file, names[i].list));
    }
    pthread_mutex_unlock(&federation->lock);
}

struct federation *federation_new(struct identity *identity, struct problem *problem)
{
    json_t *file = fixture_load("identity/federation.json", problem);

    if (!file)
        return NULL;
    for (size_t i = 0; i < RESOURCES; i++)
        if (!json_is_array(json_object_get(file, names[i].list))) {
            problem_set(problem, "identity/federation.json: expected an array \"%s\"",
                        names[i].list);
            json_decref(file);
            return NULL;
        }
    struct federation *federation = must(calloc(1, sizeof *federation));
    *federation = (struct federation){.identity = identity, .file = file};
    pthread_mutex_init(&federation->lock, NULL);
    federation_reset(federation);
    return federation;
}

void federation_free(struct federation *federation)
{
    if (!federation)
        return;
    for (size_t i = 0; i < RESOURCES; i++)
        json_decref(federation->lists[i]);
    json_decref(federation->file);
    pthread_mutex_destroy(&federation->lock);
    free(federation);
}

const json_t *federation_organization(const struct federation *federation)
{
    return federation->file;
}

/* The lock is held. The object whose `member` is `text`, or NULL. */
static json_t *entry(const struct federation *federation, enum resource resource,
                     const char *member, const char *text)
{
    json_t *object;
    size_t i;

    json_array_foreach(federation->lists[resource], i, object) {
        const char *value = json_string_value(json_object_get(object, member));
        if (value && strcmp(value, text) == 0)
            return object;
    }
    return NULL;
}

json_t *federation_find(struct federation *federation, enum resource resource, const char *id)
{
    pthread_mutex_lock(&federation->lock);
    json_t *copy = json_deep_copy(entry(federation, resource, "id", id));
    pthread_mutex_unlock(&federation->lock);
    return copy;
}

json_t *federation_list(struct federation *federation, enum resource resource)
{
    pthread_mutex_lock(&federation->lock);
    json_t *copy = json_deep_copy(federation->lists[resource]);
    pthread_mutex_unlock(&federation->lock);
    return copy;
}

json_t *federation_add(struct federation *federation, enum resource resource, json_t *object)
{
    const char *name = json_string_value(json_object_get(object, "name"));
    json_t *copy = NULL;
    char id[64];

    pthread_mutex_lock(&federation->lock);
    if (!entry(federation, resource, "name", name ? name : "")) {
        identity_word(federation->identity, names[resource].prefix, 22, id, sizeof id);
        json_object_set_new(object, "id", json_string(id));
        json_array_append(federation->lists[resource], object);
        copy = json_deep_copy(object);
    }
    pthread_mutex_unlock(&federation->lock);
    json_decref(object);
    return copy;
}

/* The lock is held. Does a rule that is not archived go by this one? */
static bool in_use(const struct federation *federation, const char *id)
{
    const json_t *rule;
    size_t i;

    json_array_foreach(federation->lists[FEDERATION_RULES], i, rule) {
        const char *issuer = json_string_value(json_object_get(rule, "issuer_id"));
        const char *account = json_string_value(
            json_object_get(json_object_get(rule, "target"), "service_account_id"));
        if (json_is_string(json_object_get(rule, "archived_at")))
            continue;
        if ((issuer && strcmp(issuer, id) == 0) || (account && strcmp(account, id) == 0))
            return true;
    }
    return false;
}

enum archiving federation_archive(struct federation *federation, enum resource resource,
                                  const char *id, const char *at)
{
    enum archiving result = ARCHIVED;

    pthread_mutex_lock(&federation->lock);
    json_t *object = entry(federation, resource, "id", id);
    if (!object) {
        result = ARCHIVE_UNKNOWN;
    } else if (!json_is_string(json_object_get(object, "archived_at"))) {
        if (in_use(federation, id)) {
            result = ARCHIVE_IN_USE;
        } else {
            json_object_set_new(object, "archived_at", json_string(at));
            json_object_set_new(object, "updated_at", json_string(at));
        }
    }
    pthread_mutex_unlock(&federation->lock);
    return result;
}
