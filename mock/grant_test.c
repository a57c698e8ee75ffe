#include "mock/grant.h"

#include "fixtures/basics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOW_S 1000000
#define OWN "https://api.example"

/* A good question, as JSON; cases put other members over it (null: leaves it out). */
static const char good[] =
    "{\"organization\":{\"organization_id\":\"org\",\"default_workspace_id\":\"wrkspc_A\","
    "\"audience\":\"" OWN "\"},"
    "\"body\":{\"organization_id\":\"org\",\"service_account_id\":\"svac_A\"},"
    "\"rule\":{\"id\":\"fdrl_A\",\"match\":{\"subject_prefix\":\"repo:*\"},"
    "\"target\":{\"service_account_id\":\"svac_A\"},\"oauth_scope\":\"workspace:developer\","
    "\"token_lifetime_seconds\":3600,\"workspace_ids\":[\"wrkspc_A\"]},"
    "\"issuer\":{\"issuer_url\":\"https://iss.example\",\"max_jwt_lifetime_seconds\":3600},"
    "\"account\":{\"organization_role\":\"developer\",\"workspace_ids\":[\"wrkspc_A\"]},"
    "\"claims\":{\"iss\":\"https://iss.example\",\"sub\":\"repo:x\",\"aud\":\"" OWN "\","
    "\"iat\":999990,\"exp\":1000600,\"jti\":\"1\"}}";

