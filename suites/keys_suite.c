#include "suites/created.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Invoratec */

static bool need_invoratec_key(struct check *check, json_t *wishes, struct created *created)
{
    *created = (struct created){0};
    if (need_gateway(check, "invoratec"))
        return need_created(check, wishes, created);
    json_decref(wishes);
    return false;
}

static void create_is_201(struct check *check)
{
    struct created created;

    if (need_invoratec_key(check, NULL, &created))
        expect_status(check, created.x, 201);
    created_drop(check, &created);
}

/* Makes a key and expects it to begin so; `id_path` is where its id stands. */
static void expect_prefix(struct check *check, const char *prefix, const char *id_path)
{
    const struct exchange *x = need_answer(check, "create-key", NULL);
    const char *key = x ? need_text(check, x, "key") : NULL;
    const char *id = x ? json_string_value(json_at(x->json, id_path)) : NULL;

    if (key && *key)
        check_keep_secret(check, key, "$CREATED_KEY");
    if (key)
        expect_that(check, begins(key, prefix), x, "expected the key to begin with %s", prefix);
    created_drop(check, &(struct created){.id = id});
}

static void created_key_begins_with_claw(struct check *check)
{
    if (need_gateway(check, "invoratec"))
        expect_prefix(check, "claw_", "id");
}

static void created_secret_begins_with_clsk(struct check *check)
{
    struct created created;

    if (need_invoratec_key(check, NULL, &created)) {
        const char *secret = expect_string(check, created.x, "secret");
        if (secret)
            check_keep_secret(check, secret, "$CREATED_SECRET");
        expect_that(check, secret && begins(secret, "clsk_"), created.x,
                    "expected the secret to begin with clsk_");
    }
    created_drop(check, &created);
}

static bool is_tier(const char *text)
{
    static const char *const tiers[] = {"free", "basic", "pro", "enterprise"};

    for (size_t i = 0; text && i < COUNT(tiers); i++)
        if (strcmp(text, tiers[i]) == 0)
            return true;
    return false;
}

static void create_tells_the_rest(struct check *check)
{
    struct created created;

    if (need_invoratec_key(check, NULL, &created)) {
        expect_string(check, created.x, "name");
        expect_array(check, created.x, "permissions");
        expect_words(check, created.x, "message");
        expect_that(check, is_tier(json_string_value(json_at(created.x->json, "tier"))), created.x,
                    "expected tier to be free, basic, pro or enterprise");
    }
    created_drop(check, &created);
}

/* Makes a key from an empty body: what it holds are the defaults. */
static const struct exchange *need_default_key(struct check *check, struct created *created)
{
    *created = (struct created){0};
    if (!need_gateway(check, "invoratec"))
        return NULL;
    created->x = need_answer(check, "create-key", json_object());
    if (!created->x)
        return NULL;
    created->id = need_text(check, created->x, "id");
    created->key = need_text(check, created->x, "key");
    if (created->key)
        check_keep_secret(check, created->key, "$CREATED_KEY");
    return created->x;
}

static void default_name_is_given(struct check *check)
{
    struct created created;
    const struct exchange *x = need_default_key(check, &created);

    if (x && need_text(check, x, "name"))
        expect_string_is(check, x, "name", "Default Key");
    created_drop(check, &created);
}

/* True when `value` is an array of exactly these texts, in any order. */
static bool holds_just(const json_t *value, const char *first, const char *second)
{
    bool has_first = false, has_second = !second;
    const json_t *item;
    size_t i;

    json_array_foreach(value, i, item) {
        const char *text = json_is_string(item) ? json_string_value(item) : "";
        has_first |= strcmp(text, first) == 0;
        has_second |= second && strcmp(text, second) == 0;
    }
    return has_first && has_second && json_array_size(value) == (second ? 2 : 1);
}

static void default_permissions_are_given(struct check *check)
{
    struct created created;
    const struct exchange *x = need_default_key(check, &created);

    if (x && need_that(check, json_is_array(json_at(x->json, "permissions")), x,
                       "needed permissions to look at"))
        expect_that(check, holds_just(json_at(x->json, "permissions"), "read", "write"), x,
                    "expected the permissions read and write");
    created_drop(check, &created);
}

/* Makes a key and looks it up in the list; the entry, or NULL. */
static const json_t *need_listed(struct check *check, json_t *wishes, struct created *created,
                                 const struct exchange **list)
{
    const json_t *entry = NULL;

    *list = NULL;
    if (need_invoratec_key(check, wishes, created))
        entry = created_listed(check, created, list);
    if (*list)
        need_that(check, entry != NULL, *list, "needed the new key in the list");
    return entry;
}

static void name_is_kept(struct check *check)
{
    struct created created;
    const struct exchange *list;
    char name[64];

    created_name(name, sizeof name);
    const json_t *entry = need_listed(check, json_pack("{s:s}", "name", name), &created, &list);
    if (entry) {
        const char *listed = json_string_value(json_object_get(entry, "name"));
        expect_that(check, listed && strcmp(listed, name) == 0, list,
                    "expected the list to show the name given, got %s", listed ? listed : "none");
    }
    created_drop(check, &created);
}

static void permissions_are_kept(struct check *check)
{
    struct created created;
    const struct exchange *list;
    const json_t *entry =
        need_listed(check, json_pack("{s:[s]}", "permissions", "read"), &created, &list);

    if (entry)
        expect_that(check, holds_just(json_object_get(entry, "permissions"), "read", NULL), list,
                    "expected the list to show the permissions given, which are just read");
    created_drop(check, &created);
}

static void secret_is_not_listed(struct check *check)
{
    struct created created;
    const struct exchange *list;
    const json_t *entry = need_listed(check, NULL, &created, &list);
    const char *secret = entry ? need_text(check, created.x, "secret") : NULL;

    if (secret) {
        check_keep_secret(check, secret, "$CREATED_SECRET");
        expect_lacks(check, list, secret);
    }
    created_drop(check, &created);
}

static void full_key_is_not_listed(struct check *check)
{
    struct created created;
    const struct exchange *list;

    if (need_listed(check, NULL, &created, &list))
        expect_lacks(check, list, created.key);
    created_drop(check, &created);
}

/* The text says 12 characters, the example beside it shows 13. */
static void list_shows_the_beginning(struct check *check)
{
    struct created created;
    const struct exchange *list;
    const json_t *entry = need_listed(check, NULL, &created, &list);

    if (entry) {
        const char *shown = json_string_value(json_object_get(entry, "key"));
        size_t n = shown ? strcspn(shown, ".") : 0;
        bool right = (n == 12 || n == 13) && strncmp(shown, created.key, n) == 0 &&
                     strcmp(shown + n, "...") == 0;
        expect_that(check, right, list,
                    "expected the key's first 12 characters and three dots, got %s",
                    shown ? shown : "no text");
    }
    created_drop(check, &created);
}

static void created_key_is_listed_by_its_id(struct check *check)
{
    struct created created;
    const struct exchange *list = NULL;
    const json_t *entry = NULL;

    if (need_invoratec_key(check, NULL, &created))
        entry = created_listed(check, &created, &list);
    if (list)
        expect_that(check, entry != NULL, list, "expected an entry whose _id is the created id %s",
                    created.id);
    created_drop(check, &created);
}

static void list_tells_when(struct check *check)
{
    struct created created;
    const struct exchange *list;
    const json_t *entry = need_listed(check, NULL, &created, &list);

    if (entry) {
        const char *at = json_string_value(json_object_get(entry, "createdAt"));
        expect_that(check, at && is_rfc3339(at), list, "expected createdAt to be a time, got %s",
                    at ? at : "no text");
    }
    created_drop(check, &created);
}

static void new_key_is_enabled(struct check *check)
{
    struct created created;
    const struct exchange *list;
    const json_t *entry = need_listed(check, NULL, &created, &list);

    if (entry)
        expect_that(check, json_is_true(json_object_get(entry, "enabled")), list,
                    "expected enabled to be true for a key just made");
    created_drop(check, &created);
}

