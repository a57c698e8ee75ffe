#include "suites/assertion.h"

#include "fixtures/fixture.h"

#include <jose/b64.h>
#include <jose/jws.h>
#include <stdlib.h>
#include <string.h>

json_t *assertion_key(const char *kid, struct problem *problem)
{
    json_t *file = fixture_load("identity/private-keys.json", problem), *key, *found = NULL;
    size_t i;

    if (!file)
        return NULL;
    json_array_foreach(json_object_get(file, "keys"), i, key) {
        const char *name = json_string_value(json_object_get(key, "kid"));
        if (name && strcmp(name, kid) == 0)
            found = json_incref(key);
    }
    json_decref(file);
    if (!found)
        problem_set(problem, "identity/private-keys.json has no key \"%.80s\"", kid);
    return found;
}

char *assertion_sign(const json_t *header, const json_t *claims, const json_t *key)
{
    json_t *jws = json_pack("{s:o}", "payload", jose_b64_enc_dump(claims));
    json_t *wish = json_pack("{s:o}", "protected", json_deep_copy(header));
    char *text = NULL;

    if (jose_jws_sig(NULL, jws, wish, key))
        text = format_text("%s.%s.%s", json_string_value(json_object_get(jws, "protected")),
                           json_string_value(json_object_get(jws, "payload")),
                           json_string_value(json_object_get(jws, "signature")));
    json_decref(wish);
    json_decref(jws);
    return text;
}

char *assertion_unsigned(const json_t *header, const json_t *claims)
{
    json_t *first = jose_b64_enc_dump(header), *second = jose_b64_enc_dump(claims);
    char *text = format_text("%s.%s.", json_string_value(first), json_string_value(second));

    json_decref(first);
    json_decref(second);
    return text;
}

json_t *assertion_hmac_key(const char *bytes)
{
    return json_pack("{s:s, s:s}", "kty", "oct", "k", bytes);
}
