/* The whole mock without a socket. GATEMARK_GOLDEN=write rewrites mock/golden/. */
#include "mock/mock.h"

#include "mock/deviations.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CLAWDROUTER "sk-gatemark-test-clawdrouter-valid-0001"
#define INVORATEC "claw_gatemarkvalidtest0001ec654fac"
#define CLAUDE "sk-ant-api03-gatemark-test-valid-AA"
#define MANAGEMENT "lr_mgmt_676174656d61726b2d6d616e6167652d676174656d61726b"
#define AROUTER "lr_live_676174656d61726b2d76616c69642d676174656d61726b2d"
#define OPENROUTER "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"
#define OPENAI "sk-proj-gatemark-test-valid-0001"
#define GEMINI "AIzaGatemarkTest-valid-0000000000000000"
#define OR_MANAGEMENT "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"
#define VERSION "anthropic-version: 2023-06-01"
#define HELLO "[{\"role\":\"user\",\"content\":\"Hello\"}]"

enum { HEADERS = 6, HEADER_TEXT = 512 };

/* What is asked: a target with its query, header lines, a body. */
struct asked {
    const char *method, *target;
    const char *headers[HEADERS];
    const char *body;
    size_t body_length; /* 0: as long as the text */
    const char *framing;
    size_t header_bytes;
    bool body_cut;
};

/* What came back. Owns its texts. */
struct answer {
    int status;
    char *body; /* JSON, or NULL */
    char id[32];
    struct response *response; /* not by value: its headers point into it */
};

static struct mock *mock_new(const char *const *gateway, const char *setting)
{
    const struct mock_options options = {
        .gateways = gateway,
        .gateway_count = gateway ? 1 : 0,
        .clock = "virtual",
        .seed = 1,
        .settings = &setting,
        .setting_count = setting ? 1 : 0,
    };
    struct problem problem = {0};
    struct mock *mock = must(malloc(sizeof *mock));

    if (!mock_open(mock, &options, &problem))
        fail_msg("%s", problem.text);
    return mock;
}

static void mock_free(struct mock *mock)
{
    mock_close(mock);
    free(mock);
}

static size_t split_headers(const struct asked *asked, struct header *headers,
                            char room[HEADERS][HEADER_TEXT])
{
    size_t count = 0;

    for (; count < HEADERS && asked->headers[count]; count++) {
        snprintf(room[count], HEADER_TEXT, "%s", asked->headers[count]);
        char *colon = must(strchr(room[count], ':'));
        *colon = '\0';
        headers[count] = (struct header){room[count], colon + 1 + strspn(colon + 1, " ")};
    }
    return count;
}

/* Path, query and body are copies of exactly as many bytes as there are. */
static struct answer ask(struct mock *mock, const struct asked *asked)
{
    char room[HEADERS][HEADER_TEXT], *path = copy_text(asked->target);
    struct header headers[HEADERS];
    struct answer answer = {.response = must(calloc(1, sizeof *answer.response))};
    char *mark = strchr(path, '?');
    char *query = copy_text(mark ? mark + 1 : "");
    size_t length =
        asked->body_length ? asked->body_length : strlen(asked->body ? asked->body : "");
    char *body = must(malloc(length + (length == 0)));

    if (mark)
        *mark = '\0';
    if (length)
        memcpy(body, asked->body, length);
    const struct request request = {
        .method = asked->method,
        .path = path,
        .query = query,
        .headers = headers,
        .header_count = split_headers(asked, headers, room),
        .header_bytes = asked->header_bytes,
        .body = body,
        .body_length = length,
        .framing = asked->framing,
        .body_cut = asked->body_cut,
        .origin = "http://127.0.0.1",
    };
    mock_answer(mock, &request, clock_now_ms(&mock->clock), answer.response);
    answer.status = answer.response->status;
    answer.body = answer.response->body ? json_dumps(answer.response->body, JSON_COMPACT) : NULL;
    const char *id = response_header_find(answer.response, "X-Gatemark-Id");
    snprintf(answer.id, sizeof answer.id, "%s", id ? id : "");
    free(path);
    free(query);
    free(body);
    return answer;
}

static void answer_close(struct answer *answer)
{
    response_close(answer->response);
    free(answer->response);
    free(answer->body);
    *answer = (struct answer){0};
}

/* The fault that the journal has for an answer: "none" when admitted, "lost" when it has no entry.
 */
static void journaled(struct mock *mock, const char *id, char *fault, size_t size)
{
    json_t *found = journal_find(mock->journal, &(struct journal_query){.id = id, .limit = 1});
    const json_t *entry = json_array_get(json_object_get(found, "entries"), 0);
    const char *name = json_string_value(json_object_get(entry, "fault"));

    snprintf(fault, size, "%s", !entry ? "lost" : name ? name : "none");
    json_decref(found);
}

static const char *example(const char *request)
{
    static const struct {
        const char *path, *body;
    } bodies[] = {
        {"/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":" HELLO "}"},
        {"/api/v1/chat/completions", "{\"model\":\"gpt-3.5-turbo\",\"messages\":" HELLO "}"},
        {"/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hello\"}"},
        {"/v1/images/generations", "{\"model\":\"gpt-image-1\",\"prompt\":\"a bird\"}"},
        {"/v1/video/generations",
         "{\"model\":\"veo-3.1-fast-generate-001\",\"prompt\":\"a bird\"}"},
        {"/v1/messages", "{\"model\":\"claude-opus-4-7\",\"max_tokens\":9,\"messages\":" HELLO "}"},
        {"/v1/messages/count_tokens", "{\"model\":\"claude-opus-4-7\",\"messages\":" HELLO "}"},
        {"/v1beta/models/{model}:generateContent",
         "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}"},
        {"/v1beta/models/{model}:streamGenerateContent",
         "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}"},
        {"/v1beta/models/{model}:countTokens",
         "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}"},
        {"/v1beta/models/{model}:embedContent", "{\"content\":{\"parts\":[{\"text\":\"Hello\"}]}}"},
        {"/v1beta/models/{model}:batchEmbedContents",
         "{\"requests\":[{\"model\":\"models/gpt-4o\",\"content\":{\"parts\":[{\"text\":\"Hello\"}]"
         "}}]}"},
        {"/v1beta/models/{model}:predictLongRunning", "{\"instances\":[{\"prompt\":\"a bird\"}]}"},
        {"/v1/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":\"Hello\"}"},
        {"/api/v1/keys", "{\"name\":\"one\"}"},
        {"/v1/auth/api-keys", "{\"name\":\"one\"}"},
    };

    for (size_t i = 0; i < COUNT(bodies); i++)
        if (strcmp(bodies[i].path, request) == 0)
            return bodies[i].body;
    return "{}";
}

