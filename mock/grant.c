#include "mock/grant.h"

#include "fixtures/basics.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void grant_deny(struct grant *grant, enum fault fault, const char *reason, ...)
{
    va_list args;

    if (grant->fault)
        return;
    grant->fault = fault;
    va_start(args, reason);
    vsnprintf(grant->reason, sizeof grant->reason, reason, args);
    va_end(args);
}

bool grant_is_id(const char *text, const char *prefix)
{
    size_t length = strlen(prefix);

    if (strncmp(text, prefix, length) != 0 || text[length] == '\0')
        return false;
    for (text += length; *text; text++)
        if (!isalnum((unsigned char)*text))
            return false;
    return true;
}

static const char *text_at(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static bool same(const char *one, const char *other)
{
    return one && other && strcmp(one, other) == 0;
}

static bool archived(const json_t *resource)
{
    return json_is_string(json_object_get(resource, "archived_at"));
}

static bool holds(const json_t *list, const char *text)
{
    const json_t *item;
    size_t i;

    json_array_foreach(list, i, item)
        if (same(json_string_value(item), text))
            return true;
    return false;
}

static bool has_scope(const char *scope, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = scope; at && (at = strstr(at, word)); at += length)
        if ((at == scope || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

/* One deny() a line, in the order of judgment. */
#define DENY_IF(condition, ...)                                                                    \
    do {                                                                                           \
        if (condition)                                                                             \
            grant_deny(grant, FAULT_ASSERTION_DENIED, __VA_ARGS__);                                \
    } while (0)

/* Those that the exchange names: an answer must not tell whether they are there. */
static void judge_rule(const struct grant_question *question, struct grant *grant)
{
    const char *account = text_at(question->body, "service_account_id");
    const json_t *target = json_object_get(question->rule, "target");

    DENY_IF(!same(text_at(question->body, "organization_id"),
                  text_at(question->organization, "organization_id")),
            "organization_unknown: there is no such organization");
    DENY_IF(!question->rule, "rule_unknown: there is no such federation rule");
    DENY_IF(archived(question->rule), "rule_archived: the federation rule is archived");
    DENY_IF(!question->issuer || archived(question->issuer),
            "issuer_archived: the rule's issuer is archived");
    DENY_IF(!question->account || archived(question->account),
            "service_account_archived: the rule's service account is archived");
    DENY_IF(account && !same(account, text_at(target, "service_account_id")),
            "service_account_mismatch: the rule is for another service account");
    DENY_IF(has_scope(grant->scope, "org:admin") &&
                !same(text_at(question->account, "organization_role"), "admin"),
            "role_insufficient: org:admin needs a service account whose role is admin");
}

static void judge_signature(const struct grant_question *question, struct grant *grant)
{
    DENY_IF(question->unreadable, "%s", question->unreadable);
    DENY_IF(!same(text_at(question->claims, "iss"), text_at(question->issuer, "issuer_url")),
            "iss_mismatch: iss is not the issuer_url of the rule's issuer, byte for byte");
    DENY_IF(question->unverified, "%s", question->unverified);
}

/* A NumericDate of RFC 7519 in seconds, or NAN. */
static double seconds_at(const json_t *claims, const char *name)
{
    const json_t *value = json_object_get(claims, name);

    return json_is_number(value) ? json_number_value(value) : NAN;
}

static void judge_time(const json_t *claims, const char *name, bool needed, struct grant *grant)
{
    const json_t *value = json_object_get(claims, name);

    DENY_IF(!value && needed, "%s_missing: the assertion has no %s", name, name);
    DENY_IF(value && !json_is_number(value), "%s_malformed: %s is not a number", name, name);
}

static void judge_times(const struct grant_question *question, struct grant *grant)
{
    const json_t *claims = question->claims;
    double now_s = (double)question->now_ms / 1000;
    json_int_t longest =
        json_integer_value(json_object_get(question->issuer, "max_jwt_lifetime_seconds"));

    judge_time(claims, "iat", true, grant);
    judge_time(claims, "exp", true, grant);
    judge_time(claims, "nbf", false, grant);
    double iat = seconds_at(claims, "iat"), exp = seconds_at(claims, "exp");
    DENY_IF(exp + GRANT_LEEWAY_S <= now_s, "exp_past: the assertion expired %.0f s ago",
            now_s - exp);
    DENY_IF(iat - GRANT_LEEWAY_S > now_s, "iat_future: it was issued %.0f s from now", iat - now_s);
    DENY_IF(seconds_at(claims, "nbf") - GRANT_LEEWAY_S > now_s,
            "nbf_future: it is not valid for another %.0f s", seconds_at(claims, "nbf") - now_s);
    DENY_IF(exp - iat > (double)longest,
            "lifetime_too_long: exp - iat is %.0f s, and the issuer's most is %lld", exp - iat,
            (long long)longest);
}

static bool for_audience(const json_t *aud, const char *audience)
{
    return same(json_string_value(aud), audience) || holds(aud, audience);
}

/* Exact, or up to a final asterisk. */
static bool subject_matches(const char *subject, const char *pattern)
{
    size_t length = strlen(pattern);

    if (length > 0 && pattern[length - 1] == '*')
        return strncmp(subject, pattern, length - 1) == 0;
    return strcmp(subject, pattern) == 0;
}

static void judge_claims(const struct grant_question *question, struct grant *grant)
{
    const json_t *match = json_object_get(question->rule, "match");
    const char *subject = text_at(question->claims, "sub");
    const char *pattern = text_at(match, "subject_prefix"), *audience = text_at(match, "audience");
    json_t *value;
    const char *name;

    DENY_IF(!subject || !*subject, "sub_missing: the assertion has no sub");
    if (!audience)
        audience = text_at(question->organization, "audience");
    DENY_IF(!for_audience(json_object_get(question->claims, "aud"), audience),
            "audience_mismatch: no aud is \"%.80s\"", audience);
    DENY_IF(pattern && subject && !subject_matches(subject, pattern),
            "match_subject_prefix: sub does not match \"%.60s\"", pattern);
    json_object_foreach(json_object_get(match, "claims"), name, value) {
        DENY_IF(!same(text_at(question->claims, name), json_string_value(value)),
                "match_claims: %.40s is not \"%.40s\"", name, json_string_value(value));
    }
    const json_t *jti = json_object_get(question->claims, "jti");
    DENY_IF(jti && !json_is_string(jti), "jti_malformed: jti is not a string");
}

/* Workspaces named: one by the exchange, or the rule's only one. */
static const char *workspace_asked(const struct grant_question *question)
{
    const char *asked = text_at(question->body, "workspace_id");
    const json_t *enabled = json_object_get(question->rule, "workspace_ids");

    if (asked && strcmp(asked, "default") == 0)
        return text_at(question->organization, "default_workspace_id");
    if (asked)
        return asked;
    return json_string_value(json_array_get(enabled, 0));
}

static void judge_workspace(const struct grant_question *question, struct grant *grant)
{
    const json_t *enabled = json_object_get(question->rule, "workspace_ids");
    const json_t *member_of = json_object_get(question->account, "workspace_ids");
    bool all = json_is_true(json_object_get(question->rule, "applies_to_all_workspaces"));
    bool named = json_object_get(question->body, "workspace_id") != NULL;

    if (!named && (all || json_array_size(enabled) > 1))
        grant_deny(grant, FAULT_WORKSPACE_NEEDED,
                   "workspace_id_required: the rule covers more than one workspace");
    if (!named && json_array_size(enabled) == 0)
        return; /* the organization's, not a workspace's */
    DENY_IF(!all && !holds(enabled, grant->workspace),
            "workspace_not_enabled: the rule does not cover the workspace");
    DENY_IF(member_of && !holds(member_of, grant->workspace),
            "workspace_not_member: the service account is not in the workspace");
}

static void keep(char kept[GRANT_TEXT], const char *text)
{
    snprintf(kept, GRANT_TEXT, "%s", text ? text : "");
}

/* max(60, min(rule, 2 x remaining)), in whole seconds */
static int64_t lifetime(const struct grant_question *question)
{
    int64_t rule_s = json_integer_value(json_object_get(question->rule, "token_lifetime_seconds"));
    double twice = 2 * (seconds_at(question->claims, "exp") - (double)question->now_ms / 1000);

    if (!(twice >= GRANT_LIFETIME_LEAST_S) || rule_s < GRANT_LIFETIME_LEAST_S)
        return GRANT_LIFETIME_LEAST_S;
    return twice < (double)rule_s ? (int64_t)twice : rule_s;
}

void grant_decide(const struct grant_question *question, struct grant *grant)
{
    const json_t *target = json_object_get(question->rule, "target");

    *grant = (struct grant){.lifetime_s = lifetime(question)};
    keep(grant->rule, text_at(question->rule, "id"));
    keep(grant->account, text_at(target, "service_account_id"));
    keep(grant->scope, text_at(question->rule, "oauth_scope"));
    keep(grant->workspace, workspace_asked(question));
    judge_rule(question, grant);
    if (!grant->fault)
        judge_signature(question, grant);
    if (!grant->fault)
        judge_times(question, grant);
    if (!grant->fault)
        judge_claims(question, grant);
    if (!grant->fault)
        judge_workspace(question, grant);
}

static bool all_texts(const json_t *object)
{
    const json_t *value;
    const char *name;

    json_object_foreach((json_t *)object, name, value)
        if (!json_is_string(value))
            return false;
    return json_is_object(object);
}

static bool absent(const json_t *value)
{
    return !value || json_is_null(value);
}

const char *grant_match_flaw(const json_t *match, const char **param)
{
    static const char *const known[] = {"subject_prefix", "audience", "claims", "condition"};
    const json_t *claims = json_object_get(match, "claims");
    const json_t *pattern = json_object_get(match, "subject_prefix");
    const json_t *audience = json_object_get(match, "audience"), *value;
    const char *name;

    *param = "match";
    json_object_foreach((json_t *)match, name, value) {
        bool found = false;
        for (size_t i = 0; i < COUNT(known); i++)
            found |= strcmp(known[i], name) == 0;
        if (!found)
            return "expected subject_prefix, audience, claims and condition only";
    }
    *param = "match.condition";
    if (!absent(json_object_get(match, "condition")))
        return "this mock evaluates no condition: use subject_prefix, audience and claims";
    *param = "match.claims";
    if (!absent(claims) && !all_texts(claims))
        return "expected names of claims and their texts";
    *param = "match.subject_prefix";
    if (!absent(pattern) && (!json_is_string(pattern) || json_string_length(pattern) == 0))
        return "expected a text";
    *param = "match.audience";
    if (!absent(audience) && (!json_is_string(audience) || json_string_length(audience) == 0))
        return "expected a text";
    *param = "match";
    if ((absent(pattern) || same(json_string_value(pattern), "*")) && json_object_size(claims) == 0)
        return "expected subject_prefix (not * alone), claims or condition";
    return NULL;
}