static void created_key_works(struct check *check)
{
    struct created created;
    const struct route *route = everyday_route(check);

    if (need_invoratec_key(check, NULL, &created))
        expect_success(check, call_with(check, route, created.key));
    created_drop(check, &created);
}

static void delete_answers_success(struct check *check)
{
    struct created created;

    if (!need_invoratec_key(check, NULL, &created))
        return;
    const struct exchange *x = created_call(check, "delete-key", created.id, NULL, NULL);
    if (x && need_success(check, x))
        expect_boolean_is(check, x, "success", true);
}

static void deleted_key_stays_listed_disabled(struct check *check)
{
    struct created created;
    const struct exchange *list = NULL;

    if (!need_listed(check, NULL, &created, &list) || !need_deleted(check, &created))
        return;
    const json_t *entry = created_listed(check, &created, &list);
    if (list)
        expect_that(check, json_is_false(json_object_get(entry, "enabled")), list,
                    "expected the deleted key in the list with enabled false");
}

/* The key works before the change, whatever follows. */
static bool need_it_works(struct check *check, const struct created *created)
{
    return need_success(check, call_with(check, everyday_route(check), created->key));
}

static void expect_key_refused(struct check *check, const struct created *created,
                               const char *promised, const char *fault)
{
    const struct promise *promise = need_promise(check, promised);

    if (!promise)
        return;
    const struct exchange *x = call_with(check, everyday_route(check), created->key);
    if (expect_promised(check, x, promise))
        expect_fault(check, x, fault);
}

static void deleted_key_is_refused_at_once(struct check *check)
{
    struct created created;

    if (need_invoratec_key(check, NULL, &created) && need_it_works(check, &created) &&
        need_deleted(check, &created))
        expect_key_refused(check, &created, "revoked", "key-revoked|key-unknown");
}

static void unknown_permission_is_refused(struct check *check)
{
    if (!need_gateway(check, "invoratec"))
        return;
    const struct exchange *x = call_route(
        check, "create-key", json_pack("{s:s, s:[s]}", "name", "gatemark", "permissions", "fly"));
    if (x && expect_status(check, x, 400))
        expect_fault(check, x, "field-out-of-range");
}

static void unknown_id_is_refused(struct check *check)
{
    if (!need_gateway(check, "invoratec"))
        return;
    const struct exchange *x =
        created_call(check, "delete-key", "000000000000000000000000", NULL, NULL);
    if (x && expect_refused(check, x))
        expect_fault(check, x, "id-unknown");
}

static void other_developers_key_is_not_listed(struct check *check)
{
    struct created created;
    const char *other = NULL;

    if (need_invoratec_key(check, NULL, &created))
        other = need_key(check, "other");
    const struct route *route = other ? need_route(check, "list-keys") : NULL;
    if (route) {
        const struct exchange *x = call_with(check, route, other);
        if (need_success(check, x))
            expect_lacks(check, x, created.id);
    }
    created_drop(check, &created);
}

static void other_developers_key_is_not_deleted(struct check *check)
{
    struct created created;
    const char *other = NULL;

    if (need_invoratec_key(check, NULL, &created))
        other = need_key(check, "other");
    if (other) {
        const struct exchange *x = created_call(check, "delete-key", created.id, other, NULL);
        if (x && expect_refused(check, x))
            expect_fault(check, x, "id-unknown|permission-lacking");
    }
    created_drop(check, &created);
}

static const struct exchange *need_usage(struct check *check)
{
    return need_gateway(check, "invoratec") ? need_answer(check, "usage", NULL) : NULL;
}

static void usage_tells_the_tier(struct check *check)
{
    const struct exchange *x = need_usage(check);

    if (x)
        expect_that(check, is_tier(json_string_value(json_at(x->json, "tier"))), x,
                    "expected tier to be free, basic, pro or enterprise");
}

static void expect_count(struct check *check, const struct exchange *x, const char *path)
{
    json_int_t count;

    if (expect_integer(check, x, path, &count))
        expect_that(check, count >= 0, x, "expected %s not to be negative", path);
}

static void usage_tells_counts(struct check *check)
{
    const struct exchange *x = need_usage(check);

    if (!x)
        return;
    expect_count(check, x, "usage.today");
    expect_count(check, x, "usage.month");
}

static void usage_tells_limits(struct check *check)
{
    const struct exchange *x = need_usage(check);

    if (!x)
        return;
    expect_count(check, x, "limits.perDay");
    expect_count(check, x, "limits.perMinute");
}

static void month_covers_today(struct check *check)
{
    const struct exchange *x = need_usage(check);
    double today, month;

    if (x && need_number(check, x, "usage.today", &today) &&
        need_number(check, x, "usage.month", &month))
        expect_that(check, month >= today, x,
                    "expected at least today's %.0f in the month, got %.0f", today, month);
}

/* Calls once with each of these keys between two looks at today's usage; tells how far it rose. */
static const struct exchange *need_rise(struct check *check, const char *const *keys, double *rise)
{
    const struct route *route =
        need_gateway(check, "invoratec") ? need_route(check, "list-keys") : NULL;
    const struct exchange *before = route ? need_usage(check) : NULL;
    double first, second;

    if (!before || !need_number(check, before, "usage.today", &first))
        return NULL;
    for (; *keys; keys++) {
        const char *secret = need_key(check, *keys);
        if (!secret)
            return NULL;
        call_with(check, route, secret);
    }
    const struct exchange *after = check_open(check) ? need_usage(check) : NULL;
    if (!after || !need_number(check, after, "usage.today", &second))
        return NULL;
    *rise = second - first;
    return after;
}

static void usage_counts_each_call(struct check *check)
{
    double rise;
    const struct exchange *x =
        need_rise(check, (const char *const[]){"valid", "valid", NULL}, &rise);

    if (x)
        expect_that(check, rise >= 3, x, "expected today's usage to rise by three calls, got %.0f",
                    rise);
}

static void usage_ignores_refused_calls(struct check *check)
{
    double rise;
    const struct exchange *x =
        need_rise(check, (const char *const[]){"revoked", "unknown", NULL}, &rise);

    if (x)
        expect_that(check, rise <= 1, x,
                    "expected two refused calls not to count, but usage rose by %.0f", rise);
}

/* ARouter */

static bool need_arouter_key(struct check *check, json_t *wishes, struct created *created)
{
    *created = (struct created){0};
    if (need_gateway(check, "arouter"))
        return need_created(check, wishes, created);
    json_decref(wishes);
    return false;
}

static void create_answers_data_and_key(struct check *check)
{
    if (!need_gateway(check, "arouter"))
        return;
    const struct exchange *x = need_answer(check, "create-key", NULL);
    if (!x)
        return;
    const char *key = json_string_value(json_at(x->json, "key"));
    const char *hash = json_string_value(json_at(x->json, "data.hash"));
    if (key && *key)
        check_keep_secret(check, key, "$CREATED_KEY");
    expect_object(check, x, "data");
    expect_words(check, x, "key");
    if (hash)
        created_drop(check, &(struct created){.id = hash});
}

static void created_key_begins_with_lr_live(struct check *check)
{
    if (need_gateway(check, "arouter"))
        expect_prefix(check, "lr_live_", "data.hash");
}

static void created_key_is_regular(struct check *check)
{
    struct created created;

    if (need_arouter_key(check, NULL, &created))
        expect_string_is(check, created.x, "data.key_type", "regular");
    created_drop(check, &created);
}

static void usage_starts_at_zero(struct check *check)
{
    struct created created;
    double usage;

    if (need_arouter_key(check, NULL, &created) &&
        expect_number(check, created.x, "data.usage", &usage))
        expect_that(check, fabs(usage) < 1e-12, created.x, "expected usage 0, got %g", usage);
    created_drop(check, &created);
}