static const struct {
    const char *file;
    struct asked asked;
} examples[] = {
    {"clawdrouter-chat",
     {.method = "POST",
      .target = "/clawdrouter/v1/chat/completions",
      .headers = {"Authorization: Bearer " CLAWDROUTER, "Content-Type: application/json"},
      .body = "{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": "
              "\"你好\"}]}"}},
    {"clawdrouter-request-id",
     {.method = "POST",
      .target = "/clawdrouter/v1/chat/completions",
      .headers = {"Authorization: Bearer " CLAWDROUTER, "Request-Id: your-unique-request-id-123"},
      .body = "{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": "
              "\"你好\"}]}"}},
    {"clawdrouter-messages",
     {.method = "POST",
      .target = "/clawdrouter/v1/messages",
      .headers = {"x-api-key: " CLAWDROUTER, VERSION},
      .body = "{\"model\": \"claude-sonnet-4-6\", \"max_tokens\": 1024, \"messages\": [{\"role\": "
              "\"user\", \"content\": \"你好\"}]}"}},
    {"clawdrouter-video",
     {.method = "POST",
      .target = "/clawdrouter/v1/video/generations",
      .headers = {"Authorization: Bearer " CLAWDROUTER},
      .body = "{\"model\": \"veo-3.1-fast-generate-001\", \"prompt\": \"A small bird\", "
              "\"duration\": 4, \"metadata\": {\"durationSeconds\": 4, \"aspectRatio\": \"16:9\", "
              "\"resolution\": \"720p\", \"negativePrompt\": \"blurry\", \"personGeneration\": "
              "\"allow_adult\", \"generateAudio\": true}}"}},
    {"invoratec-create",
     {.method = "POST",
      .target = "/invoratec/v1/auth/api-keys",
      .headers = {"X-API-Key: " INVORATEC},
      .body = "{\"name\": \"Production Key\", \"permissions\": [\"read\", \"write\"]}"}},
    {"invoratec-list",
     {.method = "GET",
      .target = "/invoratec/v1/auth/api-keys",
      .headers = {"X-API-Key: " INVORATEC}}},
    {"invoratec-usage",
     {.method = "GET", .target = "/invoratec/v1/auth/usage", .headers = {"X-API-Key: " INVORATEC}}},
    {"claude-messages",
     {.method = "POST",
      .target = "/claude/v1/messages",
      .headers = {"x-api-key: " CLAUDE, VERSION},
      .body = "{\"model\": \"claude-opus-4-7\", \"max_tokens\": 1024, \"messages\": [{\"role\": "
              "\"user\", \"content\": \"Hello, Claude\"}]}"}},
    {"arouter-create",
     {.method = "POST",
      .target = "/arouter/api/v1/keys",
      .headers = {"Authorization: Bearer " MANAGEMENT},
      .body = "{\"name\": \"production-backend\", \"allowed_providers\": [\"openai\", "
              "\"anthropic\"], \"allowed_models\": [\"gpt-5.4\", \"claude-sonnet-4.6\"], "
              "\"limit\": 150, \"limit_reset\": \"monthly\", \"expires_at\": "
              "\"2025-12-31T23:59:59Z\"}"}},
    {"arouter-list",
     {.method = "GET",
      .target = "/arouter/api/v1/keys?page_size=20",
      .headers = {"Authorization: Bearer " MANAGEMENT}}},
    {"openrouter-chat",
     {.method = "POST",
      .target = "/openrouter/api/v1/chat/completions",
      .headers = {"Authorization: Bearer " OPENROUTER},
      .body = "{\"model\":\"gpt-3.5-turbo\",\"messages\":[{\"role\":\"user\",\"content\":"
              "\"Hello\"}]}"}},
    {"clawdrouter-chat-stream",
     {.method = "POST",
      .target = "/clawdrouter/v1/chat/completions",
      .headers = {"Authorization: Bearer " CLAWDROUTER},
      .body = "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
              "\"n\":2,\"messages\":[{\"role\":\"user\",\"content\":\"Hello, 你好!\"}]}"}},
    {"clawdrouter-responses-stream",
     {.method = "POST",
      .target = "/clawdrouter/v1/responses",
      .headers = {"Authorization: Bearer " CLAWDROUTER},
      .body = "{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"Hello, 你好!\"}"}},
    {"clawdrouter-gemini-sse",
     {.method = "POST",
      .target = "/clawdrouter/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
      .headers = {"Authorization: Bearer " CLAWDROUTER},
      .body = "{\"contents\":[{\"parts\":[{\"text\":\"Hello, 你好!\"}]}]}"}},
    {"clawdrouter-gemini-array",
     {.method = "POST",
      .target = "/clawdrouter/v1beta/models/gemini-2.5-flash:streamGenerateContent",
      .headers = {"Authorization: Bearer " CLAWDROUTER},
      .body = "{\"contents\":[{\"parts\":[{\"text\":\"Hello, 你好!\"}]}]}"}},
    {"clawdrouter-images-stream",
     {.method = "POST",
      .target = "/clawdrouter/v1/images/generations",
      .headers = {"Authorization: Bearer " CLAWDROUTER},
      .body = "{\"model\":\"gpt-image-1\",\"stream\":true,\"partial_images\":2,\"prompt\":\"a "
              "bird\"}"}},
    {"claude-messages-stream",
     {.method = "POST",
      .target = "/claude/v1/messages",
      .headers = {"x-api-key: " CLAUDE, VERSION},
      .body = "{\"model\":\"claude-opus-4-7\",\"max_tokens\":3,\"stream\":true,\"messages\":[{"
              "\"role\":\"user\",\"content\":\"Hello, Claude, and more\"}]}"}},
    {"openrouter-chat-stream",
     {.method = "POST",
      .target = "/openrouter/api/v1/chat/completions",
      .headers = {"Authorization: Bearer " OPENROUTER},
      .body = "{\"model\":\"gpt-3.5-turbo\",\"stream\":true,\"messages\":" HELLO "}"}},
    {"openrouter-no-key",
     {.method = "POST",
      .target = "/openrouter/api/v1/chat/completions",
      .body = "{\"model\":\"gpt-3.5-turbo\",\"messages\":[{\"role\":\"user\",\"content\":"
              "\"Hello\"}]}"}},
    {"openai-chat",
     {.method = "POST",
      .target = "/openai/v1/chat/completions",
      .headers = {"Authorization: Bearer " OPENAI},
      .body = "{\"model\":\"gpt-4o\",\"messages\":" HELLO "}"}},
    {"openai-no-key",
     {.method = "POST",
      .target = "/openai/v1/responses",
      .body = "{\"model\":\"gpt-4o\",\"input\":\"Hello\"}"}},
    {"openai-unknown-key",
     {.method = "POST",
      .target = "/openai/v1/chat/completions",
      .headers = {"Authorization: Bearer sk-proj-gatemark-never-issued"},
      .body = "{\"model\":\"gpt-4o\",\"messages\":" HELLO "}"}},
    {"openai-unknown-field",
     {.method = "POST",
      .target = "/openai/v1/chat/completions",
      .headers = {"Authorization: Bearer " OPENAI},
      .body = "{\"model\":\"gpt-4o\",\"mood\":\"good\",\"messages\":" HELLO "}"}},
    {"gemini-generate",
     {.method = "POST",
      .target = "/gemini/v1beta/models/gemini-2.5-flash:generateContent",
      .headers = {"x-goog-api-key: " GEMINI},
      .body = "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}"}},
    {"gemini-no-key",
     {.method = "POST",
      .target = "/gemini/v1beta/models/gemini-2.5-flash:generateContent",
      .body = "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}"}},
    {"gemini-bad-key", {.method = "GET", .target = "/gemini/v1beta/models?key=AIzaNever"}},
    {"gemini-bearer",
     {.method = "GET",
      .target = "/gemini/v1beta/models",
      .headers = {"Authorization: Bearer " GEMINI, "x-goog-api-key: " GEMINI}}},
    {"gemini-models",
     {.method = "GET",
      .target = "/gemini/v1beta/models?pageSize=1",
      .headers = {"x-goog-api-key: " GEMINI}}},
    {"openrouter-create",
     {.method = "POST",
      .target = "/openrouter/api/v1/keys",
      .headers = {"Authorization: Bearer " OR_MANAGEMENT},
      .body = "{\"name\":\"one\",\"limit\":10,\"limit_reset\":\"daily\"}"}},
};

