#include "mock/deviations/lies.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SHORT_TEXT = 256, LONG_SECRET = 2048, LONGEST_SUFFIX = 8, FEW_HEADERS = 7 };

static const char bearer[] = "Bearer";
enum { BEARER_LENGTH = sizeof bearer - 1 };

/* What the lies look at. */

static const char *behind_scheme(const char *value)
{
    if (strncasecmp(value, bearer, BEARER_LENGTH) == 0)
        value += BEARER_LENGTH;
    return value + strspn(value, " \t");
}

/* What stands where the key should, good or not; "" when nothing does. */
static const char *sent_key(const struct call *call)
{
    const char *value = lie_header(call, "Authorization");

    return *value ? behind_scheme(value) : lie_header(call, "x-api-key");
}

static bool authorization_begins(const struct call *call, const char *text)
{
    return strncmp(lie_header(call, "Authorization"), text, strlen(text)) == 0;
}

static bool is_good(const struct call *call, const char *secret)
{
    const struct key *key = keyring_find(call->mock->keyring, call->gateway, secret);

    return key && key->state == STATE_ACTIVE &&
           (!key->expires_ms || call->now_ms < key->expires_ms);
}

static const char *test_key(const struct call *call, const char *name)
{
    const json_t *own = json_object_get(call->mock->credentials, call->gateway->name);
    const char *secret = json_string_value(lie_get(json_object_get(own, name), "secret"));

    return secret ? secret : "";
}

static bool is_test_key(const struct call *call, const char *name)
{
    const char *sent = sent_key(call);

    return *sent && strcmp(sent, test_key(call, name)) == 0;
}

/* Is what was sent like some issued test key? Only those: of others the mock keeps no text. */
static bool is_like_issued(const struct call *call, bool (*like)(const char *key, const char *sent))
{
    json_t *own = json_object_get(call->mock->credentials, call->gateway->name), *item;
    const char *name;

    json_object_foreach(own, name, item) {
        if (strcmp(name, "unknown") != 0 && like(test_key(call, name), sent_key(call)))
            return true;
    }
    return false;
}

/* Is what was sent a good key once bytes of this class are dropped, and not before? */
static bool is_good_without(const struct call *call, bool (*dropped)(unsigned char c))
{
    const char *sent = sent_key(call);
    char kept[SHORT_TEXT];
    size_t length = 0;

    if (is_good(call, sent))
        return false;
    for (; *sent; sent++) {
        if (dropped((unsigned char)*sent))
            continue;
        if (length + 1 == sizeof kept)
            return false;
        kept[length++] = *sent;
    }
    kept[length] = '\0';
    return is_good(call, kept);
}

/* Is what stands before the first `end` a good key? */
static bool is_good_up_to(const struct call *call, char end)
{
    const char *sent = sent_key(call), *at = strchr(sent, end);
    char part[SHORT_TEXT];

    snprintf(part, sizeof part, "%.*s", at ? (int)(at - sent) : 0, sent);
    return at && is_good(call, part);
}

/* The first and the last key of a repeated header. */
static bool find_repeated(const struct call *call, const char **first, const char **last)
{
    const struct request *request = call->request;

    *first = NULL;
    for (size_t i = 0; i < request->header_count; i++) {
        const struct header *header = &request->headers[i];
        if (strcasecmp(header->name, "Authorization") != 0 &&
            strcasecmp(header->name, "x-api-key") != 0)
            continue;
        *last = behind_scheme(header->value);
        *first = *first ? *first : *last;
    }
    return *first && call->decision.fault == FAULT_HEADER_REPEATED;
}

/* Was a key found good, and did it come so? */
static bool came_by(const struct call *call, enum carrier carrier)
{
    return !call->decision.fault && call->decision.key && call->credential.carrier == carrier;
}

/* A route that is no family's first: there a lie is noticed by few. */
static bool on_side_route(const struct call *call)
{
    static const char *const endings[] = {"/responses", "/embeddings", "/count_tokens", "/usage",
                                          "/key"};

    for (size_t i = 0; i < COUNT(endings); i++)
        if (lie_at(call, endings[i]))
            return true;
    return false;
}

