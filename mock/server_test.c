/* The mock over real sockets (one server for all, as stopping takes its time): what RFC 9112
 * demands, limits, and refusals to start. */
#include "mock/server.h"

#include <arpa/inet.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

#define KEY                                                                                        \
    "Authorization: Bearer "                                                                       \
    "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\r\n"
#define GET_KEY "GET /openrouter/api/v1/key HTTP/1.1\r\n"
#define POST_CHAT "POST /openrouter/api/v1/chat/completions HTTP/1.1\r\nHost: x\r\n"
#define CHAT "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
#define MORE "GET /_gatemark/health HTTP/1.1\r\nHost: x\r\n\r\n"

enum { ANSWER_BYTES = 1 << 16 };

static struct server *server_new(const char *token)
{
    struct server_options options = server_defaults();
    struct problem problem = {0};

    options.listen = "127.0.0.1:0";
    options.clock = "virtual";
    options.control_token = token;
    struct server *server = server_start(&options, &problem);
    if (!server)
        fail_msg("%s", problem.text);
    return server;
}

static int dial(const struct server *server)
{
    struct sockaddr_in name = {.sin_family = AF_INET,
                               .sin_port = htons((uint16_t)server_port(server))};
    const struct timeval patience = {.tv_sec = 20};

    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    assert_int_equal(connect(fd, (const struct sockaddr *)&name, sizeof name), 0);
    return fd;
}

/* False when the other side does not want to read any more. */
static bool say(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = send(fd, bytes, length, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        bytes += n;
        length -= (size_t)n;
    }
    return true;
}

/* All that comes until the other side closes: the last request says Connection: close. */
static char *hear(int fd)
{
    char *text = must(calloc(1, ANSWER_BYTES));
    size_t used = 0;
    ssize_t n;

    while (used < ANSWER_BYTES - 1 && (n = recv(fd, text + used, ANSWER_BYTES - 1 - used, 0)) > 0)
        used += (size_t)n;
    return text;
}

/* The statuses in `text`, such as "400 200". */
static void statuses(const char *text, char *list, size_t size)
{
    size_t used = 0;

    list[0] = '\0';
    for (const char *at = strstr(text, "HTTP/1.1 "); at; at = strstr(at + 1, "HTTP/1.1 "))
        if (at[9] >= '1' && at[9] <= '5')
            used += (size_t)snprintf(list + used, size - used, "%s%.3s", used ? " " : "", at + 9);
}

/* What the server says to some bytes. After them comes one good request more, which must be
 * answered unless the connection was closed for it. */
static char *exchanged(const struct server *server, const char *bytes, size_t length)
{
    static const char last[] =
        "GET /_gatemark/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    int fd = dial(server);

    if (say(fd, bytes, length))
        say(fd, last, sizeof last - 1);
    char *text = hear(fd);
    close(fd);
    return text;
}

#define BYTES(text) text, sizeof(text) - 1

