/* What the answers of all families have in common: the text said, and what it counts. */
#ifndef MOCK_ENDPOINTS_REPLY_H
#define MOCK_ENDPOINTS_REPLY_H

#include "mock/call.h"

/* The mock says the caller's last text again, so that a check can foretell it. */
struct reply {
    char *text; /* owned; reply_close() */
    int64_t input_tokens, output_tokens;
    bool cut; /* the limit on the answer's length was reached */
};

/* `asked` is what counts as input: messages, system prompt, tools. `most` limits the answer's
 * tokens; 0: the model's own limit. Books the cost. */
struct reply reply_make(const struct call *call, const json_t *asked, int64_t most);
void reply_close(struct reply *reply);

/* Did the body ask for a stream? Nothing else does: official clients accept JSON then, too. */
bool reply_streams(const struct call *call);

/* Length of the piece of the text that begins at `at`: about a token, more of a very long answer.
 * 0 at its end. */
size_t reply_piece(const struct reply *reply, size_t at);

extern const char sse_type[]; /* the Content-Type of server-sent events */

/* Tokens of a list of messages, in any family: their strings, and three for each. */
int64_t reply_count(const json_t *asked);

/* What the reply cost, in US dollars. */
double reply_cost_usd(const struct call *call, const struct reply *reply);

/* Seconds since 1970, as most families tell time. */
json_int_t reply_created(const struct call *call);

#endif
