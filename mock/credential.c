#include "mock/credential.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char scheme[] = "bearer";
enum { SCHEME_LENGTH = sizeof scheme - 1 };

static const char *const carrier_headers[CARRIER_COUNT] = {
    [CARRIER_BEARER] = "Authorization",
    [CARRIER_X_API_KEY] = "x-api-key",
    [CARRIER_X_GOOG_API_KEY] = "x-goog-api-key",
};

const char *carrier_name(enum carrier carrier)
{
    return carrier_headers[carrier] ? carrier_headers[carrier] : "the query";
}

/* b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"=" */
static bool is_token(const char *text)
{
    size_t length = 0;

    while (isalnum((unsigned char)text[length]) || (text[length] && strchr("-._~+/", text[length])))
        length++;
    return length > 0 && text[length + strspn(text + length, "=")] == '\0';
}

static void broken(struct credential *credential, enum fault fault, const char *reason)
{
    credential->fault = fault;
    credential->reason = reason;
    credential->secret = NULL;
}

/* Authorization without a space in it: a scheme alone, a scheme glued to something, or a bare key.
 */
static void read_one_word(const char *value, struct credential *credential)
{
    if (strcasecmp(value, scheme) == 0)
        broken(credential, FAULT_KEY_EMPTY, "Authorization says Bearer, but no key follows");
    else if (strncasecmp(value, scheme, SCHEME_LENGTH) == 0)
        broken(credential, FAULT_SCHEME_WRONG,
               "Authorization has no space between the Bearer scheme and the key");
    else
        broken(credential, FAULT_SCHEME_MISSING,
               "Authorization has no Bearer scheme: the value looks like a bare key");
}

static void read_authorization(const char *value, struct credential *credential)
{
    size_t length = strcspn(value, " \t");
    const char *token = value + length + strspn(value + length, " \t");

    if (*value == '\0')
        broken(credential, FAULT_KEY_EMPTY, "Authorization is empty");
    else if (*token == '\0')
        read_one_word(value, credential);
    else if (length != SCHEME_LENGTH || strncasecmp(value, scheme, length) != 0)
        broken(credential, FAULT_SCHEME_WRONG, "Authorization has another scheme than Bearer");
    else if (memchr(value + length, '\t', (size_t)(token - value) - length))
        broken(credential, FAULT_KEY_MALFORMED,
               "a tab separates Bearer from the key: only spaces may");
    else if (!is_token(token))
        broken(credential, FAULT_KEY_MALFORMED,
               "what follows Bearer is no token: it holds a space or another character that no key "
               "has");
    else
        credential->secret = token;
}

static void read_plain(const char *value, struct credential *credential)
{
    if (*value == '\0')
        broken(credential, FAULT_KEY_EMPTY, "the key's header is empty");
    else if (!is_token(value))
        broken(credential, FAULT_KEY_MALFORMED,
               "the key holds a space or another character that no key has");
    else
        credential->secret = value;
}

/* What one carrier brings: false when it is not in the request at all. */
static bool read_carrier(const struct request *request, enum carrier carrier,
                         struct credential *credential)
{
    credential->carrier = carrier;
    if (carrier == CARRIER_QUERY_KEY) {
        if (!request_parameter(request, "key", credential->query, sizeof credential->query))
            return false;
        if (request_parameter_count(request, "key") > 1)
            broken(credential, FAULT_HEADER_REPEATED, "the key came more than once in the query");
        else
            read_plain(credential->query, credential);
        return true;
    }
    const char *value = request_header(request, carrier_headers[carrier]);
    if (!value)
        return false;
    if (request_header_count(request, carrier_headers[carrier]) > 1)
        broken(credential, FAULT_HEADER_REPEATED, "the credential's header came more than once");
    else if (carrier == CARRIER_BEARER)
        read_authorization(value, credential);
    else
        read_plain(value, credential);
    return true;
}

static bool holds(const struct carriers *carriers, enum carrier carrier)
{
    for (size_t i = 0; i < CARRIERS && carriers->order[i]; i++)
        if (carriers->order[i] == carrier)
            return true;
    return false;
}

