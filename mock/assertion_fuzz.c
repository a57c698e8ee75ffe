/* Bytes become an assertion, or the claims of one: it is read or refused with a reason, no change
 * makes another signature hold, and what is granted keeps to its bounds. */
#include "mock/assertion.h"
#include "mock/federation.h"
#include "mock/grant.h"
#include "mock/shape.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct federation *shared(void)
{
    static struct federation *federation;
    static struct identity identity;
    struct problem problem = {0};

    if (!federation) {
        identity_init(&identity, 1);
        federation = federation_new(&identity, &problem);
        if (!federation)
            abort();
    }
    return federation;
}

static void decide(const json_t *claims, const char *unreadable, const char *unverified)
{
    struct federation *federation = shared();
    json_t *rule = federation_find(federation, FEDERATION_RULES, "fdrl_01GatemarkTestCi");
    json_t *issuer = federation_find(federation, FEDERATION_ISSUERS, "fdis_01GatemarkTestIssuer");
    json_t *account = federation_find(federation, SERVICE_ACCOUNTS, "svac_01GatemarkTestWorker");
    const json_t *organization = federation_organization(federation);
    json_t *body =
        json_pack("{s:O}", "organization_id", json_object_get(organization, "organization_id"));
    const struct grant_question question = {
        .body = body,
        .organization = organization,
        .rule = rule,
        .issuer = issuer,
        .account = account,
        .claims = claims,
        .unreadable = unreadable,
        .unverified = unverified,
        .now_ms = 1736937000000,
    };
    struct grant grant;

    grant_decide(&question, &grant);
    if (grant.lifetime_s < 60 || grant.lifetime_s > 3600 || (grant.fault && !*grant.reason))
        abort();
    if ((unreadable || unverified) && !grant.fault)
        abort();
    json_decref(rule);
    json_decref(issuer);
    json_decref(account);
    json_decref(body);
}

static void fuzz_text(const char *text)
{
    json_t *issuer = federation_find(shared(), FEDERATION_ISSUERS, "fdis_01GatemarkTestIssuer");
    const json_t *keys = json_object_get(json_object_get(issuer, "jwks"), "keys");
    struct assertion assertion;
    const char *unreadable = assertion_open(&assertion, text);
    const char *unverified = unreadable ? NULL : assertion_verify(&assertion, keys);

    decide(assertion.claims, unreadable, unverified);
    assertion_close(&assertion);
    json_decref(issuer);
}

/* The first byte chooses: a whole assertion, or claims that somebody has signed. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0)
        return 0;
    char *text = must(malloc(size));
    memcpy(text, bytes + 1, size - 1);
    text[size - 1] = '\0';
    if (bytes[0] == 'c') {
        json_t *claims =
            shape_too_deep(text, size - 1) ? NULL : json_loadb(text, size - 1, 0, NULL);
        if (json_is_object(claims))
            decide(claims, NULL, NULL);
        json_decref(claims);
    } else {
        fuzz_text(text);
    }
    free(text);
    return 0;
}
