/* The command line that repeats an exchange. */
#include "reports/escape.h"
#include "reports/report.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A line being made. Owns its text until curl_line_end(). */
struct line {
    FILE *file;
    char *text;
    size_t size;
    bool broken; /* something no command line can say */
};

static void put_word(struct line *line, const char *option, const char *text, size_t length)
{
    char *word = escape_shell(text, length);

    if (word)
        fprintf(line->file, " %s%s%s", option, *option ? " " : "", word);
    else
        line->broken = true;
    free(word);
}

/* What curl sends unasked, or works out from the body. */
static bool curl_adds(const struct exchange *x, const struct field *header)
{
    const char *authority = strstr(x->url, "://");
    size_t size = authority ? strcspn(authority + 3, "/?") : 0;

    if (strcasecmp(header->name, "Host") == 0)
        return strlen(header->value) == size && strncmp(header->value, authority + 3, size) == 0;
    return strcasecmp(header->name, "Content-Length") == 0 ||
           strcasecmp(header->name, "User-Agent") == 0 ||
           (strcasecmp(header->name, "Accept") == 0 && strcmp(header->value, "*/*") == 0);
}

static void put_header(struct line *line, const struct field *header)
{
    /* curl reads a file for '@', and drops a header that has nothing after the colon. */
    if (header->name[0] == '\0' || header->name[0] == '@' || strpbrk(header->name, ":;")) {
        line->broken = true;
        return;
    }
    bool blank = header->value[strspn(header->value, " \t")] == '\0';
    char *text = blank ? format_text("%s;", header->name)
                       : format_text("%s: %s", header->name, header->value);
    put_word(line, "-H", text, strlen(text));
    free(text);
}

/* A body that no word can hold comes through a pipe, byte for byte. */
static void put_pipe(struct line *line, const char *body, size_t length)
{
    fputs("printf '", line->file);
    for (size_t i = 0; i < length; i++) {
        size_t expression = escape_placeholder(body + i, length - i);
        if (expression > 0) {
            fprintf(line->file, "'\"%.*s\"'", (int)expression, body + i);
            i += expression - 1;
        } else if (body[i] == '%') {
            fputs("%%", line->file);
        } else if (body[i] >= ' ' && body[i] <= '~' && body[i] != '\'' && body[i] != '\\') {
            fputc(body[i], line->file);
        } else {
            fprintf(line->file, "\\%03o", (unsigned char)body[i]);
        }
    }
    fputs("' | ", line->file);
}

/* A newline inside a word would make more than one line of it. */
static bool fits_word(const char *body, size_t length)
{
    return escape_none_needed(body, length) && !memchr(body, '\n', length);
}

static void put_method(struct line *line, const struct exchange *x)
{
    if (strcmp(x->method, "HEAD") == 0)
        fputs(" --head", line->file);
    else if (strcmp(x->method, x->request_body ? "POST" : "GET") != 0)
        put_word(line, "-X", x->method, strlen(x->method));
}

static void put_url(struct line *line, const char *url)
{
    if (strstr(url, "/./") || strstr(url, "/../"))
        fputs(" --path-as-is", line->file);
    if (strpbrk(url, "[]{}"))
        fputs(" --globoff", line->file);
    if (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0)
        line->broken = true;
    put_word(line, "", url, strlen(url));
}

static void put_body(struct line *line, const struct exchange *x, bool piped)
{
    if (!x->request_body)
        return;
    if (!fields_find(&x->request_headers, "Content-Type"))
        fputs(" -H 'Content-Type:'", line->file); /* or curl would call it a form */
    if (piped)
        fputs(" --data-binary @-", line->file);
    else
        put_word(line, "--data-raw", x->request_body, x->request_length);
}

char *report_curl(const struct exchange *x)
{
    struct line line = {0};

    if (x->raw || !x->method || !x->url)
        return NULL;
    line.file = must(open_memstream(&line.text, &line.size));
    bool piped = x->request_body && !fits_word(x->request_body, x->request_length);
    if (piped)
        put_pipe(&line, x->request_body, x->request_length);
    fputs("curl -i", line.file);
    put_method(&line, x);
    put_url(&line, x->url);
    for (size_t i = 0; i < x->request_headers.count; i++)
        if (!curl_adds(x, &x->request_headers.items[i]))
            put_header(&line, &x->request_headers.items[i]);
    put_body(&line, x, piped);
    fclose(line.file);
    if (line.broken) {
        free(line.text);
        return NULL;
    }
    return must(line.text);
}
