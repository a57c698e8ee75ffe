#include "mock/counting.h"

enum { CHARACTERS_A_TOKEN = 4 };

static int starts_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

int64_t count_text(const char *text)
{
    int64_t characters = 0;

    for (; *text; text++)
        characters += starts_character(*text);
    return (characters + CHARACTERS_A_TOKEN - 1) / CHARACTERS_A_TOKEN;
}

size_t count_fit(const char *text, int64_t tokens)
{
    int64_t characters = 0;
    size_t at = 0;

    for (; text[at]; at++)
        if (starts_character(text[at]) && characters++ / CHARACTERS_A_TOKEN >= tokens)
            break;
    return at;
}

int64_t count_json(const json_t *value)
{
    int64_t tokens = 0;
    const char *name;
    json_t *item;
    size_t i;

    if (json_is_string(value))
        return count_text(json_string_value(value));
    json_array_foreach(value, i, item)
        tokens += count_json(item);
    json_object_foreach((json_t *)value, name, item)
        tokens += count_json(item);
    return tokens;
}
