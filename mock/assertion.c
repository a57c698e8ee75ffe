#include "mock/assertion.h"

#include "fixtures/basics.h"
#include "mock/shape.h"

#include <jose/b64.h>
#include <jose/jws.h>
#include <stdlib.h>
#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static const char *const algorithms[] = {"RS256", "RS384", "RS512", "PS256", "PS384",
                                         "PS512", "ES256", "ES384", "ES512"};

enum { PARTS = 3 };

struct part {
    const char *text;
    size_t length;
};

static bool is_algorithm(const char *name)
{
    for (size_t i = 0; i < COUNT(algorithms); i++)
        if (strcmp(algorithms[i], name) == 0)
            return true;
    return false;
}

/* RFC 7515 3.1: three parts of base64url without padding, and nothing else. */
static bool split(const char *text, struct part parts[PARTS])
{
    for (size_t i = 0; i < PARTS; i++) {
        size_t length = strspn(text, alphabet);
        if (length % 4 == 1 || text[length] != (i < PARTS - 1 ? '.' : '\0'))
            return false;
        parts[i] = (struct part){text, length};
        text += length + 1;
    }
    return parts[0].length > 0 && parts[1].length > 0;
}

/* The JSON object in a part, owned by the caller, or NULL. */
static json_t *decode(const struct part *part)
{
    char *text = must(malloc(part->length + 1));
    size_t length = jose_b64_dec_buf(part->text, part->length, text, part->length);
    json_t *json = NULL;

    if (length != SIZE_MAX && !shape_too_deep(text, length))
        json = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
    free(text);
    if (json_is_object(json))
        return json;
    json_decref(json);
    return NULL;
}

static const char *header_flaw(const json_t *header)
{
    const char *algorithm = json_string_value(json_object_get(header, "alg"));
    const char *kid = json_string_value(json_object_get(header, "kid"));

    if (!algorithm || !is_algorithm(algorithm))
        return "alg_unsupported: the header's alg is none of RS, PS and ES 256, 384, 512";
    if (json_object_get(header, "crit"))
        return "crit_unsupported: the header asks for extensions that are not known here";
    if (!kid || !*kid)
        return "kid_missing: the header names no key";
    return NULL;
}

const char *assertion_open(struct assertion *assertion, const char *text)
{
    struct part parts[PARTS];

    *assertion = (struct assertion){0};
    if (strlen(text) > ASSERTION_BYTES)
        return "assertion_too_long: it is longer than 16384 bytes";
    if (!split(text, parts))
        return "assertion_malformed: expected three parts of base64url without padding";
    assertion->header = decode(&parts[0]);
    assertion->claims = decode(&parts[1]);
    if (!assertion->header || !assertion->claims)
        return "assertion_malformed: expected header and claims to be JSON objects";
    assertion->signed_parts =
        json_pack("{s:s%, s:s%, s:s%}", "protected", parts[0].text, parts[0].length, "payload",
                  parts[1].text, parts[1].length, "signature", parts[2].text, parts[2].length);
    return header_flaw(assertion->header);
}

static const json_t *key_find(const json_t *keys, const char *kid)
{
    const json_t *key;
    size_t i;

    json_array_foreach(keys, i, key) {
        const char *name = json_string_value(json_object_get(key, "kid"));
        if (name && strcmp(name, kid) == 0)
            return key;
    }
    return NULL;
}

const char *assertion_verify(const struct assertion *assertion, const json_t *keys)
{
    const char *algorithm = json_string_value(json_object_get(assertion->header, "alg"));
    const char *kid = json_string_value(json_object_get(assertion->header, "kid"));
    const json_t *key = kid ? key_find(keys, kid) : NULL;

    if (!key)
        return "kid_unknown: the issuer has no key of that kid";
    const char *only = json_string_value(json_object_get(key, "alg"));
    if (only && strcmp(only, algorithm) != 0)
        return "alg_mismatch: the issuer's key is for another alg";
    if (!jose_jws_ver(NULL, assertion->signed_parts, NULL, key, false))
        return "signature_invalid: the issuer's key did not make this signature";
    return NULL;
}

void assertion_close(struct assertion *assertion)
{
    json_decref(assertion->header);
    json_decref(assertion->claims);
    json_decref(assertion->signed_parts);
    *assertion = (struct assertion){0};
}

const char *assertion_key_flaw(const json_t *key)
{
    static const char *const needed[][4] = {{"RSA", "n", "e", NULL}, {"EC", "crv", "x", "y"}};
    const char *type = json_string_value(json_object_get(key, "kty"));
    const char *algorithm = json_string_value(json_object_get(key, "alg"));
    const char *kid = json_string_value(json_object_get(key, "kid"));
    bool known = false;

    for (size_t i = 0; type && i < COUNT(needed); i++) {
        if (strcmp(type, needed[i][0]) != 0)
            continue;
        known = true;
        for (size_t n = 1; n < COUNT(needed[i]) && needed[i][n]; n++)
            known &= json_is_string(json_object_get(key, needed[i][n]));
    }
    if (!known)
        return "expected keys of kty RSA (with n and e) or EC (with crv, x and y)";
    if (!kid || !*kid)
        return "expected every key to have a kid";
    if (json_object_get(key, "d"))
        return "expected public keys: one of these is private";
    if (algorithm && !is_algorithm(algorithm))
        return "expected keys for RS, PS or ES 256, 384, 512";
    return NULL;
}