/* Status, headers and body as one text, to be freed. */
static char *told(const struct answer *answer)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = must(open_memstream(&text, &size));

    fprintf(file, "%d\n", answer->status);
    for (size_t i = 0; i < answer->response->header_count; i++)
        fprintf(file, "%s: %s\n", answer->response->headers[i].name,
                answer->response->headers[i].value);
    fputc('\n', file);
    if (answer->response->body)
        json_dumpf(answer->response->body, file, JSON_INDENT(2));
    for (size_t i = 0; i < answer->response->events.count; i++) {
        char *event = events_text(&answer->response->events, i);
        fputs(event, file);
        free(event);
    }
    fputc('\n', file);
    fclose(file);
    return must(text);
}

static int golden_differs(const char *path, const char *text)
{
    const char *mode = getenv("GATEMARK_GOLDEN");
    bool write = mode && strcmp(mode, "write") == 0;
    FILE *file = fopen(path, write ? "w" : "r");
    char *wanted = must(calloc(1, 1 << 16));
    int bad = 0;

    if (file && write)
        fputs(text, file);
    else if (file)
        wanted[fread(wanted, 1, (1 << 16) - 1, file)] = '\0';
    if (file)
        fclose(file);
    if (!file || (!write && strcmp(text, wanted) != 0)) {
        print_error("%s differs from what is told now:\n%s\n", path, text);
        bad = 1;
    }
    free(wanted);
    return bad;
}

static void documents_examples_are_answered_as_before(void **state)
{
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(examples); i++) {
        struct mock *mock = mock_new(NULL, NULL);
        struct answer answer = ask(mock, &examples[i].asked);
        char *path = format_text("mock/golden/%s.txt", examples[i].file), *text = told(&answer);
        bad += golden_differs(path, text);
        free(path);
        free(text);
        answer_close(&answer);
        mock_free(mock);
    }
    assert_int_equal(bad, 0);
}

static void fresh_mocks_answer_alike(void **state)
{
    struct mock *one = mock_new(NULL, NULL), *other = mock_new(NULL, NULL);

    (void)state;
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < COUNT(examples); i++) {
            struct answer mine = ask(one, &examples[i].asked);
            struct answer yours = ask(other, &examples[i].asked);
            char *said = told(&mine), *also = told(&yours);
            assert_string_equal(said, also);
            free(said);
            free(also);
            answer_close(&mine);
            answer_close(&yours);
        }
        mock_reset(one);
        mock_free(other);
        other = mock_new(NULL, NULL);
    }
    mock_free(one);
    mock_free(other);
}

static const char *bearer_first(const struct gateway *gateway, enum family family)
{
    if (gateway == &gateway_gemini)
        return "x-goog-api-key";
    bool plain =
        gateway == &gateway_invoratec || gateway == &gateway_claude || family == FAMILY_ANTHROPIC;

    return plain ? "x-api-key" : "Authorization";
}

/* The path with something in place of {…}. */
static char *target_of(const struct endpoint *endpoint)
{
    const char *open = strchr(endpoint->path, '{');

    if (!open)
        return format_text("/%s%s", endpoint->gateway->name, endpoint->path);
    return format_text("/%s%.*sgpt-4o%s", endpoint->gateway->name, (int)(open - endpoint->path),
                       endpoint->path, strchr(open, '}') + 1);
}

