#include "mock/control.h"

#include "mock/wording.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char mount[] = "/_gatemark";

bool control_owns(const char *path)
{
    size_t length = sizeof mount - 1;

    return strncmp(path, mount, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static void refuse(struct response *response, int status, const char *message)
{
    response_json(response, status, json_pack("{s:{s:s}}", "error", "message", message));
}

/* The body as an object, owned by the caller; or NULL and the response set. */
static json_t *read_object(const struct request *request, struct response *response)
{
    json_error_t why;
    char message[256];

    if (!request->body_cut && shape_too_deep(request->body, request->body_length)) {
        refuse(response, 400, "expected JSON that is not nested this deep");
        return NULL;
    }
    json_t *body = request->body_cut ? NULL
                                     : json_loadb(request->body ? request->body : "",
                                                  request->body_length, 0, &why);
    if (json_is_object(body))
        return body;
    if (request->body_cut)
        refuse(response, 413, "the body is longer than 64 KiB");
    else if (body)
        refuse(response, 400, "expected a JSON object");
    else {
        snprintf(message, sizeof message, "expected JSON: %s (line %d, column %d)", why.text,
                 why.line, why.column);
        refuse(response, 400, message);
    }
    json_decref(body);
    return NULL;
}

static void health(struct mock *mock, const struct request *request, struct response *response)
{
    char now[MOMENT_TEXT];
    json_t *names = json_array();

    (void)request;
    for (const struct gateway *const *g = mock->served; *g; g++)
        json_array_append_new(names, json_string((*g)->name));
    response_json(response, 200,
                  json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", "gatemark", "version",
                            GATEMARK_VERSION, "clock", mock->clock.is_virtual ? "virtual" : "real",
                            "now", moment_text(clock_now_ms(&mock->clock), now), "gateways",
                            names));
}

static void show_clock(struct mock *mock, const struct request *request, struct response *response)
{
    int64_t now_ms = clock_now_ms(&mock->clock);
    char now[MOMENT_TEXT];

    (void)request;
    response_json(response, 200,
                  json_pack("{s:s, s:s, s:I}", "clock", mock->clock.is_virtual ? "virtual" : "real",
                            "now", moment_text(now_ms, now), "now_ms", (json_int_t)now_ms));
}

static bool move(struct clock *clock, const json_t *body)
{
    const json_t *seconds = json_object_get(body, "advance_seconds");
    const char *text = json_string_value(json_object_get(body, "set"));
    int64_t moment_ms;

    if (json_object_size(body) != 1)
        return false;
    if (json_is_number(seconds))
        return clock_advance(clock, json_number_value(seconds));
    return text && moment_parse(text, &moment_ms) && clock_set(clock, moment_ms);
}

static void set_clock(struct mock *mock, const struct request *request, struct response *response)
{
    if (!mock->clock.is_virtual) {
        refuse(response, 409, "the clock is real: start the mock with --clock virtual to move it");
        return;
    }
    json_t *body = read_object(request, response);
    if (!body)
        return;
    if (move(&mock->clock, body))
        show_clock(mock, request, response);
    else
        refuse(
            response, 400,
            "expected {\"advance_seconds\":60} (0 or more) or {\"set\":\"2025-02-01T00:00:00Z\"}");
    json_decref(body);
}

/* Of the gateway asked for, or of all that are served. */
static void list_credentials(struct mock *mock, const struct request *request,
                             struct response *response)
{
    json_t *list = json_array(), *row;
    char wanted[64] = "";
    const char *name;

    request_parameter(request, "gateway", wanted, sizeof wanted);
    for (const struct gateway *const *g = mock->served; *g; g++) {
        if (*wanted && strcmp(wanted, (*g)->name) != 0)
            continue;
        json_object_foreach(json_object_get(mock->credentials, (*g)->name), name, row) {
            json_array_append_new(list,
                                  json_pack("{s:s, s:s, s:O, s:O}", "gateway", (*g)->name, "name",
                                            name, "secret", json_object_get(row, "secret"), "about",
                                            json_object_get(row, "about")));
        }
    }
    response_json(response, 200, json_pack("{s:o}", "credentials", list));
}

static bool kind_wished(const json_t *wishes, const struct gateway *gateway, enum key_kind *kind,
                        struct problem *problem)
{
    const json_t *wish = json_object_get(wishes, "kind");
    const char *name = json_string_value(wish);

    *kind = name && strcmp(name, "management") == 0 ? KIND_MANAGEMENT : KIND_INFERENCE;
    if (wish && !(name && (*kind == KIND_MANAGEMENT || strcmp(name, "inference") == 0)))
        return problem_set(problem, "\"kind\": expected inference or management");
    if (!gateway->secret_prefix[*kind])
        return problem_set(problem, "\"kind\": %s has no management keys", gateway->name);
    return true;
}

/* A key made of an object as in fixtures/credentials.json, or NULL. */
static struct key *make_key(struct mock *mock, const struct gateway *gateway, const json_t *wishes,
                            struct key_wish *wish, char *secret, struct problem *problem)
{
    const char *name = json_string_value(json_object_get(wishes, "name"));
    const char *owner = json_string_value(json_object_get(wishes, "owner"));

    wish->gateway = gateway;
    wish->secret = json_string_value(json_object_get(wishes, "secret"));
    wish->name = name ? name : wish->name;
    wish->owner = owner ? owner : wish->owner;
    if (wish->secret && (strlen(wish->secret) < 8 || strlen(wish->secret) >= SECRET_TEXT)) {
        problem_set(problem, "\"secret\": expected 8 to %d characters", SECRET_TEXT - 1);
        return NULL;
    }
    if (!kind_wished(wishes, gateway, &wish->kind, problem))
        return NULL;
    struct key *key = keyring_create(mock->keyring, wish, secret);
    if (!key) {
        problem_set(problem, "\"secret\": a key with this secret exists already");
        return NULL;
    }
    if (key_configure(key, wishes, problem))
        return key;
    key->state = STATE_REVOKED; /* half made, and nobody was told of it */
    return NULL;
}

bool control_load_keys(struct mock *mock, const struct gateway *gateway, struct problem *problem)
{
    int64_t now_ms = clock_now_ms(&mock->clock);
    char secret[SECRET_TEXT];
    const char *name;
    json_t *row;

    json_object_foreach(json_object_get(mock->credentials, gateway->name), name, row) {
        const char *state = json_string_value(json_object_get(row, "state"));
        struct problem why = {0};
        struct key_wish wish = {
            .owner = "gatemark", .name = name, .origin = ORIGIN_FIXTURE, .now_ms = now_ms};
        if (!json_string_value(json_object_get(row, "secret")))
            return problem_set(problem, "credentials.json: %s.%s: expected a \"secret\"",
                               gateway->name, name);
        if (state && strcmp(state, "unknown") == 0)
            continue; /* in the file for those who ask with it, never issued */
        if (!make_key(mock, gateway, row, &wish, secret, &why))
            return problem_set(problem, "credentials.json: %s.%s: %s", gateway->name, name,
                               why.text);
    }
    return true;
}

static void add_credential(struct mock *mock, const struct request *request,
                           struct response *response)
{
    struct problem problem = {0};
    struct key_wish wish = {.origin = ORIGIN_CONTROL, .now_ms = clock_now_ms(&mock->clock)};
    char secret[SECRET_TEXT];
    json_t *body = read_object(request, response);

    if (!body)
        return;
    const char *name = json_string_value(json_object_get(body, "gateway"));
    const struct gateway *gateway = NULL;
    for (const struct gateway *const *g = mock->served; *g && name; g++)
        if (strcmp((*g)->name, name) == 0)
            gateway = *g;
    if (!gateway) {
        refuse(response, 400,
               "\"gateway\": expected one that this mock serves: GET /_gatemark/health");
        json_decref(body);
        return;
    }
    keyring_write(mock->keyring);
    struct key *key = make_key(mock, gateway, body, &wish, secret, &problem);
    if (key)
        response_json(response, 201,
                      json_pack("{s:s, s:s, s:s}", "gateway", gateway->name, "id", key->id,
                                "secret", secret));
    else
        refuse(response, 400, problem.text);
    keyring_unlock(mock->keyring);
    json_decref(body);
}

static void show_journal(struct mock *mock, const struct request *request,
                         struct response *response)
{
    char id[64], request_id[CALL_REQUEST_ID], gateway[64], fault[64], limit[16], *end = NULL;
    struct journal_query query = {.limit = 100};

    if (request_parameter(request, "id", id, sizeof id))
        query.id = id;
    if (request_parameter(request, "request_id", request_id, sizeof request_id))
        query.request_id = request_id;
    if (request_parameter(request, "gateway", gateway, sizeof gateway))
        query.gateway = gateway;
    if (request_parameter(request, "fault", fault, sizeof fault))
        query.fault = fault;
    if (request_parameter(request, "limit", limit, sizeof limit)) {
        query.limit = strtoul(limit, &end, 10);
        if (*end || query.limit < 1 || query.limit > 1000) {
            refuse(response, 400, "\"limit\": expected a whole number from 1 to 1000");
            return;
        }
    }
    response_json(response, 200, journal_find(mock->journal, &query));
}

static void reset(struct mock *mock, const struct request *request, struct response *response)
{
    (void)request;
    mock_reset(mock);
    response_json(response, 200, json_pack("{s:b}", "reset", 1));
}

static const struct {
    const char *method, *path;
    void (*answer)(struct mock *mock, const struct request *request, struct response *response);
} controls[] = {
    {"GET", "/health", health},
    {"GET", "/clock", show_clock},
    {"POST", "/clock", set_clock},
    {"GET", "/credentials", list_credentials},
    {"POST", "/credentials", add_credential},
    {"GET", "/journal", show_journal},
    {"POST", "/reset", reset},
};

/* Compares digests, so that neither length nor content of the token shows in the time it takes. */
static bool permitted(const struct mock *mock, const struct request *request)
{
    const char *value = request_header(request, "Authorization");
    unsigned char asked[DIGEST_BYTES], wanted[DIGEST_BYTES];

    if (!mock->control_token)
        return true;
    if (!value || strncasecmp(value, "Bearer ", 7) != 0)
        return false;
    value += strspn(value + 6, " ") + 6;
    identity_digest(value, strlen(value), asked);
    identity_digest(mock->control_token, strlen(mock->control_token), wanted);
    return CRYPTO_memcmp(asked, wanted, DIGEST_BYTES) == 0;
}

static void dispatch(struct mock *mock, const struct request *request, struct response *response)
{
    const char *path = request->path + sizeof mount - 1;
    char allow[32] = "";

    for (size_t i = 0; i < COUNT(controls); i++) {
        if (strcmp(controls[i].path, path) != 0)
            continue;
        if (strcmp(controls[i].method, request->method) == 0) {
            controls[i].answer(mock, request, response);
            return;
        }
        snprintf(allow + strlen(allow), sizeof allow - strlen(allow), "%s%s", *allow ? ", " : "",
                 controls[i].method);
    }
    if (*allow) {
        response_header(response, "Allow", "%s", allow);
        refuse(response, 405, "this control endpoint does not take this method");
        return;
    }
    refuse(response, 404,
           "the control endpoints are health, clock, credentials, journal and reset");
}

/* Control calls are journaled under the gateway "control", so that every answer's id is found. */
void control_answer(struct mock *mock, const struct request *request, uint64_t number,
                    int64_t now_ms, struct response *response)
{
    struct journal_entry entry = {
        .number = number, .at_ms = now_ms, .gateway = "control", .reason = "allowed"};

    if (request->framing) {
        refuse(response, 400, request->framing);
        response->close = true;
    } else if (permitted(mock, request)) {
        dispatch(mock, request, response);
    } else {
        response_header(response, "WWW-Authenticate", "Bearer realm=\"gatemark control\"");
        refuse(response, 401,
               "this mock was started with --control-token: send it as "
               "Authorization: Bearer <token>");
    }
    response_header(response, "Cache-Control", "no-store");
    entry.status = response->status;
    if (response->status >= 400)
        entry.fault = response->status == 401 ? FAULT_KEY_UNKNOWN : FAULT_BODY_INVALID;
    text_plain(request->method, entry.method, sizeof entry.method);
    text_plain(request->path, entry.path, sizeof entry.path);
    journal_add(mock->journal, &entry);
}
