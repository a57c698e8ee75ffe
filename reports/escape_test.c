#include "reports/escape.h"

#include "fixtures/basics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BYTES(text) text, sizeof(text) - 1

static void text_is_harmless(void **state)
{
    static const struct {
        const char *name, *in;
        size_t length;
        const char *text, *xml;
    } rows[] = {
        {"plain", BYTES("abc"), "abc", "abc"},
        {"empty", BYTES(""), "", ""},
        {"marks", BYTES("<a b='\"'>&"), "<a b='\"'>&", "&lt;a b=&apos;&quot;&apos;&gt;&amp;"},
        {"tab and newline", BYTES("a\tb\n"), "a\tb\n", "a\tb\n"},
        {"terminal escape", BYTES("\033[2J"), "\\x1b[2J", "\\x1b[2J"},
        {"NUL", BYTES("a\0b"), "a\\x00b", "a\\x00b"},
        {"two bytes", BYTES("\xC3\xA9"), "\xC3\xA9", "\xC3\xA9"},
        {"three bytes", BYTES("\xE4\xBD\xA0"), "\xE4\xBD\xA0", "\xE4\xBD\xA0"},
        {"four bytes", BYTES("\xF0\x9F\x98\x80"), "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
        {"cut short", BYTES("\xE4\xBD"), "\\xe4\\xbd", "\\xe4\\xbd"},
        {"overlong", BYTES("\xC0\xAF\xE0\x80\x80"), "\\xc0\\xaf\\xe0\\x80\\x80",
         "\\xc0\\xaf\\xe0\\x80\\x80"},
        {"surrogate", BYTES("\xED\xA0\x80"), "\\xed\\xa0\\x80", "\\xed\\xa0\\x80"},
        {"too high", BYTES("\xF4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80", "\\xf4\\x90\\x80\\x80"},
        {"noncharacter", BYTES("\xEF\xBF\xBE"), "\\xef\\xbf\\xbe", "\\xef\\xbf\\xbe"},
        {"C1 control", BYTES("\xC2\x9B"), "\\xc2\\x9b", "\\xc2\\x9b"},
        {"right-to-left", BYTES("\xE2\x80\xAE"), "\\xe2\\x80\\xae", "\\xe2\\x80\\xae"},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        /* Exactly as many bytes as there are, so that reading one more is seen. */
        char *in = must(malloc(rows[i].length + (rows[i].length == 0)));
        memcpy(in, rows[i].in, rows[i].length);
        char *text = escape_text(in, rows[i].length), *xml = escape_xml(in, rows[i].length);
        if (strcmp(text, rows[i].text) != 0 || strcmp(xml, rows[i].xml) != 0) {
            print_error("%s: %s and %s\n", rows[i].name, text, xml);
            bad++;
        }
        free(in);
        free(text);
        free(xml);
    }
    assert_int_equal(bad, 0);
}

/* What a shell makes of the word, with a key in its environment. */
static size_t shell_reads(const char *word, char *out, size_t size)
{
    char *line = format_text("GATEMARK_KEY_VALID='s\"e%%c'; printf %%s %s", word);
    FILE *pipe = must(popen(line, "r"));
    size_t length = fread(out, 1, size, pipe);

    assert_int_equal(pclose(pipe), 0);
    free(line);
    return length;
}

static void shell_word_stands_for_its_bytes(void **state)
{
    static const struct {
        const char *name, *in;
        size_t length;
        const char *out; /* NULL: the same bytes */
    } rows[] = {
        {"plain", BYTES("http://example.test/a?b=c"), NULL},
        {"empty", BYTES(""), NULL},
        {"quotes", BYTES("it's \"so\""), NULL},
        {"command", BYTES("$(exit 3)`exit 4`;|&<>*~"), NULL},
        {"other variable", BYTES("$HOME ${HOME} $$ $"), NULL},
        {"key", BYTES("Bearer $GATEMARK_KEY_VALID"), "Bearer s\"e%c"},
        {"key cut", BYTES("Bearer ${GATEMARK_KEY_VALID%?}"), "Bearer s\"e%"},
        {"key, then a letter", BYTES("$GATEMARK_KEY_VALIDx"), "s\"e%cx"},
        {"key among hostile", BYTES("`\\\"!$(exit 3) $GATEMARK_KEY_VALID'"),
         "`\\\"!$(exit 3) s\"e%c'"},
        {"key in base64", BYTES("Basic $(printf :%s $GATEMARK_KEY_VALID | base64 -w0)"),
         "Basic OnMiZSVj"},
        {"key in another case", BYTES("$(echo $GATEMARK_KEY_VALID | tr a-zA-Z A-Za-z)!"),
         "S\"E%C!"},
        {"command like base64", BYTES("$(printf :%s $(exit 3) | base64 -w0)"), NULL},
        {"command in the name", BYTES("$(echo $GATEMARK_KEY;exit 3 | tr a-zA-Z A-Za-z)"),
         "$(echo ;exit 3 | tr a-zA-Z A-Za-z)"},
        {"command in braces", BYTES("${GATEMARK_KEY_VALID%$(exit 3)}"), NULL},
        {"assignment in braces", BYTES("${GATEMARK_KEY_VALID=x}"), NULL},
        {"control", BYTES("a\001\033b"), NULL},
        {"broken UTF-8", BYTES("\xFF\xC3"), NULL},
        {"UTF-8", BYTES("\xE4\xBD\xA0\xE5\xA5\xBD"), NULL},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char out[256], *word = must(escape_shell(rows[i].in, rows[i].length));
        const char *wanted = rows[i].out ? rows[i].out : rows[i].in;
        size_t length = shell_reads(word, out, sizeof out);
        if (length != strlen(wanted) || memcmp(out, wanted, length) != 0) {
            print_error("%s: %s is read as %.*s\n", rows[i].name, word, (int)length, out);
            bad++;
        }
        free(word);
    }
    assert_int_equal(bad, 0);
}

static void shell_word_refuses_what_it_cannot_hold(void **state)
{
    (void)state;
    assert_null(escape_shell(BYTES("a\0b")));
    assert_null(escape_shell(BYTES("a\nb")));
    assert_null(escape_shell(BYTES("a\rb")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_harmless),
        cmocka_unit_test(shell_word_stands_for_its_bytes),
        cmocka_unit_test(shell_word_refuses_what_it_cannot_hold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
