#include "mock/server.h"

#include "mock/mock.h"

#include <arpa/inet.h>
#include <civetweb.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    EARLY_BODY_BYTES = 64 << 10, /* longer bodies are read only when they are wanted */
    DRAIN_BYTES = 64 << 20, /* of an unwanted one, so that the client gets to read the answer */
    NUDGES = 20,            /* when stopping */
    HEAD_BYTES = 96 << 10,  /* of a request line and its header fields: more than any gateway takes,
                               so that the gateway's own words refuse it */
    NAP_MS = 100,           /* how long a stream may wait before it looks whether to stop */
};

/* An address with a port, as the user gave it. */
struct address {
    char host[64]; /* numeric; brackets around IPv6 */
    int port;
    bool loopback;
    struct sockaddr_storage name; /* the same for the kernel */
    socklen_t name_length;
};

struct server {
    struct mock mock;
    struct mg_context *context;
    struct address address; /* with the port that was really bound */
    char url[128];
    atomic_bool stopping; /* streams end where they are */
};

struct server_options server_defaults(void)
{
    return (struct server_options){
        .listen = "127.0.0.1:8080", .clock = "real", .seed = 1, .threads = 256};
}

/* A body as it arrives. Owned by serve(). */
struct body {
    char *bytes;
    size_t length;
    bool cut;
};

/* Reads up to `limit` bytes; one more is one too many. */
static void body_read(struct mg_connection *connection, size_t limit, struct body *body)
{
    FILE *sink = must(open_memstream(&body->bytes, &body->length));
    char chunk[8192];
    size_t total = 0;
    int n;

    while (total <= limit && (n = mg_read(connection, chunk, sizeof chunk)) > 0) {
        fwrite(chunk, 1, (size_t)n, sink);
        total += (size_t)n;
    }
    fclose(sink);
    body->cut = total > limit;
}

static void body_drain(struct mg_connection *connection)
{
    char chunk[8192];
    int n;

    for (size_t total = 0; total < DRAIN_BYTES; total += (size_t)n)
        if ((n = mg_read(connection, chunk, sizeof chunk)) <= 0)
            return;
}

/* CivetWeb has cut the buffer that it read into pieces, by NULs; the pointers it gives still lie in
 * it. A space before a colon leaves one NUL more between name and value than there would be. */
static bool space_before_colon(const struct mg_header *header)
{
    const char *colon = header->name + strlen(header->name) + 1;

    return *colon == '\0' && header->value > colon;
}

/* It stops at a line that begins with a blank (obs-fold), and at its 64th field, without a word;
 * what it left lies behind the last value. */
static const char *left_over(const struct mg_request_info *info)
{
    if (info->num_headers == 0)
        return NULL;
    const char *at = info->http_headers[info->num_headers - 1].value;
    at += strlen(at);
    for (int nuls = 0; *at == '\0' && nuls < 2; nuls++)
        at++;
    if (*at == ' ' || *at == '\t')
        return "a header line is folded (RFC 9112 5.2)";
    if (info->num_headers == MG_MAX_HEADERS && *at != '\r' && *at != '\n')
        return "there are more than 64 header fields";
    return NULL;
}

/* CivetWeb reads +5, 5x and "5, 5" as 5, where another server on the way may not. */
static bool is_length(const char *value)
{
    size_t digits = strspn(value, "0123456789");

    return digits > 0 && value[digits + strspn(value + digits, " \t")] == '\0';
}

/* What RFC 9112 demands and CivetWeb lets pass; NULL when nothing is wrong. */
static const char *framing_fault(const struct mg_request_info *info, bool *last)
{
    int hosts = 0, lengths = 0, codings = 0;

    for (int i = 0; i < info->num_headers; i++) {
        const struct mg_header *header = &info->http_headers[i];
        if (space_before_colon(header))
            return "a space stands before a header's colon (RFC 9112 5.1)";
        hosts += strcasecmp(header->name, "Host") == 0;
        if (strcasecmp(header->name, "Content-Length") == 0) {
            lengths++;
            if (!is_length(header->value))
                return "Content-Length is no number (RFC 9112 6.3)";
        }
        codings += strcasecmp(header->name, "Transfer-Encoding") == 0;
    }
    const char *left = left_over(info);
    if (left)
        return left;
    if (hosts > 1 || (hosts == 0 && strcmp(info->http_version, "1.1") == 0))
        return "HTTP/1.1 wants exactly one Host (RFC 9112 3.2)";
    if (lengths > 1)
        return "Content-Length came more than once (RFC 9112 6.3)";
    if (lengths && codings) {
        *last = true;
        return "Content-Length and Transfer-Encoding came together (RFC 9112 6.1)";
    }
    return NULL;
}

