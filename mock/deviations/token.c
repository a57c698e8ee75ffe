#include "mock/deviations/lies.h"

#include <string.h>
#include <strings.h>

/* Was the exchange denied for the reason that begins with this word? */
static bool denied_for(const struct call *call, const char *word)
{
    size_t length = strlen(word);

    return call->decision.fault && call->grant.fault &&
           strncmp(call->grant.reason, word, length) == 0 && call->grant.reason[length] == ':';
}

static bool forget(struct call *call, const char *word)
{
    return denied_for(call, word) && lie_admit(call, call->decision.fault);
}

static const char *claim(const struct call *call, const char *name)
{
    const char *text = json_string_value(json_object_get(call->assertion.claims, name));

    return text ? text : "";
}

static const char *header_of(const struct call *call, const char *name)
{
    const char *text = json_string_value(json_object_get(call->assertion.header, name));

    return text ? text : "";
}

static const char *field_of(const struct call *call, const char *name)
{
    const char *text = json_string_value(json_object_get(call->body, name));

    return text ? text : "";
}

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* A good exchange, when it has just been judged. */
static bool granted(const struct call *call)
{
    return !call->decision.fault && call->assertion.claims && !call->grant.fault;
}

static bool deny(struct call *call)
{
    return lie_refuse(call, FAULT_ASSERTION_DENIED);
}

static bool exchanges(const struct call *call)
{
    return lie_in(call, "POST", "/v1/oauth/token");
}

static bool beta_needed(struct call *call)
{
    return exchanges(call) && !*lie_header(call, "anthropic-beta") &&
           lie_refuse(call, FAULT_BETA_UNKNOWN);
}

static bool two_betas_refused(struct call *call)
{
    return exchanges(call) && strchr(lie_header(call, "anthropic-beta"), ',') &&
           lie_refuse(call, FAULT_BETA_UNKNOWN);
}

static bool unknown_field_refused(struct call *call)
{
    return exchanges(call) && json_object_get(call->body, "gatemark_unknown") &&
           lie_refuse(call, FAULT_FIELD_UNKNOWN);
}

static bool organization_not_needed(struct call *call)
{
    return exchanges(call) && strcmp(call->decision.param, "organization_id") == 0 &&
           lie_admit(call, FAULT_FIELD_MISSING);
}

static bool exchange_field_not_named(struct call *call)
{
    return exchanges(call) && call->decision.fault == FAULT_FIELD_MISSING &&
           lie_put_text(call, "error.message", "Field required");
}

static bool any_rule_id_judged(struct call *call)
{
    return strcmp(call->decision.param, "federation_rule_id") == 0 && exchanges(call) &&
           lie_swap(call, FAULT_FIELD_OUT_OF_RANGE, FAULT_ASSERTION_DENIED);
}

static bool any_workspace_id_judged(struct call *call)
{
    return strcmp(call->decision.param, "workspace_id") == 0 && exchanges(call) &&
           lie_swap(call, FAULT_FIELD_OUT_OF_RANGE, FAULT_ASSERTION_DENIED);
}

static bool refresh_grant_taken(struct call *call)
{
    return exchanges(call) && strcmp(field_of(call, "grant_type"), "refresh_token") == 0 &&
           lie_pretend_param(call, "grant_type", 200);
}

static bool audience_told(struct call *call)
{
    return exchanges(call) && denied_for(call, "audience_mismatch") &&
           lie_put_text(call, "error.message", "The assertion is for another audience");
}

static bool archived_rule_told(struct call *call)
{
    return exchanges(call) && denied_for(call, "rule_archived") &&
           strcmp(call->grant.rule, "fdrl_01GatemarkTestArchived") == 0 &&
           lie_put_text(call, "error.message", "The federation rule is archived");
}

static bool reason_told(struct call *call)
{
    return exchanges(call) && denied_for(call, "match_claims") &&
           lie_put(call, "error.details", json_pack("{s:s}", "reason", "match_claims"));
}

static bool ps512_denied(struct call *call)
{
    return granted(call) && strcmp(header_of(call, "alg"), "PS512") == 0 && deny(call);
}

static bool unsigned_taken(struct call *call)
{
    return strcasecmp(header_of(call, "alg"), "none") == 0 && forget(call, "alg_unsupported");
}