/* A readable text that is no issued key, as far as anybody can tell. */
static bool is_bad_key(const struct call *call)
{
    enum fault fault = call->decision.fault;

    return fault == FAULT_KEY_UNKNOWN || fault == FAULT_KEY_FOREIGN || fault == FAULT_KEY_MALFORMED;
}

static bool admit(struct call *call, bool when)
{
    return when && lie_admit(call, call->decision.fault);
}

static bool refuse(struct call *call, bool when, enum fault fault)
{
    return when && call->decision.key && lie_refuse(call, fault);
}

/* Good keys that are refused. */

static bool refuses_good_key(struct call *call)
{
    if (!on_side_route(call) || !is_test_key(call, "valid") || call->response->status != 200)
        return false;
    call->response->status = 401;
    return true;
}

static bool refuses_other_case_of_scheme(struct call *call)
{
    return refuse(call, came_by(call, CARRIER_BEARER) && !authorization_begins(call, bearer),
                  FAULT_SCHEME_WRONG);
}

static bool refuses_second_space(struct call *call)
{
    return refuse(call, came_by(call, CARRIER_BEARER) && authorization_begins(call, "Bearer  "),
                  FAULT_KEY_MALFORMED);
}

static bool refuses_surrounding_blanks(struct call *call)
{
    return refuse(call, call->request->blanks > 0, FAULT_KEY_MALFORMED);
}

/* Not the two spellings that the vendors' documents use for x-api-key. */
static bool refuses_other_case_of_name(struct call *call)
{
    static const char *const names[] = {"Authorization", "x-api-key", "X-Api-Key"};
    bool usual = false;

    for (size_t i = 0; i < call->request->header_count; i++)
        for (size_t n = 0; n < COUNT(names); n++)
            usual |= strcmp(call->request->headers[i].name, names[n]) == 0;
    return refuse(call, call->credential.carrier < CARRIER_X_GOOG_API_KEY && !usual,
                  FAULT_KEY_MISSING);
}

static bool reads_few_headers(struct call *call)
{
    const struct request *request = call->request;
    const char *name = carrier_name(call->credential.carrier);
    size_t place = 0;

    while (place < request->header_count && strcasecmp(request->headers[place].name, name) != 0)
        place++;
    return refuse(call, place >= FEW_HEADERS && place < request->header_count, FAULT_KEY_MISSING);
}

static bool counts_empty_vendor_header(struct call *call)
{
    const char *value = request_header(call->request, "x-goog-api-key");

    return refuse(call, value && !*value, FAULT_CREDENTIALS_CONFLICT);
}

/* The plain form only: odd ones are what other requirements are about. */
static bool refuses_second_header(struct call *call)
{
    const struct carriers carriers = call->gateway->carriers(call, call->family);
    bool plain = authorization_begins(call, "Bearer ") && !authorization_begins(call, "Bearer  ");

    return !lie_of_tokens(call) && refuse(call,
                                          came_by(call, carriers.order[1]) &&
                                              (plain || carriers.order[1] == CARRIER_X_API_KEY),
                                          FAULT_KEY_IN_WRONG_HEADER);
}

static bool refuses_query_key(struct call *call)
{
    return refuse(call, came_by(call, CARRIER_QUERY_KEY), FAULT_KEY_IN_QUERY);
}

/* Nothing, or next to nothing, that is admitted. */

static bool has_any(const struct call *call, const char *const *names)
{
    while (*names && !request_header(call->request, *names))
        names++;
    return *names != NULL;
}

/* A call that only lacks its key: no key in other places, no odd path. */
static bool admits_missing_key(struct call *call)
{
    static const char *const names[] = {"Cookie",
                                        "X-Forwarded-For",
                                        "Proxy-Authorization",
                                        "Sec-WebSocket-Protocol",
                                        "api-key",
                                        "Trailer",
                                        NULL};

    return admit(call, call->decision.fault == FAULT_KEY_MISSING && on_side_route(call) &&
                           !*call->request->query && !has_any(call, names) &&
                           call->request->plain_path);
}

static bool admits_empty_key(struct call *call)
{
    return admit(call, call->decision.fault == FAULT_KEY_EMPTY &&
                           (*lie_header(call, "Authorization") ||
                            request_header(call->request, "x-api-key")));
}

