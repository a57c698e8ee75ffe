#include "mock/wording.h"

#include "mock/mock.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void text_plain(const char *text, char *plain, size_t size)
{
    snprintf(plain, size, "%s", text);
    for (char *c = plain; *c; c++)
        if ((unsigned char)*c < ' ' || (unsigned char)*c > '~')
            *c = '?';
    mask_keys(plain);
}

/* Enough of a key for its owner to know it by: a quarter at each end, four characters at most. */
static void write_masked(const char *secret, FILE *file)
{
    enum { MOST_STARS = 24 };
    size_t length = secret ? strlen(secret) : 0, shown = length / 4 < 4 ? length / 4 : 4;
    size_t stars = length - 2 * shown;

    if (length == 0)
        return;
    fprintf(file, "%.*s%.*s%s", (int)shown, secret, (int)(stars < MOST_STARS ? stars : MOST_STARS),
            "************************", secret + length - shown);
}

/* The value of one {name}, written to `file`. */
static void write_value(const struct call *call, const char *name, size_t length, FILE *file)
{
    const struct decision *decision = &call->decision;
    char plain[200];

#define IS(word) (length == sizeof(word) - 1 && memcmp(name, word, length) == 0)
    if (IS("param"))
        fputs(decision->param, file);
    else if (IS("detail"))
        fputs(decision->detail, file);
    else if (IS("model"))
        fputs(call->model_name ? call->model_name : "", file);
    else if (IS("provider"))
        fputs(call->model ? call->model->provider : "", file);
    else if (IS("key"))
        write_masked(call->credential.secret, file);
    else if (IS("limit"))
        fprintf(file, "%" PRId64, call->room.limit);
    else if (IS("wait"))
        fprintf(file, "%" PRId64, call->room.wait_s);
    else if (IS("reset"))
        fputs(decision->key && period_name(decision->key->limits.budget_reset)
                  ? period_name(decision->key->limits.budget_reset)
                  : "total",
              file);
    else if (IS("method") || IS("path")) {
        text_plain(IS("path") ? call->path : call->request->method, plain, sizeof plain);
        fputs(plain, file);
    }
#undef IS
}

char *wording_fill(const struct call *call, const char *message)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = must(open_memstream(&text, &size));

    while (*message) {
        size_t plain = strcspn(message, "{");
        fwrite(message, 1, plain, file);
        message += plain;
        if (*message == '{') {
            size_t length = strcspn(++message, "}");
            write_value(call, message, length, file);
            message += length + (message[length] == '}');
        }
    }
    fclose(file);
    return text;
}

/* RFC 6750 3: a challenge names an error only when a token was sent and failed. */
static void challenge(struct call *call)
{
    enum fault fault = call->decision.fault;
    bool exchange = call->endpoint && call->endpoint->oauth; /* of what is no bearer token */
    bool sent = !exchange && (fault == FAULT_KEY_MALFORMED || fault >= FAULT_HEADER_REPEATED);

    const char *realm = call->gateway->realm ? call->gateway->realm : call->gateway->name;

    if (fault == FAULT_PERMISSION_LACKING)
        response_header(call->response, "WWW-Authenticate",
                        "Bearer realm=\"%s\", error=\"insufficient_scope\"", realm);
    else
        response_header(call->response, "WWW-Authenticate", "Bearer realm=\"%s\"%s", realm,
                        sent ? ", error=\"invalid_token\"" : "");
}

void wording_tell(struct call *call)
{
    const struct voice *voice = call->gateway->voices[call->family];
    const struct wording *wording = voice->choose ? voice->choose(call) : NULL;
    char allow[64];

    if (!wording)
        wording = voice_wording(voice, call->decision.fault);
    char *message = wording_fill(call, wording->message);

    response_json(call->response, wording->status, voice->error_body(call, wording, message));
    free(message);
    if (wording->status == 401)
        challenge(call);
    if (wording->status == 429 && call->room.wait_s)
        response_header(call->response, "Retry-After", "%" PRId64, call->room.wait_s);
    if (wording->status == 405)
        response_header(call->response, "Allow", "%s", endpoint_allow(call, allow, sizeof allow));
    if (call->decision.fault == FAULT_FRAMING_INVALID)
        call->response->close = true;
}

void wording_options(struct call *call)
{
    char allow[64];

    if (!*endpoint_allow(call, allow, sizeof allow)) {
        call_refuse(call, FAULT_PATH_UNKNOWN, "no endpoint of %s has this path",
                    call->gateway->name);
        wording_tell(call);
        return;
    }
    call->response->status = 204;
    response_header(call->response, "Allow", "%s, OPTIONS", allow);
}
