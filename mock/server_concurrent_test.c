/* Many threads at once, by calls and by sockets: counts are exact, ids unique, nothing races. */
#include "mock/mock.h"
#include "mock/server.h"

#include <arpa/inet.h>
#include <pthread.h>
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

#define LIMITED "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"
#define VALID "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"
#define MANAGEMENT "lr_mgmt_676174656d61726b2d6d616e6167652d676174656d61726b"

enum { THREADS = 8, CALLS = 50 };

/* What one thread does, and what came of it. */
struct worker {
    pthread_t thread;
    struct mock *mock;
    int port, number;
    int admitted, limited, other;
    char ids[CALLS][32];
};

/* Status of one request; its id goes into `id`. */
static int ask(struct mock *mock, const char *method, const char *path, const char *key,
               const char *body, char id[32])
{
    char bearer[160];
    struct response response = {0};

    snprintf(bearer, sizeof bearer, "Bearer %s", key);
    const struct header header = {"Authorization", bearer};
    const struct request request = {.method = method,
                                    .path = path,
                                    .query = "",
                                    .headers = &header,
                                    .header_count = 1,
                                    .body = body,
                                    .body_length = strlen(body)};
    mock_answer(mock, &request, clock_now_ms(&mock->clock), &response);
    if (id)
        snprintf(id, 32, "%s", response_header_find(&response, "X-Gatemark-Id"));
    int status = response.status;
    response_close(&response);
    return status;
}

static void *use_limited_key(void *data)
{
    struct worker *worker = data;

    for (int i = 0; i < CALLS; i++) {
        int status =
            ask(worker->mock, "GET", "/openrouter/api/v1/key", LIMITED, "", worker->ids[i]);
        worker->admitted += status == 200;
        worker->limited += status == 429;
        worker->other += status != 200 && status != 429;
    }
    return NULL;
}

static struct mock *mock_new(void)
{
    const struct mock_options options = {.clock = "virtual", .seed = 1};
    struct problem problem = {0};
    struct mock *mock = must(malloc(sizeof *mock));

    if (!mock_open(mock, &options, &problem))
        fail_msg("%s", problem.text);
    return mock;
}

static void run(struct worker *workers, void *(*work)(void *))
{
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(workers[i].thread, NULL);
}