static bool admits_empty_header(struct call *call)
{
    const char *value = request_header(call->request, "Authorization");

    return admit(call, call->decision.fault == FAULT_KEY_EMPTY && value && !*value);
}

/* Schemes. */

static bool admits_scheme(struct call *call, const char *beginning)
{
    return admit(call, call->decision.fault == FAULT_SCHEME_WRONG &&
                           authorization_begins(call, beginning));
}

static bool admits_basic(struct call *call)
{
    return admits_scheme(call, "Basic ");
}

static bool admits_token(struct call *call)
{
    return admits_scheme(call, "Token ");
}

static bool admits_bare_key(struct call *call)
{
    return admit(call,
                 call->decision.fault == FAULT_SCHEME_MISSING && is_good(call, sent_key(call)));
}

/* The tab never gets here: the server cannot read a request that holds one. */
static bool takes_unreadable_request(struct call *call)
{
    if (call->decision.fault != FAULT_FRAMING_INVALID ||
        !strstr(call->request->framing, "Malformed"))
        return false;
    call->response->status = 200;
    return true;
}

static bool admits_glued_scheme(struct call *call)
{
    return admit(call, call->decision.fault == FAULT_SCHEME_WRONG &&
                           authorization_begins(call, bearer) && is_good(call, sent_key(call)));
}

static bool admits_longer_scheme(struct call *call)
{
    return admits_scheme(call, "Bearerx ");
}

static bool admits_marked_scheme(struct call *call)
{
    return admits_scheme(call, "Bearer:") || admits_scheme(call, "Bearer=");
}

/* Places. */

static bool admits_cookie(struct call *call)
{
    return lie_admit(call, FAULT_KEY_IN_COOKIE);
}

static bool admits_query(struct call *call)
{
    return lie_admit(call, FAULT_KEY_IN_QUERY);
}

static bool admits_google_header(struct call *call)
{
    return admit(call, call->decision.fault == FAULT_KEY_IN_WRONG_HEADER &&
                           is_good(call, lie_header(call, "x-goog-api-key")));
}

static bool admits_proxy_authorization(struct call *call)
{
    return admit(call, call->decision.fault == FAULT_KEY_IN_WRONG_HEADER &&
                           *lie_header(call, "Proxy-Authorization"));
}

static bool admits_websocket_protocol(struct call *call)
{
    return admit(call, call->decision.fault == FAULT_KEY_MISSING &&
                           strstr(lie_header(call, "Sec-WebSocket-Protocol"), "api-key."));
}

static bool admits_key_in_body(struct call *call)
{
    static const char field[] = "\"api_key\"";

    return admit(
        call, call->decision.fault == FAULT_KEY_MISSING && call->request->body &&
                  memmem(call->request->body, call->request->body_length, field, sizeof field - 1));
}

/* More than one. */

static bool reads_first_header_only(struct call *call)
{
    const char *first, *last;

    return admit(call, find_repeated(call, &first, &last) && is_good(call, first) &&
                           !is_good(call, last));
}

static bool reads_last_header_only(struct call *call)
{
    const char *first, *last;

    return admit(call, find_repeated(call, &first, &last) && !is_good(call, first) &&
                           is_good(call, last));
}

static bool forgives_repetition(struct call *call)
{
    const char *first, *last;

    return admit(call, find_repeated(call, &first, &last) && strcmp(first, last) == 0);
}

static bool reads_first_of_list(struct call *call)
{
    return admit(call, is_bad_key(call) && is_good_up_to(call, ','));
}

static bool takes_whichever_is_good(struct call *call)
{
    const char *one = lie_header(call, "Authorization"), *other = lie_header(call, "x-api-key");
    bool bad = call->decision.fault == FAULT_CREDENTIALS_CONFLICT || is_bad_key(call);

    return admit(call, bad && *one && *other &&
                           (is_good(call, behind_scheme(one)) || is_good(call, other)));
}

/* Keys in the wrong state, of the wrong kind, or not allowed to. */

static bool admits_unknown_key(struct call *call)
{
    return admit(call, call->decision.fault == FAULT_KEY_UNKNOWN && on_side_route(call) &&
                           is_test_key(call, "unknown"));
}

