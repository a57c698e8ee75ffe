#include "reports/escape.h"

#include "fixtures/basics.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char upper_case[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
static const char word_letters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_abcdefghijklmnopqrstuvwxyz";

/* How many bytes the lead byte announces, and the smallest code point they may say. */
static size_t announced(unsigned char lead, uint32_t *least)
{
    *least = 0;
    if (lead < 0x80)
        return 1;
    *least = 0x80;
    if (lead >= 0xC2 && lead < 0xE0)
        return 2;
    *least = 0x800;
    if (lead >= 0xE0 && lead < 0xF0)
        return 3;
    *least = 0x10000;
    return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

/* XML 1.0 has no place for most controls; the bidirectional ones could make a terminal lie. */
static bool allowed(uint32_t code)
{
    if (code < 0x20)
        return code == '\t' || code == '\n';
    if ((code >= 0x7F && code < 0xA0) || (code >= 0xD800 && code < 0xE000) || code > 0x10FFFF)
        return false;
    if ((code >= 0x200E && code < 0x2010) || (code >= 0x2028 && code < 0x202F) ||
        (code >= 0x2066 && code < 0x206A) || code == 0xFEFF)
        return false;
    return (code & 0xFFFE) != 0xFFFE;
}

size_t escape_printable(const char *text, size_t left)
{
    const unsigned char *bytes = (const unsigned char *)text;
    uint32_t least, code;

    if (left == 0)
        return 0;
    size_t length = announced(bytes[0], &least);
    if (length == 0 || length > left)
        return 0;
    code = length == 1 ? bytes[0] : bytes[0] & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
        code = code << 6 | (bytes[i] & 0x3F);
    }
    return code >= least && allowed(code) ? length : 0;
}

bool escape_none_needed(const char *text, size_t length)
{
    for (size_t i = 0, step; i < length; i += step)
        if ((step = escape_printable(text + i, length - i)) == 0)
            return false;
    return true;
}

static void put_xml(FILE *file, const char *text, size_t length)
{
    static const struct {
        char letter;
        const char *entity;
    } entities[] = {
        {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&apos;"}};

    for (size_t i = 0; length == 1 && i < COUNT(entities); i++)
        if (*text == entities[i].letter) {
            fputs(entities[i].entity, file);
            return;
        }
    fwrite(text, 1, length, file);
}

static void put_plain(FILE *file, const char *text, size_t length)
{
    fwrite(text, 1, length, file);
}

static char *escape(const char *text, size_t length, void (*put)(FILE *, const char *, size_t))
{
    char *escaped = NULL;
    size_t size = 0;
    FILE *file = must(open_memstream(&escaped, &size));

    for (size_t i = 0; i < length;) {
        size_t step = escape_printable(text + i, length - i);
        if (step == 0)
            fprintf(file, "\\x%02x", (unsigned char)text[i++]);
        else
            put(file, text + i, step);
        i += step;
    }
    fclose(file);
    return must(escaped);
}

char *escape_text(const char *text, size_t length)
{
    return escape(text, length, put_plain);
}

char *escape_xml(const char *text, size_t length)
{
    return escape(text, length, put_xml);
}

/* How many bytes at the start of `text` are among `letters`. */
static size_t span(const char *text, size_t left, const char *letters)
{
    size_t n = 0;

    while (n < left && text[n] != '\0' && strchr(letters, text[n]))
        n++;
    return n;
}

/* The ways in which a masked text names a key. Nothing but the name varies, so that what a gateway
 * made up to look like one runs no command of its own. */
static const struct {
    const char *before, *cut, *after; /* `cut`: letters that may say which part of the value */
} forms[] = {
    {"$", "", ""},
    {"${", "%#?:-0123456789", "}"},
    {"$(printf :%s $", "", " | base64 -w0)"},
    {"$(echo $", "", " | tr a-zA-Z A-Za-z)"},
};

static bool begins(const char *text, size_t left, const char *prefix)
{
    return left >= strlen(prefix) && memcmp(text, prefix, strlen(prefix)) == 0;
}

/* The length of a variable's name that reports may leave to the shell, or 0. */
static size_t variable_name(const char *text, size_t left)
{
    return begins(text, left, "GATEMARK_KEY") || begins(text, left, "CREATED_")
               ? span(text, left, upper_case)
               : 0;
}

size_t escape_placeholder(const char *text, size_t left)
{
    for (size_t i = 0; i < COUNT(forms); i++) {
        size_t at = strlen(forms[i].before);
        if (!begins(text, left, forms[i].before))
            continue;
        size_t name = variable_name(text + at, left - at);
        at += name;
        at += span(text + at, left - at, forms[i].cut);
        if (name > 0 && begins(text + at, left - at, forms[i].after))
            return at + strlen(forms[i].after);
    }
    return 0;
}

static bool has_placeholder(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (escape_placeholder(text + i, length - i))
            return true;
    return false;
}

/* Within double quotes: an expression that the next letter would lengthen is put in braces. */
static size_t put_expression(FILE *file, const char *text, size_t left)
{
    size_t length = escape_placeholder(text, left);

    if (length == 0)
        return 0;
    if (text[1] != '{' && text[1] != '(' && span(text + length, left - length, word_letters) > 0)
        fprintf(file, "${%.*s}", (int)(length - 1), text + 1);
    else
        fwrite(text, 1, length, file);
    return length;
}

/* Bytes that no terminal should be given are made by printf when the line is run. An exclamation
 * mark inside double quotes would mean history to an interactive bash. */
static void put_quoted(FILE *file, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t step = put_expression(file, text + i, length - i);
        if (step > 0) {
            i += step;
            continue;
        }
        step = escape_printable(text + i, length - i);
        if (step == 0)
            fprintf(file, "$(printf '\\%03o')", (unsigned char)text[i++]);
        else if (text[i] == '!')
            fputs("\"'!'\"", file);
        else if (strchr("\"$`\\", text[i]))
            fprintf(file, "\\%c", text[i]);
        else
            fwrite(text + i, 1, step, file);
        i += step;
    }
}

static void put_single_quoted(FILE *file, const char *text, size_t length)
{
    fputc('\'', file);
    for (size_t i = 0; i < length; i++)
        if (text[i] == '\'')
            fputs("'\\''", file);
        else
            fputc(text[i], file);
    fputc('\'', file);
}

char *escape_shell(const char *text, size_t length)
{
    static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                               "0123456789_-./:@%+=,";
    char *word = NULL;
    size_t size = 0;

    if (memchr(text, '\0', length) || memchr(text, '\n', length) || memchr(text, '\r', length))
        return NULL;
    FILE *file = must(open_memstream(&word, &size));
    if (length > 0 && span(text, length, safe) == length) {
        fwrite(text, 1, length, file);
    } else if (has_placeholder(text, length) || !escape_none_needed(text, length)) {
        fputc('"', file);
        put_quoted(file, text, length);
        fputc('"', file);
    } else {
        put_single_quoted(file, text, length);
    }
    fclose(file);
    return must(word);
}