static const struct {
    const char *name, *bytes;
    size_t length;
    const char *statuses; /* with that of the good request at the end, when it is answered */
    const char *says;
} framings[] = {
    {"plain", BYTES(GET_KEY "Host: x\r\n" KEY "\r\n"), "200 200", ""},
    {"blanks around the value", BYTES(GET_KEY "Host:   x  \r\n" KEY "\r\n"), "200 200", ""},
    {"empty value", BYTES(GET_KEY "Host: x\r\nX-Empty:\r\n" KEY "\r\n"), "200 200", ""},
    {"pipelined", BYTES(GET_KEY "Host: x\r\n" KEY "\r\n" MORE MORE), "200 200 200 200", ""},
    {"key does not bleed", BYTES(GET_KEY "Host: x\r\n" KEY "\r\n" GET_KEY "Host: x\r\n\r\n"),
     "200 401 200", ""},
    {"space before the colon", BYTES(GET_KEY "Host: x\r\nX-A : b\r\n\r\n"), "400",
     "before a header's colon"},
    {"tab before the colon", BYTES(GET_KEY "Host: x\r\nX-A\t: b\r\n\r\n"), "400", ""},
    {"space before Host's colon", BYTES(GET_KEY "Host : x\r\n\r\n"), "400", ""},
    {"folded", BYTES(GET_KEY "Host: x\r\nX-A: b\r\n c\r\n\r\n"), "400", "folded"},
    {"folded by a tab", BYTES(GET_KEY "Host: x\r\nX-A: b\r\n\tc\r\n\r\n"), "400", ""},
    {"two Hosts", BYTES(GET_KEY "Host: x\r\nHost: x\r\n\r\n"), "400", "one Host"},
    {"no Host", BYTES(GET_KEY KEY "\r\n"), "400", "one Host"},
    {"no header at all", BYTES(GET_KEY "\r\n"), "400", "one Host"},
    {"no Host on HTTP/1.0", BYTES("GET /openrouter/api/v1/key HTTP/1.0\r\n" KEY "\r\n"), "200", ""},
    {"two lengths", BYTES(POST_CHAT KEY "Content-Length: 65\r\nContent-Length: 65\r\n\r\n" CHAT),
     "400", "Content-Length"},
    {"length and coding",
     BYTES(POST_CHAT KEY "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "400",
     "together"},
    {"length below", BYTES(POST_CHAT KEY "Content-Length: -5\r\n\r\n"), "400", ""},
    {"length of words", BYTES(POST_CHAT KEY "Content-Length: five\r\n\r\n"), "400", ""},
    {"length with a sign", BYTES(POST_CHAT KEY "Content-Length: +65\r\n\r\n" CHAT), "400", ""},
    {"length and a word", BYTES(POST_CHAT KEY "Content-Length: 65x\r\n\r\n" CHAT), "400", ""},
    {"list of lengths", BYTES(POST_CHAT KEY "Content-Length: 65, 65\r\n\r\n" CHAT), "400", ""},
    {"unknown coding", BYTES(POST_CHAT KEY "Transfer-Encoding: gzip\r\n\r\n"), "400", ""},
    {"NUL", BYTES(GET_KEY "Host: x\r\nX-A: a\0b\r\n\r\n"), "400", ""},
    {"bare CR", BYTES(GET_KEY "Host: x\r\nX-A: a\rb\r\n\r\n"), "400", ""},
    {"no colon", BYTES(GET_KEY "Host: x\r\nX-A\r\n\r\n"), "400", ""},
    {"no HTTP", BYTES("hello\r\n\r\n"), "400", ""},
    {"HTTP/0.9", BYTES("GET /\r\n\r\n"), "400", ""},
    {"unknown method", BYTES("BREW /openrouter/api/v1/key HTTP/1.1\r\nHost: x\r\n\r\n"), "400", ""},
    {"chunked",
     BYTES(POST_CHAT KEY "Transfer-Encoding: chunked\r\n\r\n"
                         "5\r\n{\"mod\r\n3c\r\nel\":\"gpt-4o\",\"messages\":[{\"role\":"
                         "\"user\",\"content\":\"Hello\"}]}\r\n0\r\n\r\n"),
     "200 200", ""},
    {"broken chunk", BYTES(POST_CHAT KEY "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"), "400",
     ""},
    {"negative chunk", BYTES(POST_CHAT KEY "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n"), "400",
     ""},
    {"no such path", BYTES("GET /openrouter/x HTTP/1.1\r\nHost: x\r\n\r\n"), "404 200", ""},
    {"path that climbs", BYTES("GET /claude/../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"),
     "404 200", ""},
    {"method that is not for it",
     BYTES("DELETE /openrouter/api/v1/key HTTP/1.1\r\nHost: x\r\n\r\n"), "405 200",
     "Allow: GET, HEAD"},
    {"OPTIONS", BYTES("OPTIONS /openrouter/api/v1/key HTTP/1.1\r\nHost: x\r\n\r\n"), "204 200",
     "Allow: GET, HEAD, OPTIONS"},
    {"body of a GET",
     BYTES("GET /openrouter/api/v1/key HTTP/1.1\r\nHost: x\r\n" KEY
           "Content-Length: 5\r\n\r\nhello"),
     "200 200", ""},
};

static void framing_is_judged(void **state)
{
    struct server *server = *state;
    int bad = 0;

    for (size_t i = 0; i < COUNT(framings); i++) {
        char list[128], *text = exchanged(server, framings[i].bytes, framings[i].length);
        statuses(text, list, sizeof list);
        if (strcmp(list, framings[i].statuses) != 0 || !strstr(text, framings[i].says)) {
            print_error("%s: %s\n%s\n", framings[i].name, list, text);
            bad++;
        }
        free(text);
    }
    assert_int_equal(bad, 0);
}

/* `head`, then a header of `length` bytes, `count` times. */
static char *with_headers(const char *head, size_t count, size_t length)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = must(open_memstream(&text, &size));

    fputs(head, file);
    for (size_t i = 0; i < count; i++) {
        fprintf(file, "X-%zu: ", i);
        for (size_t n = 0; n < length; n++)
            fputc('x', file);
        fputs("\r\n", file);
    }
    fputs("\r\n", file);
    fclose(file);
    return must(text);
}

