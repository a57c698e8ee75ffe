/* Streams over real sockets: how they are framed, when they come, and who may leave meanwhile. */
#include "mock/server.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define KEY                                                                                        \
    "Authorization: Bearer "                                                                       \
    "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\r\n"
#define TARGET "POST /openrouter/api/v1/chat/completions "
#define BODY                                                                                       \
    "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":"          \
    "\"Say a, b and c\"}]}"
#define ASK(version) TARGET version "\r\nHost: x\r\n" KEY "Content-Length: 88\r\n\r\n" BODY
#define HEALTH "GET /_gatemark/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
#define RESET                                                                                      \
    "POST /_gatemark/reset HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

enum { ANSWER_BYTES = 1 << 16, TOKENS = 4 };

_Static_assert(sizeof BODY - 1 == 88, "Content-Length says how long the body is");

static struct server *server_new(const char *pace, int threads)
{
    struct server_options options = server_defaults();
    struct problem problem = {0};

    options.listen = "127.0.0.1:0";
    options.clock = "virtual";
    options.pace = pace;
    options.threads = threads;
    struct server *server = server_start(&options, &problem);
    if (!server)
        fail_msg("%s", problem.text);
    return server;
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A connection that has asked. */
static int ask(const struct server *server, const char *bytes)
{
    struct sockaddr_in name = {.sin_family = AF_INET,
                               .sin_port = htons((uint16_t)server_port(server))};
    const struct timeval patience = {.tv_sec = 20};

    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    assert_int_equal(connect(fd, (const struct sockaddr *)&name, sizeof name), 0);
    assert_int_equal(send(fd, bytes, strlen(bytes), MSG_NOSIGNAL), strlen(bytes));
    return fd;
}

/* What comes until `end` has, or until the other side closes; to be freed. */
static char *hear_until(int fd, const char *end)
{
    char *text = must(calloc(1, ANSWER_BYTES));
    size_t used = 0;
    ssize_t n;

    while (used < ANSWER_BYTES - 1 && !(end && strstr(text, end)) &&
           (n = recv(fd, text + used, ANSWER_BYTES - 1 - used, 0)) > 0)
        used += (size_t)n;
    return text;
}

/* Walks the chunks: each holds one event and says its own length. How many there are. */
static size_t chunks_of(const char *at)
{
    size_t count = 0;

    for (;;) {
        char *end = NULL;
        size_t length = strtoul(at, &end, 16);
        assert_int_equal(strncmp(end, "\r\n", 2), 0);
        if (length == 0) {
            assert_string_equal(end, "\r\n\r\n");
            return count;
        }
        end += 2;
        assert_true(strlen(end) > length + 2);
        assert_int_equal(strncmp(end + length - 2, "\n\n\r\n", 4), 0);
        at = end + length + 2;
        count++;
    }
}

static void each_event_is_a_chunk(void **state)
{
    struct server *server = server_new(NULL, 4);
    int fd = ask(server, ASK("HTTP/1.1"));
    char *text = hear_until(fd, "\r\n0\r\n\r\n"), *body = must(strstr(text, "\r\n\r\n"));

    (void)state;
    assert_non_null(strstr(text, "Content-Type: text/event-stream"));
    assert_non_null(strstr(text, "Transfer-Encoding: chunked\r\n"));
    assert_null(strstr(text, "Content-Length"));
    assert_int_equal(chunks_of(body + 4), 1 + 1 + TOKENS + 1 + 1 + 1);
    free(text);
    /* The connection serves on. */
    assert_true(send(fd, HEALTH, sizeof HEALTH - 1, MSG_NOSIGNAL) > 0);
    text = hear_until(fd, NULL);
    assert_int_equal(strncmp(text, "HTTP/1.1 200", 12), 0);
    free(text);
    close(fd);
    server_stop(server);
}

static void old_clients_get_no_chunks(void **state)
{
    struct server *server = server_new(NULL, 4);
    int fd = ask(server, ASK("HTTP/1.0"));
    char *text = hear_until(fd, NULL), *body = must(strstr(text, "\r\n\r\n"));

    (void)state;
    assert_null(strstr(text, "Transfer-Encoding"));
    assert_non_null(strstr(text, "Connection: close\r\n"));
    assert_int_equal(strncmp(body + 4, ": OPENROUTER PROCESSING\n\ndata: {", 31), 0);
    assert_string_equal(text + strlen(text) - 14, "data: [DONE]\n\n");
    free(text);
    close(fd);
    server_stop(server);
}

/* How long it takes until this has come. */
static int64_t ms_until(const struct server *server, const char *end)
{
    int64_t start_ms = now_ms();
    int fd = ask(server, ASK("HTTP/1.1"));

    free(hear_until(fd, end));
    close(fd);
    return now_ms() - start_ms;
}

static void nothing_comes_before_it_is_due(void **state)
{
    struct server *server = server_new("ttft=120ms,gap=40ms", 4);

    (void)state;
    assert_in_range(ms_until(server, "data: "), 120, 15000);
    assert_in_range(ms_until(server, "[DONE]"), 120 + 40 * (TOKENS - 1), 15000);
    server_stop(server);
}

/* A stream of 100 tokens. */
static int ask_at_length(const struct server *server)
{
    char words[401];

    memset(words, 'a', sizeof words - 1);
    words[sizeof words - 1] = '\0';
    char *body =
        format_text("{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\","
                    "\"content\":\"%s\"}]}",
                    words);
    char *all = format_text(TARGET "HTTP/1.1\r\nHost: x\r\n" KEY "Content-Length: %zu\r\n\r\n%s",
                            strlen(body), body);
    int fd = ask(server, all);
    free(body);
    free(all);
    return fd;
}

/* The one thread that serves is free again long before the 50 seconds of the stream are over: the
 * next client would not wait that long. */
static void a_client_may_leave(void **state)
{
    struct server *server = server_new("gap=500ms", 1);
    int fd = ask_at_length(server);
    const struct linger reset = {.l_onoff = 1};

    (void)state;
    free(hear_until(fd, "data: "));
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    close(fd);
    fd = ask(server, HEALTH);
    char *text = hear_until(fd, NULL);
    assert_int_equal(strncmp(text, "HTTP/1.1 200", 12), 0);
    free(text);
    close(fd);
    server_stop(server);
}

static void a_stream_holds_no_lock(void **state)
{
    struct server *server = server_new("gap=600s", 4);
    int fd = ask(server, ASK("HTTP/1.1"));

    (void)state;
    free(hear_until(fd, "data: "));
    int other = ask(server, RESET); /* wants everything for itself */
    char *text = hear_until(other, NULL);
    assert_int_equal(strncmp(text, "HTTP/1.1 200", 12), 0);
    free(text);
    close(other);
    close(fd);
    server_stop(server); /* nor does it keep the server from stopping */
}

static void bad_paces_are_told(void **state)
{
    struct server_options options = server_defaults();
    struct problem problem = {0};

    (void)state;
    options.listen = "127.0.0.1:0";
    options.pace = "quickly";
    assert_null(server_start(&options, &problem));
    assert_non_null(strstr(problem.text, "--pace \"quickly\": expected ttft"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_event_is_a_chunk),
        cmocka_unit_test(old_clients_get_no_chunks),
        cmocka_unit_test(nothing_comes_before_it_is_due),
        cmocka_unit_test(a_client_may_leave),
        cmocka_unit_test(a_stream_holds_no_lock),
        cmocka_unit_test(bad_paces_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