static void limit_starts_untouched(struct check *check)
{
    struct created created;
    double remaining;

    if (need_arouter_key(check, json_pack("{s:f}", "limit", 42.5), &created) &&
        expect_number(check, created.x, "data.limit_remaining", &remaining))
        expect_that(check, fabs(remaining - 42.5) < 1e-9, created.x,
                    "expected limit_remaining to be the limit 42.5, got %g", remaining);
    created_drop(check, &created);
}

static void hash_hides_the_key(struct check *check)
{
    struct created created;

    if (need_arouter_key(check, NULL, &created))
        expect_that(check, !strstr(created.key, created.id) && !strstr(created.id, created.key),
                    created.x, "expected the hash to be no part of the key");
    created_drop(check, &created);
}

static void created_scope_is_told(struct check *check)
{
    struct created created;
    json_t *wishes =
        json_pack("{s:[s], s:[s]}", "allowed_providers", "openai", "allowed_models", "gpt-5.4");

    if (need_arouter_key(check, wishes, &created)) {
        const json_t *data = json_at(created.x->json, "data");
        expect_that(check,
                    holds_just(json_object_get(data, "allowed_providers"), "openai", NULL) &&
                        holds_just(json_object_get(data, "allowed_models"), "gpt-5.4", NULL),
                    created.x, "expected the providers and models that were asked for");
    }
    created_drop(check, &created);
}

/* True when the key stands anywhere in `value`. */
static bool mentions(const json_t *value, const char *key)
{
    char *text = value ? json_dumps(value, JSON_ENCODE_ANY) : NULL;
    bool found = text && strstr(text, key);

    free(text);
    return found;
}

static void data_lacks_the_key(struct check *check)
{
    struct created created;

    if (need_arouter_key(check, NULL, &created))
        expect_that(check, !mentions(json_at(created.x->json, "data"), created.key), created.x,
                    "expected the key beside data only, not in it");
    created_drop(check, &created);
}

static void key_is_not_listed(struct check *check)
{
    struct created created;
    const struct exchange *list = NULL;

    if (need_arouter_key(check, NULL, &created)) {
        const json_t *entry = created_listed(check, &created, &list);
        if (list && need_that(check, entry != NULL, list, "needed the new key in the list"))
            expect_lacks(check, list, created.key);
    }
    created_drop(check, &created);
}

static void change_does_not_show_the_key(struct check *check)
{
    struct created created;
    const struct exchange *x = NULL;

    if (need_arouter_key(check, NULL, &created))
        x = need_changed(check, &created, json_pack("{s:s}", "name", "gatemark-renamed"));
    if (x)
        expect_lacks(check, x, created.key);
    created_drop(check, &created);
}

static void arouter_created_key_works(struct check *check)
{
    struct created created;

    if (need_arouter_key(check, NULL, &created))
        expect_success(check, call_with(check, everyday_route(check), created.key));
    created_drop(check, &created);
}

static void created_key_is_listed(struct check *check)
{
    struct created created;
    const struct exchange *list = NULL;

    if (need_arouter_key(check, NULL, &created)) {
        const json_t *entry = created_listed(check, &created, &list);
        if (list)
            expect_that(check, entry != NULL, list, "expected the new key in the list");
    }
    created_drop(check, &created);
}

enum { TRIO = 3 };

static bool need_trio(struct check *check, struct created *trio)
{
    for (size_t i = 0; i < TRIO; i++)
        trio[i] = (struct created){0};
    for (size_t i = 0; i < TRIO; i++)
        if (!need_arouter_key(check, NULL, &trio[i]))
            return false;
    return true;
}

static void drop_trio(struct check *check, const struct created *trio)
{
    for (size_t i = 0; i < TRIO; i++)
        created_drop(check, &trio[i]);
}

static void page_size_is_kept(struct check *check)
{
    struct created trio[TRIO];
    const struct exchange *x = NULL;

    if (need_trio(check, trio))
        x = need_page(check, "list-keys", "page_size=1");
    if (x && need_that(check, json_is_array(json_at(x->json, "data")), x, "needed data"))
        expect_that(check, json_array_size(json_at(x->json, "data")) == 1, x,
                    "expected one key on a page of one, got %zu",
                    json_array_size(json_at(x->json, "data")));
    drop_trio(check, trio);
}

/* Notes the page's hashes in `seen`; FAILED when one was there before. */
static bool expect_new_hashes(struct check *check, const struct exchange *x, json_t *seen)
{
    const json_t *item;
    size_t i;

    json_array_foreach(json_at(x->json, "data"), i, item) {
        const char *hash = json_string_value(json_object_get(item, "hash"));
        if (!need_that(check, hash != NULL, x, "needed the hash of each key"))
            return false;
        if (!expect_that(check, !json_object_get(seen, hash), x,
                         "expected each key on one page only, got %s twice", hash))
            return false;
        json_object_set_new(seen, hash, json_true());
    }
    return check_open(check);
}

/* Writes the query of the page after `x`, or false when that was the last one. */
static bool next_by_offset(const struct exchange *x, size_t seen, char *query, size_t size)
{
    snprintf(query, size, "page_size=2&offset=%zu", seen);
    return json_array_size(json_at(x->json, "data")) > 0;
}

static bool next_by_token(const struct exchange *x, size_t seen, char *query, size_t size)
{
    const char *token = json_string_value(json_at(x->json, "next_page_token"));

    (void)seen;
    snprintf(query, size, "page_size=2&page_token=%s", token ? token : "");
    return token && *token;
}

/* Walks the whole list in pages of two and expects each of the trio once. */
static void expect_whole_walk(struct check *check, const struct created *trio,
                              bool (*next)(const struct exchange *x, size_t seen, char *query,
                                           size_t size))
{
    enum { PAGES = 200 };
    char query[512] = "page_size=2";
    json_t *seen = json_object();
    const struct exchange *x = NULL;
    int page = 0;

    do {
        x = need_page(check, "list-keys", query);
        if (!x || !expect_new_hashes(check, x, seen))
            goto done;
    } while (next(x, json_object_size(seen), query, sizeof query) && ++page < PAGES);
    if (!need_that(check, page < PAGES, x, "more keys than this check walks"))
        goto done;
    for (size_t i = 0; i < TRIO; i++)
        expect_that(check, json_object_get(seen, trio[i].id) != NULL, x,
                    "expected every key on some page, missed %s", trio[i].id);
done:
    json_decref(seen);
}

/* The hash that creation told is the one that the list tells: what the walks go by. */
static bool need_told_hashes(struct check *check, const struct created *trio)
{
    const struct exchange *list = NULL;

    for (size_t i = 0; i < TRIO; i++) {
        const json_t *entry = created_listed(check, &trio[i], &list);
        const char *hash = json_string_value(json_object_get(entry, "hash"));
        if (!need_that(check, hash && strcmp(hash, trio[i].id) == 0, list,
                       "needed the new keys in the list by their hashes"))
            return false;
    }
    return true;
}

static void offsets_reach_every_key_once(struct check *check)
{
    struct created trio[TRIO];

    if (need_trio(check, trio) && need_told_hashes(check, trio))
        expect_whole_walk(check, trio, next_by_offset);
    drop_trio(check, trio);
}

static void page_tokens_reach_every_key_once(struct check *check)
{
    struct created trio[TRIO];
    const struct exchange *x = NULL;

    if (need_trio(check, trio) && need_told_hashes(check, trio))
        x = need_page(check, "list-keys", "page_size=2");
    if (x && need_text(check, x, "next_page_token"))
        expect_whole_walk(check, trio, next_by_token);
    drop_trio(check, trio);
}

static void disabled_key_is_refused_at_once(struct check *check)
{
    struct created created;

    if (need_arouter_key(check, NULL, &created) && need_it_works(check, &created) &&
        need_changed(check, &created, json_pack("{s:b}", "disabled", 1)))
        expect_key_refused(check, &created, "disabled", "key-disabled");
    created_drop(check, &created);
}