static const struct {
    const char *name, *header;  /* KEY stands for the gateway's header */
    const char *plain, *bearer; /* the faults; NULL: not asked of this header */
} defects[] = {
    {"nothing", NULL, "key-missing", "key-missing"},
    {"empty", "KEY: ", "key-empty", "key-empty"},
    {"unknown", "KEY: sk-or-v1-never", "key-unknown", "scheme-missing"},
    {"unknown bearer", "KEY: Bearer sk-or-v1-never", "key-malformed", "key-unknown"},
    {"scheme alone", "KEY: Bearer", "key-unknown", "key-empty"},
    {"basic", "KEY: Basic abc", "key-malformed", "scheme-wrong"},
    {"tab", "KEY: Bearer\tabc", "key-malformed", "key-malformed"},
    {"space inside", "KEY: Bearer a b", "key-malformed", "key-malformed"},
    {"quotes", "KEY: \"abc\"", "key-malformed", "scheme-missing"},
    {"cookie", "Cookie: api_key=sk-or-v1-x", "key-in-cookie", "key-in-cookie"},
    {"Google's header", "x-goog-api-key: abc", "key-in-wrong-header", "key-in-wrong-header"},
    {"proxy's header", "Proxy-Authorization: Bearer abc", "key-in-wrong-header",
     "key-in-wrong-header"},
};

/* Gemini denies who sends no key, and calls a bad one a bad argument. */
static int refusal_status(const struct gateway *gateway, const char *fault)
{
    static const char *const missing[] = {"key-missing", "key-empty", "key-in-cookie",
                                          "key-in-wrong-header"};

    if (gateway != &gateway_gemini)
        return 401;
    for (size_t i = 0; i < COUNT(missing); i++)
        if (strcmp(fault, missing[i]) == 0)
            return 403;
    return 400;
}

static int defect_passes(struct mock *mock, const struct endpoint *endpoint, size_t defect)
{
    const char *header = defects[defect].header;
    const char *door = bearer_first(endpoint->gateway, endpoint->family);
    char *target = target_of(endpoint), *line = NULL, fault[32];

    if (header)
        line = strncmp(header, "KEY", 3) == 0 ? format_text("%s%s", door, header + 3)
                                              : copy_text(header);
    struct answer answer = ask(mock, &(struct asked){.method = endpoint->method,
                                                     .target = target,
                                                     .headers = {VERSION, line},
                                                     .body = example(endpoint->path)});
    const char *wanted = *door == 'A' ? defects[defect].bearer : defects[defect].plain;
    if (line && strcmp(door, "x-goog-api-key") == 0 && strcmp(line, "x-goog-api-key: abc") == 0)
        wanted = "key-unknown"; /* there it is the gateway's own header */
    journaled(mock, answer.id, fault, sizeof fault);
    int bad = answer.status != refusal_status(endpoint->gateway, wanted) ||
              strcmp(fault, wanted) != 0 || !answer.body;
    if (bad)
        print_error("%s %s, %s: %d, %s\n", endpoint->method, target, defects[defect].name,
                    answer.status, fault);
    answer_close(&answer);
    free(target);
    free(line);
    return bad;
}

static void no_door_opens_without_a_key(void **state)
{
    struct mock *mock = mock_new(NULL, NULL);
    int bad = 0;

    (void)state;
    for (const struct endpoint *const *table = endpoint_tables; *table; table++)
        for (const struct endpoint *e = *table; e->method; e++)
            for (size_t i = 0; e->need != NEED_NOTHING && i < COUNT(defects); i++)
                bad += defect_passes(mock, e, i);
    mock_free(mock);
    assert_int_equal(bad, 0);
}