/* The field's value without the blanks at its end (RFC 9110 5.5), cut off in CivetWeb's own buffer.
 */
static const char *trimmed(const char *value)
{
    char *end = (char *)value + strlen(value);

    while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
        *--end = '\0';
    return value;
}

/* CivetWeb decodes the path where it lies, before its query and the version: is it still as long,
 * and what it was resolved to? */
static bool path_is_plain(const struct mg_request_info *info)
{
    static const char between[] = " HTTP/";

    if (!info->request_uri || !info->local_uri || !info->http_version)
        return false;
    size_t sent = (size_t)(info->http_version - info->request_uri) - (sizeof between - 1);
    size_t query = info->query_string ? strlen(info->query_string) + 1 : 0;
    return sent == strlen(info->request_uri) + query &&
           strcmp(info->request_uri, info->local_uri) == 0;
}

/* How many blanks stand around the value, but for the usual one before it. */
static size_t blanks_around(const struct mg_header *header)
{
    const char *colon = header->name + strlen(header->name);
    size_t before = (size_t)(header->value - colon) - 1, length = strlen(header->value), after = 0;

    while (after < length && strchr(" \t", header->value[length - 1 - after]))
        after++;
    return after + (before > 0 ? before - 1 : 0);
}

static void request_fill(const struct mg_request_info *info, struct header *headers,
                         struct request *request)
{
    size_t bytes = 0, blanks = 0;

    for (int i = 0; i < info->num_headers; i++) {
        const struct mg_header *header = &info->http_headers[i];
        blanks += blanks_around(header);
        headers[i] = (struct header){header->name, trimmed(header->value)};
        bytes += strlen(headers[i].name) + strlen(headers[i].value) + 4;
    }
    *request = (struct request){
        .method = info->request_method,
        .path = info->local_uri ? info->local_uri : "/",
        .plain_path = path_is_plain(info),
        .query = info->query_string ? info->query_string : "",
        .headers = headers,
        .header_count = (size_t)info->num_headers,
        .header_bytes = bytes,
        .blanks = blanks,
    };
}

static bool expects_continue(const struct request *request)
{
    const char *value = request_header(request, "Expect");

    return value && strcasecmp(value, "100-continue") == 0;
}

/* Reads the body if the mock is going to look at it; what is not read is drained. */
static void take_body(struct mg_connection *connection, struct mock *mock, int64_t now_ms,
                      struct request *request, struct body *body)
{
    long long announced = mg_get_request_info(connection)->content_length;
    size_t limit = mock_body_limit(mock, request->path);
    bool held_back = expects_continue(request);

    request->body_cut = announced > (long long)limit;
    if (request->body_cut || held_back || announced > EARLY_BODY_BYTES) {
        struct response interim = {0};
        if (request->body_cut || request->framing ||
            !mock_wants_body(mock, request, now_ms, &interim)) {
            request->body_cut = true;
            if (!held_back)
                body_drain(connection);
            return;
        }
        if (held_back && interim.status == 100)
            mg_printf(connection, "HTTP/1.1 100 Continue\r\n\r\n");
    }
    body_read(connection, limit, body);
    request->body = body->bytes;
    request->body_length = body->length;
    if (body->cut) {
        request->body_cut = true;
        body_drain(connection);
    }
}

/* `framing` is what says where the body ends: a whole line, or nothing. */
static void write_head(struct mg_connection *connection, const struct response *response,
                       const char *framing, FILE *file)
{
    fprintf(file, "HTTP/1.1 %d %s\r\n", response->status,
            mg_get_response_code_text(connection, response->status));
    if (response->status != 204)
        fprintf(file, "Content-Type: %s\r\n%s",
                response->content_type ? response->content_type : "application/json", framing);
    for (size_t i = 0; i < response->header_count; i++)
        fprintf(file, "%s: %s\r\n", response->headers[i].name, response->headers[i].value);
    if (response->close)
        fputs("Connection: close\r\n", file);
    fputs("\r\n", file);
}