static void enabled_key_works_again(struct check *check)
{
    struct created created;

    if (need_arouter_key(check, NULL, &created) && need_it_works(check, &created) &&
        need_changed(check, &created, json_pack("{s:b}", "disabled", 1)) &&
        need_changed(check, &created, json_pack("{s:b}", "disabled", 0)))
        expect_success(check, call_with(check, everyday_route(check), created.key));
    created_drop(check, &created);
}

static void change_is_answered(struct check *check)
{
    struct created created;
    const struct exchange *x = NULL;
    double limit;

    if (need_arouter_key(check, NULL, &created))
        x = need_changed(check, &created,
                         json_pack("{s:s, s:f, s:[s]}", "name", "gatemark-renamed", "limit", 77.25,
                                   "allowed_models", "gpt-5.4"));
    if (x && expect_string_is(check, x, "data.name", "gatemark-renamed") &&
        expect_number(check, x, "data.limit", &limit)) {
        expect_that(check, fabs(limit - 77.25) < 1e-9, x, "expected the new limit 77.25, got %g",
                    limit);
        expect_that(check, holds_just(json_at(x->json, "data.allowed_models"), "gpt-5.4", NULL), x,
                    "expected data.allowed_models to be just gpt-5.4");
    }
    created_drop(check, &created);
}

static void change_lasts(struct check *check)
{
    struct created created;
    const struct exchange *list = NULL;

    if (need_arouter_key(check, NULL, &created) &&
        need_changed(check, &created, json_pack("{s:f}", "limit", 77.25))) {
        const json_t *entry = created_listed(check, &created, &list);
        double limit = json_number_value(json_object_get(entry, "limit"));
        if (list && need_that(check, entry != NULL, list, "needed the key in the list"))
            expect_that(check, fabs(limit - 77.25) < 1e-9, list,
                        "expected the list to show the changed limit 77.25, got %g", limit);
    }
    created_drop(check, &created);
}

static void change_leaves_the_rest(struct check *check)
{
    static const char *const paths[] = {"data.hash", "data.created_at", "data.limit",
                                        "data.allowed_models"};
    struct created created;
    const struct exchange *x = NULL;

    if (need_arouter_key(check, NULL, &created))
        x = need_changed(check, &created, json_pack("{s:s}", "name", "gatemark-renamed"));
    for (size_t i = 0; x && i < COUNT(paths); i++) {
        const json_t *was = json_at(created.x->json, paths[i]);
        const json_t *is = json_at(x->json, paths[i]);
        bool same = json_equal((json_t *)was, (json_t *)is) ||
                    (json_is_number(was) && json_is_number(is) &&
                     fabs(json_number_value(was) - json_number_value(is)) < 1e-9);
        expect_that(check, same, x, "expected %s to stay what it was", paths[i]);
    }
    created_drop(check, &created);
}

static void changed_models_bite(struct check *check)
{
    struct created created;
    const struct promise *promise = NULL;

    if (need_arouter_key(check, NULL, &created) && need_it_works(check, &created) &&
        need_changed(check, &created, json_pack("{s:[s]}", "allowed_models", "claude-sonnet-4.6")))
        promise = need_promise(check, "model-forbidden");
    if (promise) {
        const struct exchange *x = call_with(check, everyday_route(check), created.key);
        if (expect_promised(check, x, promise))
            expect_fault(check, x, "model-forbidden");
    }
    created_drop(check, &created);
}

static void arouter_delete_succeeds(struct check *check)
{
    struct created created;

    if (!need_arouter_key(check, NULL, &created) ||
        !need_changed(check, &created, json_pack("{s:s}", "name", "gatemark-renamed")))
        return;
    const struct exchange *x = created_call(check, "delete-key", created.id, NULL, NULL);
    if (x && expect_success(check, x) && x->json)
        expect_boolean_is(check, x, "data.deleted", true);
}

static void arouter_deleted_key_is_refused_at_once(struct check *check)
{
    struct created created;

    if (need_arouter_key(check, NULL, &created) && need_it_works(check, &created) &&
        need_deleted(check, &created))
        expect_key_refused(check, &created, "revoked", "key-revoked|key-unknown");
}

static void deleted_key_leaves_the_list(struct check *check)
{
    struct created created;
    const struct exchange *list = NULL;

    if (!need_arouter_key(check, NULL, &created))
        return;
    const json_t *entry = created_listed(check, &created, &list);
    if (!list || !need_that(check, entry != NULL, list, "needed the new key in the list") ||
        !need_deleted(check, &created))
        return;
    entry = created_listed(check, &created, &list);
    if (list)
        expect_that(check, !entry, list, "expected the deleted key to be gone from the list");
}

static void second_delete_is_404(struct check *check)
{
    struct created created;

    if (!need_arouter_key(check, NULL, &created) || !need_deleted(check, &created))
        return;
    const struct exchange *x = created_call(check, "delete-key", created.id, NULL, NULL);
    if (x && expect_status(check, x, 404))
        expect_fault(check, x, "id-unknown");
}

static void unknown_hash_is_404(struct check *check)
{
    if (!need_gateway(check, "arouter"))
        return;
    const struct exchange *x = created_call(
        check, "update-key", "0000000000000000000000000000000000000000000000000000000000000000",
        NULL, json_pack("{s:s}", "name", "gatemark-renamed"));
    if (x && expect_status(check, x, 404))
        expect_fault(check, x, "id-unknown");
}

enum { LIFE_S = 120 };

/* A key that expires LIFE_S seconds from now. */
static bool need_short_lived(struct check *check, struct created *created)
{
    time_t end = (time_t)(target_now(check) + LIFE_S);
    struct tm parts;
    char text[32];

    gmtime_r(&end, &parts);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return need_arouter_key(check, json_pack("{s:s}", "expires_at", text), created);
}

static void key_works_until_it_expires(struct check *check)
{
    struct created created = {0};

    if (need_gateway(check, "arouter") && need_short_lived(check, &created))
        expect_success(check, call_with(check, everyday_route(check), created.key));
    created_drop(check, &created);
}

static void key_is_refused_when_it_expires(struct check *check)
{
    struct created created = {0};

    if (need_gateway(check, "arouter") && need_short_lived(check, &created) &&
        need_it_works(check, &created) && need_time(check, LIFE_S + 1))
        expect_key_refused(check, &created, "expired", "key-expired");
    created_drop(check, &created);
}

static void created_key_keeps_to_its_providers(struct check *check)
{
    const struct target *target = check->target;
    const char *model = target->forbidden_provider_model
                            ? target->forbidden_provider_model
                            : target->contract->forbidden_provider_model;
    json_t *wishes =
        json_pack("{s:[s], s:o}", "allowed_providers", "openai", "allowed_models", json_array());
    struct created created;
    const struct promise *promise = NULL;

    if (need_arouter_key(check, wishes, &created) && need_it_works(check, &created) &&
        need_that(check, model != NULL, NULL, "no model of a forbidden provider given"))
        promise = need_promise(check, "provider-forbidden");
    if (promise) {
        const struct exchange *x = check_attempt(
            check, (struct attempt){
                       .route = everyday_route(check), .secret = created.key, .model = model});
        if (expect_promised(check, x, promise))
            expect_fault(check, x, "provider-forbidden");
    }
    created_drop(check, &created);
}

/* Asks for a key that must not be: nothing is left behind when it is made all the same. */
static void expect_wish_refused(struct check *check, json_t *wish)
{
    json_t *request = NULL;

    if (need_gateway(check, "arouter"))
        request = need_request(check, "create-key");
    if (request)
        json_object_update(request, wish);
    json_decref(wish);
    if (!request)
        return;
    const struct exchange *x = call_route(check, "create-key", request);
    if (!x)
        return;
    const char *hash = json_string_value(json_at(x->json, "data.hash"));
    if (expect_status(check, x, 400))
        expect_fault(check, x, "field-out-of-range|field-wrong-type");
    if (hash)
        created_drop(check, &(struct created){.id = hash});
}

