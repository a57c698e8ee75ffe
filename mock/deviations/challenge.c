#include "mock/deviations/lies.h"

#include <stdio.h>
#include <string.h>

/* Puts another challenge on the 401 for this fault. */
static bool challenge(struct call *call, enum fault fault, const char *text)
{
    if (call->decision.fault != fault || call->response->status != 401)
        return false;
    response_header(call->response, "WWW-Authenticate", "%s", text);
    return true;
}

static bool leaves_quote_open(struct call *call)
{
    return challenge(call, FAULT_KEY_MISSING, "Bearer realm=\"gatemark");
}

static bool names_scheme_only(struct call *call)
{
    return challenge(call, FAULT_KEY_MISSING, "Bearer");
}

static bool names_realm_twice(struct call *call)
{
    return challenge(call, FAULT_KEY_UNKNOWN,
                     "Bearer realm=\"gatemark\", error=\"invalid_token\", realm=\"gatemark\"");
}

static bool leaves_realm_unquoted(struct call *call)
{
    return challenge(call, FAULT_KEY_UNKNOWN, "Bearer realm=gatemark, error=\"invalid_token\"");
}

static bool blames_missing_key(struct call *call)
{
    const char *honest = response_header_find(call->response, "WWW-Authenticate");
    char text[256];

    snprintf(text, sizeof text, "%s, error=\"invalid_token\"", honest ? honest : "Bearer");
    return challenge(call, FAULT_KEY_MISSING, text);
}

static bool blames_nothing(struct call *call)
{
    return challenge(call, FAULT_KEY_UNKNOWN, "Bearer realm=\"gatemark\"");
}

const struct deviation challenge_deviations[] = {
    {
        .name = "drops-challenge",
        .breaks = "challenge.present-on-401",
        .about = "leaves WWW-Authenticate out of every 401",
        .status = 401,
        .header = "WWW-Authenticate",
    },
    {
        .name = "leaves-quote-open",
        .breaks = "challenge.well-formed",
        .about = "leaves the realm's quotes open",
        .on_response = leaves_quote_open,
    },
    {
        .name = "names-scheme-only",
        .breaks = "challenge.bearer-has-parameter",
        .about = "sends the word Bearer for a challenge",
        .on_response = names_scheme_only,
    },
    {
        .name = "names-realm-twice",
        .breaks = "challenge.parameters-once",
        .about = "names the realm twice in one challenge",
        .on_response = names_realm_twice,
    },
    {
        .name = "leaves-realm-unquoted",
        .breaks = "challenge.realm-quoted",
        .about = "leaves the quotes around the realm out",
        .on_response = leaves_realm_unquoted,
    },
    {
        .name = "blames-missing-key",
        .breaks = "challenge.no-error-without-credential",
        .about = "names an error when no key was sent",
        .on_response = blames_missing_key,
    },
    {
        .name = "blames-nothing",
        .breaks = "challenge.names-invalid-token",
        .about = "names no error when a key failed",
        .on_response = blames_nothing,
    },
    {0},
};