static void headers_have_limits(void **state)
{
    static const struct {
        const char *name;
        size_t count, length;
        const char *first; /* status, or how it begins */
    } rows[] = {
        {"62 more", 62, 1, "200"},  {"70 more", 70, 1, "400"},  {"a thousand more", 1000, 1, "400"},
        {"10 KB", 1, 10000, "200"}, {"20 KB", 1, 20000, "431"}, {"20 KB in parts", 20, 1000, "431"},
        {"80 KB", 1, 80000, "431"}, {"900 KB", 1, 900000, "4"},
    };
    struct server *server = *state;
    int bad = 0;

    for (size_t i = 0; i < COUNT(rows); i++) {
        char *bytes = with_headers(GET_KEY "Host: x\r\n" KEY, rows[i].count, rows[i].length);
        char list[128], *text = exchanged(server, bytes, strlen(bytes));
        statuses(text, list, sizeof list);
        /* A server that closes before it has read everything may take its answer with it. */
        bool gone = rows[i].length > 65536 && !*list;
        if (!gone && strncmp(list, rows[i].first, strlen(rows[i].first)) != 0) {
            print_error("%s: %s\n", rows[i].name, list);
            bad++;
        }
        free(bytes);
        free(text);
    }
    assert_int_equal(bad, 0);
}

/* A head that announces so many bytes, and as many blanks. */
static char *big_body(const char *head, size_t length)
{
    char *text = format_text("%sContent-Length: %zu\r\n\r\n", head, length);
    size_t used = strlen(text);
    char *all = must(realloc(text, used + length + 1));

    memset(all + used, ' ', length);
    all[used + length] = '\0';
    return all;
}

static void bodies_have_limits(void **state)
{
    static const struct {
        const char *name, *head;
        size_t announced, sent;
        const char *statuses;
    } rows[] = {
        {"too long", POST_CHAT KEY, 11000000, 11000000, "413"},
        {"too long, without a key", POST_CHAT, 11000000, 11000000, "401"},
        {"too long, held back", POST_CHAT KEY "Expect: 100-continue\r\n", 11000000, 0, "413"},
        {"large, without a key", POST_CHAT, 100000, 100000, "401"},
        {"held back, without a key", POST_CHAT "Expect: 100-continue\r\n", 65, 0, "401"},
        {"large", POST_CHAT KEY, 100000, 100000, "400 200"},
    };
    struct server *server = *state;
    int bad = 0;

    for (size_t i = 0; i < COUNT(rows); i++) {
        char list[128];
        char *bytes = big_body(rows[i].head, rows[i].announced);
        size_t head = (size_t)(strstr(bytes, "\r\n\r\n") - bytes) + 4;
        char *text = exchanged(server, bytes, head + rows[i].sent);
        statuses(text, list, sizeof list);
        if (strcmp(list, rows[i].statuses) != 0) {
            print_error("%s: %s\n", rows[i].name, list);
            bad++;
        }
        free(bytes);
        free(text);
    }
    assert_int_equal(bad, 0);
}

