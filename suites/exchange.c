#include "suites/exchange.h"

#include "fixtures/basics.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void fields_add(struct fields *fields, const char *name, const char *value)
{
    fields->items = must(realloc(fields->items, (fields->count + 1) * sizeof *fields->items));
    fields->items[fields->count++] =
        (struct field){.name = copy_text(name), .value = copy_text(value)};
}

void fields_close(struct fields *fields)
{
    for (size_t i = 0; i < fields->count; i++) {
        free(fields->items[i].name);
        free(fields->items[i].value);
    }
    free(fields->items);
    *fields = (struct fields){0};
}

const char *fields_find(const struct fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (strcasecmp(fields->items[i].name, name) == 0)
            return fields->items[i].value;
    return NULL;
}

const char *exchange_header(const struct exchange *exchange, const char *name)
{
    return fields_find(&exchange->response_headers, name);
}

/* Writes `shown`; a bare $NAME that a letter follows becomes ${NAME}, or a shell would read on. */
static void write_shown(FILE *out, const char *shown, char next)
{
    if (shown[0] == '$' && shown[1] != '{' && (isalnum((unsigned char)next) || next == '_'))
        fprintf(out, "${%s}", shown + 1);
    else
        fputs(shown, out);
}

/* `*text` with every `secret` replaced. Both may hold NULs inside. */
static void mask(char **text, size_t *length, const char *secret, const char *shown)
{
    size_t size = strlen(secret);
    char *masked = NULL;
    size_t masked_length = 0;

    if (!*text || size == 0 || !memmem(*text, *length, secret, size))
        return;
    FILE *out = must(open_memstream(&masked, &masked_length));
    const char *at = *text, *end = *text + *length;
    while (at < end) {
        const char *hit = memmem(at, (size_t)(end - at), secret, size);
        fwrite(at, 1, (size_t)((hit ? hit : end) - at), out);
        if (!hit)
            break;
        at = hit + size;
        write_shown(out, shown, *at);
    }
    fclose(out);
    free(*text);
    *text = must(masked);
    *length = masked_length;
}

static void mask_text(char **text, const char *secret, const char *shown)
{
    size_t length = *text ? strlen(*text) : 0;

    mask(text, &length, secret, shown);
}

static void mask_fields(struct fields *fields, const char *secret, const char *shown)
{
    for (size_t i = 0; i < fields->count; i++) {
        mask_text(&fields->items[i].name, secret, shown);
        mask_text(&fields->items[i].value, secret, shown);
    }
}

void exchange_mask(struct exchange *exchange, const char *secret, const char *shown)
{
    json_decref(exchange->json);
    exchange->json = NULL;
    mask_text(&exchange->url, secret, shown);
    mask_fields(&exchange->request_headers, secret, shown);
    mask(&exchange->request_body, &exchange->request_length, secret, shown);
    mask_fields(&exchange->response_headers, secret, shown);
    mask(&exchange->response_body, &exchange->response_length, secret, shown);
}

void exchange_free(struct exchange *exchange)
{
    if (!exchange)
        return;
    free(exchange->method);
    free(exchange->url);
    fields_close(&exchange->request_headers);
    free(exchange->request_body);
    fields_close(&exchange->response_headers);
    free(exchange->response_body);
    json_decref(exchange->json);
    free(exchange);
}