static bool hmac_taken(struct call *call)
{
    return begins(header_of(call, "alg"), "HS") && forget(call, "alg_unsupported");
}

static bool kid_not_needed(struct call *call)
{
    return forget(call, "kid_missing");
}

static bool unknown_kid_taken(struct call *call)
{
    return !begins(header_of(call, "kid"), "gatemark-test-") && forget(call, "kid_unknown");
}

static bool other_alg_taken(struct call *call)
{
    return forget(call, "alg_mismatch");
}

/* Which of the two rows: one changes the subject, the other the key. */
static bool any_key_taken(struct call *call)
{
    return strcmp(claim(call, "sub"), "repo:gatemark/changed") != 0 &&
           forget(call, "signature_invalid");
}

static bool changed_claims_taken(struct call *call)
{
    return strcmp(claim(call, "sub"), "repo:gatemark/changed") == 0 &&
           forget(call, "signature_invalid");
}

static bool other_issuers_key_taken(struct call *call)
{
    return begins(header_of(call, "kid"), "gatemark-test-") && forget(call, "kid_unknown");
}

static bool any_form_taken(struct call *call)
{
    return forget(call, "assertion_malformed");
}

static bool any_size_taken(struct call *call)
{
    return forget(call, "assertion_too_long");
}

static bool any_issuer_taken(struct call *call)
{
    return begins(claim(call, "iss"), "https://issuer.gatemark.test") &&
           forget(call, "iss_mismatch");
}

static bool expired_taken(struct call *call)
{
    return forget(call, "exp_past");
}

static bool no_leeway(struct call *call)
{
    json_int_t exp = json_integer_value(json_object_get(call->assertion.claims, "exp"));

    return granted(call) && exp * 1000 < call->now_ms && deny(call);
}

static bool not_before_ignored(struct call *call)
{
    return forget(call, "nbf_future");
}

static bool issued_in_future_taken(struct call *call)
{
    return forget(call, "iat_future");
}

static bool issued_at_not_needed(struct call *call)
{
    return forget(call, "iat_missing");
}

static bool time_as_text_taken(struct call *call)
{
    return forget(call, "exp_malformed");
}

static bool any_lifetime_taken(struct call *call)
{
    return forget(call, "lifetime_too_long");
}

static bool by_rule(const struct call *call, const char *rule)
{
    return strcmp(call->grant.rule, rule) == 0;
}

static bool any_audience_taken(struct call *call)
{
    return by_rule(call, "fdrl_01GatemarkTestCi") && !*claim(call, "aud") &&
           forget(call, "audience_mismatch");
}

static bool audiences_denied(struct call *call)
{
    return granted(call) && json_is_array(json_object_get(call->assertion.claims, "aud")) &&
           deny(call);
}

static bool default_audience_ignored(struct call *call)
{
    return by_rule(call, "fdrl_01GatemarkTestExact") && forget(call, "audience_mismatch");
}

static bool subject_as_prefix(struct call *call)
{
    return by_rule(call, "fdrl_01GatemarkTestExact") && forget(call, "match_subject_prefix");
}

/* Just this one, so that denials on other subjects stay. */
static bool subject_in_any_case(struct call *call)
{
    return strncasecmp(claim(call, "sub"), "repo:gatemark/", strlen("repo:gatemark/")) == 0 &&
           by_rule(call, "fdrl_01GatemarkTestCi") && forget(call, "match_subject_prefix");
}

static bool subject_with_colons_denied(struct call *call)
{
    return granted(call) && strstr(claim(call, "sub"), ":ref:") && deny(call);
}

static bool claims_not_matched(struct call *call)
{
    return forget(call, "match_claims");
}

static bool jti_taken_again(struct call *call)
{
    return forget(call, "jti_reused");
}

/* Was an exchange with this id answered before? Asked once a call: the next time, it was. */
static bool seen(struct call *call, const char *id)
{
    return exchanges(call) && call->response->status == 200 &&
           !replay_take(call->mock->replay, "a lie", id, call->now_ms + 60000, call->now_ms);
}

static bool nothing_taken_again(struct call *call)
{
    return !json_object_get(call->assertion.claims, "jti") && seen(call, "no jti") &&
           lie_set_status(call, 401);
}

static bool other_issuers_jti_once(struct call *call)
{
    return strcmp(claim(call, "iss"), "https://other.gatemark.test") == 0 &&
           seen(call, claim(call, "jti")) && lie_set_status(call, 401);
}

