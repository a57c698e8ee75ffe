/* What came, what was decided, and why: a bounded ring of the newest calls. */
#ifndef MOCK_JOURNAL_H
#define MOCK_JOURNAL_H

#include "mock/fault.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum { JOURNAL_ENTRIES = 4096, JOURNAL_ID = 24 };

/* Texts are cut to fit; none of them holds a credential. */
struct journal_entry {
    uint64_t number; /* 0: an empty place in the ring */
    int64_t at_ms;
    const char *gateway, *endpoint, *deviation; /* static, or NULL */
    char method[16], path[160], reason[256], key[32], request_id[128];
    enum fault fault;
    int status;
    bool deviated;
};

struct journal;

struct journal *journal_new(void);
void journal_free(struct journal *journal);
void journal_clear(struct journal *journal);

/* The number of the next call; its id is what X-Gatemark-Id says. */
uint64_t journal_number(struct journal *journal);
const char *journal_id(uint64_t number, char text[JOURNAL_ID]);

/* Keeps a copy. */
void journal_add(struct journal *journal, const struct journal_entry *entry);

/* NULL or 0 fields match everything. */
struct journal_query {
    const char *id, *request_id, *gateway, *fault;
    size_t limit;
};

/* {"entries":[...]}, newest first. */
json_t *journal_find(struct journal *journal, const struct journal_query *query);

#endif
