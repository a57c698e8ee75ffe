#include "mock/endpoint.h"

#include "mock/call.h"

#include <stdio.h>
#include <string.h>

const struct endpoint *const endpoint_tables[] = {
    chat_endpoints,           responses_endpoints,
    images_endpoints,         videos_endpoints,
    messages_endpoints,       generate_endpoints,
    embeddings_endpoints,     models_endpoints,
    invoratec_keys_endpoints, arouter_keys_endpoints,
    openrouter_key_endpoints, openrouter_keys_endpoints,
    gemini_endpoints,         token_endpoints,
    federation_endpoints,     NULL,
};

/* How much of `path` a {…} takes: up to the next slash, less what `rest` asks for at its end. */
static size_t argument_length(const char *path, const char *rest)
{
    size_t length = strcspn(path, "/"), tail = strcspn(rest, "/");

    if (tail >= length || strncmp(path + length - tail, rest, tail) != 0)
        return 0;
    return length - tail;
}

/* Answers repeat what stands in the path, and JSON holds nothing but UTF-8. */
static bool is_utf8(const char *text, size_t length)
{
    json_t *string = json_stringn(text, length);
    bool good = string != NULL;

    json_decref(string);
    return good;
}

/* Does `path` follow `pattern`? The {…} go into `arguments`; a long one does not match. */
static bool path_matches(const char *pattern, const char *path,
                         char arguments[CALL_ARGUMENTS][CALL_ARGUMENT_TEXT])
{
    size_t count = 0;

    while (*pattern) {
        if (*pattern != '{') {
            if (*pattern++ != *path++)
                return false;
            continue;
        }
        pattern += strcspn(pattern, "}") + 1;
        size_t length = argument_length(path, pattern);
        if (length == 0 || length >= CALL_ARGUMENT_TEXT || count == CALL_ARGUMENTS ||
            !is_utf8(path, length))
            return false;
        memcpy(arguments[count], path, length);
        arguments[count++][length] = '\0';
        path += length;
    }
    return *path == '\0';
}

static bool method_matches(const char *known, const char *method)
{
    return strcmp(known, method) == 0 || (strcmp(known, "GET") == 0 && strcmp(method, "HEAD") == 0);
}

const struct endpoint *endpoint_find(struct call *call)
{
    for (const struct endpoint *const *table = endpoint_tables; *table; table++)
        for (const struct endpoint *e = *table; e->method; e++)
            if (e->gateway == call->gateway && method_matches(e->method, call->request->method) &&
                path_matches(e->path, call->path, call->arguments))
                return e;
    return NULL;
}

const char *endpoint_allow(struct call *call, char *text, size_t size)
{
    size_t used = 0;

    text[0] = '\0';
    for (const struct endpoint *const *table = endpoint_tables; *table; table++)
        for (const struct endpoint *e = *table; e->method; e++) {
            if (e->gateway != call->gateway || !path_matches(e->path, call->path, call->arguments))
                continue;
            const char *more = strcmp(e->method, "GET") == 0 ? "GET, HEAD" : e->method;
            if (used < size)
                used += (size_t)snprintf(text + used, size - used, "%s%s", used ? ", " : "", more);
            call->family = e->family;
        }
    return text;
}

const char *need_name(enum need need)
{
    switch (need) {
    case NEED_NOTHING:
        return "nothing";
    case NEED_KEY:
        return "any key";
    case NEED_INFERENCE:
        return "a key that infers";
    case NEED_MANAGEMENT:
        return "a key that manages";
    case NEED_READ:
        return "permission read";
    case NEED_WRITE:
        return "permission write";
    case NEED_ORGANIZATION:
        return "a token of scope org:admin";
    case NEED_MANAGE_KEYS:
        return "what invoratec.key-management says";
    }
    return "";
}