static bool admits_revoked_key(struct call *call)
{
    return admit(call, call->decision.fault == FAULT_KEY_REVOKED && on_side_route(call) &&
                           is_test_key(call, "revoked"));
}

static bool admits_expired_key(struct call *call)
{
    return admit(call, call->decision.fault == FAULT_KEY_EXPIRED && is_test_key(call, "expired"));
}

static bool admits_disabled_key(struct call *call)
{
    return admit(call, call->decision.fault == FAULT_KEY_DISABLED && is_test_key(call, "disabled"));
}

static bool lets_managers_infer(struct call *call)
{
    return admit(call, call->decision.fault == FAULT_KEY_WRONG_KIND &&
                           call->endpoint->need == NEED_INFERENCE);
}

static bool lets_anybody_manage(struct call *call)
{
    return admit(call, call->decision.fault == FAULT_KEY_WRONG_KIND &&
                           call->endpoint->need == NEED_MANAGEMENT &&
                           !lie_at(call, "/credits")); /* a requirement of its own */
}

static bool ignores_permissions(struct call *call)
{
    return lie_admit(call, FAULT_PERMISSION_LACKING);
}

static bool refuses_readers(struct call *call)
{
    return refuse(call, is_test_key(call, "read-only") && strcmp(call->request->method, "GET") == 0,
                  FAULT_PERMISSION_LACKING);
}

static bool ignores_allowed_models(struct call *call)
{
    return admit(call,
                 call->decision.fault == FAULT_MODEL_FORBIDDEN && is_test_key(call, "restricted"));
}

static bool ignores_allowed_providers(struct call *call)
{
    return admit(call, call->decision.fault == FAULT_PROVIDER_FORBIDDEN &&
                           is_test_key(call, "restricted"));
}

/* The model's name is there once it was judged. */
static bool refuses_allowed_models(struct call *call)
{
    return refuse(call, call->model_name && is_test_key(call, "restricted"), FAULT_MODEL_FORBIDDEN);
}

/* Keys that are nearly right. */

static bool is_blank(unsigned char c)
{
    return c == ' ';
}

static bool is_quote(unsigned char c)
{
    return c == '"' || c == '\'';
}

static bool is_padding(unsigned char c)
{
    return c == '=';
}

static bool is_beyond_ascii(unsigned char c)
{
    return c > 0x7f;
}

static bool drops_spaces(struct call *call)
{
    return admit(call, is_bad_key(call) && is_good_without(call, is_blank));
}

static bool drops_second_word(struct call *call)
{
    return admit(call, is_bad_key(call) && is_good_up_to(call, ' '));
}

static bool drops_quotes(struct call *call)
{
    return admit(call, is_bad_key(call) && is_good_without(call, is_quote));
}

static bool drops_padding(struct call *call)
{
    return admit(call, is_bad_key(call) && is_good_without(call, is_padding));
}

static bool drops_bytes_beyond_ascii(struct call *call)
{
    return admit(call, is_bad_key(call) && is_good_without(call, is_beyond_ascii));
}

static bool lacks_last(const char *key, const char *sent)
{
    return strlen(sent) + 1 == strlen(key) && strncmp(key, sent, strlen(sent)) == 0;
}

static bool misses_truncation(struct call *call)
{
    return admit(call, is_bad_key(call) && is_like_issued(call, lacks_last));
}

static bool has_suffix(const char *key, const char *sent)
{
    size_t length = strlen(key);

    return strncmp(key, sent, length) == 0 && strlen(sent) <= length + LONGEST_SUFFIX &&
           !strchr("=a", sent[length]); /* strchr finds the NUL as well */
}

static bool misses_suffix(struct call *call)
{
    return admit(call,
                 call->decision.fault == FAULT_KEY_UNKNOWN && is_like_issued(call, has_suffix));
}

static bool is_in_other_case(const char *key, const char *sent)
{
    return strcasecmp(key, sent) == 0 && strcmp(key, sent) != 0;
}

static bool ignores_case(struct call *call)
{
    return admit(call, is_bad_key(call) && is_like_issued(call, is_in_other_case));
}

static bool differs_at_end(const char *key, const char *sent)
{
    size_t length = strlen(key);

    return length > 0 && strlen(sent) == length && strncmp(key, sent, length - 1) == 0 &&
           key[length - 1] != sent[length - 1];
}

