#include "mock/endpoints/reply.h"

#include "mock/counting.h"

#include <stdlib.h>
#include <string.h>

enum {
    TOKENS_A_MESSAGE = 3,
    TOKENS_AN_ANSWER = 128000, /* at most, where the model does not say */
    PIECES = 4096,             /* of a stream at most, so that no answer takes too much memory */
};

const char sse_type[] = "text/event-stream; charset=utf-8";

bool reply_streams(const struct call *call)
{
    return json_is_true(json_object_get(call->body, "stream"));
}

size_t reply_piece(const struct reply *reply, size_t at)
{
    return count_fit(reply->text + at, 1 + reply->output_tokens / PIECES);
}

int64_t reply_count(const json_t *asked)
{
    int64_t messages = json_is_array(asked) ? (int64_t)json_array_size(asked) : 1;

    return count_json(asked) + TOKENS_A_MESSAGE * messages;
}

struct reply reply_make(const struct call *call, const json_t *asked, int64_t most)
{
    const char *text = call_last_text(call);
    struct reply reply = {.input_tokens = reply_count(asked)};

    if (!*text)
        text = "Hello!";
    int64_t longest =
        call->model && call->model->max_output ? call->model->max_output : TOKENS_AN_ANSWER;
    if (most <= 0 || most > longest)
        most = longest;
    size_t length = count_fit(text, most);
    reply.cut = text[length] != '\0';
    reply.text = must(strndup(text, length));
    reply.output_tokens = count_text(reply.text);
    call_spend(call, reply.input_tokens, reply.output_tokens);
    return reply;
}

void reply_close(struct reply *reply)
{
    free(reply->text);
    reply->text = NULL;
}

double reply_cost_usd(const struct call *call, const struct reply *reply)
{
    if (!call->model)
        return 0;
    return (double)(reply->input_tokens * call->model->input_nano +
                    reply->output_tokens * call->model->output_nano) /
           (double)NANO_PER_USD;
}

json_int_t reply_created(const struct call *call)
{
    return call->now_ms / 1000;
}
