#include "runner/words.h"

#include "fixtures/basics.h"

#include <stdlib.h>
#include <string.h>

void words_add(struct words *words, const char *word)
{
    words->items = must(reallocarray(words->items, words->count + 1, sizeof *words->items));
    words->items[words->count++] = word;
}

void words_close(struct words *words)
{
    free(words->items);
    *words = (struct words){0};
}

bool words_have(const struct words *words, const char *word)
{
    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->items[i], word) == 0)
            return true;
    return false;
}