/* Head and body leave in one write: two would wait for each other on a slow link. */
static void send_response(struct mg_connection *connection, const struct response *response)
{
    char *json = response->body
                     ? must(json_dumps(response->body, JSON_COMPACT | JSON_REAL_PRECISION(15)))
                     : NULL;
    const void *bytes = json ? json : response->bytes;
    size_t length = json ? strlen(json) : response->length, size = 0;
    char *text = NULL, framing[48];
    FILE *file = must(open_memstream(&text, &size));

    snprintf(framing, sizeof framing, "Content-Length: %zu\r\n", length);
    write_head(connection, response, framing, file);
    if (!response->head_only && length)
        fwrite(bytes, 1, length, file);
    fclose(file);
    if (response->close)
        mg_disable_connection_keep_alive(connection);
    mg_write(connection, text, size);
    free(text);
    free(json);
}

static int64_t monotonic_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Sleeps until then, by the clock and not for a time, so that delays never add up. False when the
 * server stops meanwhile. */
static bool wait_until(const struct server *server, int64_t due_ns)
{
    int64_t now_ns;

    while (!atomic_load(&server->stopping) && (now_ns = monotonic_ns()) < due_ns) {
        int64_t nap_ns = now_ns + (int64_t)NAP_MS * 1000000;
        int64_t until_ns = due_ns < nap_ns ? due_ns : nap_ns;
        const struct timespec until = {.tv_sec = until_ns / 1000000000,
                                       .tv_nsec = until_ns % 1000000000};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
    }
    return !atomic_load(&server->stopping);
}

/* One event as it goes over the wire, to be freed: a chunk, unless the client is too old for them;
 * the last chunk goes with the last event. */
static char *event_bytes(const struct events *events, size_t at, bool chunked)
{
    const char *last = at + 1 == events->count ? "0\r\n\r\n" : "";
    char *text = events_text(events, at);
    size_t length = strlen(text);

    if (!chunked)
        return text;
    char *bytes = length > 0 ? format_text("%zx\r\n%s\r\n%s", length, text, last)
                             : copy_text(last); /* an empty chunk would end the body */
    free(text);
    return bytes;
}

static bool write_all(struct mg_connection *connection, const char *bytes, size_t length)
{
    return length == 0 || mg_write(connection, bytes, length) == (int)length;
}

/* Sends what is due when it is due, each event in one write, and stops where the server does, or
 * where a write says that the client has gone. */
static void send_stream(const struct server *server, struct mg_connection *connection,
                        struct response *response)
{
    const struct events *events = &response->events;
    bool chunked = strcmp(mg_get_request_info(connection)->http_version, "1.0") != 0;
    int64_t start_ns = monotonic_ns();
    char *head = NULL;
    size_t size = 0;
    FILE *file = must(open_memstream(&head, &size));

    response->close |= !chunked;
    write_head(connection, response, chunked ? "Transfer-Encoding: chunked\r\n" : "", file);
    fclose(file);
    bool going = write_all(connection, head, size);
    for (size_t at = 0; going && at < events->count; at++) {
        char *bytes = event_bytes(events, at, chunked); /* before it is due, not when */
        going = wait_until(server, start_ns + events->items[at].due_ms * 1000000) &&
                write_all(connection, bytes, strlen(bytes));
        free(bytes);
    }
    if (response->close || !going)
        mg_disable_connection_keep_alive(connection);
    free(head);
}

/* The mount that a connection was last seen at, with a slash: what cannot be read at all is most
 * likely meant for it too. One a connection, used by the thread that serves it. */
enum { MOUNT_TEXT = 128 };

static int connection_open(const struct mg_connection *connection, void **data)
{
    char *mount = must(calloc(1, MOUNT_TEXT));

    (void)connection;
    mount[0] = '/';
    *data = mount;
    return 0;
}

static void connection_end(const struct mg_connection *connection)
{
    free(mg_get_user_connection_data(connection));
    mg_set_user_connection_data(connection, NULL);
}

static void keep_mount(struct mg_connection *connection, const struct mock *mock, const char *path)
{
    int length = (int)mock_mount_length(mock, path);

    if (length > 0 && length + 1 < MOUNT_TEXT)
        snprintf(mg_get_user_connection_data(connection), MOUNT_TEXT, "%.*s/", length, path);
}

