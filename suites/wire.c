#include "suites/wire.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    ANSWER_WAIT_MS = 5000,
    CLOSE_WAIT_MS = 1000,
    CHUNK_BYTES = 65536,
    ANSWER_LIMIT_BYTES = 8 << 20,
};

/* One connection, and the bytes that came and were not read yet. */
struct wire {
    struct check *check;
    int socket;
    char host[256]; /* with the port, as the Host header names it */
    char *bytes;
    size_t length, room;
    bool ended; /* the gateway has closed its side */
};

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* host and port of http://host[:port][/...], or false for anything else. */
static bool split_url(const char *url, char *host, char *port, size_t size)
{
    if (strncmp(url, "http://", 7) != 0)
        return false;
    url += 7;
    size_t length = strcspn(url, "/");
    const char *name = url, *end = url + length;
    const char *closing = *url == '[' ? memchr(url, ']', length) : NULL;
    const char *colon =
        memchr(closing ? closing : url, ':', (size_t)(end - (closing ? closing : url)));
    const char *name_end = colon ? colon : end;

    if (closing) {
        name = url + 1;
        name_end = closing;
    }
    snprintf(host, size, "%.*s", (int)(name_end - name), name);
    snprintf(port, size, "%.*s", colon ? (int)(end - colon - 1) : 2, colon ? colon + 1 : "80");
    return true;
}

static int dial(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
    int descriptor = -1, yes = 1;

    if (getaddrinfo(host, port, &hints, &found) != 0)
        return -1;
    for (struct addrinfo *at = found; at && descriptor < 0; at = at->ai_next) {
        descriptor = socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC, at->ai_protocol);
        if (descriptor >= 0 && connect(descriptor, at->ai_addr, at->ai_addrlen) != 0) {
            close(descriptor);
            descriptor = -1;
        }
    }
    freeaddrinfo(found);
    if (descriptor >= 0)
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return descriptor;
}

struct wire *need_wire(struct check *check)
{
    const char *url = check->target->base_url;
    char host[256], port[256];

    if (!check_open(check))
        return NULL;
    if (!split_url(url, host, port, sizeof host)) {
        check_found(check, UNTESTABLE, NULL, "needs a bare socket, and %s is not plain http", url);
        return NULL;
    }
    int descriptor = dial(host, port);
    if (descriptor < 0) {
        check_found(check, UNTESTABLE, NULL, "cannot connect to %s port %s", host, port);
        return NULL;
    }
    struct wire *wire = must(calloc(1, sizeof *wire));
    wire->check = check;
    wire->socket = descriptor;
    snprintf(wire->host, sizeof wire->host, "%.*s", (int)strcspn(url + 7, "/"), url + 7);
    return wire;
}

void wire_close(struct wire *wire)
{
    if (!wire)
        return;
    close(wire->socket);
    free(wire->bytes);
    free(wire);
}

static bool ready(const struct wire *wire, short events, int wait_ms, short *got)
{
    struct pollfd descriptor = {.fd = wire->socket, .events = events};
    int count = poll(&descriptor, 1, wait_ms);

    *got = descriptor.revents;
    return count > 0;
}

/* Sends until done, or until the gateway answers or hangs up: then the rest is not wanted. */
static void send_bytes(struct wire *wire, const char *bytes, size_t length, bool heed_answer)
{
    short got = 0;

    while (length > 0 && ready(wire, POLLOUT | POLLIN, ANSWER_WAIT_MS, &got)) {
        if (heed_answer && got & POLLIN)
            return;
        if (!(got & POLLOUT) && got & (POLLERR | POLLHUP))
            return;
        ssize_t sent = send(wire->socket, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN && errno != EINTR)
            return;
        if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
        }
    }
}

