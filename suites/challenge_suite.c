#include "suites/calls.h"
#include "suites/defect.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_PARAMETERS = 16, LONGEST_NAME = 64, LONGEST_VALUE = 256 };

/* The first challenge of a WWW-Authenticate header, taken apart. */
struct challenge {
    char scheme[LONGEST_NAME];
    struct {
        char name[LONGEST_NAME], value[LONGEST_VALUE];
        bool quoted;
    } parameters[MOST_PARAMETERS];
    size_t count;
};

static bool is_token_character(char c)
{
    return isalnum((unsigned char)c) || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static size_t token_length(const char *text)
{
    size_t length = 0;

    while (is_token_character(text[length]))
        length++;
    return length;
}

/* Reads a value after the equals sign; NULL when it is neither a token nor a whole quoted string.
 */
static const char *read_value(const char *at, char *value, bool *quoted)
{
    size_t length = 0;

    *quoted = *at == '"';
    if (!*quoted) {
        length = token_length(at);
        snprintf(value, LONGEST_VALUE, "%.*s", (int)length, at);
        return length > 0 ? at + length : NULL;
    }
    for (at++; *at && *at != '"'; at++) {
        if (*at == '\\' && at[1])
            at++;
        if (length + 1 < LONGEST_VALUE)
            value[length++] = *at;
    }
    value[length] = '\0';
    return *at == '"' ? at + 1 : NULL;
}

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

/* Takes the first challenge apart; false when it does not keep to the grammar. */
static bool challenge_parse(const char *text, struct challenge *challenge)
{
    size_t length = token_length(text);
    const char *at = text + length;

    *challenge = (struct challenge){.count = 0};
    snprintf(challenge->scheme, LONGEST_NAME, "%.*s", (int)length, text);
    if (length == 0 || (*at && *at != ' ' && *at != ','))
        return false;
    at = skip_blanks(at);
    while (*at && challenge->count < MOST_PARAMETERS) {
        length = token_length(at);
        const char *equals = skip_blanks(at + length);
        if (length == 0)
            return false;
        if (*equals != '=')
            return equals > at + length; /* a token and a space: the next challenge begins */
        snprintf(challenge->parameters[challenge->count].name, LONGEST_NAME, "%.*s", (int)length,
                 at);
        at = read_value(skip_blanks(equals + 1), challenge->parameters[challenge->count].value,
                        &challenge->parameters[challenge->count].quoted);
        if (!at)
            return false;
        challenge->count++;
        at = skip_blanks(at);
        if (*at && *at != ',')
            return false;
        at = skip_blanks(at + (*at == ','));
    }
    return true;
}

static const char *parameter(const struct challenge *challenge, const char *name)
{
    for (size_t i = 0; i < challenge->count; i++)
        if (strcasecmp(challenge->parameters[i].name, name) == 0)
            return challenge->parameters[i].value;
    return NULL;
}

/* Some gateways refuse a missing or a bad key with another status, which needs no challenge. */
static bool need_401_promised(struct check *check)
{
    static const char *const abouts[] = {"missing", "unknown"};

    for (size_t i = 0; i < COUNT(abouts); i++) {
        const struct promise *promise = need_promise_aside(check, abouts[i]);
        if (!promise)
            return false;
        if (!promise_holds(promise, 401)) {
            check_found(check, NOT_APPLICABLE, NULL, "%s answers %d, not 401, to such a key",
                        check->target->contract->gateway, promise->statuses[0]);
            return false;
        }
    }
    return true;
}

/* A refusal of this route with 401: without a key, or with one that was never issued. */
static const struct exchange *need_401(struct check *check, const struct route *route,
                                       const char *secret)
{
    if (!need_401_promised(check))
        return NULL;
    const struct exchange *x =
        check_attempt(check, (struct attempt){.route = route, .secret = secret});
    return need_status(check, x, 401) ? x : NULL;
}

/* The challenge of a 401 that the row is to look at; NULL when there is none. */
static const struct exchange *need_challenge(struct check *check, const struct route *route,
                                             const char *secret, struct challenge *challenge)
{
    const struct exchange *x = need_401(check, route, secret);
    const char *text = x ? exchange_header(x, "WWW-Authenticate") : NULL;

    if (x && !text)
        check_found(check, UNTESTABLE, x, "needed a challenge to look at, and the 401 has none");
    else if (x && !challenge_parse(text, challenge))
        check_found(check, UNTESTABLE, x, "needed a well-formed challenge, got: %s", text);
    return check_open(check) ? x : NULL;
}

static void every_401_has_a_challenge(struct check *check)
{
    const char *bad = need_key(check, "unknown");

    for (const struct route *route = NULL; bad && (route = check_next_route(check, route));) {
        const struct exchange *x = need_401(check, route, NULL);
        if (x)
            expect_header(check, x, "WWW-Authenticate");
        x = check_open(check) ? need_401(check, route, bad) : NULL;
        if (x)
            expect_header(check, x, "WWW-Authenticate");
    }
}

static void challenge_is_well_formed(struct check *check)
{
    struct challenge challenge;
    const struct exchange *x = need_401(check, plain_route(check), NULL);
    const char *text = x ? exchange_header(x, "WWW-Authenticate") : NULL;

    if (x && !text)
        check_found(check, UNTESTABLE, x, "needed a challenge to look at, and the 401 has none");
    else if (x)
        expect_that(check, challenge_parse(text, &challenge), x,
                    "the challenge does not keep to the grammar: %s", text);
}

static void bearer_challenge_has_a_parameter(struct check *check)
{
    struct challenge challenge;
    const struct exchange *x = need_challenge(check, plain_route(check), NULL, &challenge);

    if (x && strcasecmp(challenge.scheme, "Bearer") == 0)
        expect_that(check, challenge.count > 0, x, "the Bearer challenge has no parameter: %s",
                    exchange_header(x, "WWW-Authenticate"));
}

static void no_parameter_is_repeated(struct check *check)
{
    struct challenge challenge;
    const char *bad = need_key(check, "unknown");
    const struct exchange *x =
        bad ? need_challenge(check, plain_route(check), bad, &challenge) : NULL;

    for (size_t i = 0; x && i < challenge.count; i++)
        for (size_t k = 0; k < i; k++)
            expect_that(check,
                        strcasecmp(challenge.parameters[i].name, challenge.parameters[k].name) != 0,
                        x, "the challenge repeats %s: %s", challenge.parameters[i].name,
                        exchange_header(x, "WWW-Authenticate"));
}

static void realm_is_quoted(struct check *check)
{
    struct challenge challenge;
    const char *bad = need_key(check, "unknown");
    const struct exchange *x =
        bad ? need_challenge(check, plain_route(check), bad, &challenge) : NULL;

    for (size_t i = 0; x && i < challenge.count; i++)
        if (strcasecmp(challenge.parameters[i].name, "realm") == 0)
            expect_that(check, challenge.parameters[i].quoted, x, "the realm is not quoted: %s",
                        exchange_header(x, "WWW-Authenticate"));
}

static void no_error_without_a_credential(struct check *check)
{
    struct challenge challenge;

    for (const struct route *route = NULL; (route = check_next_route(check, route));) {
        const struct exchange *x = need_challenge(check, route, NULL, &challenge);
        if (x)
            expect_that(check, !parameter(&challenge, "error"), x,
                        "no credential was sent, yet the challenge names an error: %s",
                        exchange_header(x, "WWW-Authenticate"));
    }
}

static void failed_token_is_named_invalid(struct check *check)
{
    struct challenge challenge;
    const char *bad = need_key(check, "unknown");

    for (const struct route *route = NULL; bad && (route = check_next_route(check, route));) {
        const struct exchange *x = need_challenge(check, route, bad, &challenge);
        if (!x || strcasecmp(challenge.scheme, "Bearer") != 0)
            continue;
        const char *error = parameter(&challenge, "error");
        expect_that(check, error && strcmp(error, "invalid_token") == 0, x,
                    "a key failed; expected error=\"invalid_token\" in the challenge: %s",
                    exchange_header(x, "WWW-Authenticate"));
    }
}

const struct requirement challenge_requirements[] = {
    {
        .id = "challenge.present-on-401",
        .level = MUST,
        .source = "rfc9110#11.6.1",
        .evidence = SPECIFIED,
        .claim = "every 401 says in WWW-Authenticate how to authenticate",
        .test = every_401_has_a_challenge,
    },
    {
        .id = "challenge.well-formed",
        .level = MUST,
        .source = "rfc9110#11.3",
        .evidence = SPECIFIED,
        .claim = "the challenge of a 401 keeps to the grammar",
        .test = challenge_is_well_formed,
    },
    {
        .id = "challenge.bearer-has-parameter",
        .level = MUST,
        .source = "rfc6750#3",
        .evidence = SPECIFIED,
        .claim = "a Bearer challenge has at least one parameter",
        .test = bearer_challenge_has_a_parameter,
    },
    {
        .id = "challenge.parameters-once",
        .level = MUST,
        .source = "rfc9110#11.2",
        .evidence = SPECIFIED,
        .claim = "no parameter comes twice in a challenge",
        .test = no_parameter_is_repeated,
    },
    {
        .id = "challenge.realm-quoted",
        .level = MUST,
        .source = "rfc9110#11.5",
        .evidence = SPECIFIED,
        .claim = "the realm of a challenge is a quoted string",
        .test = realm_is_quoted,
    },
    {
        .id = "challenge.no-error-without-credential",
        .level = SHOULD,
        .source = "rfc6750#3.1",
        .evidence = SPECIFIED,
        .claim = "a challenge names no error when no credential was sent",
        .test = no_error_without_a_credential,
    },
    {
        .id = "challenge.names-invalid-token",
        .level = SHOULD,
        .source = "rfc6750#3.1",
        .evidence = SPECIFIED,
        .claim = "a Bearer challenge says invalid_token when a key failed",
        .test = failed_token_is_named_invalid,
    },
    {0},
};