static int serve(struct mg_connection *connection, void *data)
{
    struct server *server = data;
    const struct mg_request_info *info = mg_get_request_info(connection);
    int64_t now_ms = clock_now_ms(&server->mock.clock);
    struct header headers[MG_MAX_HEADERS];
    struct body body = {0};
    struct response response = {0};
    struct request request;
    char origin[160];
    bool last = false;

    const char *framing = framing_fault(info, &last);
    request_fill(info, headers, &request);
    request.framing = framing;
    request.last = last;
    const char *host = request_header(&request, "Host");
    snprintf(origin, sizeof origin, "http://%.140s", host ? host : "localhost");
    request.origin = origin;
    request.connection = info->remote_port;
    keep_mount(connection, &server->mock, request.path);
    take_body(connection, &server->mock, now_ms, &request, &body);
    mock_answer(&server->mock, &request, now_ms, &response);
    if (response.events.count)
        send_stream(server, connection, &response);
    else
        send_response(connection, &response);
    int status = response.status;
    response_close(&response);
    free(body.bytes);
    return status;
}

/* What CivetWeb itself refuses, before there is a request to look at. */
static int refuse_unreadable(struct mg_connection *connection, int status, const char *why)
{
    struct server *server = mg_get_user_data(mg_get_context(connection));
    const struct mg_request_info *info = mg_get_request_info(connection);
    int64_t now_ms = clock_now_ms(&server->mock.clock);
    struct response response = {0};
    struct request request = {
        .method = info && info->request_method ? info->request_method : "",
        .path = mg_get_user_connection_data(connection),
        .query = "",
        .framing = why && *why ? why : "the request is not HTTP",
    };

    if (status == 413 || status == 431) {
        request.framing = NULL;
        request.header_bytes = SIZE_MAX;
    }
    mock_answer(&server->mock, &request, now_ms, &response);
    response.close = true;
    send_response(connection, &response);
    response_close(&response);
    return 0;
}

static int log_nothing(const struct mg_connection *connection, const char *message)
{
    (void)connection;
    (void)message;
    return 1; /* handled: CivetWeb stays off stderr */
}

/* Is the address's host numeric, IPv6 in brackets? Fills its name. */
static bool host_parse(struct address *address)
{
    struct sockaddr_in *four = (struct sockaddr_in *)&address->name;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)&address->name;
    size_t length = strlen(address->host);
    char inner[64];

    if (inet_pton(AF_INET, address->host, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        address->name_length = sizeof *four;
        address->loopback = ntohl(four->sin_addr.s_addr) >> 24 == 127;
        return true;
    }
    if (length < 3 || address->host[0] != '[' || address->host[length - 1] != ']')
        return false;
    snprintf(inner, sizeof inner, "%.*s", (int)length - 2, address->host + 1);
    if (inet_pton(AF_INET6, inner, &six->sin6_addr) != 1)
        return false;
    six->sin6_family = AF_INET6;
    address->name_length = sizeof *six;
    address->loopback = IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
    return true;
}

/* The port lies at the same place in both kinds of name. */
static void address_set_port(struct address *address, int port)
{
    address->port = port;
    ((struct sockaddr_in *)&address->name)->sin_port = htons((uint16_t)port);
}

static bool address_parse(const char *listen, struct address *address, struct problem *problem)
{
    const char *colon = strrchr(listen, ':');
    size_t length = colon ? (size_t)(colon - listen) : 0;
    char *end = NULL;

    if (!colon || length >= sizeof address->host)
        return problem_set(problem,
                           "cannot listen on \"%.80s\": expected ADDR:PORT, such as 127.0.0.1:8080",
                           listen);
    snprintf(address->host, sizeof address->host, "%.*s", (int)length, listen);
    if (length == 0 || strcmp(address->host, "localhost") == 0)
        snprintf(address->host, sizeof address->host, "127.0.0.1");
    long port = strtol(colon + 1, &end, 10);
    if (colon[1] < '0' || colon[1] > '9' || *end || port > 65535)
        return problem_set(problem, "cannot listen on \"%.80s\": expected a port from 0 to 65535",
                           listen);
    address_set_port(address, (int)port);
    if (!host_parse(address))
        return problem_set(problem,
                           "cannot listen on \"%.80s\": expected a numeric address, such as "
                           "127.0.0.1",
                           listen);
    return true;
}

