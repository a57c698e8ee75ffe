#include "suites/client.h"

#include "fixtures/fixture.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum { TIMEOUT_MS = 10000, ANSWER_LIMIT_BYTES = 8 << 20 };

/* A request body read once; `text` is what is sent when no model is put in. */
struct fixture {
    char *name, *text;
    json_t *json;
    struct fixture *next;
};

/* One easy handle, whose cache holds the kept-alive connection. Used by one thread. */
struct client {
    CURL *easy;
    struct fixture *fixtures;
    struct memory *memories;
    char error[CURL_ERROR_SIZE];
};

struct memory {
    const struct route *route;
    enum known known;
    struct memory *next;
};

/* An answer as it comes in. */
struct arrival {
    struct fields headers;
    char *body;
    size_t length, room;
};

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *out)
{
    struct arrival *arrival = out;
    size_t more = size * count;

    if (arrival->length + more > ANSWER_LIMIT_BYTES)
        return 0;
    if (arrival->length + more + 1 > arrival->room) {
        arrival->room = 2 * (arrival->length + more) + 1024;
        arrival->body = must(realloc(arrival->body, arrival->room));
    }
    memcpy(arrival->body + arrival->length, bytes, more);
    arrival->length += more;
    arrival->body[arrival->length] = '\0';
    return more;
}

/* A new status line starts over: what came before was an interim answer. */
static size_t take_header(char *bytes, size_t size, size_t count, void *out)
{
    struct arrival *arrival = out;
    char *line = must(strndup(bytes, size * count));
    char *colon = strchr(line, ':');

    line[strcspn(line, "\r\n")] = '\0';
    if (strncmp(line, "HTTP/", 5) == 0) {
        fields_close(&arrival->headers);
    } else if (colon) {
        char *value = colon + 1 + strspn(colon + 1, " \t");
        size_t length = strlen(value);
        while (length > 0 && strchr(" \t", value[length - 1]))
            value[--length] = '\0';
        *colon = '\0';
        fields_add(&arrival->headers, line, value);
    }
    free(line);
    return size * count;
}

static void set_constants(struct client *client)
{
    CURL *easy = client->easy;

    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, client->error);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)TIMEOUT_MS);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "gatemark");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
}

struct client *client_new(void)
{
    struct client *client = must(calloc(1, sizeof *client));

    client->easy = must(curl_easy_init());
    set_constants(client);
    return client;
}

void client_free(struct client *client)
{
    if (!client)
        return;
    while (client->fixtures) {
        struct fixture *next = client->fixtures->next;
        free(client->fixtures->name);
        free(client->fixtures->text);
        json_decref(client->fixtures->json);
        free(client->fixtures);
        client->fixtures = next;
    }
    while (client->memories) {
        struct memory *next = client->memories->next;
        free(client->memories);
        client->memories = next;
    }
    curl_easy_cleanup(client->easy);
    free(client);
}

enum known *client_memory(struct client *client, const struct route *route)
{
    struct memory *memory = client->memories;

    while (memory && memory->route != route)
        memory = memory->next;
    if (!memory) {
        memory = must(calloc(1, sizeof *memory));
        memory->route = route;
        memory->next = client->memories;
        client->memories = memory;
    }
    return &memory->known;
}

static const struct fixture *fixture_of(struct client *client, const char *name)
{
    struct problem problem = {{0}};
    char path[128];

    for (const struct fixture *known = client->fixtures; known; known = known->next)
        if (strcmp(known->name, name) == 0)
            return known;
    snprintf(path, sizeof path, "requests/%s.json", name);
    json_t *json = fixture_load(path, &problem);
    if (!json) {
        fprintf(stderr, "gatemark: %s\n", problem.text);
        exit(4);
    }
    struct fixture *fixture = must(calloc(1, sizeof *fixture));
    fixture->name = copy_text(name);
    fixture->json = json;
    fixture->text = must(json_dumps(json, JSON_COMPACT));
    fixture->next = client->fixtures;
    client->fixtures = fixture;
    return fixture;
}

char *client_fixture(struct client *client, const char *name, const char *model)
{
    const struct fixture *fixture = fixture_of(client, name);

    if (!model || !json_object_get(fixture->json, "model"))
        return copy_text(fixture->text);
    json_t *changed = json_copy(fixture->json);
    json_object_set_new(changed, "model", json_string(model));
    char *text = must(json_dumps(changed, JSON_COMPACT));
    json_decref(changed);
    return text;
}

