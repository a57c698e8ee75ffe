/* The values of an option that may be repeated. */
#ifndef RUNNER_WORDS_H
#define RUNNER_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Owns the array; the words are borrowed from the command line. */
struct words {
    const char **items;
    size_t count;
};

void words_add(struct words *words, const char *word);
void words_close(struct words *words);

/* Is `word` among them? */
bool words_have(const struct words *words, const char *word);

#endif