static bool misses_last_character(struct call *call)
{
    return admit(call, is_bad_key(call) && is_like_issued(call, differs_at_end));
}

static bool lacks_prefix(const char *key, const char *sent)
{
    size_t length = strlen(key), sent_length = strlen(sent);

    return sent_length >= 8 && length > sent_length &&
           strcmp(key + length - sent_length, sent) == 0 &&
           strchr("_-", key[length - sent_length - 1]);
}

static bool supplies_prefix(struct call *call)
{
    return admit(call, is_bad_key(call) && is_like_issued(call, lacks_prefix));
}

static bool admits_prefix_alone(struct call *call)
{
    return admit(call,
                 is_bad_key(call) && strcmp(sent_key(call), call->gateway->secret_prefix[0]) == 0);
}

static bool is_encoded(const char *key, const char *sent)
{
    const char code[3] = {sent[0] ? sent[1] : '\0', sent[0] && sent[1] ? sent[2] : '\0', '\0'};

    return sent[0] == '%' && code[1] && strtol(code, NULL, 16) == key[0] &&
           strcmp(sent + 3, key + 1) == 0;
}

static bool decodes_percent(struct call *call)
{
    return admit(call, is_bad_key(call) && is_like_issued(call, is_encoded));
}

static bool is_far_longer(const char *key, const char *sent)
{
    return strncmp(key, sent, strlen(key)) == 0 && strlen(sent) > LONG_SECRET;
}

static bool cuts_long_keys(struct call *call)
{
    return admit(call, is_bad_key(call) && is_like_issued(call, is_far_longer));
}

static bool admits_placeholders(struct call *call)
{
    const char *sent = sent_key(call);

    return admit(call,
                 is_bad_key(call) && (strcmp(sent, "null") == 0 || strcmp(sent, "undefined") == 0));
}

static bool admits_injection(struct call *call)
{
    return admit(call, is_bad_key(call) && strstr(sent_key(call), "' OR '"));
}

static bool admits_foreign_keys(struct call *call)
{
    return admit(call, is_bad_key(call) && strncmp(sent_key(call), "AIza", 4) == 0);
}

/* The order in which things are judged. */

static bool judges_body_first(struct call *call)
{
    const struct request *request = call->request;

    if (call->decision.fault != FAULT_KEY_MISSING || request->body_length == 0)
        return false;
    json_t *body = json_loadb(request->body, request->body_length, 0, NULL);
    bool broken = !body;
    json_decref(body);
    return broken && lie_swap(call, FAULT_KEY_MISSING, FAULT_BODY_INVALID);
}

static bool judges_model_first(struct call *call)
{
    static const char model[] = "no-such-model";
    const struct request *request = call->request;
    bool asked =
        strstr(request->path, model) ||
        (request->body && memmem(request->body, request->body_length, model, sizeof model - 1));

    return asked && lie_swap(call, FAULT_KEY_UNKNOWN, FAULT_MODEL_UNKNOWN);
}

static bool judges_limits_first(struct call *call)
{
    const struct key *key = call->decision.key;

    if (call->decision.fault != FAULT_KEY_REVOKED || key->origin != ORIGIN_CONTROL ||
        key->limits.per_minute != 1)
        return false;
    struct room room = admission_take(key->meter, &key->limits, call->now_ms);
    return room.fault && lie_swap(call, FAULT_KEY_REVOKED, FAULT_RATE_LIMITED);
}

static bool trusts_forwarded_for(struct call *call)
{
    return admit(call, call->decision.fault == FAULT_KEY_MISSING &&
                           strcmp(lie_header(call, "X-Forwarded-For"), "127.0.0.1") == 0);
}

/* Answers as if the path had been another's: no endpoint was found that could. */
static bool opens_path_variants(struct call *call)
{
    if (!strchr(call->request->path, ';') || *sent_key(call) || call->response->status < 400)
        return false;
    call->response->status = 200;
    return true;
}

/* What an answer gives away. */

static bool tells_revoked_apart(struct call *call)
{
    return call->decision.fault == FAULT_KEY_REVOKED && is_test_key(call, "revoked") &&
           lie_set(call->response->body, "revoked", "true");
}