static void unknown_reset_is_refused(struct check *check)
{
    expect_wish_refused(check, json_pack("{s:s}", "limit_reset", "hourly"));
}

static void negative_limit_is_refused(struct check *check)
{
    expect_wish_refused(check, json_pack("{s:i}", "limit", -1));
}

/* OpenRouter */

static bool need_openrouter_key(struct check *check, json_t *wishes, struct created *created)
{
    *created = (struct created){0};
    if (need_gateway(check, "openrouter"))
        return need_created(check, wishes, created);
    json_decref(wishes);
    return false;
}

static void openrouter_create_is_201(struct check *check)
{
    struct created created;

    if (need_openrouter_key(check, NULL, &created))
        expect_status(check, created.x, 201);
    created_drop(check, &created);
}

static void openrouter_key_has_its_form(struct check *check)
{
    struct created created;

    if (need_openrouter_key(check, NULL, &created)) {
        const char *rest = created.key + strlen("sk-or-v1-");
        expect_that(check, strlen(rest) == 64 && strspn(rest, "0123456789abcdef") == 64, created.x,
                    "expected 64 hexadecimal digits behind sk-or-v1-, got %zu characters",
                    strlen(rest));
    }
    created_drop(check, &created);
}

/* Everything that the shipped client asks of a key. */
static void openrouter_key_is_whole(struct check *check)
{
    static const char *const fields[] = {
        "hash",
        "label",
        "name",
        "disabled",
        "limit",
        "limit_remaining",
        "limit_reset",
        "include_byok_in_limit",
        "usage",
        "usage_daily",
        "usage_weekly",
        "usage_monthly",
        "byok_usage",
        "byok_usage_daily",
        "byok_usage_weekly",
        "byok_usage_monthly",
        "created_at",
        "updated_at",
        "creator_user_id",
        "workspace_id",
        "external_user",
    };
    struct created created;
    bool made = need_openrouter_key(check, NULL, &created);

    for (size_t i = 0; made && i < COUNT(fields) && check_open(check); i++)
        expect_that(check, json_object_get(json_at(created.x->json, "data"), fields[i]) != NULL,
                    created.x, "expected data.%s, be it null", fields[i]);
    created_drop(check, &created);
}

static void openrouter_created_key_works(struct check *check)
{
    struct created created;

    if (need_openrouter_key(check, NULL, &created))
        expect_success(check, call_with(check, everyday_route(check), created.key));
    created_drop(check, &created);
}

static void openrouter_limit_is_kept(struct check *check)
{
    struct created created;

    if (need_openrouter_key(check, json_pack("{s:i, s:s}", "limit", 7, "limit_reset", "weekly"),
                            &created)) {
        double limit;
        if (expect_number(check, created.x, "data.limit", &limit))
            expect_that(check, fabs(limit - 7) < 1e-9, created.x, "expected the limit 7, got %.9g",
                        limit);
        expect_string_is(check, created.x, "data.limit_reset", "weekly");
    }
    created_drop(check, &created);
}

static void openrouter_unlimited_is_null(struct check *check)
{
    struct created created;
    json_t *wishes = json_pack("{s:n, s:n}", "limit", "limit_reset");

    if (need_openrouter_key(check, wishes, &created))
        expect_that(check,
                    json_is_null(json_at(created.x->json, "data.limit")) &&
                        json_is_null(json_at(created.x->json, "data.limit_remaining")),
                    created.x, "expected limit and limit_remaining to be null without a limit");
    created_drop(check, &created);
}

static void openrouter_key_is_shown(struct check *check)
{
    struct created created;
    const struct exchange *x = NULL;

    if (need_openrouter_key(check, NULL, &created))
        x = created_call(check, "get-key", created.id, NULL, NULL);
    if (x && need_success(check, x))
        expect_string_is(check, x, "data.hash", created.id);
    created_drop(check, &created);
}

static void openrouter_key_is_listed(struct check *check)
{
    struct created created;
    const struct exchange *list = NULL;
    const json_t *entry = NULL;

    if (need_openrouter_key(check, NULL, &created))
        entry = created_listed(check, &created, &list);
    if (list)
        expect_that(check, entry != NULL, list, "expected the new key in the list");
    created_drop(check, &created);
}

/* The key itself is in the answer that made it, and in no later one. */
static void openrouter_key_is_told_once(struct check *check)
{
    struct created created;
    const struct exchange *list = NULL;

    if (need_openrouter_key(check, NULL, &created)) {
        const struct exchange *later[] = {
            created_call(check, "get-key", created.id, NULL, NULL),
            created_call(check, "update-key", created.id, NULL, json_pack("{s:b}", "disabled", 0)),
        };
        created_listed(check, &created, &list);
        for (size_t i = 0; i < COUNT(later) && check_open(check); i++)
            if (later[i])
                expect_lacks(check, later[i], created.key);
        if (list && check_open(check))
            expect_lacks(check, list, created.key);
    }
    created_drop(check, &created);
}

static void openrouter_offset_skips(struct check *check)
{
    struct created one, other = {0};

    if (need_openrouter_key(check, NULL, &one) && need_openrouter_key(check, NULL, &other)) {
        const struct exchange *all = need_page(check, "list-keys", NULL);
        const struct exchange *rest = all ? need_page(check, "list-keys", "offset=1") : NULL;
        size_t count = all ? json_array_size(json_at(all->json, "data")) : 0;
        if (rest && need_that(check, count >= 2 && count < 100, all,
                              "needed from 2 to 99 keys in the list, got %zu", count))
            expect_that(check, json_array_size(json_at(rest->json, "data")) == count - 1, rest,
                        "expected one key of %zu to be skipped, got %zu", count,
                        json_array_size(json_at(rest->json, "data")));
    }
    created_drop(check, &one);
    created_drop(check, &other);
}

static void openrouter_disabled_key_is_refused(struct check *check)
{
    struct created created;

    if (need_openrouter_key(check, NULL, &created) && need_it_works(check, &created) &&
        need_changed(check, &created, json_pack("{s:b}", "disabled", 1)))
        expect_key_refused(check, &created, "disabled", "key-disabled");
    created_drop(check, &created);
}

static void openrouter_enabled_key_works_again(struct check *check)
{
    struct created created;

    if (need_openrouter_key(check, NULL, &created) &&
        need_changed(check, &created, json_pack("{s:b}", "disabled", 1)) &&
        need_refusal(check, call_with(check, everyday_route(check), created.key)) &&
        need_changed(check, &created, json_pack("{s:b}", "disabled", 0)))
        expect_success(check, call_with(check, everyday_route(check), created.key));
    created_drop(check, &created);
}

static void openrouter_change_is_dated(struct check *check)
{
    struct created created;
    const struct exchange *x = NULL;

    if (need_openrouter_key(check, NULL, &created))
        x = need_changed(check, &created, json_pack("{s:s}", "name", "gatemark changed"));
    if (x) {
        const char *at = json_string_value(json_at(x->json, "data.updated_at"));
        expect_that(check, at && is_rfc3339(at), x, "expected updated_at to be a time, got %s",
                    at ? at : "no text");
    }
    created_drop(check, &created);
}

static void openrouter_new_name_is_kept(struct check *check)
{
    struct created created;
    const struct exchange *x = NULL;

    if (need_openrouter_key(check, NULL, &created) &&
        need_changed(check, &created, json_pack("{s:s}", "name", "gatemark renamed")))
        x = created_call(check, "get-key", created.id, NULL, NULL);
    if (x && need_success(check, x))
        expect_string_is(check, x, "data.name", "gatemark renamed");
    created_drop(check, &created);
}

