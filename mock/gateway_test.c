/* Whatever is refused, by whomever and in whichever family, has words and a body to say them in. */
#include "mock/gateway.h"

#include "mock/mock.h"
#include "mock/wording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Of one gateway, family and fault. Owns its mock; the model is the catalogue's. */
struct refusal {
    struct mock mock;
    struct request request;
    struct response response;
    struct call call;
};

static const struct model model = {.id = "gpt-4o", .provider = "openai", .name = "GPT-4o"};

static void refusal_init(struct refusal *refusal, const struct gateway *gateway, int family,
                         int fault)
{
    *refusal = (struct refusal){.request = {.method = "POST", .path = "/x", .query = ""}};
    refusal->call = (struct call){
        .mock = &refusal->mock,
        .request = &refusal->request,
        .gateway = gateway,
        .path = "/x",
        .family = (enum family)family,
        .decision = {.fault = (enum fault)fault, .param = "field", .detail = "expected better"},
        .room = {.limit = 5, .wait_s = 30},
        .model = &model,
        .model_name = "gpt-4o",
        .request_id = "req_1",
        .response = &refusal->response,
    };
}

/* No brace may be left in what a client reads, and no word of the journal's. */
static bool reads_well(const json_t *body)
{
    char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
    bool good = text && !strstr(text, "{param}") && !strstr(text, "{detail}") &&
                !strstr(text, "{model}") && !strstr(text, "{provider}") &&
                !strstr(text, "{limit}") && !strstr(text, "{wait}") && !strstr(text, "{reset}") &&
                !strstr(text, "{path}") && !strstr(text, "{method}");

    free(text);
    return good;
}

static int refusal_fails(const struct gateway *gateway, int family, int fault)
{
    struct refusal *refusal = must(malloc(sizeof *refusal));
    int bad = 0;

    refusal_init(refusal, gateway, family, fault);
    if (!voice_wording(gateway->voices[family], (enum fault)fault)) {
        print_error("%s, %s: no wording for %s\n", gateway->name, family_name((enum family)family),
                    fault_name((enum fault)fault));
        free(refusal);
        return 1;
    }
    wording_tell(&refusal->call);
    const struct response *response = &refusal->response;
    bad = response->status < 400 || response->status > 499 || !reads_well(response->body) ||
          (response->status == 401) != (response_header_find(response, "WWW-Authenticate") != NULL);
    if (bad)
        print_error("%s, %s, %s: %d%s\n", gateway->name, family_name((enum family)family),
                    fault_name((enum fault)fault), response->status,
                    response->body ? "" : " without a body");
    response_close(&refusal->response);
    free(refusal);
    return bad;
}

static int gateway_fails(const struct gateway *gateway)
{
    int bad = 0;

    for (int family = 0; family < FAMILY_COUNT; family++)
        for (int fault = FAULT_NONE + 1; gateway->voices[family] && fault < FAULT_COUNT; fault++)
            bad += refusal_fails(gateway, family, fault);
    return bad;
}

static void every_fault_has_words(void **state)
{
    int bad = 0;

    (void)state;
    for (const struct gateway *const *g = gateways; *g; g++)
        bad += gateway_fails(*g);
    bad += gateway_fails(&gateway_none);
    assert_int_equal(bad, 0);
}

/* Gemini's own way: no key is denied, a bad one is a bad argument, and only a token is 401. */
static int status_of_gemini(enum fault fault)
{
    if (fault == FAULT_TOKEN_INVALID)
        return 401;
    if (fault == FAULT_KEY_DISABLED)
        return 403;
    for (; fault_kin(fault); fault = fault_kin(fault))
        continue;
    return fault == FAULT_KEY_MISSING ? 403 : 400;
}

static int identity_fault_fails(const struct gateway *gateway, int family, enum fault fault)
{
    int wanted = gateway == &gateway_gemini ? status_of_gemini(fault) : 401;

    if (!gateway->voices[family] || voice_wording(gateway->voices[family], fault)->status == wanted)
        return 0;
    print_error("%s: %s\n", gateway->name, fault_name(fault));
    return 1;
}

static void identity_faults_have_their_status(void **state)
{
    int bad = 0;

    (void)state;
    for (const struct gateway *const *g = gateways; *g; g++)
        for (int family = 0; family < FAMILY_COUNT; family++)
            for (int fault = FAULT_KEY_MISSING; fault <= FAULT_KEY_DISABLED; fault++)
                bad += identity_fault_fails(*g, family, (enum fault)fault);
    assert_int_equal(bad, 0);
}