static const struct {
    const char *name, *change; /* members of members */
    const char *reason;        /* the word it begins with; NULL: granted */
    int64_t lifetime_s;        /* when granted */
    const char *workspace;
} cases[] = {
    {"good", "{}", NULL, 1200, "wrkspc_A"},
    {"other organization", "{\"body\":{\"organization_id\":\"b\"}}", "organization_unknown", 0, 0},
    {"archived rule", "{\"rule\":{\"archived_at\":\"2025\"}}", "rule_archived", 0, 0},
    {"archived issuer", "{\"issuer\":{\"archived_at\":\"2025\"}}", "issuer_archived", 0, 0},
    {"archived account", "{\"account\":{\"archived_at\":\"2025\"}}", "service_account_archived", 0,
     0},
    {"other account", "{\"body\":{\"service_account_id\":\"svac_B\"}}", "service_account_mismatch",
     0, 0},
    {"account left out", "{\"body\":{\"service_account_id\":null}}", NULL, 1200, "wrkspc_A"},
    {"scope beyond role", "{\"rule\":{\"oauth_scope\":\"org:admin\"}}", "role_insufficient", 0, 0},
    {"a scope like it", "{\"rule\":{\"oauth_scope\":\"org:administrate\"}}", NULL, 1200,
     "wrkspc_A"},
    {"slash after iss", "{\"claims\":{\"iss\":\"https://iss.example/\"}}", "iss_mismatch", 0, 0},
    {"no iss", "{\"claims\":{\"iss\":null}}", "iss_mismatch", 0, 0},
    {"no iat", "{\"claims\":{\"iat\":null}}", "iat_missing", 0, 0},
    {"iat as text", "{\"claims\":{\"iat\":\"1\"}}", "iat_malformed", 0, 0},
    {"no exp", "{\"claims\":{\"exp\":null}}", "exp_missing", 0, 0},
    {"exp as text", "{\"claims\":{\"exp\":\"1000600\"}}", "exp_malformed", 0, 0},
    {"exp true", "{\"claims\":{\"exp\":true}}", "exp_malformed", 0, 0},
    {"exp 29 s ago", "{\"claims\":{\"exp\":999971,\"iat\":999900}}", NULL, 60, "wrkspc_A"},
    {"exp 30 s ago", "{\"claims\":{\"exp\":999970,\"iat\":999900}}", "exp_past", 0, 0},
    {"exp 31 s ago", "{\"claims\":{\"exp\":999969,\"iat\":999900}}", "exp_past", 0, 0},
    {"iat 30 s ahead", "{\"claims\":{\"iat\":1000030}}", NULL, 1200, "wrkspc_A"},
    {"iat 31 s ahead", "{\"claims\":{\"iat\":1000031}}", "iat_future", 0, 0},
    {"nbf 30 s ahead", "{\"claims\":{\"nbf\":1000030}}", NULL, 1200, "wrkspc_A"},
    {"nbf 31 s ahead", "{\"claims\":{\"nbf\":1000031}}", "nbf_future", 0, 0},
    {"nbf as text", "{\"claims\":{\"nbf\":\"1\"}}", "nbf_malformed", 0, 0},
    {"fractions", "{\"claims\":{\"exp\":1000600.9,\"iat\":1000000.5}}", NULL, 1201, "wrkspc_A"},
    {"longest", "{\"claims\":{\"exp\":1003590}}", NULL, 3600, "wrkspc_A"},
    {"too long", "{\"claims\":{\"exp\":1003591}}", "lifetime_too_long", 0, 0},
    {"far too long", "{\"claims\":{\"exp\":1e300}}", "lifetime_too_long", 0, 0},
    {"before all time", "{\"claims\":{\"iat\":-1e300}}", "lifetime_too_long", 0, 0},
    {"no sub", "{\"claims\":{\"sub\":null}}", "sub_missing", 0, 0},
    {"empty sub", "{\"claims\":{\"sub\":\"\"}}", "sub_missing", 0, 0},
    {"sub a number", "{\"claims\":{\"sub\":1}}", "sub_missing", 0, 0},
    {"other sub", "{\"claims\":{\"sub\":\"rep\"}}", "match_subject_prefix", 0, 0},
    {"sub of another case", "{\"claims\":{\"sub\":\"Repo:x\"}}", "match_subject_prefix", 0, 0},
    {"exact sub", "{\"rule\":{\"match\":{\"subject_prefix\":\"repo:x\"}}}", NULL, 1200, "wrkspc_A"},
    {"longer than exact", "{\"rule\":{\"match\":{\"subject_prefix\":\"repo:\"}}}",
     "match_subject_prefix", 0, 0},
    {"other aud", "{\"claims\":{\"aud\":\"x\"}}", "audience_mismatch", 0, 0},
    {"no aud", "{\"claims\":{\"aud\":null}}", "audience_mismatch", 0, 0},
    {"aud an object", "{\"claims\":{\"aud\":{\"a\":\"" OWN "\"}}}", "audience_mismatch", 0, 0},
    {"aud in a list", "{\"claims\":{\"aud\":[1,\"" OWN "\"]}}", NULL, 1200, "wrkspc_A"},
    {"aud in a list of lists", "{\"claims\":{\"aud\":[[\"" OWN "\"]]}}", "audience_mismatch", 0, 0},
    {"rule's aud", "{\"rule\":{\"match\":{\"subject_prefix\":\"repo:*\",\"audience\":\"x\"}}}",
     "audience_mismatch", 0, 0},
    {"claim", "{\"rule\":{\"match\":{\"claims\":{\"env\":\"a\"}}},\"claims\":{\"env\":\"a\"}}",
     NULL, 1200, "wrkspc_A"},
    {"claim missing", "{\"rule\":{\"match\":{\"claims\":{\"env\":\"a\"}}}}", "match_claims", 0, 0},
    {"claim a list", "{\"rule\":{\"match\":{\"claims\":{\"env\":\"a\"}}},\"claims\":{\"env\":[]}}",
     "match_claims", 0, 0},
    {"jti a number", "{\"claims\":{\"jti\":1}}", "jti_malformed", 0, 0},
    {"two workspaces", "{\"rule\":{\"workspace_ids\":[\"wrkspc_A\",\"wrkspc_B\"]}}",
     "workspace_id_required", 0, 0},
    {"one of two",
     "{\"rule\":{\"workspace_ids\":[\"wrkspc_B\",\"wrkspc_A\"]},\"body\":{\"workspace_id\":"
     "\"wrkspc_A\"}}",
     NULL, 1200, "wrkspc_A"},
    {"default", "{\"body\":{\"workspace_id\":\"default\"}}", NULL, 1200, "wrkspc_A"},
    {"not the rule's", "{\"body\":{\"workspace_id\":\"wrkspc_B\"}}", "workspace_not_enabled", 0, 0},
    {"not the account's", "{\"account\":{\"workspace_ids\":[]}}", "workspace_not_member", 0, 0},
    {"all, none named", "{\"rule\":{\"applies_to_all_workspaces\":true}}", "workspace_id_required",
     0, 0},
    {"all, one named",
     "{\"rule\":{\"applies_to_all_workspaces\":true},\"account\":{\"workspace_ids\":null},"
     "\"body\":{\"workspace_id\":\"wrkspc_C\"}}",
     NULL, 1200, "wrkspc_C"},
    {"the organization's",
     "{\"rule\":{\"workspace_ids\":[],\"oauth_scope\":\"org:admin\"},\"account\":"
     "{\"organization_role\":\"admin\"}}",
     NULL, 1200, ""},
    {"rule's lifetime", "{\"rule\":{\"token_lifetime_seconds\":600}}", NULL, 600, "wrkspc_A"},
    {"least lifetime", "{\"claims\":{\"exp\":1000010}}", NULL, 60, "wrkspc_A"},
};

/* Members of members of `change` over those of `question`; null takes one away. */
static void put(json_t *question, const json_t *change)
{
    const char *part, *name;
    json_t *members, *value;

    json_object_foreach((json_t *)change, part, members) {
        json_t *target = json_object_get(question, part);
        json_object_foreach(members, name, value) {
            if (json_is_null(value))
                json_object_del(target, name);
            else
                json_object_set(target, name, value);
        }
    }
}