static const struct {
    const char *name;
    struct asked asked;
    int status;
    const char *fault;
} wrongs[] = {
#define CHAT(...)                                                                                  \
    {                                                                                              \
        .method = "POST", .target = "/openrouter/api/v1/chat/completions",                         \
        .headers = {"Authorization: Bearer " OPENROUTER}, .body = __VA_ARGS__                      \
    }
#define MESSAGES(...)                                                                              \
    {                                                                                              \
        .method = "POST", .target = "/claude/v1/messages",                                         \
        .headers = {"x-api-key: " CLAUDE, VERSION}, .body = __VA_ARGS__                            \
    }
    {"good", CHAT("{\"model\":\"gpt-4o\",\"messages\":" HELLO "}"), 200, "none"},
    {"empty", CHAT(""), 400, "body-invalid"},
    {"no JSON", CHAT("hello"), 400, "body-invalid"},
    {"half", CHAT("{\"model\":"), 400, "body-invalid"},
    {"two", CHAT("{}{}"), 400, "body-invalid"},
    {"list", CHAT("[]"), 400, "body-invalid"},
    {"null", CHAT("null"), 400, "body-invalid"},
    {"trailing comma", CHAT("{\"a\":1,}"), 400, "body-invalid"},
    {"single quotes", CHAT("{'a':1}"), 400, "body-invalid"},
    {"bad UTF-8", CHAT("{\"model\":\"\xFF\xFE\"}"), 400, "body-invalid"},
    {"overlong UTF-8", CHAT("{\"model\":\"\xC0\xAF\"}"), 400, "body-invalid"},
    {"lone surrogate", CHAT("{\"model\":\"\\ud800\"}"), 400, "body-invalid"},
    {"NUL escaped", CHAT("{\"model\":\"a\\u0000b\"}"), 400, "body-invalid"},
    {"byte order mark", CHAT("\xEF\xBB\xBF{}"), 400, "body-invalid"},
    {"number too big", CHAT("{\"model\":1e999}"), 400, "body-invalid"},
    {"whole number too big", CHAT("{\"model\":99999999999999999999}"), 400, "body-invalid"},
    {"missing", CHAT("{\"messages\":" HELLO "}"), 400, "field-missing"},
    {"wrong type", CHAT("{\"model\":1,\"messages\":" HELLO "}"), 400, "field-wrong-type"},
    {"out of range", CHAT("{\"model\":\"gpt-4o\",\"temperature\":3,\"messages\":" HELLO "}"), 400,
     "field-out-of-range"},
    {"unknown field where it is lax",
     CHAT("{\"model\":\"gpt-4o\",\"odd\":1,\"messages\":" HELLO "}"), 200, "none"},
    {"unknown field where it is strict",
     MESSAGES("{\"model\":\"claude-opus-4-7\",\"max_tokens\":1,\"odd\":1,\"messages\":" HELLO "}"),
     400, "field-unknown"},
    {"stream options of no kind",
     CHAT("{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":1,\"messages\":" HELLO "}"),
     400, "field-wrong-type"},
    {"stream of no kind", CHAT("{\"model\":\"gpt-4o\",\"stream\":\"true\",\"messages\":" HELLO "}"),
     400, "field-wrong-type"},
    {"stream in a framing that is not served",
     {.method = "POST",
      .target = "/clawdrouter/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=proto",
      .headers = {"Authorization: Bearer " CLAWDROUTER},
      .body = "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}"},
     400,
     "feature-unsupported"},
    {"unknown model", CHAT("{\"model\":\"gpt-0\",\"messages\":" HELLO "}"), 400, "model-unknown"},
    {"model of another kind", CHAT("{\"model\":\"gpt-image-1\",\"messages\":" HELLO "}"), 400,
     "model-unknown"},
    {"messages of strange things",
     CHAT("{\"model\":\"gpt-4o\",\"messages\":[null,1,\"x\",[],{\"content\":[1,{}]}]}"), 200,
     "none"},
    {"framing",
     {.method = "GET", .target = "/openrouter/api/v1/key", .framing = "it is folded"},
     400,
     "framing-invalid"},
    {"framing of OPTIONS",
     {.method = "OPTIONS", .target = "/openrouter/api/v1/key", .framing = "it is folded"},
     400,
     "framing-invalid"},
    {"headers too large",
     {.method = "GET", .target = "/openrouter/api/v1/key", .header_bytes = 1 << 20},
     431,
     "headers-too-large"},
    {"body too large",
     {.method = "POST",
      .target = "/openrouter/api/v1/chat/completions",
      .headers = {"Authorization: Bearer " OPENROUTER},
      .body_cut = true},
     413,
     "body-too-large"},
    {"no gateway", {.method = "GET", .target = "/"}, 404, "path-unknown"},
    {"no such gateway", {.method = "GET", .target = "/nobody/v1"}, 404, "path-unknown"},
    {"no such path", {.method = "GET", .target = "/claude/v2"}, 404, "path-unknown"},
    {"no such deviation",
     {.method = "GET", .target = "/with/x/claude/v1/models"},
     404,
     "path-unknown"},
    {"no such method", {.method = "BREW", .target = "/claude/v1/models"}, 405, "method-unknown"},
    {"no such method here",
     {.method = "GET", .target = "/claude/v1/messages"},
     405,
     "method-unknown"},
    {"OPTIONS", {.method = "OPTIONS", .target = "/claude/v1/messages"}, 204, "none"},
    {"OPTIONS of nothing", {.method = "OPTIONS", .target = "/claude/v2"}, 404, "path-unknown"},
    {"HEAD",
     {.method = "HEAD",
      .target = "/openrouter/api/v1/key",
      .headers = {"Authorization: Bearer " OPENROUTER}},
     200,
     "none"},
    {"model in the path that is not UTF-8",
     {.method = "POST",
      .target = "/clawdrouter/v1beta/models/\xFF:generateContent",
      .headers = {"Authorization: Bearer " CLAWDROUTER},
      .body = "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}"},
     404,
     "path-unknown"},
    {"version missing",
     {.method = "GET", .target = "/claude/v1/models", .headers = {"x-api-key: " CLAUDE}},
     400,
     "version-missing"},
    {"version unknown",
     {.method = "GET",
      .target = "/claude/v1/models",
      .headers = {"x-api-key: " CLAUDE, "anthropic-version: 1999-01-01"}},
     400,
     "version-unknown"},
    {"page size of nothing",
     {.method = "GET",
      .target = "/arouter/api/v1/keys?page_size=0",
      .headers = {"Authorization: Bearer " MANAGEMENT}},
     400,
     "field-out-of-range"},
    {"page token of nobody",
     {.method = "GET",
      .target = "/arouter/api/v1/keys?page_token=x",
      .headers = {"Authorization: Bearer " MANAGEMENT}},
     400,
     "field-out-of-range"},
    {"control of nothing", {.method = "GET", .target = "/_gatemark"}, 404, "body-invalid"},
    {"control, another method",
     {.method = "PUT", .target = "/_gatemark/clock"},
     405,
     "body-invalid"},
    {"control, no body", {.method = "POST", .target = "/_gatemark/clock"}, 400, "body-invalid"},
    {"control, clock back by itself",
     {.method = "POST", .target = "/_gatemark/clock", .body = "{\"advance_seconds\":-1}"},
     400,
     "body-invalid"},
    {"control, unknown gateway",
     {.method = "POST", .target = "/_gatemark/credentials", .body = "{\"gateway\":\"x\"}"},
     400,
     "body-invalid"},
    {"control, unknown field",
     {.method = "POST",
      .target = "/_gatemark/credentials",
      .body = "{\"gateway\":\"claude\",\"odd\":1}"},
     400,
     "body-invalid"},
    {"control, body too large",
     {.method = "POST", .target = "/_gatemark/credentials", .body_cut = true},
     413,
     "body-invalid"},
};

static void what_is_wrong_is_told(void **state)
{
    struct mock *mock = mock_new(NULL, NULL);
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(wrongs); i++) {
        char fault[32];
        struct answer answer = ask(mock, &wrongs[i].asked);
        journaled(mock, answer.id, fault, sizeof fault);
        if (answer.status != wrongs[i].status || strcmp(fault, wrongs[i].fault) != 0 ||
            (answer.status != 204 && !answer.body) ||
            (answer.status == 405) !=
                (response_header_find(answer.response, "Allow") != NULL && answer.status != 204)) {
            print_error("%s: %d, %s, %s\n", wrongs[i].name, answer.status, fault,
                        answer.body ? answer.body : "no body");
            bad++;
        }
        answer_close(&answer);
    }
    mock_free(mock);
    assert_int_equal(bad, 0);
}

