#include "reports/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define URL "https://gateway.example/v1/chat"

static void line_repeats_the_exchange(void **state)
{
    static const struct {
        const char *name, *method, *url, *header, *value, *body, *line;
    } rows[] = {
        {"get", "GET", URL, NULL, NULL, NULL, "curl -i " URL},
        {"head", "HEAD", URL, NULL, NULL, NULL, "curl -i --head " URL},
        {"delete", "DELETE", URL, NULL, NULL, NULL, "curl -i -X DELETE " URL},
        {"key", "GET", URL, "Authorization", "Bearer $GATEMARK_KEY_VALID", NULL,
         "curl -i " URL " -H \"Authorization: Bearer $GATEMARK_KEY_VALID\""},
        {"key in the query", "GET", URL "?key=${GATEMARK_KEY_VALID%?}&a=b", NULL, NULL, NULL,
         "curl -i --globoff \"" URL "?key=${GATEMARK_KEY_VALID%?}&a=b\""},
        {"body", "POST", URL, "Content-Type", "application/json", "{\"a\":\"it's\"}",
         "curl -i " URL " -H 'Content-Type: application/json' --data-raw '{\"a\":\"it'\\''s\"}'"},
        {"body without a type", "POST", URL, NULL, NULL, "@/etc/passwd",
         "curl -i " URL " -H 'Content-Type:' --data-raw @/etc/passwd"},
        {"body of several lines", "PATCH", URL, "Content-Type", "text/plain", "a%\n'b'\001",
         "printf 'a%%\\012\\047b\\047\\001' | curl -i -X PATCH " URL
         " -H 'Content-Type: text/plain' --data-binary @-"},
        {"empty body", "POST", URL, "Content-Type", "application/json", "",
         "curl -i " URL " -H 'Content-Type: application/json' --data-raw ''"},
        {"post without a body", "POST", URL, NULL, NULL, NULL, "curl -i -X POST " URL},
        {"empty header", "GET", URL, "X-Empty", "", NULL, "curl -i " URL " -H 'X-Empty;'"},
        {"padded header", "GET", URL, "X-Padded", " a", NULL, "curl -i " URL " -H 'X-Padded:  a'"},
        {"what curl adds", "GET", URL, "Host", "gateway.example", NULL, "curl -i " URL},
        {"another host", "GET", URL, "Host", "x", NULL, "curl -i " URL " -H 'Host: x'"},
        {"dots", "GET", "https://gateway.example/a/../b", NULL, NULL, NULL,
         "curl -i --path-as-is https://gateway.example/a/../b"},
        {"brackets", "GET", URL "?a[]=b", NULL, NULL, NULL, "curl -i --globoff '" URL "?a[]=b'"},
        {"a file for a header", "GET", URL, "@/etc/passwd", "x", NULL, NULL},
        {"header of two lines", "GET", URL, "X", "a\r\nY: b", NULL, NULL},
        {"an option for a url", "GET", "-o/etc/passwd", NULL, NULL, NULL, NULL},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct field header = {(char *)rows[i].header, (char *)rows[i].value};
        struct exchange x = {
            .method = (char *)rows[i].method,
            .url = (char *)rows[i].url,
            .request_headers = {&header, rows[i].header != NULL},
            .request_body = (char *)rows[i].body,
            .request_length = rows[i].body ? strlen(rows[i].body) : 0,
        };
        char *line = report_curl(&x);
        if ((line == NULL) != (rows[i].line == NULL) || (line && strcmp(line, rows[i].line) != 0)) {
            print_error("%s: %s\n", rows[i].name, line ? line : "(none)");
            bad++;
        }
        free(line);
    }
    assert_int_equal(bad, 0);
}

static void bare_socket_has_no_line(void **state)
{
    struct exchange x = {.method = (char *)"GET", .url = (char *)URL, .raw = true};

    (void)state;
    assert_null(report_curl(&x));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_repeats_the_exchange),
        cmocka_unit_test(bare_socket_has_no_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