static void send_padding(struct wire *wire, size_t length)
{
    char *blanks = must(malloc(CHUNK_BYTES));
    short got = 0;

    memset(blanks, ' ', CHUNK_BYTES);
    while (length > 0) {
        size_t part = length < CHUNK_BYTES ? length : CHUNK_BYTES;
        send_bytes(wire, blanks, part, true);
        length -= part;
        if (ready(wire, POLLIN, 0, &got))
            break;
    }
    free(blanks);
}

/* Makes raw lines part of the evidence. */
static void record_lines(struct exchange *x, const char *lines)
{
    while (lines && *lines) {
        size_t length = strcspn(lines, "\r\n");
        size_t name = strcspn(lines, ":");
        char *line = must(strndup(lines, length));
        bool named = name < length;
        if (named)
            line[name] = '\0';
        fields_add(&x->request_headers, line,
                   named ? line + name + 1 + (line[name + 1] == ' ') : "");
        free(line);
        lines += length;
        lines += strspn(lines, "\r\n");
    }
}

static void write_head(FILE *out, const struct wire *wire, const struct exchange *x,
                       const struct twist *twist, size_t length)
{
    const char *path = x->url + strlen("http://");

    fprintf(out, "%s %s HTTP/1.1\r\n", x->method, path + strcspn(path, "/"));
    if (twist->host)
        fputs(twist->host, out);
    else
        fprintf(out, "Host: %s\r\n", wire->host);
    for (size_t i = 0; i < x->request_headers.count; i++)
        fprintf(out, "%s: %s\r\n", x->request_headers.items[i].name,
                x->request_headers.items[i].value);
    if (twist->lines)
        fputs(twist->lines, out);
    if (twist->framing)
        fputs(twist->framing, out);
    else if (x->request_body)
        fprintf(out, "Content-Length: %zu\r\n", length);
    fputs("\r\n", out);
}

struct exchange *wire_send(struct wire *wire, struct attempt attempt, struct twist twist)
{
    char *bytes = NULL;
    size_t length = 0;

    if (twist.body)
        attempt.body = twist.body;
    struct exchange *x = check_prepare(wire->check, &attempt);
    x->raw = true;
    FILE *out = must(open_memstream(&bytes, &length));
    write_head(out, wire, x, &twist, twist.padding_bytes + x->request_length);
    if (twist.padding_bytes == 0 && x->request_body)
        fputs(x->request_body, out);
    fclose(out);
    x->took_ns = -now_ns();
    send_bytes(wire, must(bytes), length, false);
    if (twist.padding_bytes > 0) {
        send_padding(wire, twist.padding_bytes);
        send_bytes(wire, x->request_body, x->request_length, true);
    }
    free(bytes);
    record_lines(x, twist.host);
    record_lines(x, twist.lines);
    record_lines(x, twist.framing);
    return x;
}

void wire_send_more(struct wire *wire, const char *bytes)
{
    send_bytes(wire, bytes, strlen(bytes), false);
}

/* Reads what has come, waiting for it; false when nothing more comes. */
static bool fill(struct wire *wire, int wait_ms)
{
    short got = 0;

    if (wire->ended || wire->length > ANSWER_LIMIT_BYTES || !ready(wire, POLLIN, wait_ms, &got))
        return false;
    if (wire->room < wire->length + CHUNK_BYTES + 1) {
        wire->room = wire->length + 2 * CHUNK_BYTES;
        wire->bytes = must(realloc(wire->bytes, wire->room));
    }
    ssize_t count = recv(wire->socket, wire->bytes + wire->length, CHUNK_BYTES, 0);
    wire->ended = count <= 0;
    if (count <= 0)
        return false;
    wire->length += (size_t)count;
    wire->bytes[wire->length] = '\0';
    return true;
}

static void drop(struct wire *wire, size_t count)
{
    memmove(wire->bytes, wire->bytes + count, wire->length - count);
    wire->length -= count;
    wire->bytes[wire->length] = '\0';
}