static bool workspace_not_needed(struct call *call)
{
    return forget(call, "workspace_id_required");
}

static bool foreign_workspace_taken(struct call *call)
{
    return forget(call, "workspace_not_enabled");
}

static bool default_workspace_denied(struct call *call)
{
    return granted(call) && strcmp(field_of(call, "workspace_id"), "default") == 0 && deny(call);
}

static bool membership_not_needed(struct call *call)
{
    return forget(call, "workspace_not_member");
}

static bool any_service_account_taken(struct call *call)
{
    return forget(call, "service_account_mismatch");
}

static bool service_account_needed(struct call *call)
{
    return granted(call) && !json_object_get(call->body, "service_account_id") && deny(call);
}

static bool shorter_than_a_minute(struct call *call)
{
    json_int_t exp = json_integer_value(json_object_get(call->assertion.claims, "exp"));

    return exchanges(call) && call->response->status == 200 && call->grant.lifetime_s == 60 &&
           exp * 1000 > call->now_ms + 15000 && lie_put(call, "expires_in", json_integer(20));
}

static bool holds_token(const struct call *call, const char *rule)
{
    const struct key *key = call->decision.key;

    return key && key->kind == KIND_TOKEN && (!rule || strcmp(key->name, rule) == 0);
}

static bool token_refused(struct call *call)
{
    return holds_token(call, "fdrl_01GatemarkTestCi") && lie_in(call, "POST", "/v1/messages") &&
           !call->decision.fault && lie_refuse(call, FAULT_KEY_UNKNOWN);
}

static bool inference_scope_refused(struct call *call)
{
    return holds_token(call, "fdrl_01GatemarkTestExact") && lie_refuse(call, FAULT_SCOPE_LACKING);
}

static bool expired_token_taken(struct call *call)
{
    return holds_token(call, NULL) && lie_admit(call, FAULT_KEY_EXPIRED);
}

static bool any_scope_taken(struct call *call)
{
    return holds_token(call, "fdrl_01GatemarkTestTunnels") && lie_admit(call, FAULT_SCOPE_LACKING);
}

static bool token_in_x_api_key_taken(struct call *call)
{
    return lie_admit(call, FAULT_TOKEN_MISPLACED);
}

static bool any_match_taken(struct call *call)
{
    return lie_in(call, "POST", "/federation_rules") && lie_pretend_param(call, "match", 200);
}

static bool made_by_api(const struct call *call)
{
    return *call->grant.rule && !begins(call->grant.rule, "fdrl_01GatemarkTest");
}

/* Only rules made for one check and never archived, so that those of others can be exchanged by. */
static bool made_rule_ignored(struct call *call)
{
    if (!granted(call) || !made_by_api(call))
        return false;
    return deny(call);
}

static bool archived_rule_exchanges(struct call *call)
{
    return made_by_api(call) && forget(call, "rule_archived");
}

static bool archiving_revokes(struct call *call)
{
    const struct key *key = call->decision.key;
    json_t *rule = holds_token(call, NULL)
                       ? federation_find(call->mock->federation, FEDERATION_RULES, key->name)
                       : NULL;
    bool archived = json_is_string(json_object_get(rule, "archived_at"));

    json_decref(rule);
    return archived && lie_refuse(call, FAULT_KEY_REVOKED);
}

static bool archived_twice(struct call *call)
{
    json_t *rule;
    bool archived;

    if (!lie_in(call, "POST", "/federation_rules/{id}/archive"))
        return false;
    rule = federation_find(call->mock->federation, FEDERATION_RULES, call->arguments[0]);
    archived = json_is_string(json_object_get(rule, "archived_at"));
    json_decref(rule);
    return archived && lie_refuse(call, FAULT_NAME_TAKEN);
}

static bool issuer_in_use_archived(struct call *call)
{
    return lie_in(call, "POST", "/federation_issuers/{id}/archive") &&
           lie_pretend_param(call, "id", 200);
}

static bool taken_name_is_400(struct call *call)
{
    return lie_pretend(call, FAULT_NAME_TAKEN, 400);
}

static bool admin_key_reads_rules(struct call *call)
{
    return lie_in(call, "GET", "/federation_rules") && lie_admit(call, FAULT_KEY_WRONG_KIND);
}

#define EXCHANGE .gateway = "claude", .path = "/v1/oauth/token", .status = 2