static bool filled(const struct request *request, const char *name)
{
    const char *value = request_header(request, name);

    return value && *value;
}

/* A cookie counts as a misplaced key when its name or its value says so. */
static bool cookie_has_key(const struct request *request)
{
    static const char *const signs[] = {"key", "token", "auth", "bearer",
                                        "sk-", "claw_", "lr_",  "AIza"};
    const char *cookie = request_header(request, "Cookie");

    for (size_t i = 0; cookie && i < COUNT(signs); i++)
        if (strcasestr(cookie, signs[i]))
            return true;
    return false;
}

/* Nothing was found where it belongs: is there something that looks like a key elsewhere? */
static void look_elsewhere(const struct request *request, const struct carriers *carriers,
                           struct credential *credential)
{
    static const char *const parameters[] = {"key", "api_key", "access_token"};
    char value[CREDENTIAL_QUERY_TEXT];

    broken(credential, FAULT_KEY_MISSING, "no credential anywhere in the request");
    if (cookie_has_key(request))
        broken(credential, FAULT_KEY_IN_COOKIE, "key arrived in the Cookie header");
    for (size_t i = 0; i < COUNT(parameters); i++)
        if (request_parameter(request, parameters[i], value, sizeof value) && *value)
            broken(credential, FAULT_KEY_IN_QUERY, "key arrived in the query string");
    if (filled(request, "Proxy-Authorization"))
        broken(credential, FAULT_KEY_IN_WRONG_HEADER,
               "key arrived in Proxy-Authorization, which is for proxies");
    for (enum carrier c = CARRIER_BEARER; c < CARRIER_QUERY_KEY; c++)
        if (!holds(carriers, c) && filled(request, carrier_headers[c]))
            broken(credential, FAULT_KEY_IN_WRONG_HEADER,
                   "key arrived in another vendor's header, which is not read here");
}

static bool differ(const struct credential *one, const struct credential *other)
{
    return !one->secret || !other->secret || strcmp(one->secret, other->secret) != 0;
}

/* The query's text moves along with the struct that holds it. */
static void take(struct credential *credential, const struct credential *found)
{
    *credential = *found;
    if (found->secret == found->query)
        credential->secret = credential->query;
}

void credential_find(const struct request *request, const struct carriers *carriers,
                     struct credential *credential)
{
    bool any = false;

    *credential = (struct credential){0};
    for (size_t i = 0; i < CARRIERS && carriers->order[i]; i++) {
        struct credential found = {0};
        if (!read_carrier(request, carriers->order[i], &found))
            continue;
        if (!any || credential->fault == FAULT_KEY_EMPTY) {
            take(credential, &found);
            any = true;
            continue;
        }
        if (found.fault == FAULT_KEY_EMPTY || !differ(credential, &found))
            continue;
        if (carriers->conflict == CONFLICT_REFUSED)
            broken(credential, FAULT_CREDENTIALS_CONFLICT, "two credentials came, and they differ");
        else if (carriers->conflict == CONFLICT_LAST_WINS)
            take(credential, &found);
    }
    if (!any || credential->fault == FAULT_KEY_EMPTY) {
        struct credential elsewhere = {0};
        look_elsewhere(request, carriers, &elsewhere);
        if (!any || elsewhere.fault != FAULT_KEY_MISSING)
            *credential = elsewhere;
    }
}

void mask_keys(char *text)
{
    static const char *const prefixes[] = {"sk-", "claw_", "clsk_", "lr_live_", "lr_mgmt_", "AIza"};

    for (size_t i = 0; i < COUNT(prefixes); i++)
        for (char *at = strstr(text, prefixes[i]); at; at = strstr(at, prefixes[i])) {
            at += strlen(prefixes[i]);
            for (size_t n = 0; isalnum((unsigned char)*at) || *at == '-' || *at == '_'; n++, at++)
                if (n >= 4)
                    *at = '*';
        }
}