/* Asks for a chat completion or the like and tells what came. */
static int post(struct mock *mock, const char *target, const char *key, const char *body,
                char *fault, size_t size)
{
    char *bearer = format_text("Authorization: Bearer %s", key);
    struct answer answer = ask(
        mock, &(struct asked){
                  .method = "POST", .target = target, .headers = {bearer, VERSION}, .body = body});
    int status = answer.body ? answer.status : -answer.status;

    journaled(mock, answer.id, fault, size);
    answer_close(&answer);
    free(bearer);
    return status;
}

/* `prefix`, `count` times `part`, `suffix`: to be freed. */
static char *long_text(const char *prefix, const char *part, size_t count, const char *suffix)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = must(open_memstream(&text, &size));

    fputs(prefix, file);
    for (size_t i = 0; i < count; i++)
        fputs(part, file);
    fputs(suffix, file);
    fclose(file);
    return must(text);
}

static void long_and_deep_bodies_do_no_harm(void **state)
{
    static const struct {
        const char *name, *target, *key, *prefix, *part;
        size_t count;
        const char *suffix;
        int status;
    } rows[] = {
        {"deep lists", "/openrouter/api/v1/chat/completions", OPENROUTER, "", "[", 1000000, "",
         400},
        {"deep maps", "/openrouter/api/v1/chat/completions", OPENROUTER, "", "{\"a\":", 200000, "",
         400},
        {"deep lists to control", "/_gatemark/clock", "", "", "[", 60000, "", 400},
        {"deep maps to control", "/_gatemark/credentials", "", "", "{\"a\":", 12000, "", 400},
        {"many fields", "/openrouter/api/v1/chat/completions", OPENROUTER, "{\"model\":\"gpt-4o\"",
         ",\"a\":1", 100000, ",\"messages\":" HELLO "}", 200},
        {"many messages", "/openrouter/api/v1/chat/completions", OPENROUTER,
         "{\"model\":\"gpt-4o\",\"messages\":[{}", ",{}", 100000, "]}", 400},
        {"long answer many times over", "/clawdrouter/v1/chat/completions", CLAWDROUTER,
         "{\"model\":\"gpt-4o\",\"n\":128,\"max_tokens\":1000000000,\"messages\":[{\"role\":"
         "\"user\",\"content\":\"",
         "0123456789", 400000, "\"}]}", 200},
        {"many inputs", "/arouter/v1/embeddings", AROUTER,
         "{\"model\":\"text-embedding-3-small\",\"input\":[\"\"", ",\"\"", 2048, "]}", 400},
        {"long name of a field", "/clawdrouter/v1/messages", CLAWDROUTER,
         "{\"model\":\"claude-opus-4-7\",\"max_tokens\":1,\"messages\":" HELLO ",\"", "x", 1000000,
         "\":1}", 400},
        {"long name of a model", "/openrouter/api/v1/chat/completions", OPENROUTER, "{\"model\":\"",
         "x", 1000000, "\",\"messages\":" HELLO "}", 400},
    };
    struct mock *mock = mock_new(NULL, NULL);
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *body = long_text(rows[i].prefix, rows[i].part, rows[i].count, rows[i].suffix);
        char fault[32];
        int status = post(mock, rows[i].target, rows[i].key, body, fault, sizeof fault);
        if (status != rows[i].status) {
            print_error("%s: %d, %s\n", rows[i].name, status, fault);
            bad++;
        }
        free(body);
    }
    mock_free(mock);
    assert_int_equal(bad, 0);
}

static const struct {
    const char *name, *target, *key, *prefix, *suffix;
} cuts[] = {
    {"name of a field", "/clawdrouter/v1/messages", CLAWDROUTER,
     "{\"model\":\"claude-opus-4-7\",\"max_tokens\":1,\"messages\":" HELLO ",\"", "\":1}"},
    {"name of a model", "/openrouter/api/v1/chat/completions", OPENROUTER, "{\"model\":\"",
     "\",\"messages\":" HELLO "}"},
    {"name of a model, told by Gemini", "/clawdrouter/v1/chat/completions", CLAWDROUTER,
     "{\"model\":\"", "\",\"messages\":" HELLO "}"},
    {"model of a video", "/clawdrouter/v1/video/generations", CLAWDROUTER, "{\"model\":\"",
     "\",\"prompt\":\"a bird\"}"},
    {"name of a key", "/invoratec/v1/auth/api-keys", INVORATEC, "{\"name\":\"", "\"}"},
    {"name of a key by control", "/_gatemark/credentials", "",
     "{\"gateway\":\"invoratec\",\"owner\":\"valid\",\"name\":\"", "\"}"},
    {"JSON that breaks", "/openrouter/api/v1/chat/completions", OPENROUTER, "{\"", ""},
    {"word that JSON has not", "/openrouter/api/v1/chat/completions", OPENROUTER, "{", "}"},
};

/* Texts are cut to fit in many places; a cut within a character must not cost the answer its body,
 * or the journal its entry. */
static int cut_fails(struct mock *mock, size_t row, size_t count)
{
    char *before = long_text(cuts[row].prefix, "x", count % 4, "");
    char *body = long_text(before, "你", count, cuts[row].suffix), fault[32];
    int status = post(mock, cuts[row].target, cuts[row].key, body, fault, sizeof fault);
    int bad = status < 200 || status > 499 || strcmp(fault, "lost") == 0;

    if (bad)
        print_error("%s, %zu: %d, %s\n", cuts[row].name, count, status, fault);
    free(before);
    free(body);
    return bad;
}

static int cuts_fail(const char *setting)
{
    struct mock *mock = mock_new(NULL, setting);
    int bad = 0;

    for (size_t i = 0; i < COUNT(cuts); i++)
        for (size_t count = 0; count < 180; count++)
            bad += cut_fails(mock, i, count);
    struct answer list = ask(mock, &(struct asked){.method = "GET",
                                                   .target = "/invoratec/v1/auth/api-keys",
                                                   .headers = {"x-api-key: " INVORATEC}});
    bad += !list.body;
    answer_close(&list);
    mock_free(mock);
    return bad;
}

