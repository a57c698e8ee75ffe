#include "mock/assertion.h"

#include "fixtures/fixture.h"

#include <jose/b64.h>
#include <jose/jwk.h>
#include <jose/jws.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The test keys: both halves, and the public ones as an issuer tells them. */
struct keys {
    json_t *file, *all, *public;
};

static int set_up(void **state)
{
    struct problem problem = {0};
    struct keys *keys = must(calloc(1, sizeof *keys));

    keys->file = fixture_load("identity/private-keys.json", &problem);
    if (!keys->file)
        fail_msg("%s", problem.text);
    keys->all = json_object_get(keys->file, "keys");
    keys->public = json_deep_copy(keys->all);
    for (size_t i = 0; i < json_array_size(keys->public); i++)
        jose_jwk_pub(NULL, json_array_get(keys->public, i));
    *state = keys;
    return 0;
}

static int tear_down(void **state)
{
    struct keys *keys = *state;

    json_decref(keys->file);
    json_decref(keys->public);
    free(keys);
    return 0;
}

/* Signed by this key under a header that is this one, or says what the key is. To be freed. */
static char *sign(const json_t *key, const char *header)
{
    json_t *claims = json_pack("{s:s, s:i}", "sub", "x", "exp", 1);
    json_t *jws = json_pack("{s:o}", "payload", jose_b64_enc_dump(claims));
    json_t *given = header ? json_loads(header, 0, NULL)
                           : json_pack("{s:O, s:O}", "alg", json_object_get(key, "alg"), "kid",
                                       json_object_get(key, "kid"));
    json_t *wish = json_pack("{s:o}", "protected", given);

    assert_true(jose_jws_sig(NULL, jws, wish, key));
    char *text = format_text("%s.%s.%s", json_string_value(json_object_get(jws, "protected")),
                             json_string_value(json_object_get(jws, "payload")),
                             json_string_value(json_object_get(jws, "signature")));
    json_decref(claims);
    json_decref(wish);
    json_decref(jws);
    return text;
}

/* Opens and verifies; why not, or NULL. */
static const char *flaw_of(const char *text, const json_t *keys)
{
    struct assertion assertion;
    const char *flaw = assertion_open(&assertion, text);

    if (!flaw)
        flaw = assertion_verify(&assertion, keys);
    assertion_close(&assertion);
    return flaw;
}

static bool begins(const char *flaw, const char *word)
{
    return flaw && strncmp(flaw, word, strlen(word)) == 0 && flaw[strlen(word)] == ':';
}

static void own_signatures_hold(void **state)
{
    const struct keys *keys = *state;
    const json_t *key;
    size_t i;

    json_array_foreach(keys->all, i, key) {
        char *text = sign(key, NULL);
        const char *flaw = flaw_of(text, keys->public);
        if (flaw)
            fail_msg("%s: %s", json_string_value(json_object_get(key, "kid")), flaw);
        free(text);
    }
}

/* Every single character of it matters, but for the last one's bits that say nothing. */
static void changed_ones_do_not(void **state)
{
    const struct keys *keys = *state;
    char *text = sign(json_array_get(keys->all, 6), NULL);
    size_t length = strlen(text);

    for (size_t i = 0; i + 1 < length; i++) {
        char kept = text[i];
        text[i] = kept == 'A' ? 'B' : 'A';
        if (!flaw_of(text, keys->public))
            fail_msg("character %zu may be anything", i);
        text[i] = kept;
    }
    assert_null(flaw_of(text, keys->public));
    free(text);
}

static void headers_are_judged(void **state)
{
    static const struct {
        const char *header, *flaw;
    } cases[] = {
        {"{\"alg\":\"ES256\",\"kid\":\"gatemark-test-es256\"}", NULL},
        {"{\"alg\":\"ES256\",\"kid\":\"gatemark-test-es256\",\"typ\":\"JWT\",\"jku\":\"x\"}", NULL},
        {"{\"alg\":\"ES256\"}", "kid_missing"},
        {"{\"alg\":\"ES256\",\"kid\":\"\"}", "kid_missing"},
        {"{\"alg\":\"ES256\",\"kid\":\"../../dev/null\"}", "kid_unknown"},
        {"{\"alg\":\"ES256\",\"kid\":\"gatemark-test-es384\"}", "alg_mismatch"},
        {"{\"alg\":\"ES256\",\"kid\":\"gatemark-test-other\"}", "signature_invalid"},
        {"{\"alg\":\"ES256\",\"kid\":\"gatemark-test-es256\",\"crit\":[\"x\"]}",
         "crit_unsupported"},
    };
    const struct keys *keys = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = sign(json_array_get(keys->all, 6), cases[i].header);
        const char *flaw = flaw_of(text, keys->public);
        if (cases[i].flaw ? !begins(flaw, cases[i].flaw) : flaw != NULL)
            fail_msg("%s: %s", cases[i].header, flaw ? flaw : "good");
        free(text);
    }
}