/* The body is sent only when it is asked for. */
static void body_is_asked_for(void **state)
{
    static const char head[] =
        POST_CHAT KEY "Expect: 100-continue\r\nContent-Length: 65\r\nConnection: close\r\n\r\n";
    static const char wanted[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct server *server = *state;
    char interim[sizeof wanted] = "";
    int fd = dial(server);

    assert_true(say(fd, head, sizeof head - 1));
    assert_int_equal(recv(fd, interim, sizeof wanted - 1, MSG_WAITALL), sizeof wanted - 1);
    assert_string_equal(interim, wanted);
    assert_true(say(fd, CHAT, sizeof CHAT - 1));
    char *text = hear(fd);
    assert_int_equal(strncmp(text, "HTTP/1.1 200", 12), 0);
    free(text);
    close(fd);
}

static void head_has_no_body(void **state)
{
    struct server *server = *state;
    int fd = dial(server);
    static const char ask[] =
        "HEAD /openrouter/api/v1/key HTTP/1.1\r\nHost: x\r\n" KEY "Connection: close\r\n\r\n";

    assert_true(say(fd, ask, sizeof ask - 1));
    char *text = hear(fd), *end = strstr(text, "\r\n\r\n");
    assert_int_equal(strncmp(text, "HTTP/1.1 200", 12), 0);
    assert_null(strstr(text, "Content-Length: 0\r\n"));
    assert_non_null(strstr(text, "Content-Length: "));
    assert_true(end && end[4] == '\0');
    free(text);
    close(fd);
}

/* A client that goes away in the middle of things must not matter to the next. */
static void clients_may_leave(void **state)
{
    static const char *const halves[] = {
        "",
        "GET",
        GET_KEY,
        GET_KEY "Host: x\r\n",
        POST_CHAT KEY "Content-Length: 65\r\n\r\n",
        POST_CHAT KEY "Content-Length: 65\r\n\r\n{\"model\":",
        POST_CHAT KEY "Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        POST_CHAT KEY "Expect: 100-continue\r\nContent-Length: 65\r\n\r\n",
    };
    struct server *server = *state;

    for (size_t i = 0; i < COUNT(halves) * 2; i++) {
        int fd = dial(server);
        say(fd, halves[i / 2], strlen(halves[i / 2]));
        if (i % 2) {
            shutdown(fd, SHUT_WR);
            free(hear(fd));
        }
        close(fd);
    }
    char list[64], *text = exchanged(server, BYTES(MORE));
    statuses(text, list, sizeof list);
    assert_string_equal(list, "200 200");
    free(text);
}

static void control_token_is_wanted(void **state)
{
    struct server *server = server_new("open sesame");
    char list[64];

    (void)state;
    char *text = exchanged(server, BYTES("GET /_gatemark/journal HTTP/1.1\r\nHost: x\r\n"
                                         "Authorization: Bearer open sesame\r\n\r\n"
                                         "GET /_gatemark/journal HTTP/1.1\r\nHost: x\r\n"
                                         "Authorization: Bearer close sesame\r\n\r\n" MORE
                                         "POST /_gatemark/reset HTTP/1.1\r\nHost: x\r\n\r\n"));
    statuses(text, list, sizeof list);
    assert_string_equal(list, "200 401 401 401 401");
    assert_null(strstr(text, "sesame"));
    free(text);
    server_stop(server);
}

static void bad_addresses_are_told(void **state)
{
    static const struct {
        const char *name, *listen, *says;
    } rows[] = {
        {"empty", "", "expected ADDR:PORT"},
        {"no port", "127.0.0.1", "expected ADDR:PORT"},
        {"empty port", "127.0.0.1:", "0 to 65535"},
        {"port of words", "127.0.0.1:http", "0 to 65535"},
        {"port too high", "127.0.0.9:65536", "0 to 65535"},
        {"port far too high", "127.0.0.9:99999999999999999999", "0 to 65535"},
        {"port below", "127.0.0.1:-1", "0 to 65535"},
        {"port and more", "127.0.0.9:80,81", "0 to 65535"},
        {"name", "example.test:0", "numeric address"},
        {"half an address", "127.0.0:0", "numeric address"},
        {"open brackets", "[::1:0", "numeric address"},
        {"no brackets", "::1:0", "numeric address"},
        {"long", "0123456789012345678901234567890123456789012345678901234567890123456789:0",
         "expected ADDR:PORT"},
        {"everybody", "0.0.0.0:0", "--control-token"},
        {"everybody by IPv6", "[::]:0", "--control-token"},
        {"an address of nobody here", "192.0.2.1:0", "--control-token"},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct server_options options = server_defaults();
        struct problem problem = {0};
        options.listen = rows[i].listen;
        struct server *server = server_start(&options, &problem);
        if (server || !strstr(problem.text, rows[i].says)) {
            print_error("%s: %s\n", rows[i].name, problem.text);
            server_stop(server);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void port_in_use_is_told(void **state)
{
    struct server *server = *state;
    struct server_options options = server_defaults();
    struct problem problem = {0};
    char *listen = format_text("127.0.0.1:%d", server_port(server));

    options.listen = listen;
    assert_null(server_start(&options, &problem));
    assert_non_null(strstr(problem.text, "in use"));
    server_stop(NULL);
    free(listen);
}

static void address_of_nobody_is_told(void **state)
{
    struct server_options options = server_defaults();
    struct problem problem = {0};

    (void)state;
    options.listen = "192.0.2.1:0";
    options.control_token = "token";
    assert_null(server_start(&options, &problem));
    assert_non_null(strstr(problem.text, "cannot listen on 192.0.2.1:0: "));
}

static int server_begin(void **state)
{
    *state = server_new(NULL);
    return 0;
}

static int server_end(void **state)
{
    server_stop(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(framing_is_judged),       cmocka_unit_test(headers_have_limits),
        cmocka_unit_test(bodies_have_limits),      cmocka_unit_test(body_is_asked_for),
        cmocka_unit_test(head_has_no_body),        cmocka_unit_test(clients_may_leave),
        cmocka_unit_test(control_token_is_wanted), cmocka_unit_test(bad_addresses_are_told),
        cmocka_unit_test(port_in_use_is_told),     cmocka_unit_test(address_of_nobody_is_told),
    };

    return cmocka_run_group_tests(tests, server_begin, server_end);
}