static void cuts_split_no_character(void **state)
{
    (void)state;
    assert_int_equal(cuts_fail(NULL), 0);
    assert_int_equal(cuts_fail("models.unknown=accepted"), 0);
}

static void journal_never_holds_a_secret(void **state)
{
    static const char *const keys[] = {CLAWDROUTER, INVORATEC, CLAUDE,
                                       MANAGEMENT,  AROUTER,   OPENROUTER};
    struct mock *mock = mock_new(NULL, NULL);

    (void)state;
    for (size_t i = 0; i < COUNT(keys); i++)
        for (const struct gateway *const *g = gateways; *g; g++) {
            char *path = format_text("/%s/v1/models/%s?key=%s", (*g)->name, keys[i], keys[i]);
            char *other = format_text("/%s/v1/messages", (*g)->name);
            char *model = format_text("/%s/v1beta/models/%s:countTokens", (*g)->name, keys[i]);
            char *bearer = format_text("Authorization: Bearer %s", keys[i]);
            char *plain = format_text("x-api-key: %s", keys[i]);
            char *id = format_text("Request-Id: %s", keys[i]);
            char *version = format_text("anthropic-version: %s", keys[i]);
            char *body = format_text("{\"model\":\"%s\",\"max_tokens\":1,\"messages\":" HELLO
                                     ",\"%s\":1,\"contents\":[]}",
                                     keys[i], keys[i]);
            const struct asked all[] = {
                {keys[i], path, {bearer, id}, body, 0, NULL, 0, false},
                {"GET", path, {plain, version, id}, body, 0, NULL, 0, false},
                {"POST", other, {plain, VERSION, id}, body, 0, NULL, 0, false},
                {"POST", other, {plain, version, id}, body, 0, NULL, 0, false},
                {"POST", model, {bearer, id}, body, 0, NULL, 0, false},
                {"POST", model, {bearer, plain, id}, keys[i], 0, NULL, 0, false},
                {"GET", other, {bearer, plain, id}, NULL, 0, keys[i], 0, false},
            };
            for (size_t n = 0; n < COUNT(all); n++) {
                struct answer answer = ask(mock, &all[n]);
                answer_close(&answer);
            }
            char *texts[] = {path, other, model, bearer, plain, id, version, body};
            for (size_t n = 0; n < COUNT(texts); n++)
                free(texts[n]);
        }
    json_t *journal = journal_find(mock->journal, &(struct journal_query){.limit = 1000});
    char *text = json_dumps(journal, 0);
    assert_true(json_array_size(json_object_get(journal, "entries")) > 100);
    for (size_t i = 0; i < COUNT(keys); i++)
        if (strstr(text, keys[i]) || strstr(text, keys[i] + strlen(keys[i]) - 12))
            fail_msg("the journal holds %s", keys[i]);
    free(text);
    json_decref(journal);
    mock_free(mock);
}

/* However a deviation bends a decision, handlers must find what they need. */
static void lies_do_not_crash(void **state)
{
    static const char *const bodies[] = {NULL, "{}", "[]", "{\"model\":1,\"messages\":{}}",
                                         "{\"model\":\"gpt-0\",\"messages\":[],\"contents\":[]}"};
    static const char *const headers[] = {NULL, "Authorization: Bearer x",
                                          "x-api-key: ", "Cookie: key=x"};
    struct mock *mock = mock_new(NULL, NULL);

    (void)state;
    for (const struct deviation *d = deviation_next(NULL); d; d = deviation_next(d))
        for (const struct endpoint *const *table = endpoint_tables; *table; table++)
            for (const struct endpoint *e = *table; e->method; e++)
                for (size_t n = 0; n <= COUNT(bodies); n++) {
                    char *target = target_of(e);
                    char *path = format_text("/with/%s%s", d->name, target);
                    struct answer answer =
                        ask(mock, &(struct asked){.method = e->method,
                                                  .target = path,
                                                  .headers = {headers[n % COUNT(headers)]},
                                                  .body = n < COUNT(bodies) ? bodies[n]
                                                                            : example(e->path)});
                    if (answer.status < 200 || answer.status > 599)
                        fail_msg("%s %s: %d", e->method, path, answer.status);
                    answer_close(&answer);
                    free(path);
                    free(target);
                }
    mock_free(mock);
}

static void reset_makes_it_new(void **state)
{
    struct mock *mock = mock_new(NULL, NULL);
    char fault[32];

    (void)state;
    struct answer made = ask(mock, &(struct asked){.method = "POST",
                                                   .target = "/_gatemark/credentials",
                                                   .body = "{\"gateway\":\"openrouter\"}"});
    assert_int_equal(made.status, 201);
    char *key = copy_text(json_string_value(json_object_get(made.response->body, "secret")));
    const char *chat = "{\"model\":\"gpt-4o\",\"messages\":" HELLO "}";
    assert_int_equal(post(mock, "/openrouter/api/v1/chat/completions", key, chat, fault, 32), 200);
    assert_true(clock_advance(&mock->clock, 60));
    mock_reset(mock);
    assert_int_equal(clock_now_ms(&mock->clock), mock->clock.start_ms);
    assert_int_equal(post(mock, "/openrouter/api/v1/chat/completions", key, chat, fault, 32), 401);
    assert_string_equal(fault, "key-unknown");
    answer_close(&made);
    free(key);
    mock_free(mock);
}

static void one_gateway_is_at_the_root_too(void **state)
{
    static const char *const only[] = {"openrouter"};
    struct mock *mock = mock_new(only, NULL);
    char fault[32];
    const char *chat = "{\"model\":\"gpt-4o\",\"messages\":" HELLO "}";

    (void)state;
    assert_int_equal(post(mock, "/api/v1/chat/completions", OPENROUTER, chat, fault, 32), 200);
    assert_int_equal(post(mock, "/openrouter/api/v1/chat/completions", OPENROUTER, chat, fault, 32),
                     200);
    assert_int_equal(post(mock, "/claude/v1/messages", CLAUDE, chat, fault, 32), 404);
    mock_free(mock);
}