static int by_text(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static void ids_are_unique(struct worker *workers)
{
    const char **ids = must(calloc(THREADS * CALLS, sizeof *ids));

    for (int i = 0; i < THREADS * CALLS; i++)
        ids[i] = workers[i / CALLS].ids[i % CALLS];
    qsort(ids, THREADS * CALLS, sizeof *ids, by_text);
    for (int i = 1; i < THREADS * CALLS; i++)
        assert_string_not_equal(ids[i], ids[i - 1]);
    free(ids);
}

/* The key has room for five a minute. */
static void exactly_as_many_are_admitted_as_there_is_room_for(void **state)
{
    struct worker *workers = must(calloc(THREADS, sizeof *workers));
    struct mock *mock = mock_new();

    (void)state;
    for (int round = 0; round < 3; round++) {
        int admitted = 0, limited = 0;
        for (int i = 0; i < THREADS; i++)
            workers[i] = (struct worker){.mock = mock};
        run(workers, use_limited_key);
        for (int i = 0; i < THREADS; i++) {
            admitted += workers[i].admitted;
            limited += workers[i].limited;
        }
        assert_int_equal(admitted, 5);
        assert_int_equal(limited, THREADS * CALLS - 5);
        ids_are_unique(workers);
        assert_true(clock_advance(&mock->clock, 60));
    }
    mock_close(mock);
    free(mock);
    free(workers);
}

static void *disturb(void *data)
{
    static const struct {
        const char *method, *path, *key, *body;
    } acts[] = {
        {"POST", "/openrouter/api/v1/chat/completions", VALID,
         "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"},
        {"POST", "/arouter/api/v1/keys", MANAGEMENT, "{\"name\":\"one\",\"limit\":1}"},
        {"GET", "/arouter/api/v1/keys", MANAGEMENT, ""},
        {"POST", "/_gatemark/credentials", "", "{\"gateway\":\"claude\",\"spent\":0.5}"},
        {"GET", "/_gatemark/journal", "", ""},
        {"POST", "/_gatemark/clock", "", "{\"advance_seconds\":1}"},
        {"GET", "/_gatemark/credentials", "", ""},
        {"POST", "/clawdrouter/v1/video/generations", "sk-gatemark-test-clawdrouter-valid-0001",
         "{\"model\":\"veo-3.1-fast-generate-001\",\"prompt\":\"a bird\"}"},
        {"POST", "/_gatemark/reset", "", ""},
        {"GET", "/openrouter/api/v1/models", "", ""},
    };
    struct worker *worker = data;

    for (int i = 0; i < CALLS; i++) {
        size_t act = (size_t)(i + worker->number) % COUNT(acts);
        int status = ask(worker->mock, acts[act].method, acts[act].path, acts[act].key,
                         acts[act].body, NULL);
        worker->admitted += status < 300;
        worker->other += status >= 300;
    }
    return NULL;
}

static void state_changes_beside_traffic(void **state)
{
    struct worker *workers = must(calloc(THREADS, sizeof *workers));
    struct mock *mock = mock_new();

    (void)state;
    for (int i = 0; i < THREADS; i++)
        workers[i] = (struct worker){.mock = mock, .number = i};
    run(workers, disturb);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(workers[i].other, 0);
    mock_close(mock);
    free(mock);
    free(workers);
}

/* Keys made, changed and deleted by one thread each; a deleted one lets nobody in. */
static void *live_a_key(void *data)
{
    struct worker *worker = data;
    char bearer[] = "Bearer " MANAGEMENT, path[160];
    const struct header header = {"Authorization", bearer};
    static const char body[] = "{\"name\":\"one\"}";

    for (int i = 0; i < CALLS; i++) {
        const struct request request = {.method = "POST",
                                        .path = "/arouter/api/v1/keys",
                                        .query = "",
                                        .headers = &header,
                                        .header_count = 1,
                                        .body = body,
                                        .body_length = sizeof body - 1};
        struct response response = {0};
        mock_answer(worker->mock, &request, 1736937000000, &response);
        const char *key = json_string_value(json_object_get(response.body, "key"));
        const json_t *made = json_object_get(response.body, "data");
        snprintf(path, sizeof path, "/arouter/api/v1/keys/%s",
                 json_string_value(json_object_get(made, "hash")));
        static const char chat[] =
            "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        bool good =
            ask(worker->mock, "POST", "/arouter/v1/chat/completions", key, chat, NULL) == 200 &&
            ask(worker->mock, "PATCH", path, MANAGEMENT, "{\"disabled\":true}", NULL) == 200 &&
            ask(worker->mock, "POST", "/arouter/v1/chat/completions", key, chat, NULL) == 401 &&
            ask(worker->mock, "DELETE", path, MANAGEMENT, "", NULL) == 200 &&
            ask(worker->mock, "DELETE", path, MANAGEMENT, "", NULL) == 404;
        worker->other += !good;
        response_close(&response);
    }
    return NULL;
}

static void keys_live_beside_each_other(void **state)
{
    struct worker *workers = must(calloc(THREADS, sizeof *workers));
    struct mock *mock = mock_new();

    (void)state;
    for (int i = 0; i < THREADS; i++)
        workers[i] = (struct worker){.mock = mock, .number = i};
    run(workers, live_a_key);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(workers[i].other, 0);
    mock_close(mock);
    free(mock);
    free(workers);
}

/* One connection, one request after another. */
static void *use_socket(void *data)
{
    static const char text[] = "GET /openrouter/api/v1/key HTTP/1.1\r\nHost: x\r\n"
                               "Authorization: Bearer " LIMITED "\r\n\r\n";
    struct worker *worker = data;
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((uint16_t)worker->port)};
    const struct timeval patience = {.tv_sec = 20};
    char answer[4096];

    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(fd, (const struct sockaddr *)&name, sizeof name) != 0)
        worker->other++;
    for (int i = 0; i < CALLS && !worker->other; i++) {
        size_t used = 0;
        ssize_t n;
        if (send(fd, text, sizeof text - 1, MSG_NOSIGNAL) < 0)
            worker->other++;
        /* Every body here ends with the one brace that follows another. */
        answer[0] = '\0';
        while (!strstr(answer, "}}") &&
               (n = recv(fd, answer + used, sizeof answer - 1 - used, 0)) > 0) {
            used += (size_t)n;
            answer[used] = '\0';
        }
        worker->admitted += strncmp(answer, "HTTP/1.1 200", 12) == 0;
        worker->limited += strncmp(answer, "HTTP/1.1 429", 12) == 0;
    }
    close(fd);
    return NULL;
}

static void sockets_share_the_room(void **state)
{
    struct worker *workers = must(calloc(THREADS, sizeof *workers));
    struct server_options options = server_defaults();
    struct problem problem = {0};
    int admitted = 0, limited = 0;

    (void)state;
    options.listen = "127.0.0.1:0";
    options.clock = "virtual";
    struct server *server = server_start(&options, &problem);
    if (!server)
        fail_msg("%s", problem.text);
    for (int i = 0; i < THREADS; i++)
        workers[i] = (struct worker){.port = server_port(server)};
    run(workers, use_socket);
    server_stop(server);
    for (int i = 0; i < THREADS; i++) {
        admitted += workers[i].admitted;
        limited += workers[i].limited;
        assert_int_equal(workers[i].other, 0);
    }
    assert_int_equal(admitted, 5);
    assert_int_equal(limited, THREADS * CALLS - 5);
    free(workers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exactly_as_many_are_admitted_as_there_is_room_for),
        cmocka_unit_test(state_changes_beside_traffic),
        cmocka_unit_test(keys_live_beside_each_other),
        cmocka_unit_test(sockets_share_the_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