static void faults_have_names_and_end_at_their_kin(void **state)
{
    (void)state;
    for (int fault = FAULT_NONE; fault < FAULT_COUNT; fault++) {
        enum fault kin = (enum fault)fault;
        assert_true(*fault_name(kin));
        for (int steps = 0; kin; kin = fault_kin(kin))
            assert_in_range(steps++, 0, 3);
    }
}

static void families_frame_their_errors(void **state)
{
    static const struct {
        const char *gateway;
        enum family family;
        enum fault fault;
        const char *body;
    } rows[] = {
        {"clawdrouter", FAMILY_OPENAI, FAULT_KEY_UNKNOWN,
         "{\"error\":{\"message\":\"Incorrect API key provided.\",\"type\":\"invalid_request_error"
         "\",\"param\":\"field\",\"code\":\"invalid_api_key\"}}"},
        {"clawdrouter", FAMILY_ANTHROPIC, FAULT_KEY_UNKNOWN,
         "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid "
         "x-api-key\"},\"request_id\":\"req_1\"}"},
        {"clawdrouter", FAMILY_GEMINI, FAULT_RATE_LIMITED,
         "{\"error\":{\"code\":429,\"message\":\"Quota of 5 requests exceeded. Please retry in "
         "30s.\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"@type\":\"type.googleapis.com/"
         "google.rpc.RetryInfo\",\"retryDelay\":\"30s\"}]}}"},
        {"clawdrouter", FAMILY_GEMINI, FAULT_FIELD_MISSING,
         "{\"error\":{\"code\":400,\"message\":\"field is required.\",\"status\":\"INVALID_ARGUMENT"
         "\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\","
         "\"fieldViolations\":[{\"field\":\"field\",\"description\":\"expected better\"}]}]}}"},
        {"invoratec", FAMILY_KEYS, FAULT_KEY_MISSING,
         "{\"success\":false,\"error\":\"API Key missing: send it in the X-API-Key header\","
         "\"code\":\"API_KEY_MISSING\"}"},
        {"arouter", FAMILY_KEYS, FAULT_KEY_EXPIRED,
         "{\"error\":{\"message\":\"api key expired\",\"type\":\"authentication_error\"}}"},
        {"openrouter", FAMILY_OPENAI, FAULT_KEY_MISSING,
         "{\"error\":{\"message\":\"No cookie auth credentials found\",\"code\":401}}"},
        {"openrouter", FAMILY_OPENAI, FAULT_KEY_REVOKED,
         "{\"error\":{\"message\":\"User not found.\",\"code\":401}}"},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct refusal *refusal = must(malloc(sizeof *refusal));
        refusal_init(refusal, gateway_find(rows[i].gateway), (int)rows[i].family,
                     (int)rows[i].fault);
        wording_tell(&refusal->call);
        char *body = json_dumps(refusal->response.body, JSON_COMPACT);
        if (strcmp(body, rows[i].body) != 0) {
            print_error("%s, %s: %s\n", rows[i].gateway, fault_name(rows[i].fault), body);
            bad++;
        }
        free(body);
        response_close(&refusal->response);
        free(refusal);
    }
    assert_int_equal(bad, 0);
}

static void gateways_are_found_by_name(void **state)
{
    static const char *const wrong[] = {"", "none", "Claude", "claude ", "clau"};

    (void)state;
    for (const struct gateway *const *g = gateways; *g; g++) {
        assert_ptr_equal(gateway_find((*g)->name), *g);
        assert_true(*(*g)->title && *(*g)->source);
        assert_non_null((*g)->voices[(*g)->family]);
        assert_true((*g)->body_limit > 0 && (*g)->header_limit > 0);
    }
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_null(gateway_find(wrong[i]));
}

static void areas_have_their_families(void **state)
{
    static const struct {
        const char *gateway, *path;
        enum family family;
    } rows[] = {
        {"clawdrouter", "/", FAMILY_OPENAI},
        {"clawdrouter", "/v1/nothing", FAMILY_OPENAI},
        {"clawdrouter", "/v1/messages/batches", FAMILY_ANTHROPIC},
        {"clawdrouter", "/v1beta/models", FAMILY_GEMINI},
        {"arouter", "/api/v1/nothing", FAMILY_KEYS},
        {"arouter", "/v1/nothing", FAMILY_OPENAI},
        {"claude", "/anything", FAMILY_ANTHROPIC},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (gateway_family_at(gateway_find(rows[i].gateway), rows[i].path) != rows[i].family)
            fail_msg("%s%s", rows[i].gateway, rows[i].path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_has_words),
        cmocka_unit_test(identity_faults_have_their_status),
        cmocka_unit_test(faults_have_names_and_end_at_their_kin),
        cmocka_unit_test(families_frame_their_errors),
        cmocka_unit_test(gateways_are_found_by_name),
        cmocka_unit_test(areas_have_their_families),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