static struct grant_question question_of(const json_t *json)
{
    return (struct grant_question){
        .body = json_object_get(json, "body"),
        .organization = json_object_get(json, "organization"),
        .rule = json_object_get(json, "rule"),
        .issuer = json_object_get(json, "issuer"),
        .account = json_object_get(json, "account"),
        .claims = json_object_get(json, "claims"),
        .now_ms = (int64_t)NOW_S * 1000,
    };
}

static bool as_expected(size_t i, const struct grant *grant)
{
    const char *reason = cases[i].reason;

    if (reason)
        return grant->fault && strncmp(grant->reason, reason, strlen(reason)) == 0 &&
               grant->reason[strlen(reason)] == ':';
    return !grant->fault && grant->lifetime_s == cases[i].lifetime_s &&
           strcmp(grant->workspace, cases[i].workspace) == 0;
}

static void questions_are_decided(void **state)
{
    size_t failures = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *json = json_loads(good, 0, NULL), *change = json_loads(cases[i].change, 0, NULL);
        struct grant grant;
        assert_non_null(json);
        assert_non_null(change);
        put(json, change);
        const struct grant_question question = question_of(json);
        grant_decide(&question, &grant);
        if (!as_expected(i, &grant)) {
            print_error("%s: got %s, %lld s, \"%s\"\n", cases[i].name,
                        grant.fault ? grant.reason : "granted", (long long)grant.lifetime_s,
                        grant.workspace);
            failures++;
        }
        json_decref(json);
        json_decref(change);
    }
    assert_int_equal(failures, 0);
}

/* Nobody is known, nothing can be read, the signature does not hold: denied, for that reason. */
static void what_is_not_there_is_denied(void **state)
{
    json_t *json = json_loads(good, 0, NULL);
    struct grant_question question = question_of(json);
    struct grant grant;

    (void)state;
    question.unverified = "signature_invalid: x";
    grant_decide(&question, &grant);
    assert_string_equal(grant.reason, "signature_invalid: x");
    question.claims = NULL;
    question.unreadable = "assertion_malformed: x";
    grant_decide(&question, &grant);
    assert_string_equal(grant.reason, "assertion_malformed: x");
    assert_int_equal(grant.lifetime_s, GRANT_LIFETIME_LEAST_S);
    question.rule = question.issuer = question.account = NULL;
    grant_decide(&question, &grant);
    assert_int_equal(strncmp(grant.reason, "rule_unknown:", 13), 0);
    assert_string_equal(grant.scope, "");
    json_decref(json);
}

static const struct {
    const char *match, *param; /* NULL: good */
} matches[] = {
    {"{\"subject_prefix\":\"a\"}", NULL},
    {"{\"subject_prefix\":\"a*\",\"audience\":null,\"condition\":null}", NULL},
    {"{\"claims\":{\"a\":\"b\"}}", NULL},
    {"{}", "match"},
    {"{\"audience\":\"a\"}", "match"},
    {"{\"subject_prefix\":\"*\",\"audience\":\"a\"}", "match"},
    {"{\"claims\":{}}", "match"},
    {"{\"subject_prefix\":\"\"}", "match.subject_prefix"},
    {"{\"subject_prefix\":1}", "match.subject_prefix"},
    {"{\"subject_prefix\":\"a\",\"audience\":[]}", "match.audience"},
    {"{\"claims\":{\"a\":1}}", "match.claims"},
    {"{\"claims\":[]}", "match.claims"},
    {"{\"condition\":\"claims.sub == 'a'\"}", "match.condition"},
    {"{\"subject_prefix\":\"a\",\"other\":\"b\"}", "match"},
};

static void matches_are_judged(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(matches); i++) {
        json_t *match = json_loads(matches[i].match, 0, NULL);
        const char *param, *flaw = grant_match_flaw(match, &param);
        json_decref(match);
        if ((flaw != NULL) != (matches[i].param != NULL) ||
            (flaw && strcmp(param, matches[i].param) != 0))
            fail_msg("%s: %s: %s", matches[i].match, param, flaw ? flaw : "good");
    }
}

static void ids_have_their_form(void **state)
{
    (void)state;
    assert_true(grant_is_id("fdrl_01Ab", "fdrl_"));
    assert_false(grant_is_id("fdrl_", "fdrl_"));
    assert_false(grant_is_id("fdrl_a-b", "fdrl_"));
    assert_false(grant_is_id("fdis_01", "fdrl_"));
    assert_false(grant_is_id("", "fdrl_"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_are_decided),
        cmocka_unit_test(what_is_not_there_is_denied),
        cmocka_unit_test(matches_are_judged),
        cmocka_unit_test(ids_have_their_form),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
