#include "mock/call.h"

#include "mock/counting.h"
#include "mock/mock.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void call_refuse(struct call *call, enum fault fault, const char *reason, ...)
{
    va_list args;

    if (call->decision.fault)
        return;
    call->decision.fault = fault;
    va_start(args, reason);
    vsnprintf(call->decision.reason, sizeof call->decision.reason, reason, args);
    va_end(args);
}

/* A cut at the end may split a character; jansson would then refuse the whole message. */
static void whole_characters(char *text)
{
    size_t length = strlen(text), back = 0;

    while (back < length && back < 3 && ((unsigned char)text[length - 1 - back] & 0xC0) == 0x80)
        back++;
    if (length == back)
        return;
    unsigned char first = (unsigned char)text[length - 1 - back];
    size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
    if (back < more)
        text[length - 1 - back] = '\0';
}

void call_refuse_field(struct call *call, enum fault fault, const char *param, const char *detail,
                       ...)
{
    struct decision *decision = &call->decision;
    va_list args;

    if (decision->fault)
        return;
    va_start(args, detail);
    vsnprintf(decision->detail, sizeof decision->detail, detail, args);
    va_end(args);
    snprintf(decision->param, sizeof decision->param, "%s", param);
    whole_characters(decision->param);
    whole_characters(decision->detail);
    call_refuse(call, fault, "%s", decision->detail);
}

/* The text of a message's content: a string, or the text of its last block that has one. */
static const char *content_text(const json_t *content)
{
    const char *text = json_string_value(content);
    const json_t *block;
    size_t i;

    json_array_foreach(content, i, block) {
        const char *found = json_string_value(json_object_get(block, "text"));
        if (json_is_string(block))
            found = json_string_value(block);
        if (found)
            text = found;
    }
    return text;
}

const char *call_last_text(const struct call *call)
{
    static const char *const lists[] = {"messages", "input", "contents"};
    const char *text = json_string_value(json_object_get(call->body, "input"));

    for (size_t n = 0; n < COUNT(lists) && !text; n++) {
        const json_t *list = json_object_get(call->body, lists[n]);
        for (size_t i = json_array_size(list); i-- > 0 && !text;) {
            const json_t *message = json_array_get(list, i);
            const json_t *content = json_object_get(message, "content");
            text = content_text(content ? content : json_object_get(message, "parts"));
        }
    }
    return text ? text : "";
}

void call_spend(const struct call *call, int64_t input_tokens, int64_t output_tokens)
{
    const struct model *model = call->model;
    struct cost cost = {.input_tokens = input_tokens, .output_tokens = output_tokens};

    if (!call->decision.key)
        return;
    if (model)
        cost.nano = input_tokens * model->input_nano + output_tokens * model->output_nano;
    admission_spend(call->decision.key->meter, &cost, call->now_ms);
}

int64_t call_parameter(struct call *call, const char *name, int64_t fallback, int64_t least,
                       int64_t most)
{
    char text[32], *end;

    if (!request_parameter(call->request, name, text, sizeof text)) {
        size_t length = strlen(name);
        const char *at = strstr(call->request->query, name);
        if (at && at[length] == '=')
            goto wrong; /* there, but too long to be a number */
        return fallback;
    }
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0 && value >= least &&
        value <= most)
        return value;
wrong:
    call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, name,
                      "expected a whole number from %lld to %lld", (long long)least,
                      (long long)most);
    return fallback;
}

const char *call_draw(const struct call *call, const char *prefix, size_t length, char *text,
                      size_t size)
{
    return identity_word(&call->mock->identity, prefix, length, text, size);
}
