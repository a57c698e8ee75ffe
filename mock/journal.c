#include "mock/journal.h"

#include "fixtures/basics.h"
#include "mock/moment.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct journal {
    _Atomic uint64_t last;
    pthread_mutex_t lock; /* guards the entries */
    struct journal_entry entries[JOURNAL_ENTRIES];
};

static const char id_form[] = "gm-%08llx";

struct journal *journal_new(void)
{
    struct journal *journal = must(calloc(1, sizeof *journal));

    pthread_mutex_init(&journal->lock, NULL);
    return journal;
}

void journal_free(struct journal *journal)
{
    if (!journal)
        return;
    pthread_mutex_destroy(&journal->lock);
    free(journal);
}

void journal_clear(struct journal *journal)
{
    pthread_mutex_lock(&journal->lock);
    atomic_store(&journal->last, 0);
    memset(journal->entries, 0, sizeof journal->entries);
    pthread_mutex_unlock(&journal->lock);
}

uint64_t journal_number(struct journal *journal)
{
    return atomic_fetch_add(&journal->last, 1) + 1;
}

const char *journal_id(uint64_t number, char text[JOURNAL_ID])
{
    snprintf(text, JOURNAL_ID, id_form, (unsigned long long)number);
    return text;
}

void journal_add(struct journal *journal, const struct journal_entry *entry)
{
    pthread_mutex_lock(&journal->lock);
    journal->entries[entry->number % JOURNAL_ENTRIES] = *entry;
    pthread_mutex_unlock(&journal->lock);
}

static json_t *entry_json(const struct journal_entry *entry)
{
    char id[JOURNAL_ID], at[MOMENT_TEXT];

    return json_pack("{s:s, s:s, s:s?, s:s, s:s, s:s?, s:i, s:s, s:s?, s:s, s:s?, s:s?, s:s?, s:b}",
                     "id", journal_id(entry->number, id), "at", moment_text_ms(entry->at_ms, at),
                     "gateway", entry->gateway, "method", entry->method, "path", entry->path,
                     "endpoint", entry->endpoint, "status", entry->status, "decision",
                     entry->fault ? "refused" : "admitted", "fault",
                     entry->fault ? fault_name(entry->fault) : NULL, "reason", entry->reason, "key",
                     entry->key[0] ? entry->key : NULL, "request_id",
                     entry->request_id[0] ? entry->request_id : NULL, "deviation", entry->deviation,
                     "deviated", entry->deviated);
}

static bool matches(const struct journal_entry *entry, const struct journal_query *query)
{
    if (query->request_id && strcmp(entry->request_id, query->request_id) != 0)
        return false;
    if (query->gateway && (!entry->gateway || strcmp(entry->gateway, query->gateway) != 0))
        return false;
    return !query->fault || (entry->fault && strcmp(fault_name(entry->fault), query->fault) == 0);
}

/* The numbers to look at: one when an id is asked for, else all that the ring still holds. */
static void bounds(const struct journal *journal, const char *id, uint64_t *newest,
                   uint64_t *oldest)
{
    unsigned long long number = 0;
    uint64_t last = atomic_load(&journal->last);

    *newest = last;
    *oldest = last > JOURNAL_ENTRIES ? last - JOURNAL_ENTRIES + 1 : 1;
    if (id && sscanf(id, "gm-%16llx", &number) == 1)
        *newest = *oldest = number;
    else if (id)
        *newest = 0;
}

json_t *journal_find(struct journal *journal, const struct journal_query *query)
{
    json_t *entries = json_array();
    uint64_t newest, oldest;

    pthread_mutex_lock(&journal->lock);
    bounds(journal, query->id, &newest, &oldest);
    for (uint64_t n = newest; n >= oldest && n > 0 && json_array_size(entries) < query->limit;
         n--) {
        const struct journal_entry *entry = &journal->entries[n % JOURNAL_ENTRIES];
        if (entry->number == n && matches(entry, query))
            json_array_append_new(entries, entry_json(entry));
    }
    pthread_mutex_unlock(&journal->lock);
    return json_pack("{s:o}", "entries", entries);
}