/* Not under `data`, and nothing beside it: the shipped client takes no other answer. */
static void openrouter_delete_says_so(struct check *check)
{
    struct created created;

    if (!need_openrouter_key(check, NULL, &created))
        return;
    const struct exchange *x = created_call(check, "delete-key", created.id, NULL, NULL);
    if (x && need_success(check, x))
        expect_that(check,
                    json_object_size(x->json) == 1 &&
                        json_is_true(json_object_get(x->json, "deleted")),
                    x, "expected exactly {\"deleted\": true}");
}

static void openrouter_deleted_key_is_refused(struct check *check)
{
    struct created created;

    if (need_openrouter_key(check, NULL, &created) && need_it_works(check, &created) &&
        need_deleted(check, &created))
        expect_key_refused(check, &created, "revoked", "key-revoked|key-unknown");
}

static void openrouter_deleted_key_is_gone(struct check *check)
{
    const struct promise *promise =
        need_gateway(check, "openrouter") ? need_promise(check, "id-unknown") : NULL;
    struct created created;

    if (!promise || !need_openrouter_key(check, NULL, &created) || !need_deleted(check, &created))
        return;
    const struct exchange *x = created_call(check, "delete-key", created.id, NULL, NULL);
    if (x && expect_promised(check, x, promise))
        expect_fault(check, x, "id-unknown");
}

static void expect_openrouter_wish_refused(struct check *check, json_t *request)
{
    const struct exchange *x = NULL;

    if (need_gateway(check, "openrouter"))
        x = call_route(check, "create-key", request);
    else
        json_decref(request);
    if (x)
        expect_status(check, x, 400);
}

static void openrouter_nameless_key_is_refused(struct check *check)
{
    expect_openrouter_wish_refused(check, json_pack("{s:i}", "limit", 1));
}

static void openrouter_odd_reset_is_refused(struct check *check)
{
    expect_openrouter_wish_refused(
        check, json_pack("{s:s, s:s}", "name", "gatemark odd", "limit_reset", "hourly"));
}

/* A key that infers, at what only managers may do. */
static const struct exchange *ask_to_manage(struct check *check, const char *name)
{
    const struct route *route = need_gateway(check, "openrouter") ? need_route(check, name) : NULL;
    const char *secret = route ? need_key(check, "valid") : NULL;

    return secret ? call_with(check, route, secret) : NULL;
}

static void openrouter_managers_only_is_403(struct check *check)
{
    const struct promise *promise =
        need_gateway(check, "openrouter") ? need_promise(check, "management-only") : NULL;

    const struct exchange *x = promise ? ask_to_manage(check, "credits") : NULL;

    if (x && expect_promised(check, x, promise))
        expect_fault(check, x, "key-wrong-kind");
}

static void openrouter_managers_only_text(struct check *check)
{
    const struct exchange *x = ask_to_manage(check, "credits");

    if (x && need_refusal(check, x) && need_text(check, x, "error.message"))
        expect_string_is(check, x, "error.message",
                         "Only management keys can perform this operation");
}

static void openrouter_credits_are_told(struct check *check)
{
    const struct exchange *x =
        need_gateway(check, "openrouter") ? need_answer(check, "credits", NULL) : NULL;
    double total, used;

    if (x && expect_number(check, x, "data.total_credits", &total))
        expect_number(check, x, "data.total_usage", &used);
}