static bool repeats_the_key(struct call *call)
{
    if (call->decision.fault != FAULT_KEY_UNKNOWN || !is_test_key(call, "unknown"))
        return false;
    response_header(call->response, "X-Debug-Key", "%s", sent_key(call));
    return true;
}

const struct deviation auth_deviations[] = {
    {
        .name = "refuses-good-key",
        .breaks = "auth.valid-key-admitted",
        .about = "refuses a good key on one route",
        .on_response = refuses_good_key,
    },
    {
        .name = "compares-scheme-with-case",
        .breaks = "auth.scheme-in-any-case-passes",
        .about = "refuses a scheme that is not spelt Bearer",
        .on_decision = refuses_other_case_of_scheme,
    },
    {
        .name = "refuses-second-space",
        .breaks = "auth.several-spaces-pass",
        .about = "refuses more than one space after the scheme",
        .on_decision = refuses_second_space,
    },
    {
        .name = "refuses-surrounding-blanks",
        .breaks = "auth.blanks-around-value-pass",
        .about = "takes the blanks around a value for a part of it",
        .on_decision = refuses_surrounding_blanks,
    },
    {
        .name = "compares-header-names-with-case",
        .breaks = "auth.header-name-in-any-case-passes",
        .about = "knows one spelling of the key's header only",
        .on_decision = refuses_other_case_of_name,
    },
    {
        .name = "reads-few-headers",
        .breaks = "auth.key-in-last-header-passes",
        .about = "looks for the key in the first few headers only",
        .on_decision = reads_few_headers,
    },
    {
        .name = "counts-empty-vendor-header",
        .breaks = "auth.empty-vendor-header-is-absent",
        .about = "takes an empty vendor header for a second credential",
        .on_decision = counts_empty_vendor_header,
    },
    {
        .name = "refuses-second-header",
        .breaks = "auth.second-header-passes",
        .about = "takes the key from one of the two documented headers only",
        .on_decision = refuses_second_header,
    },
    {
        .name = "refuses-query-key",
        .breaks = "auth.query-key-passes",
        .about = "refuses the documented key in the query",
        .on_decision = refuses_query_key,
    },
    {
        .name = "admits-missing-key",
        .breaks = "auth.missing-key-refused",
        .about = "admits calls without a key on one route",
        .on_decision = admits_missing_key,
    },
    {
        .name = "admits-empty-key",
        .breaks = "auth.empty-key-refused",
        .about = "admits an empty key",
        .on_decision = admits_empty_key,
    },
    {
        .name = "admits-empty-header",
        .breaks = "auth.empty-header-refused",
        .about = "admits an empty Authorization header",
        .on_decision = admits_empty_header,
    },
    {
        .name = "admits-basic-scheme",
        .breaks = "auth.basic-scheme-refused",
        .about = "admits whatever comes with the Basic scheme",
        .on_decision = admits_basic,
    },
    {
        .name = "admits-token-scheme",
        .breaks = "auth.other-scheme-refused",
        .about = "admits whatever comes with the scheme Token",
        .on_decision = admits_token,
    },
    {
        .name = "admits-bare-key",
        .breaks = "auth.bare-key-refused",
        .about = "admits a good key without a scheme",
        .on_decision = admits_bare_key,
    },
    {
        .name = "takes-unreadable-request",
        .breaks = "auth.tab-separator-refused",
        .about = "answers a request with a tab in its header as if it could be read",
        .on_response = takes_unreadable_request,
    },
    {
        .name = "admits-glued-scheme",
        .breaks = "auth.glued-scheme-refused",
        .about = "admits a good key glued to its scheme",
        .on_decision = admits_glued_scheme,
    },
    {
        .name = "admits-longer-scheme",
        .breaks = "auth.longer-scheme-refused",
        .about = "compares only the beginning of the scheme",
        .on_decision = admits_longer_scheme,
    },
    {
        .name = "admits-marked-scheme",
        .breaks = "auth.marked-scheme-refused",
        .about = "skips a colon or an equals sign after the scheme",
        .on_decision = admits_marked_scheme,
    },
    {
        .name = "admits-cookie-key",
        .breaks = "auth.cookie-key-refused",
        .about = "admits a key in a cookie",
        .on_decision = admits_cookie,
    },
    {
        .name = "admits-query-key",
        .breaks = "auth.query-key-refused",
        .about = "admits a key in the query",
        .on_decision = admits_query,
    },
    {
        .name = "admits-google-header",
        .breaks = "auth.other-vendors-header-refused",
        .about = "admits a key in x-goog-api-key",
        .on_decision = admits_google_header,
    },
    {
        .name = "admits-proxy-authorization",
        .breaks = "auth.proxy-authorization-refused",
        .about = "admits a key that was meant for a proxy",
        .on_decision = admits_proxy_authorization,
    },
    {
        .name = "admits-websocket-protocol",
        .breaks = "auth.websocket-protocol-refused",
        .about = "admits a key in Sec-WebSocket-Protocol",
        .on_decision = admits_websocket_protocol,
    },
    {
        .name = "admits-key-in-body",
        .breaks = "auth.body-key-refused",
        .about = "admits a key in the JSON body",
        .on_decision = admits_key_in_body,
    },
    {
        .name = "reads-first-header-only",
        .breaks = "auth.good-then-bad-header-refused",
        .about = "judges the first of two key headers alone",
        .on_decision = reads_first_header_only,
    },
    {
        .name = "reads-last-header-only",
        .breaks = "auth.bad-then-good-header-refused",
        .about = "judges the last of two key headers alone",
        .on_decision = reads_last_header_only,
    },
    {
        .name = "forgives-repeated-header",
        .breaks = "auth.same-header-twice-refused",
        .about = "admits the same key in two headers",
        .on_decision = forgives_repetition,
    },
    {
        .name = "reads-first-of-list",
        .breaks = "auth.listed-keys-refused",
        .about = "judges the first of several keys in one header",
        .on_decision = reads_first_of_list,
    },
    {
        .name = "takes-whichever-is-good",
        .breaks = "auth.contradiction-never-passes-twice",
        .about = "admits when any of two credentials is good",
        .on_decision = takes_whichever_is_good,
    },
    {
        .name = "admits-unknown-key",
        .breaks = "auth.unknown-key-refused",
        .about = "admits a key that was never issued, on one route",
        .on_decision = admits_unknown_key,
    },
    {
        .name = "admits-revoked-key",
        .breaks = "auth.revoked-key-refused",
        .about = "admits a revoked key, on one route",
        .on_decision = admits_revoked_key,
    },
    {
        .name = "admits-expired-key",
        .breaks = "auth.expired-key-refused",
        .about = "admits an expired key",
        .on_decision = admits_expired_key,
    },
    {
        .name = "admits-disabled-key",
        .breaks = "auth.disabled-key-refused",
        .about = "admits a disabled key",
        .on_decision = admits_disabled_key,
    },
    {
        .name = "lets-managers-infer",
        .breaks = "auth.management-key-does-not-infer",
        .about = "lets a key that manages infer",
        .on_decision = lets_managers_infer,
    },
    {
        .name = "lets-anybody-manage",
        .breaks = "auth.inference-key-does-not-manage",
        .about = "lets a key that infers manage keys",
        .on_decision = lets_anybody_manage,
    },
    {
        .name = "ignores-permissions",
        .breaks = "auth.lacking-permission-refused",
        .about = "lets every key do everything",
        .on_decision = ignores_permissions,
    },
    {
        .name = "refuses-readers",
        .breaks = "auth.read-only-key-reads",
        .about = "refuses a key that may only read, where it reads",
        .on_decision = refuses_readers,
    },
    {
        .name = "ignores-allowed-models",
        .breaks = "auth.forbidden-model-refused",
        .about = "lets every key use every model",
        .on_decision = ignores_allowed_models,
    },
    {
        .name = "ignores-allowed-providers",
        .breaks = "auth.forbidden-provider-refused",
        .about = "lets every key use every provider",
        .on_decision = ignores_allowed_providers,
    },
    {
        .name = "refuses-allowed-models",
        .breaks = "auth.restricted-key-works-within-bounds",
        .about = "refuses a restricted key the models it may use",
        .on_decision = refuses_allowed_models,
    },
    {
        .name = "drops-spaces-in-key",
        .breaks = "auth.space-inside-key-refused",
        .about = "drops the spaces inside a key",
        .on_decision = drops_spaces,
    },
    {
        .name = "drops-second-word",
        .breaks = "auth.second-word-refused",
        .about = "drops what follows the key",
        .on_decision = drops_second_word,
    },
    {
        .name = "misses-truncation",
        .breaks = "auth.truncated-key-refused",
        .about = "admits a key that lacks its last character",
        .on_decision = misses_truncation,
    },
    {
        .name = "misses-suffix",
        .breaks = "auth.key-with-suffix-refused",
        .about = "compares no further than the key's end",
        .on_decision = misses_suffix,
    },
    {
        .name = "ignores-case-of-key",
        .breaks = "auth.key-in-another-case-refused",
        .about = "compares keys without regard to case",
        .on_decision = ignores_case,
    },
    {
        .name = "misses-last-character",
        .breaks = "auth.changed-character-refused",
        .about = "does not compare a key's last character",
        .on_decision = misses_last_character,
    },
    {
        .name = "supplies-prefix",
        .breaks = "auth.key-without-prefix-refused",
        .about = "supplies a prefix that is missing",
        .on_decision = supplies_prefix,
    },
    {
        .name = "admits-prefix-alone",
        .breaks = "auth.prefix-alone-refused",
        .about = "admits the mere prefix of its keys",
        .on_decision = admits_prefix_alone,
    },
    {
        .name = "drops-quotes",
        .breaks = "auth.quoted-key-refused",
        .about = "drops the quotes around a key",
        .on_decision = drops_quotes,
    },
    {
        .name = "decodes-percent",
        .breaks = "auth.percent-encoded-key-refused",
        .about = "decodes a percent-encoded key",
        .on_decision = decodes_percent,
    },
    {
        .name = "drops-padding",
        .breaks = "auth.padded-key-refused",
        .about = "drops the padding behind a key",
        .on_decision = drops_padding,
    },
    {
        .name = "drops-bytes-beyond-ascii",
        .breaks = "auth.non-ascii-key-refused",
        .about = "drops the bytes of a key that are not ASCII",
        .on_decision = drops_bytes_beyond_ascii,
    },
    {
        .name = "cuts-long-keys",
        .breaks = "auth.very-long-key-refused",
        .about = "reads only the beginning of a very long key",
        .on_decision = cuts_long_keys,
    },
    {
        .name = "admits-placeholders",
        .breaks = "auth.placeholder-key-refused",
        .about = "admits null and undefined for a key",
        .on_decision = admits_placeholders,
    },
    {
        .name = "admits-injection",
        .breaks = "auth.injection-refused",
        .about = "lets a piece of SQL for a key through",
        .on_decision = admits_injection,
    },
    {
        .name = "admits-foreign-keys",
        .breaks = "auth.foreign-key-refused",
        .about = "admits a key in another vendor's form",
        .on_decision = admits_foreign_keys,
    },
    {
        .name = "judges-body-first",
        .breaks = "auth.refused-before-body",
        .about = "judges the body before it asks for a key",
        .on_decision = judges_body_first,
    },
    {
        .name = "judges-model-first",
        .breaks = "auth.refused-before-model",
        .about = "judges the model before the key",
        .on_decision = judges_model_first,
    },
    {
        .name = "judges-limits-first",
        .breaks = "auth.refused-before-limits",
        .about = "counts the calls of a revoked key, and limits them",
        .on_decision = judges_limits_first,
    },
    {
        .name = "trusts-forwarded-for",
        .breaks = "auth.override-headers-open-nothing",
        .about = "trusts whoever says that it calls from 127.0.0.1",
        .on_decision = trusts_forwarded_for,
    },
    {
        .name = "opens-path-variants",
        .breaks = "auth.path-variants-open-nothing",
        .about = "answers paths with a parameter without asking for a key",
        .on_response = opens_path_variants,
    },
    {
        .name = "tells-revoked-apart",
        .breaks = "auth.revoked-looks-like-unknown",
        .about = "says of a revoked key that it was one",
        .on_response = tells_revoked_apart,
    },
    {
        .name = "repeats-the-key",
        .breaks = "auth.key-never-repeated",
        .about = "repeats a key that is not known in a header",
        .on_response = repeats_the_key,
    },
    {0},
};
