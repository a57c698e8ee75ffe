#include "mock/endpoint.h"

#include "mock/call.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void paths_find_their_endpoints(void **state)
{
    static const struct {
        const char *name, *gateway, *method, *path, *found, *argument;
    } rows[] = {
        {"plain", "claude", "POST", "/v1/messages", "/v1/messages", ""},
        {"longer one", "claude", "POST", "/v1/messages/count_tokens", "/v1/messages/count_tokens",
         ""},
        {"HEAD finds GET", "claude", "HEAD", "/v1/models", "/v1/models", ""},
        {"HEAD finds no POST", "claude", "HEAD", "/v1/messages", NULL, NULL},
        {"method in another case", "claude", "post", "/v1/messages", NULL, NULL},
        {"method of nothing", "claude", "", "/v1/messages", NULL, NULL},
        {"slash at the end", "claude", "POST", "/v1/messages/", NULL, NULL},
        {"two slashes", "claude", "POST", "/v1//messages", NULL, NULL},
        {"case matters", "claude", "POST", "/V1/messages", NULL, NULL},
        {"another gateway's", "arouter", "POST", "/v1/messages", NULL, NULL},
        {"root", "claude", "GET", "/", NULL, NULL},
        {"empty", "claude", "GET", "", NULL, NULL},
        {"id", "claude", "GET", "/v1/models/claude-opus-4-7", "/v1/models/{model_id}",
         "claude-opus-4-7"},
        {"empty id", "claude", "GET", "/v1/models/", NULL, NULL},
        {"id with a slash", "claude", "GET", "/v1/models/a/b", NULL, NULL},
        {"id that is not UTF-8", "claude", "GET", "/v1/models/a\xFF", NULL, NULL},
        {"id beyond ASCII", "claude", "GET", "/v1/models/\xE4\xBD\xA0", "/v1/models/{model_id}",
         "\xE4\xBD\xA0"},
        {"verb", "clawdrouter", "POST", "/v1beta/models/g:generateContent",
         "/v1beta/models/{model}:generateContent", "g"},
        {"verb, several colons", "clawdrouter", "POST", "/v1beta/models/a:b:c:countTokens",
         "/v1beta/models/{model}:countTokens", "a:b:c"},
        {"verb twice", "clawdrouter", "POST", "/v1beta/models/a:countTokens:countTokens",
         "/v1beta/models/{model}:countTokens", "a:countTokens"},
        {"verb without a model", "clawdrouter", "POST", "/v1beta/models/:countTokens", NULL, NULL},
        {"unknown verb", "clawdrouter", "POST", "/v1beta/models/g:dance", NULL, NULL},
        {"half a verb", "clawdrouter", "POST", "/v1beta/models/g:countToken", NULL, NULL},
        {"verb and more", "clawdrouter", "POST", "/v1beta/models/g:countTokens/x", NULL, NULL},
        {"id in the middle", "clawdrouter", "GET", "/v1/video/generations/t/content",
         "/v1/video/generations/{task_id}/content", "t"},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct request request = {.method = rows[i].method};
        struct call call = {
            .request = &request, .gateway = gateway_find(rows[i].gateway), .path = rows[i].path};
        const struct endpoint *found = endpoint_find(&call);
        bool good = rows[i].found ? found && strcmp(found->path, rows[i].found) == 0 &&
                                        strcmp(call.arguments[0], rows[i].argument) == 0
                                  : !found;
        if (!good) {
            print_error("%s: %s, \"%s\"\n", rows[i].name, found ? found->path : "nothing",
                        call.arguments[0]);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void long_arguments_match_nothing(void **state)
{
    static const char prefix[] = "/v1/models/";
    const struct request request = {.method = "GET"};
    char path[sizeof prefix + CALL_ARGUMENT_TEXT];
    struct call call = {.request = &request, .gateway = &gateway_claude, .path = path};

    (void)state;
    memcpy(path, prefix, sizeof prefix);
    memset(path + sizeof prefix - 1, 'm', CALL_ARGUMENT_TEXT);
    path[sizeof prefix - 1 + CALL_ARGUMENT_TEXT] = '\0';
    assert_null(endpoint_find(&call));
    path[sizeof prefix - 1 + CALL_ARGUMENT_TEXT - 1] = '\0';
    assert_non_null(endpoint_find(&call));
    assert_int_equal(strlen(call.arguments[0]), CALL_ARGUMENT_TEXT - 1);
}

static void allow_names_the_methods(void **state)
{
    static const struct {
        const char *gateway, *path, *allow;
        enum family family;
    } rows[] = {
        {"claude", "/v1/messages", "POST", FAMILY_ANTHROPIC},
        {"claude", "/v1/models", "GET, HEAD", FAMILY_ANTHROPIC},
        {"claude", "/v1/nothing", "", FAMILY_OPENAI},
        {"invoratec", "/v1/auth/api-keys", "POST, GET, HEAD", FAMILY_KEYS},
        {"invoratec", "/v1/auth/api-keys/x", "DELETE", FAMILY_KEYS},
        {"arouter", "/api/v1/keys/x", "PATCH, DELETE", FAMILY_KEYS},
        {"clawdrouter", "/v1beta/models/m:countTokens", "POST", FAMILY_GEMINI},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct call call = {.gateway = gateway_find(rows[i].gateway), .path = rows[i].path};
        char allow[64];
        assert_string_equal(endpoint_allow(&call, allow, sizeof allow), rows[i].allow);
        assert_int_equal(call.family, rows[i].family);
    }
}

static void tables_are_whole(void **state)
{
    size_t count = 0;

    (void)state;
    for (const struct endpoint *const *table = endpoint_tables; *table; table++)
        for (const struct endpoint *e = *table; e->method; e++, count++) {
            assert_non_null(e->reply);
            assert_true(e->path[0] == '/' && *need_name(e->need));
            assert_non_null(e->gateway->voices[e->family]);
            assert_true(!e->task || e->need == NEED_INFERENCE || e->need == NEED_WRITE);
            assert_true(!e->fields || strcmp(e->method, "GET") != 0);
        }
    assert_true(count > 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_find_their_endpoints),
        cmocka_unit_test(long_arguments_match_nothing),
        cmocka_unit_test(allow_names_the_methods),
        cmocka_unit_test(tables_are_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