/* CivetWeb does not say why it could not listen; trying once more does. */
static const char *bind_error(const struct address *address)
{
    int fd = socket(address->name.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int error = EADDRINUSE;

    if (fd < 0 || bind(fd, (const struct sockaddr *)&address->name, address->name_length) != 0)
        error = errno;
    if (fd >= 0)
        close(fd);
    return strerror(error);
}

static bool listen_on(struct server *server, int threads, struct problem *problem)
{
    char port[96], count[16], head[16];
    const char *options[] = {"listening_ports",
                             port,
                             "num_threads",
                             count,
                             "enable_keep_alive",
                             "yes",
                             "keep_alive_timeout_ms",
                             "15000",
                             "request_timeout_ms",
                             "30000",
                             "tcp_nodelay",
                             "1",
                             "listen_backlog",
                             "1024",
                             "connection_queue",
                             "1024",
                             "max_request_size",
                             head,
                             "decode_url",
                             "yes",
                             NULL};
    const struct mg_callbacks callbacks = {.init_connection = connection_open,
                                           .connection_close = connection_end,
                                           .http_error = refuse_unreadable,
                                           .log_message = log_nothing};
    struct mg_server_port bound;

    struct address *address = &server->address;
    if (address->name.ss_family == AF_INET6 && !mg_check_feature(MG_FEATURES_IPV6))
        return problem_set(problem, "cannot listen on %s: this CivetWeb was built without IPv6",
                           address->host);
    snprintf(port, sizeof port, "%s:%d", address->host, address->port);
    snprintf(count, sizeof count, "%d", threads);
    snprintf(head, sizeof head, "%d", HEAD_BYTES);
    server->context = mg_start(&callbacks, server, options);
    if (!server->context)
        return problem_set(problem, "cannot listen on %s: %s", port, bind_error(address));
    if (mg_get_server_ports(server->context, 1, &bound) == 1)
        address_set_port(address, bound.port);
    snprintf(server->url, sizeof server->url, "http://%s:%d", address->host, address->port);
    mg_set_request_handler(server->context, "/", serve, server);
    return true;
}

struct server *server_start(const struct server_options *options, struct problem *problem)
{
    struct server *server = must(calloc(1, sizeof *server));
    struct address *address = &server->address;
    const struct mock_options mock_options = {
        .gateways = options->gateways,
        .gateway_count = options->gateway_count,
        .clock = options->clock,
        .control_token = options->control_token,
        .seed = options->seed,
        .settings = options->settings,
        .setting_count = options->setting_count,
        .pace = options->pace,
    };

    if (!address_parse(options->listen, address, problem))
        goto failed;
    if (!address->loopback && !options->control_token) {
        problem_set(problem,
                    "%s is open to others: say --control-token, or anybody could use /_gatemark/",
                    options->listen);
        goto failed;
    }
    if (!mock_open(&server->mock, &mock_options, problem))
        goto failed;
    if (!listen_on(server, options->threads, problem)) {
        mock_close(&server->mock);
        goto failed;
    }
    return server;
failed:
    free(server);
    return NULL;
}

const char *server_url(const struct server *server)
{
    return server->url;
}

int server_port(const struct server *server)
{
    return server->address.port;
}

/* CivetWeb looks whether it is to stop every two seconds, or when somebody connects. */
static void *nudge(void *given)
{
    const struct server *server = given;
    const struct timespec pause = {.tv_nsec = 5000000};

    for (int i = 0; i < NUDGES; i++) {
        int fd = socket(server->address.name.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        bool gone = fd < 0 || connect(fd, (const struct sockaddr *)&server->address.name,
                                      server->address.name_length) != 0;
        if (fd >= 0)
            close(fd);
        if (gone)
            break;
        nanosleep(&pause, NULL);
    }
    return NULL;
}

void server_stop(struct server *server)
{
    pthread_t nudger;

    if (!server)
        return;
    atomic_store(&server->stopping, true);
    bool nudged = pthread_create(&nudger, NULL, nudge, server) == 0;
    mg_stop(server->context);
    if (nudged)
        pthread_join(nudger, NULL);
    mock_close(&server->mock);
    free(server);
}
