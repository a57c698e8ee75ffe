/* Bytes become requests to one mock: whatever a client sends, it gets an answer that is its own
 * fault at most, in JSON that parses. */
#include "mock/mock.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 12 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct mock *shared_mock(void)
{
    static struct mock *mock;
    const struct mock_options options = {.clock = "virtual", .seed = 1};
    struct problem problem = {0};

    if (!mock) {
        mock = must(malloc(sizeof *mock));
        if (!mock_open(mock, &options, &problem))
            abort();
    }
    return mock;
}

/* The text up to the next newline, in a copy of its own, to be freed; *at moves past it. */
static char *line_take(const uint8_t **at, size_t *left)
{
    const uint8_t *newline = memchr(*at, '\n', *left);
    size_t length = newline ? (size_t)(newline - *at) : *left;
    char *line = must(malloc(length + 1));

    memcpy(line, *at, length);
    line[length] = '\0';
    *at += length + (newline != NULL);
    *left -= length + (newline != NULL);
    return line;
}

/* Cuts `line` at `mark`; what lies behind it, or "" at its end. */
static char *cut(char *line, char mark)
{
    char *at = strchr(line, mark);

    if (!at)
        return line + strlen(line);
    *at = '\0';
    return at + 1 + (mark == ':' && at[1] == ' ');
}

static void judge(const struct response *response)
{
    if (response->status < 200 || response->status > 499)
        abort();
    if (response->status != 204 && !response->body && !response->bytes && !response->events.count)
        abort();
    if (!response_header_find(response, "X-Gatemark-Id"))
        abort();
    for (size_t i = 0; i < response->events.count; i++)
        free(events_text(&response->events, i));
    if (!response->body)
        return;
    char *text = must(json_dumps(response->body, JSON_COMPACT));
    json_t *again = json_loads(text, 0, NULL);
    if (!again)
        abort();
    json_decref(again);
    free(text);
}

/* The journal's entry must be there, and be JSON. */
static void judge_journal(struct mock *mock, const char *id)
{
    json_t *found = journal_find(mock->journal, &(struct journal_query){.id = id, .limit = 1});

    if (json_array_size(json_object_get(found, "entries")) != 1)
        abort();
    json_decref(found);
}

/* METHOD target, header lines, an empty line, the body. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static unsigned runs;
    struct mock *mock = shared_mock();
    char *method = line_take(&bytes, &size), *target = cut(method, ' '), *query = cut(target, '?');
    char *lines[LINES];
    struct header headers[LINES];
    size_t count = 0;
    struct response *response = must(calloc(1, sizeof *response));

    while (size && *bytes != '\n' && count < LINES) {
        lines[count] = line_take(&bytes, &size);
        const char *value = cut(lines[count], ':');
        headers[count] = (struct header){lines[count], value};
        count++;
    }
    if (size && *bytes == '\n')
        bytes++, size--;
    char *body = must(malloc(size + (size == 0)));
    memcpy(body, bytes, size);
    const struct request request = {.method = method,
                                    .path = target,
                                    .query = query,
                                    .headers = headers,
                                    .header_count = count,
                                    .body = body,
                                    .body_length = size,
                                    .origin = "http://127.0.0.1"};
    struct response *interim = must(calloc(1, sizeof *interim));
    mock_wants_body(mock, &request, clock_now_ms(&mock->clock), interim);
    response_close(interim);
    free(interim);
    mock_answer(mock, &request, clock_now_ms(&mock->clock), response);
    judge(response);
    judge_journal(mock, response_header_find(response, "X-Gatemark-Id"));
    response_close(response);
    free(response);
    free(body);
    for (size_t i = 0; i < count; i++)
        free(lines[i]);
    free(method);
    if (++runs % 5000 == 0)
        mock_reset(mock);
    return 0;
}