static json_int_t usage_of(struct mock *mock, const char *body, const char *name)
{
    struct answer answer =
        ask(mock, &(struct asked){.method = "POST",
                                  .target = "/clawdrouter/v1/chat/completions",
                                  .headers = {"Authorization: Bearer " CLAWDROUTER},
                                  .body = body});
    json_int_t figure =
        json_integer_value(json_object_get(json_object_get(answer.response->body, "usage"), name));

    assert_int_equal(answer.status, 200);
    answer_close(&answer);
    return figure;
}

static void usage_counts_what_was_said(void **state)
{
    static const char one[] = "{\"model\":\"gpt-4o\",\"messages\":" HELLO "}";
    static const char three[] = "{\"model\":\"gpt-4o\",\"n\":3,\"messages\":" HELLO "}";
    struct mock *mock = mock_new(NULL, NULL);

    (void)state;
    assert_int_equal(usage_of(mock, one, "completion_tokens"), 2);
    assert_int_equal(usage_of(mock, three, "completion_tokens"), 6);
    assert_int_equal(usage_of(mock, three, "total_tokens"),
                     usage_of(mock, three, "prompt_tokens") + 6);
    mock_free(mock);
}

/* What the answer's events say in this choice, to be freed. */
static char *streamed_text(const struct answer *answer, int choice)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = must(open_memstream(&text, &size));

    for (size_t i = 0; i < answer->response->events.count; i++) {
        const json_t *data = answer->response->events.items[i].data;
        const json_t *piece = json_array_get(json_object_get(data, "choices"), 0);
        const json_t *delta = json_object_get(piece, "delta");
        const char *said = json_string_value(json_object_get(delta, "content"));
        if (said && json_integer_value(json_object_get(piece, "index")) == choice)
            fputs(said, file);
    }
    fclose(file);
    return must(text);
}

static void long_streams_say_all_in_bounded_pieces(void **state)
{
    static const struct {
        const char *part;
        size_t count;
        int choices;
        size_t most; /* events */
    } rows[] = {{"a", 1, 1, 8},
                {"\xF0\x9F\x98\x80\xE4\xBD\xA0 \xC3\xA9", 1000, 3, 3100},
                {"one two ", 5000, 1, 4200},
                {"one two ", 20000, 2, 4200}};
    struct mock *mock = mock_new(NULL, NULL);

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *said = long_text("", rows[i].part, rows[i].count, "");
        char *body = format_text("{\"model\":\"gpt-5.4\",\"stream\":true,\"n\":%d,\"messages\":[{"
                                 "\"role\":\"user\",\"content\":\"%s\"}]}",
                                 rows[i].choices, said);
        struct answer answer =
            ask(mock, &(struct asked){.method = "POST",
                                      .target = "/clawdrouter/v1/chat/completions",
                                      .headers = {"Authorization: Bearer " CLAWDROUTER},
                                      .body = body});
        assert_int_equal(answer.status, 200);
        assert_in_range(answer.response->events.count, 3, rows[i].most);
        for (int choice = 0; choice < rows[i].choices; choice++) {
            char *text = streamed_text(&answer, choice);
            assert_string_equal(text, said);
            free(text);
        }
        answer_close(&answer);
        free(body);
        free(said);
    }
    mock_free(mock);
}

static void bad_options_are_told(void **state)
{
    static const char *const nobody[] = {"nobody"}, *const setting[] = {"colour=red"};
    static const struct {
        const char *name;
        struct mock_options options;
        const char *says;
    } rows[] = {
        {"gateway", {.gateways = nobody, .gateway_count = 1, .clock = "real"}, "nobody"},
        {"setting", {.settings = setting, .setting_count = 1, .clock = "real"}, "colour"},
        {"clock", {.clock = "sundial"}, "sundial"},
        {"pace", {.clock = "real", .pace = "gap=fast"}, "gap=fast"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct problem problem = {0};
        struct mock mock;
        if (mock_open(&mock, &rows[i].options, &problem) || !strstr(problem.text, rows[i].says))
            fail_msg("%s: %s", rows[i].name, problem.text);
    }
}

static void control_wants_its_token(void **state)
{
    static const struct {
        const char *name, *header;
        int status;
    } rows[] = {
        {"none", NULL, 401},
        {"right", "Authorization: Bearer open sesame", 200},
        {"scheme in lower case", "Authorization: bearer open sesame", 200},
        {"wrong", "Authorization: Bearer open", 401},
        {"longer", "Authorization: Bearer open sesame!", 401},
        {"empty", "Authorization: Bearer ", 401},
        {"without scheme", "Authorization: open sesame", 401},
        {"basic", "Authorization: Basic open sesame", 401},
        {"another header", "x-api-key: open sesame", 401},
    };
    const struct mock_options options = {.clock = "virtual", .control_token = "open sesame"};
    struct mock *mock = must(malloc(sizeof *mock));
    struct problem problem = {0};

    (void)state;
    assert_true(mock_open(mock, &options, &problem));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct answer answer = ask(mock, &(struct asked){.method = "GET",
                                                         .target = "/_gatemark/health",
                                                         .headers = {rows[i].header}});
        if (answer.status != rows[i].status)
            fail_msg("%s: %d", rows[i].name, answer.status);
        answer_close(&answer);
    }
    mock_free(mock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_examples_are_answered_as_before),
        cmocka_unit_test(fresh_mocks_answer_alike),
        cmocka_unit_test(no_door_opens_without_a_key),
        cmocka_unit_test(what_is_wrong_is_told),
        cmocka_unit_test(long_and_deep_bodies_do_no_harm),
        cmocka_unit_test(cuts_split_no_character),
        cmocka_unit_test(journal_never_holds_a_secret),
        cmocka_unit_test(lies_do_not_crash),
        cmocka_unit_test(reset_makes_it_new),
        cmocka_unit_test(one_gateway_is_at_the_root_too),
        cmocka_unit_test(usage_counts_what_was_said),
        cmocka_unit_test(long_streams_say_all_in_bounded_pieces),
        cmocka_unit_test(bad_options_are_told),
        cmocka_unit_test(control_wants_its_token),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