static const char *find(const struct wire *wire, size_t from, const char *text)
{
    return wire->length > from ? memmem(wire->bytes + from, wire->length - from, text, strlen(text))
                               : NULL;
}

/* Reads on until `count` bytes are there. */
static bool have(struct wire *wire, size_t count)
{
    while (wire->length < count)
        if (!fill(wire, ANSWER_WAIT_MS))
            return false;
    return true;
}

static bool read_head(struct wire *wire, struct exchange *x)
{
    while (!find(wire, 0, "\r\n\r\n"))
        if (!fill(wire, ANSWER_WAIT_MS))
            return false;
    if (sscanf(wire->bytes, "HTTP/1.%*1[01] %3d", &x->status) != 1) {
        x->status = 0;
        return false;
    }
    size_t length = (size_t)(find(wire, 0, "\r\n\r\n") - wire->bytes);
    char *head = must(strndup(wire->bytes, length)), *state = NULL;
    strtok_r(head, "\r\n", &state);
    for (char *line; (line = strtok_r(NULL, "\r\n", &state));) {
        char *colon = strchr(line, ':');
        if (!colon)
            continue;
        *colon = '\0';
        fields_add(&x->response_headers, line, colon + 1 + strspn(colon + 1, " \t"));
    }
    free(head);
    drop(wire, length + 4);
    return true;
}

static bool keep_body(struct wire *wire, struct exchange *x, size_t count)
{
    if (!have(wire, count))
        return false;
    x->response_body = must(realloc(x->response_body, x->response_length + count + 1));
    memcpy(x->response_body + x->response_length, wire->bytes, count);
    x->response_length += count;
    x->response_body[x->response_length] = '\0';
    drop(wire, count);
    return true;
}

static bool read_chunks(struct wire *wire, struct exchange *x)
{
    for (;;) {
        while (!find(wire, 0, "\r\n"))
            if (!fill(wire, ANSWER_WAIT_MS))
                return false;
        size_t size = strtoul(wire->bytes, NULL, 16);
        if (size > ANSWER_LIMIT_BYTES)
            return false;
        drop(wire, (size_t)(find(wire, 0, "\r\n") - wire->bytes) + 2);
        if (size > 0 && !keep_body(wire, x, size))
            return false;
        if (!have(wire, 2))
            return false;
        drop(wire, 2);
        if (size == 0)
            return true;
    }
}

static bool read_body(struct wire *wire, struct exchange *x)
{
    const char *coding = exchange_header(x, "Transfer-Encoding");
    const char *length = exchange_header(x, "Content-Length");

    if (x->status < 200 || x->status == 204 || x->status == 304 || strcmp(x->method, "HEAD") == 0)
        return true;
    if (coding && strcasestr(coding, "chunked"))
        return read_chunks(wire, x);
    if (length)
        return keep_body(wire, x, strtoul(length, NULL, 10));
    while (fill(wire, ANSWER_WAIT_MS))
        ;
    return keep_body(wire, x, wire->length);
}

bool wire_receive(struct wire *wire, struct exchange *x)
{
    fields_close(&x->response_headers);
    x->status = 0;
    bool whole =
        (wire->bytes || fill(wire, ANSWER_WAIT_MS)) && read_head(wire, x) && read_body(wire, x);
    if (x->took_ns < 0)
        x->took_ns += now_ns();
    if (whole) {
        x->json = json_loadb(x->response_body, x->response_length, JSON_DECODE_ANY, NULL);
        return true;
    }
    x->status = 0;
    snprintf(x->problem, sizeof x->problem, "%s",
             wire->ended ? "the connection was closed" : "no whole answer in five seconds");
    check_found(wire->check, UNTESTABLE, x, "no answer from %s: %s", x->url, x->problem);
    return false;
}

bool wire_closes(struct wire *wire, size_t *more_bytes)
{
    while (fill(wire, CLOSE_WAIT_MS))
        ;
    *more_bytes = wire->length;
    return wire->ended;
}
