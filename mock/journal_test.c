#include "mock/journal.h"

#include "fixtures/basics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void add(struct journal *journal, const char *gateway, enum fault fault,
                const char *request_id)
{
    struct journal_entry entry = {.number = journal_number(journal),
                                  .at_ms = 1000,
                                  .gateway = gateway,
                                  .method = "GET",
                                  .path = "/",
                                  .reason = "because",
                                  .fault = fault,
                                  .status = fault ? 401 : 200};

    snprintf(entry.request_id, sizeof entry.request_id, "%s", request_id);
    journal_add(journal, &entry);
}

/* The ids found, newest first, as one text. */
static void found_ids(struct journal *journal, const struct journal_query *query, char *text,
                      size_t size)
{
    json_t *answer = journal_find(journal, query), *entry;
    size_t i, used = 0;

    text[0] = '\0';
    json_array_foreach(json_object_get(answer, "entries"), i, entry) {
        const char *id = json_string_value(json_object_get(entry, "id"));
        used += (size_t)snprintf(text + used, size - used, "%s%s", i ? " " : "", id);
    }
    json_decref(answer);
}

static void entries_are_filtered(void **state)
{
    static const struct {
        const char *name;
        struct journal_query query;
        const char *ids;
    } rows[] = {
        {"all, newest first", {.limit = 100}, "gm-00000004 gm-00000003 gm-00000002 gm-00000001"},
        {"limit", {.limit = 2}, "gm-00000004 gm-00000003"},
        {"limit of nothing", {.limit = 0}, ""},
        {"gateway", {.gateway = "claude", .limit = 100}, "gm-00000003 gm-00000002"},
        {"fault", {.fault = "key-revoked", .limit = 100}, "gm-00000004 gm-00000002"},
        {"fault and gateway",
         {.fault = "key-revoked", .gateway = "claude", .limit = 100},
         "gm-00000002"},
        {"request id", {.request_id = "mine", .limit = 100}, "gm-00000003"},
        {"id", {.id = "gm-00000002", .limit = 100}, "gm-00000002"},
        {"id, other filter", {.id = "gm-00000002", .gateway = "openrouter", .limit = 100}, ""},
        {"id to come", {.id = "gm-00000005", .limit = 100}, ""},
        {"id of nothing", {.id = "gm-00000000", .limit = 100}, ""},
        {"no id", {.id = "four", .limit = 100}, ""},
        {"huge id", {.id = "gm-ffffffffffffffff", .limit = 100}, ""},
        {"no fault", {.fault = "none", .limit = 100}, ""},
        {"unknown gateway", {.gateway = "nobody", .limit = 100}, ""},
    };
    struct journal *journal = journal_new();
    char ids[256];
    int bad = 0;

    (void)state;
    add(journal, "openrouter", FAULT_NONE, "");
    add(journal, "claude", FAULT_KEY_REVOKED, "");
    add(journal, "claude", FAULT_NONE, "mine");
    add(journal, "openrouter", FAULT_KEY_REVOKED, "");
    for (size_t i = 0; i < COUNT(rows); i++) {
        found_ids(journal, &rows[i].query, ids, sizeof ids);
        if (strcmp(ids, rows[i].ids) != 0) {
            print_error("%s: %s\n", rows[i].name, ids);
            bad++;
        }
    }
    journal_free(journal);
    assert_int_equal(bad, 0);
}

static void old_entries_make_room(void **state)
{
    struct journal *journal = journal_new();
    char ids[64], id[JOURNAL_ID];

    (void)state;
    for (int i = 0; i < JOURNAL_ENTRIES + 10; i++)
        add(journal, "claude", FAULT_NONE, "");
    found_ids(journal, &(struct journal_query){.id = "gm-0000000a", .limit = 1}, ids, sizeof ids);
    assert_string_equal(ids, "");
    found_ids(journal, &(struct journal_query){.id = "gm-0000000b", .limit = 1}, ids, sizeof ids);
    assert_string_equal(ids, "gm-0000000b");
    json_t *all = journal_find(journal, &(struct journal_query){.limit = SIZE_MAX});
    assert_int_equal(json_array_size(json_object_get(all, "entries")), JOURNAL_ENTRIES);
    json_decref(all);
    journal_clear(journal);
    found_ids(journal, &(struct journal_query){.limit = 9}, ids, sizeof ids);
    assert_string_equal(ids, "");
    assert_string_equal(journal_id(journal_number(journal), id), "gm-00000001");
    journal_free(journal);
    journal_free(NULL);
}

static void entry_has_every_field(void **state)
{
    static const char *const names[] = {"id",       "at",         "gateway",   "method",  "path",
                                        "endpoint", "status",     "decision",  "fault",   "reason",
                                        "key",      "request_id", "deviation", "deviated"};
    struct journal *journal = journal_new();

    (void)state;
    add(journal, "claude", FAULT_KEY_EXPIRED, "");
    json_t *answer = journal_find(journal, &(struct journal_query){.limit = 1});
    const json_t *entry = json_array_get(json_object_get(answer, "entries"), 0);
    for (size_t i = 0; i < COUNT(names); i++)
        if (!json_object_get(entry, names[i]))
            fail_msg("no %s", names[i]);
    assert_int_equal(json_object_size(entry), COUNT(names));
    assert_string_equal(json_string_value(json_object_get(entry, "decision")), "refused");
    assert_string_equal(json_string_value(json_object_get(entry, "fault")), "key-expired");
    json_decref(answer);
    journal_free(journal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_filtered),
        cmocka_unit_test(old_entries_make_room),
        cmocka_unit_test(entry_has_every_field),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
