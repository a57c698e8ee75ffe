/* How many tokens a text is, and what is left of it within a limit. A stand-in for the vendors'
 * tokenizers that only promises to be consistent: longer never counts less. */
#ifndef MOCK_COUNTING_H
#define MOCK_COUNTING_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/* One token for every four characters begun. */
int64_t count_text(const char *text);

/* Length in bytes of the part of `text` that is at most `tokens` tokens; never inside a character.
 */
size_t count_fit(const char *text, int64_t tokens);

/* All strings in a JSON value: system prompts, content blocks, tools. */
int64_t count_json(const json_t *value);

#endif
