#include "suites/created.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ARouter and OpenRouter call a key by its hash, under `data`; Invoratec by an id. */
static bool has_hashes(const struct check *check)
{
    return strcmp(check->target->contract->gateway, "invoratec") != 0;
}

void created_name(char *name, size_t size)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    snprintf(name, size, "gatemark-check-%lld-%09ld", (long long)now.tv_sec, now.tv_nsec);
}

bool need_created(struct check *check, json_t *wishes, struct created *created)
{
    json_t *request = need_request(check, "create-key");
    char name[64];

    created_name(name, sizeof name);
    if (request) {
        json_object_set_new(request, "name", json_string(name));
        json_object_update(request, wishes);
    }
    json_decref(wishes);
    if (!request)
        return false;
    *created = (struct created){.x = need_answer(check, "create-key", request)};
    if (!created->x)
        return false;
    created->id = need_text(check, created->x, has_hashes(check) ? "data.hash" : "id");
    created->key = created->id ? need_text(check, created->x, "key") : NULL;
    if (!created->key)
        return false;
    check_keep_secret(check, created->key, "$CREATED_KEY");
    return need_that(check,
                     *created->id && begins(created->key, check->target->contract->key_prefix),
                     created->x, "needed a key of the documented form, and its id");
}

/* The route's path with this id in the place of the one that names nothing. */
static char *path_of(const struct route *route, const char *id)
{
    const char *slash = strrchr(route->path, '/');
    const char *rest = slash + 1 + strcspn(slash + 1, "?");

    return format_text("%.*s%s%s", (int)(slash + 1 - route->path), route->path, id, rest);
}

const struct exchange *created_call(struct check *check, const char *name, const char *id,
                                    const char *secret, json_t *change)
{
    const struct route *route = need_route(check, name);
    const struct exchange *x = NULL;

    if (route && !secret)
        secret = need_key(check, route->key);
    if (route && secret) {
        char *path = path_of(route, id);
        x = check_attempt(
            check,
            (struct attempt){.route = route, .secret = secret, .path = path, .json = change});
        free(path);
    }
    json_decref(change);
    return x;
}

const struct exchange *need_changed(struct check *check, const struct created *created,
                                    json_t *change)
{
    const struct exchange *x = created_call(check, "update-key", created->id, NULL, change);

    return x && need_success(check, x) ? x : NULL;
}

bool need_deleted(struct check *check, const struct created *created)
{
    const struct exchange *x = created_call(check, "delete-key", created->id, NULL, NULL);

    return x && need_success(check, x);
}

void created_drop(struct check *check, const struct created *created)
{
    if (created->id)
        created_call(check, "delete-key", created->id, NULL, NULL);
}

/* The entry of `items` whose `member` is `text`, or NULL. */
static const json_t *entry_with(const json_t *items, const char *member, const char *text)
{
    const json_t *item;
    size_t i;

    json_array_foreach(items, i, item) {
        const char *value = json_string_value(json_object_get(item, member));
        if (value && strcmp(value, text) == 0)
            return item;
    }
    return NULL;
}

/* Keys are told in pages: goes on until one is empty. By name, because what a hash is worth
 * is another check's claim. */
static const json_t *listed_in_pages(struct check *check, const struct created *created,
                                     const struct exchange **list)
{
    enum { PAGES = 20 };
    const char *name = need_text(check, created->x, "data.name");
    size_t seen = 0;

    for (int page = 0; name && page < PAGES; page++) {
        char query[64];
        snprintf(query, sizeof query, "page_size=100&offset=%zu", seen);
        *list = need_page(check, "list-keys", query);
        const json_t *items = *list ? json_at((*list)->json, "data") : NULL;
        const json_t *entry = entry_with(items, "name", name);
        if (entry || json_array_size(items) == 0)
            return entry;
        seen += json_array_size(items);
    }
    return NULL;
}

const json_t *created_listed(struct check *check, const struct created *created,
                             const struct exchange **list)
{
    *list = NULL;
    if (has_hashes(check))
        return listed_in_pages(check, created, list);
    *list = need_page(check, "list-keys", NULL);
    return *list ? entry_with(json_at((*list)->json, "keys"), "_id", created->id) : NULL;
}