const struct requirement keys_requirements[] = {
    {
        .id = "keys.invoratec-create-is-201",
        .level = MUST,
        .source = "invoratec-auth#create",
        .evidence = DOCUMENTED,
        .claim = "making a key answers 201",
        .test = create_is_201,
        .writes = true,
    },
    {
        .id = "keys.invoratec-key-prefix",
        .level = MUST,
        .source = "invoratec-auth#create",
        .evidence = DOCUMENTED,
        .claim = "a new key begins with claw_",
        .test = created_key_begins_with_claw,
        .writes = true,
    },
    {
        .id = "keys.invoratec-secret-prefix",
        .level = MUST,
        .source = "invoratec-auth#create",
        .evidence = DOCUMENTED,
        .claim = "a new key comes with a secret that begins with clsk_",
        .test = created_secret_begins_with_clsk,
        .writes = true,
    },
    {
        .id = "keys.invoratec-create-is-whole",
        .level = MUST,
        .source = "invoratec-auth#create",
        .evidence = DOCUMENTED,
        .claim = "making a key answers its name, permissions, tier and a message",
        .test = create_tells_the_rest,
        .writes = true,
    },
    {
        .id = "keys.invoratec-default-name",
        .level = MUST,
        .source = "invoratec-auth#create",
        .evidence = DOCUMENTED,
        .claim = "a key made without a name is called Default Key",
        .test = default_name_is_given,
        .writes = true,
    },
    {
        .id = "keys.invoratec-default-permissions",
        .level = MUST,
        .source = "invoratec-auth#create",
        .evidence = DOCUMENTED,
        .claim = "a key made without permissions may read and write",
        .test = default_permissions_are_given,
        .writes = true,
    },
    {
        .id = "keys.invoratec-name-kept",
        .level = MUST,
        .source = "invoratec-auth#list",
        .evidence = DOCUMENTED,
        .claim = "the list shows the name a key was given",
        .test = name_is_kept,
        .writes = true,
    },
    {
        .id = "keys.invoratec-permissions-kept",
        .level = MUST,
        .source = "invoratec-auth#list",
        .evidence = DOCUMENTED,
        .claim = "the list shows the permissions a key was given",
        .test = permissions_are_kept,
        .writes = true,
    },
    {
        .id = "keys.invoratec-secret-shown-once",
        .level = MUST,
        .source = "invoratec-auth#create",
        .evidence = DOCUMENTED,
        .claim = "the list never shows a secret",
        .test = secret_is_not_listed,
        .writes = true,
    },
    {
        .id = "keys.invoratec-key-shown-once",
        .level = MUST,
        .source = "invoratec-auth#list",
        .evidence = DOCUMENTED,
        .claim = "the list never shows a whole key",
        .test = full_key_is_not_listed,
        .writes = true,
    },
    {
        .id = "keys.invoratec-listed-by-prefix",
        .level = MUST,
        .source = "invoratec-auth#list",
        .evidence = DOCUMENTED,
        .claim = "the list shows the first twelve characters of a key",
        .test = list_shows_the_beginning,
        .writes = true,
    },
    {
        .id = "keys.invoratec-listed-by-id",
        .level = MUST,
        .source = "invoratec-auth#list",
        .evidence = DOCUMENTED,
        .claim = "the list calls a new key by the id it was made with",
        .test = created_key_is_listed_by_its_id,
        .writes = true,
    },
    {
        .id = "keys.invoratec-created-at",
        .level = MUST,
        .source = "invoratec-auth#list",
        .evidence = DOCUMENTED,
        .claim = "the list tells when a key was made",
        .test = list_tells_when,
        .writes = true,
    },
    {
        .id = "keys.invoratec-new-key-enabled",
        .level = MUST,
        .source = "invoratec-auth#list",
        .evidence = DOCUMENTED,
        .claim = "a key just made is listed as enabled",
        .test = new_key_is_enabled,
        .writes = true,
    },
    {
        .id = "keys.invoratec-new-key-works",
        .level = MUST,
        .source = "invoratec-auth#create",
        .evidence = DOCUMENTED,
        .claim = "a key just made is admitted",
        .test = created_key_works,
        .writes = true,
    },
    {
        .id = "keys.invoratec-delete-answers-success",
        .level = MUST,
        .source = "invoratec-auth#delete",
        .evidence = DOCUMENTED,
        .claim = "deleting a key answers success",
        .test = delete_answers_success,
        .writes = true,
    },
    {
        .id = "keys.invoratec-deleted-key-stays-disabled",
        .level = MUST,
        .source = "invoratec-auth#delete",
        .evidence = DOCUMENTED,
        .claim = "a deleted key stays in the list, disabled",
        .test = deleted_key_stays_listed_disabled,
        .writes = true,
    },
    {
        .id = "keys.invoratec-deleted-key-refused",
        .level = MUST,
        .source = "invoratec-auth#delete",
        .evidence = DOCUMENTED,
        .claim = "a deleted key is refused at once",
        .test = deleted_key_is_refused_at_once,
        .writes = true,
    },
    {
        .id = "keys.invoratec-unknown-permission-refused",
        .level = SHOULD,
        .source = "invoratec-auth#create",
        .evidence = ASSUMED,
        .claim = "a permission that does not exist is refused with 400",
        .test = unknown_permission_is_refused,
        .writes = true,
    },
    {
        .id = "keys.invoratec-unknown-id-refused",
        .level = SHOULD,
        .source = "gatemark#keys",
        .evidence = ASSUMED,
        .claim = "deleting a key that does not exist is refused",
        .test = unknown_id_is_refused,
        .writes = true,
    },
    {
        .id = "keys.invoratec-others-keys-unlisted",
        .level = MUST,
        .source = "invoratec-auth#list",
        .evidence = DOCUMENTED,
        .claim = "another developer's keys are not in the list",
        .test = other_developers_key_is_not_listed,
        .writes = true,
    },
    {
        .id = "keys.invoratec-others-keys-undeletable",
        .level = MUST,
        .source = "gatemark#keys",
        .evidence = ASSUMED,
        .claim = "another developer's key cannot be deleted",
        .test = other_developers_key_is_not_deleted,
        .writes = true,
    },
    {
        .id = "keys.invoratec-usage-tier",
        .level = MUST,
        .source = "invoratec-auth#usage",
        .evidence = DOCUMENTED,
        .claim = "usage tells a documented tier",
        .test = usage_tells_the_tier,
    },
    {
        .id = "keys.invoratec-usage-counts",
        .level = MUST,
        .source = "invoratec-auth#usage",
        .evidence = DOCUMENTED,
        .claim = "usage tells today's and this month's calls as whole numbers",
        .test = usage_tells_counts,
    },
    {
        .id = "keys.invoratec-usage-limits",
        .level = MUST,
        .source = "invoratec-auth#usage",
        .evidence = DOCUMENTED,
        .claim = "usage tells the limits a day and a minute as whole numbers",
        .test = usage_tells_limits,
    },
    {
        .id = "keys.invoratec-month-covers-today",
        .level = MUST,
        .source = "invoratec-auth#usage",
        .evidence = DOCUMENTED,
        .claim = "the month's calls are at least today's",
        .test = month_covers_today,
    },
    {
        .id = "keys.invoratec-usage-counts-calls",
        .level = MUST,
        .source = "invoratec-auth#usage",
        .evidence = DOCUMENTED,
        .claim = "every authenticated call counts",
        .test = usage_counts_each_call,
    },
    {
        .id = "keys.invoratec-usage-ignores-refused",
        .level = SHOULD,
        .source = "gatemark#keys",
        .evidence = ASSUMED,
        .claim = "a call refused for its key does not count",
        .test = usage_ignores_refused_calls,
    },
    {
        .id = "keys.arouter-create-answers-key",
        .level = MUST,
        .source = "arouter-keys#create",
        .evidence = DOCUMENTED,
        .claim = "making a key answers the key and, beside it, its data",
        .test = create_answers_data_and_key,
        .writes = true,
    },
    {
        .id = "keys.arouter-key-prefix",
        .level = MUST,
        .source = "arouter-keys#create",
        .evidence = DOCUMENTED,
        .claim = "a new key begins with lr_live_",
        .test = created_key_begins_with_lr_live,
        .writes = true,
    },
    {
        .id = "keys.arouter-key-type",
        .level = MUST,
        .source = "arouter-keys#create",
        .evidence = DOCUMENTED,
        .claim = "a new key is of the type regular",
        .test = created_key_is_regular,
        .writes = true,
    },
    {
        .id = "keys.arouter-usage-starts-at-zero",
        .level = MUST,
        .source = "arouter-keys#create",
        .evidence = DOCUMENTED,
        .claim = "a new key's usage is 0",
        .test = usage_starts_at_zero,
        .writes = true,
    },
    {
        .id = "keys.arouter-limit-starts-whole",
        .level = MUST,
        .source = "arouter-keys#create",
        .evidence = DOCUMENTED,
        .claim = "all of a new key's limit remains",
        .test = limit_starts_untouched,
        .writes = true,
    },
    {
        .id = "keys.arouter-hash-hides-key",
        .level = MUST,
        .source = "gatemark#keys",
        .evidence = ASSUMED,
        .claim = "the hash is no part of the key, nor the key of it",
        .test = hash_hides_the_key,
        .writes = true,
    },
    {
        .id = "keys.arouter-scope-told",
        .level = MUST,
        .source = "arouter-keys#create",
        .evidence = DOCUMENTED,
        .claim = "a new key's data tells the providers and models asked for",
        .test = created_scope_is_told,
        .writes = true,
    },
    {
        .id = "keys.arouter-data-lacks-key",
        .level = MUST,
        .source = "arouter-keys#create",
        .evidence = DOCUMENTED,
        .claim = "the data of a new key does not hold the key",
        .test = data_lacks_the_key,
        .writes = true,
    },
    {
        .id = "keys.arouter-list-lacks-key",
        .level = MUST,
        .source = "arouter-keys#create",
        .evidence = DOCUMENTED,
        .claim = "the list never shows a key",
        .test = key_is_not_listed,
        .writes = true,
    },
    {
        .id = "keys.arouter-change-lacks-key",
        .level = MUST,
        .source = "arouter-keys#create",
        .evidence = DOCUMENTED,
        .claim = "changing a key does not show it",
        .test = change_does_not_show_the_key,
        .writes = true,
    },
    {
        .id = "keys.arouter-new-key-works",
        .level = MUST,
        .source = "arouter-keys#kinds",
        .evidence = DOCUMENTED,
        .claim = "a key just made is admitted",
        .test = arouter_created_key_works,
        .writes = true,
    },
    {
        .id = "keys.arouter-new-key-listed",
        .level = MUST,
        .source = "arouter-keys#list",
        .evidence = DOCUMENTED,
        .claim = "a key just made is in the list",
        .test = created_key_is_listed,
        .writes = true,
    },
    {
        .id = "keys.arouter-page-size",
        .level = MUST,
        .source = "arouter-keys#list",
        .evidence = DOCUMENTED,
        .claim = "a page holds as many keys as page_size says",
        .test = page_size_is_kept,
        .writes = true,
    },
    {
        .id = "keys.arouter-offset-pages",
        .level = MUST,
        .source = "arouter-keys#list",
        .evidence = DOCUMENTED,
        .claim = "pages by offset hold every key once",
        .test = offsets_reach_every_key_once,
        .writes = true,
    },
    {
        .id = "keys.arouter-token-pages",
        .level = SHOULD,
        .source = "arouter-keys#list",
        .evidence = ASSUMED,
        .claim = "pages by page_token hold every key once",
        .test = page_tokens_reach_every_key_once,
        .writes = true,
    },
    {
        .id = "keys.arouter-disabled-key-refused",
        .level = MUST,
        .source = "arouter-keys#update",
        .evidence = DOCUMENTED,
        .claim = "a key is refused as soon as it is disabled",
        .test = disabled_key_is_refused_at_once,
        .writes = true,
    },
    {
        .id = "keys.arouter-enabled-key-works",
        .level = MUST,
        .source = "arouter-keys#update",
        .evidence = DOCUMENTED,
        .claim = "a key that is enabled again is admitted again",
        .test = enabled_key_works_again,
        .writes = true,
    },
    {
        .id = "keys.arouter-change-answered",
        .level = MUST,
        .source = "arouter-keys#update",
        .evidence = DOCUMENTED,
        .claim = "changing a key answers its new name, limit and models",
        .test = change_is_answered,
        .writes = true,
    },
    {
        .id = "keys.arouter-change-lasts",
        .level = MUST,
        .source = "arouter-keys#update",
        .evidence = DOCUMENTED,
        .claim = "the list shows a key as it was changed",
        .test = change_lasts,
        .writes = true,
    },
    {
        .id = "keys.arouter-change-leaves-rest",
        .level = MUST,
        .source = "arouter-keys#update",
        .evidence = DOCUMENTED,
        .claim = "a change leaves what it does not name alone",
        .test = change_leaves_the_rest,
        .writes = true,
    },
    {
        .id = "keys.arouter-changed-models-bite",
        .level = MUST,
        .source = "arouter-keys#update",
        .evidence = DOCUMENTED,
        .claim = "a model that was taken from a key is refused",
        .test = changed_models_bite,
        .writes = true,
    },
    {
        .id = "keys.arouter-delete-succeeds",
        .level = MUST,
        .source = "arouter-keys#delete",
        .evidence = DOCUMENTED,
        .claim = "deleting a key succeeds and says so",
        .test = arouter_delete_succeeds,
        .writes = true,
    },
    {
        .id = "keys.arouter-deleted-key-refused",
        .level = MUST,
        .source = "arouter-keys#delete",
        .evidence = DOCUMENTED,
        .claim = "a deleted key is refused at once",
        .test = arouter_deleted_key_is_refused_at_once,
        .writes = true,
    },
    {
        .id = "keys.arouter-deleted-key-unlisted",
        .level = MUST,
        .source = "arouter-keys#delete",
        .evidence = DOCUMENTED,
        .claim = "a deleted key is not in the list",
        .test = deleted_key_leaves_the_list,
        .writes = true,
    },
    {
        .id = "keys.arouter-second-delete-404",
        .level = SHOULD,
        .source = "gatemark#keys",
        .evidence = ASSUMED,
        .claim = "deleting a key twice answers 404",
        .test = second_delete_is_404,
        .writes = true,
    },
    {
        .id = "keys.arouter-unknown-hash-404",
        .level = SHOULD,
        .source = "gatemark#keys",
        .evidence = ASSUMED,
        .claim = "changing a key that does not exist answers 404",
        .test = unknown_hash_is_404,
        .writes = true,
    },
    {
        .id = "keys.arouter-works-until-expiry",
        .level = MUST,
        .source = "arouter-keys#scope",
        .evidence = DOCUMENTED,
        .claim = "a key works before its expires_at",
        .test = key_works_until_it_expires,
        .writes = true,
    },
    {
        .id = "keys.arouter-refused-after-expiry",
        .level = MUST,
        .source = "arouter-keys#scope",
        .evidence = DOCUMENTED,
        .claim = "a key is refused after its expires_at",
        .test = key_is_refused_when_it_expires,
        .writes = true,
    },
    {
        .id = "keys.arouter-providers-bite",
        .level = MUST,
        .source = "arouter-keys#scope",
        .evidence = DOCUMENTED,
        .claim = "a key made for one provider is refused the others",
        .test = created_key_keeps_to_its_providers,
        .writes = true,
    },
    {
        .id = "keys.arouter-unknown-reset-refused",
        .level = SHOULD,
        .source = "arouter-keys#create",
        .evidence = ASSUMED,
        .claim = "a limit_reset that does not exist is refused with 400",
        .test = unknown_reset_is_refused,
        .writes = true,
    },
    {
        .id = "keys.arouter-negative-limit-refused",
        .level = SHOULD,
        .source = "gatemark#keys",
        .evidence = ASSUMED,
        .claim = "a limit below zero is refused with 400",
        .test = negative_limit_is_refused,
        .writes = true,
    },
    {
        .id = "keys.openrouter-create-is-201",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "creating a key answers 201",
        .test = openrouter_create_is_201,
        .writes = true,
    },
    {
        .id = "keys.openrouter-key-form",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "a new key is sk-or-v1- and 64 hexadecimal digits",
        .test = openrouter_key_has_its_form,
        .writes = true,
    },
    {
        .id = "keys.openrouter-key-whole",
        .level = MUST,
        .source = "openrouter-sdk#keys",
        .evidence = SHIPPED,
        .claim = "a key has every field that the shipped client asks for",
        .test = openrouter_key_is_whole,
        .writes = true,
    },
    {
        .id = "keys.openrouter-created-works",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "a new key is admitted",
        .test = openrouter_created_key_works,
        .writes = true,
    },
    {
        .id = "keys.openrouter-limit-kept",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "a new key has the limit and the reset asked for",
        .test = openrouter_limit_is_kept,
        .writes = true,
    },
    {
        .id = "keys.openrouter-unlimited-null",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "without a limit, limit and limit_remaining are null",
        .test = openrouter_unlimited_is_null,
        .writes = true,
    },
    {
        .id = "keys.openrouter-key-shown",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "a key can be asked for by its hash",
        .test = openrouter_key_is_shown,
        .writes = true,
    },
    {
        .id = "keys.openrouter-key-listed",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "a new key is in the list",
        .test = openrouter_key_is_listed,
        .writes = true,
    },
    {
        .id = "keys.openrouter-key-told-once",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "no later answer repeats a new key",
        .test = openrouter_key_is_told_once,
        .writes = true,
    },
    {
        .id = "keys.openrouter-offset-skips",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "offset skips as many keys of the list",
        .test = openrouter_offset_skips,
        .writes = true,
    },
    {
        .id = "keys.openrouter-disabled-refused",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "a disabled key is refused",
        .test = openrouter_disabled_key_is_refused,
        .writes = true,
    },
    {
        .id = "keys.openrouter-enabled-works",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "a key enabled again is admitted",
        .test = openrouter_enabled_key_works_again,
        .writes = true,
    },
    {
        .id = "keys.openrouter-change-dated",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "a changed key tells when",
        .test = openrouter_change_is_dated,
        .writes = true,
    },
    {
        .id = "keys.openrouter-name-kept",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "a new name is kept",
        .test = openrouter_new_name_is_kept,
        .writes = true,
    },
    {
        .id = "keys.openrouter-delete-says-so",
        .level = MUST,
        .source = "openrouter-sdk#keys",
        .evidence = SHIPPED,
        .claim = "deleting a key answers exactly that it is deleted",
        .test = openrouter_delete_says_so,
        .writes = true,
    },
    {
        .id = "keys.openrouter-deleted-refused",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "a deleted key is refused at once",
        .test = openrouter_deleted_key_is_refused,
        .writes = true,
    },
    {
        .id = "keys.openrouter-deleted-gone",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "a deleted key is not found",
        .test = openrouter_deleted_key_is_gone,
        .writes = true,
    },
    {
        .id = "keys.openrouter-name-required",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "a key without a name is refused",
        .test = openrouter_nameless_key_is_refused,
        .writes = true,
    },
    {
        .id = "keys.openrouter-reset-known",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "a reset that is not documented is refused",
        .test = openrouter_odd_reset_is_refused,
        .writes = true,
    },
    {
        .id = "keys.openrouter-managers-only",
        .level = MUST,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "a key that infers may not see the credits",
        .test = openrouter_managers_only_is_403,
        .writes = true,
    },
    {
        .id = "keys.openrouter-managers-only-text",
        .level = SHOULD,
        .source = "openrouter-openapi#keys",
        .evidence = SPECIFIED,
        .claim = "a key that infers is told that only management keys may",
        .test = openrouter_managers_only_text,
    },
    {
        .id = "keys.openrouter-credits",
        .level = MUST,
        .source = "openrouter-openapi#credits",
        .evidence = SPECIFIED,
        .claim = "credits tell what was bought and what is used",
        .test = openrouter_credits_are_told,
    },
    {0},
};