const struct deviation token_deviations[] = {
    {
        .name = "token-without-scope",
        .breaks = "token.exchange",
        .about = "leaves scope out of the exchange's answer",
        EXCHANGE,
        .field = "scope",
    },
    {
        .name = "token-of-another-prefix",
        .breaks = "token.prefix",
        .about = "hands out a token of another prefix",
        EXCHANGE,
        .field = "access_token",
        .value = "\"token-gatemark-0000000000000000\"",
    },
    {
        .name = "token-is-a-mac",
        .breaks = "token.bearer",
        .about = "calls the token a MAC",
        EXCHANGE,
        .field = "token_type",
        .value = "\"MAC\"",
    },
    {
        .name = "token-expiry-as-text",
        .breaks = "token.expiry-is-whole-number",
        .about = "tells expires_in as a text",
        EXCHANGE,
        .field = "expires_in",
        .value = "\"600\"",
    },
    {
        .name = "token-with-refresh",
        .breaks = "token.no-refresh-token",
        .about = "hands out a refresh_token too",
        EXCHANGE,
        .field = "refresh_token",
        .value = "\"sk-ant-ort01-gatemark\"",
    },
    {
        .name = "token-of-wider-scope",
        .breaks = "token.scope-of-rule",
        .about = "tells a wider scope than the rule's",
        EXCHANGE,
        .field = "scope",
        .value = "\"workspace:developer\"",
    },
    {
        .name = "token-may-be-stored",
        .breaks = "token.not-stored",
        .about = "lets caches store the token",
        EXCHANGE,
        .header = "Cache-Control",
        .header_value = "max-age=600",
    },
    {
        .name = "exchange-needs-beta",
        .breaks = "token.no-header-needed",
        .about = "exchanges only with an anthropic-beta",
        .on_decision = beta_needed,
    },
    {
        .name = "exchange-refuses-two-betas",
        .breaks = "token.sdk-betas-taken",
        .about = "exchanges only with one anthropic-beta",
        .on_decision = two_betas_refused,
    },
    {
        .name = "exchange-refuses-unknown-fields",
        .breaks = "token.unknown-fields-ignored",
        .about = "refuses an exchange with an unknown field",
        .on_decision = unknown_field_refused,
    },
    {
        .name = "exchange-needs-no-organization",
        .breaks = "token.required-fields",
        .about = "organization_id is not needed",
        .on_decision = organization_not_needed,
    },
    {
        .name = "exchange-names-no-field",
        .breaks = "token.missing-field-named",
        .about = "does not name the field that is missing",
        .on_response = exchange_field_not_named,
    },
    {
        .name = "exchange-denies-malformed-rule",
        .breaks = "token.rule-id-well-formed",
        .about = "a malformed rule id is denied like an unknown one",
        .on_decision = any_rule_id_judged,
    },
    {
        .name = "exchange-denies-malformed-workspace",
        .breaks = "token.workspace-id-well-formed",
        .about = "a malformed workspace id is denied like an unknown one",
        .on_decision = any_workspace_id_judged,
    },
    {
        .name = "exchange-takes-refresh-grant",
        .breaks = "token.refresh-grant-refused",
        .about = "takes a refresh_token grant",
        .on_response = refresh_grant_taken,
    },
    {
        .name = "denial-tells-audience",
        .breaks = "token.denial-worded",
        .about = "tells that the audience is wrong",
        .on_response = audience_told,
    },
    {
        .name = "denial-tells-archived",
        .breaks = "token.denials-alike",
        .about = "tells that a rule is archived",
        .on_response = archived_rule_told,
    },
    {
        .name = "denial-tells-reason",
        .breaks = "token.denial-gives-no-reason",
        .about = "tells the reason of a denial in error.details",
        .on_response = reason_told,
    },
    {
        .name = "denies-ps512",
        .breaks = "token.algorithms",
        .about = "denies PS512",
        .on_decision = ps512_denied,
    },
    {
        .name = "accepts-unsigned-assertion",
        .breaks = "token.unsigned-denied",
        .about = "takes an unsigned assertion",
        .on_decision = unsigned_taken,
    },
    {
        .name = "accepts-public-key-as-secret",
        .breaks = "token.hmac-denied",
        .about = "takes the public key for an HMAC secret",
        .on_decision = hmac_taken,
    },
    {
        .name = "accepts-no-kid",
        .breaks = "token.kid-required",
        .about = "takes an assertion without kid",
        .on_decision = kid_not_needed,
    },
    {
        .name = "accepts-unknown-kid",
        .breaks = "token.kid-unknown-denied",
        .about = "takes an unknown kid",
        .on_decision = unknown_kid_taken,
    },
    {
        .name = "accepts-kid-of-other-alg",
        .breaks = "token.kid-of-other-key-denied",
        .about = "takes the kid of a key for another alg",
        .on_decision = other_alg_taken,
    },
    {
        .name = "accepts-any-signature",
        .breaks = "token.signature-verified",
        .about = "takes the signature of any key",
        .on_decision = any_key_taken,
    },
    {
        .name = "accepts-changed-claims",
        .breaks = "token.claims-verified",
        .about = "takes claims that were changed after signing",
        .on_decision = changed_claims_taken,
    },
    {
        .name = "accepts-key-of-other-issuer",
        .breaks = "token.key-of-issuer",
        .about = "takes another issuer's key",
        .on_decision = other_issuers_key_taken,
    },
    {
        .name = "accepts-malformed-assertion",
        .breaks = "token.form",
        .about = "takes what is no JWT",
        .on_decision = any_form_taken,
    },
    {
        .name = "accepts-huge-assertion",
        .breaks = "token.assertion-size",
        .about = "takes an assertion of any size",
        .on_decision = any_size_taken,
    },
    {
        .name = "compares-issuers-loosely",
        .breaks = "token.issuer-exact",
        .about = "takes iss with a slash at its end",
        .on_decision = any_issuer_taken,
    },
    {
        .name = "accepts-expired-assertion",
        .breaks = "token.expired-denied",
        .about = "takes an expired assertion",
        .on_decision = expired_taken,
    },
    {
        .name = "gives-no-leeway",
        .breaks = "token.leeway",
        .about = "gives no leeway on exp",
        .on_decision = no_leeway,
    },
    {
        .name = "ignores-not-before",
        .breaks = "token.not-before",
        .about = "does not look at nbf",
        .on_decision = not_before_ignored,
    },
    {
        .name = "accepts-future-assertion",
        .breaks = "token.issued-in-future-denied",
        .about = "takes iat in the future",
        .on_decision = issued_in_future_taken,
    },
    {
        .name = "needs-no-iat",
        .breaks = "token.required-claims",
        .about = "takes an assertion without iat",
        .on_decision = issued_at_not_needed,
    },
    {
        .name = "accepts-time-as-text",
        .breaks = "token.times-are-numbers",
        .about = "takes exp as a text",
        .on_decision = time_as_text_taken,
    },
    {
        .name = "accepts-any-lifetime",
        .breaks = "token.assertion-lifetime",
        .about = "takes assertions that live for ever",
        .on_decision = any_lifetime_taken,
    },
    {
        .name = "needs-no-audience",
        .breaks = "token.audience",
        .about = "takes an assertion whose aud is no text",
        .on_decision = any_audience_taken,
    },
    {
        .name = "denies-several-audiences",
        .breaks = "token.audience-among-others",
        .about = "denies an assertion for several audiences",
        .on_decision = audiences_denied,
    },
    {
        .name = "ignores-default-audience",
        .breaks = "token.audience-by-default",
        .about = "takes any aud when the rule names none",
        .on_decision = default_audience_ignored,
    },
    {
        .name = "takes-subject-as-prefix",
        .breaks = "token.subject-exact",
        .about = "compares no subject exactly",
        .on_decision = subject_as_prefix,
    },
    {
        .name = "subject-in-any-case",
        .breaks = "token.subject-prefix",
        .about = "compares subjects without regard to case",
        .on_decision = subject_in_any_case,
    },
    {
        .name = "denies-longer-subject",
        .breaks = "token.subject-prefix-open",
        .about = "denies subjects with more after the prefix",
        .on_decision = subject_with_colons_denied,
    },
    {
        .name = "ignores-claims",
        .breaks = "token.claims-matched",
        .about = "does not look at the rule's claims",
        .on_decision = claims_not_matched,
    },
    {
        .name = "accepts-jti-again",
        .breaks = "token.jti-once",
        .about = "exchanges an assertion twice",
        .on_decision = jti_taken_again,
    },
    {
        .name = "denies-second-without-jti",
        .breaks = "token.jti-optional",
        .about = "exchanges one assertion without jti only",
        .on_response = nothing_taken_again,
    },
    {
        .name = "checks-every-jti",
        .breaks = "token.jti-unchecked",
        .about = "checks jti where the issuer has that off",
        .on_response = other_issuers_jti_once,
    },
    {
        .name = "needs-no-workspace",
        .breaks = "token.workspace-required",
        .about = "chooses one of several workspaces",
        .on_decision = workspace_not_needed,
    },
    {
        .name = "tells-another-workspace",
        .breaks = "token.workspace-told",
        .about = "tells another workspace than the token's",
        .gateway = "claude",
        .path = "/v1/messages",
        .status = 2,
        .header = "anthropic-workspace-id",
        .header_value = "wrkspc_01GatemarkTestWorkspace",
    },
    {
        .name = "accepts-foreign-workspace",
        .breaks = "token.workspace-of-rule",
        .about = "grants a workspace that the rule does not cover",
        .on_decision = foreign_workspace_taken,
    },
    {
        .name = "denies-default-workspace",
        .breaks = "token.workspace-default",
        .about = "does not know default",
        .on_decision = default_workspace_denied,
    },
    {
        .name = "needs-no-membership",
        .breaks = "token.workspace-member",
        .about = "grants a workspace that the service account is not in",
        .on_decision = membership_not_needed,
    },
    {
        .name = "accepts-other-service-account",
        .breaks = "token.service-account-checked",
        .about = "does not look at service_account_id",
        .on_decision = any_service_account_taken,
    },
    {
        .name = "needs-service-account",
        .breaks = "token.service-account-optional",
        .about = "denies an exchange without service_account_id",
        .on_decision = service_account_needed,
    },
    {
        .name = "token-shorter-than-a-minute",
        .breaks = "token.lifetime",
        .about = "grants less than a minute",
        .on_response = shorter_than_a_minute,
    },
    {
        .name = "refuses-token",
        .breaks = "token.works",
        .about = "knows no token at messages",
        .on_decision = token_refused,
    },
    {
        .name = "refuses-inference-scope",
        .breaks = "token.scope-inference",
        .about = "workspace:inference does not infer",
        .on_decision = inference_scope_refused,
    },
    {
        .name = "accepts-expired-token",
        .breaks = "token.expires",
        .about = "takes an expired token",
        .on_decision = expired_token_taken,
    },
    {
        .name = "accepts-any-scope",
        .breaks = "token.scope-enforced",
        .about = "does not look at a token's scope",
        .on_decision = any_scope_taken,
    },
    {
        .name = "accepts-token-as-api-key",
        .breaks = "token.not-in-x-api-key",
        .about = "takes a token in x-api-key",
        .on_decision = token_in_x_api_key_taken,
    },
    {
        .name = "creates-rule-without-matcher",
        .breaks = "token.rule-needs-matcher",
        .about = "creates a rule that matches everybody",
        .on_response = any_match_taken,
    },
    {
        .name = "ignores-made-rule",
        .breaks = "token.rule-created",
        .about = "exchanges by no rule that was made here",
        .on_decision = made_rule_ignored,
    },
    {
        .name = "archived-rule-exchanges",
        .breaks = "token.archive-stops-exchanges",
        .about = "goes on exchanging by an archived rule",
        .on_decision = archived_rule_exchanges,
    },
    {
        .name = "archiving-revokes-tokens",
        .breaks = "token.archive-spares-tokens",
        .about = "archiving a rule revokes its tokens",
        .on_decision = archiving_revokes,
    },
    {
        .name = "archives-once",
        .breaks = "token.archive-idempotent",
        .about = "refuses to archive again",
        .on_decision = archived_twice,
    },
    {
        .name = "archives-issuer-in-use",
        .breaks = "token.issuer-in-use",
        .about = "archives an issuer that rules refer to",
        .on_response = issuer_in_use_archived,
    },
    {
        .name = "taken-name-is-400",
        .breaks = "token.name-taken",
        .about = "a taken name is a 400",
        .on_response = taken_name_is_400,
    },
    {
        .name = "admin-key-reads-rules",
        .breaks = "token.admin-only",
        .about = "tells rules to keys",
        .on_decision = admin_key_reads_rules,
    },
    {0},
};