/* base64url of {"alg":"none","kid":"a"}, {"alg":"HS256","kid":"a"}, {"alg":"es256","kid":"a"},
 * {"alg":"ES256","alg":"ES256","kid":"a"}, [], and {} */
#define NONE "eyJhbGciOiJub25lIiwia2lkIjoiYSJ9"
#define HS256 "eyJhbGciOiJIUzI1NiIsImtpZCI6ImEifQ"
#define LOWER "eyJhbGciOiJlczI1NiIsImtpZCI6ImEifQ"
#define TWICE "eyJhbGciOiJFUzI1NiIsImFsZyI6IkVTMjU2Iiwia2lkIjoiYSJ9"

static void forms_are_judged(void **state)
{
    static const struct {
        const char *text, *flaw;
    } cases[] = {
        {"", "assertion_malformed"},
        {"a", "assertion_malformed"},
        {"..", "assertion_malformed"},
        {NONE ".e30", "assertion_malformed"},
        {NONE ".e30.", "alg_unsupported"},
        {NONE ".e30.AA.AA", "assertion_malformed"},
        {NONE ".e30.AA==", "assertion_malformed"},
        {NONE ".e30.A+/A", "assertion_malformed"},
        {NONE ".e30.A", "assertion_malformed"},
        {NONE ".W10.", "assertion_malformed"},
        {"W10.e30.", "assertion_malformed"},
        {" " NONE ".e30.", "assertion_malformed"},
        {NONE ".e30.\n", "assertion_malformed"},
        {TWICE ".e30.AAAA", "assertion_malformed"},
        {HS256 ".e30.AAAA", "alg_unsupported"},
        {LOWER ".e30.AAAA", "alg_unsupported"},
    };
    const struct keys *keys = *state;

    for (size_t i = 0; i < COUNT(cases); i++)
        if (!begins(flaw_of(cases[i].text, keys->public), cases[i].flaw))
            fail_msg("\"%s\": %s", cases[i].text, flaw_of(cases[i].text, keys->public));
}

static void longest_is_16_kib(void **state)
{
    const struct keys *keys = *state;
    char *text = must(malloc(ASSERTION_BYTES + 2));

    memset(text, 'A', ASSERTION_BYTES + 1);
    text[ASSERTION_BYTES + 1] = '\0';
    assert_true(begins(flaw_of(text, keys->public), "assertion_too_long"));
    text[ASSERTION_BYTES] = '\0';
    assert_true(begins(flaw_of(text, keys->public), "assertion_malformed"));
    free(text);
}

static void deep_ones_are_no_danger(void **state)
{
    const struct keys *keys = *state;
    char deep[6001], *text;

    memset(deep, '[', 6000);
    deep[6000] = '\0';
    json_t *encoded = jose_b64_enc(deep, 6000);
    text = format_text("%s.e30.AAAA", json_string_value(encoded));
    assert_true(begins(flaw_of(text, keys->public), "assertion_malformed"));
    json_decref(encoded);
    free(text);
}

static void keys_are_judged(void **state)
{
    static const char *const wrong[] = {
        "{}",
        "{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"a\"}",
        "{\"kty\":\"RSA\",\"n\":\"AAAA\",\"kid\":\"a\"}",
        "{\"kty\":\"RSA\",\"n\":\"AAAA\",\"e\":\"AQAB\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"kid\":\"a\"}",
        "{\"kty\":\"RSA\",\"n\":\"AAAA\",\"e\":\"AQAB\",\"d\":\"AA\",\"kid\":\"a\"}",
        "{\"kty\":\"RSA\",\"n\":\"AAAA\",\"e\":\"AQAB\",\"alg\":\"HS256\",\"kid\":\"a\"}",
    };
    const struct keys *keys = *state;
    const json_t *key;
    size_t i;

    json_array_foreach(keys->public, i, key)
        assert_null(assertion_key_flaw(key));
    json_array_foreach(keys->all, i, key)
        assert_non_null(assertion_key_flaw(key)); /* private */
    for (i = 0; i < COUNT(wrong); i++) {
        json_t *json = json_loads(wrong[i], 0, NULL);
        if (!assertion_key_flaw(json))
            fail_msg("%s was taken", wrong[i]);
        json_decref(json);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_signatures_hold), cmocka_unit_test(changed_ones_do_not),
        cmocka_unit_test(headers_are_judged),  cmocka_unit_test(forms_are_judged),
        cmocka_unit_test(longest_is_16_kib),   cmocka_unit_test(deep_ones_are_no_danger),
        cmocka_unit_test(keys_are_judged),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