/* curl wants "Name;" where a header is to be sent with an empty value. */
static struct curl_slist *header_lines(const struct fields *fields)
{
    struct curl_slist *lines = NULL;

    for (size_t i = 0; i < fields->count; i++) {
        const char *value = fields->items[i].value;
        bool blank = value[strspn(value, " \t")] == '\0';
        char *line = blank ? format_text("%s;", fields->items[i].name)
                           : format_text("%s: %s", fields->items[i].name, value);
        lines = must(curl_slist_append(lines, line));
        free(line);
    }
    return must(curl_slist_append(lines, "Expect:")); /* or large bodies would wait for a 100 */
}

static void set_request(CURL *easy, const char *method, const char *body, size_t length)
{
    curl_easy_setopt(easy, CURLOPT_NOBODY, 0L);
    if (body) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
    } else {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method);
    if (strcmp(method, "HEAD") == 0)
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
}

/* A proxy of the environment is for the world, not for the mock on this machine. */
static void set_place(CURL *easy, const char *url, bool new_connection)
{
    bool here = strncmp(url, "http://127.", 11) == 0 || strncmp(url, "http://localhost", 16) == 0 ||
                strncmp(url, "http://[::1]", 12) == 0;

    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PROXY, here ? "" : NULL);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, (long)new_connection);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, (long)new_connection);
}

static int perform(struct client *client, struct arrival *arrival, struct curl_slist *lines,
                   char *problem, size_t size)
{
    long status = 0;

    client->error[0] = '\0';
    curl_easy_setopt(client->easy, CURLOPT_HTTPHEADER, lines);
    curl_easy_setopt(client->easy, CURLOPT_WRITEDATA, arrival);
    curl_easy_setopt(client->easy, CURLOPT_HEADERDATA, arrival);
    CURLcode code = curl_easy_perform(client->easy);
    if (code == CURLE_OK)
        curl_easy_getinfo(client->easy, CURLINFO_RESPONSE_CODE, &status);
    else if (arrival->length > 0 && code == CURLE_WRITE_ERROR)
        snprintf(problem, size, "the answer is longer than 8 MiB");
    else
        snprintf(problem, size, "%s", client->error[0] ? client->error : curl_easy_strerror(code));
    return (int)status;
}

const struct exchange *check_attempt(struct check *check, struct attempt attempt)
{
    struct client *client = check->target->client;
    struct exchange *x = check_prepare(check, &attempt);
    struct arrival arrival = {0};

    if (!check_may_send(check))
        return x;
    struct curl_slist *lines = header_lines(&x->request_headers);
    set_place(client->easy, x->url, attempt.new_connection);
    set_request(client->easy, x->method, x->request_body, x->request_length);
    int64_t start_ns = now_ns();
    x->status = perform(client, &arrival, lines, x->problem, sizeof x->problem);
    x->took_ns = now_ns() - start_ns;
    x->response_headers = arrival.headers;
    if (arrival.body) {
        free(x->response_body);
        x->response_body = arrival.body;
        x->response_length = arrival.length;
        x->json = json_loadb(arrival.body, arrival.length, JSON_DECODE_ANY, NULL);
    }
    curl_slist_free_all(lines);
    if (x->status == 0)
        check_found(check, UNTESTABLE, x, "no answer from %s: %s", x->url, x->problem);
    return x;
}

json_t *client_call(struct client *client, const char *method, const char *url, const char *token,
                    const json_t *body, int *status, struct problem *problem)
{
    struct arrival arrival = {0};
    struct fields headers = {0};
    char why[256] = "", *text = body ? must(json_dumps(body, JSON_COMPACT)) : NULL;
    char *bearer = token ? format_text("Bearer %s", token) : NULL;
    json_t *answer = NULL;

    if (bearer)
        fields_add(&headers, "Authorization", bearer);
    if (text)
        fields_add(&headers, "Content-Type", "application/json");
    struct curl_slist *lines = header_lines(&headers);
    set_place(client->easy, url, false);
    set_request(client->easy, method, text, text ? strlen(text) : 0);
    *status = perform(client, &arrival, lines, why, sizeof why);
    if (*status == 0)
        problem_set(problem, "no answer from %s: %s", url, why);
    else if (!(answer = json_loadb(arrival.body ? arrival.body : "", arrival.length, 0, NULL)))
        problem_set(problem, "%s answered %d with something other than JSON", url, *status);
    curl_slist_free_all(lines);
    fields_close(&headers);
    fields_close(&arrival.headers);
    free(arrival.body);
    free(bearer);
    free(text);
    return answer;
}
