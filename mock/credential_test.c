#include "mock/credential.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define KEY "sk-or-v1-0123456789abcdef"
#define OTHER "sk-or-v1-fedcba9876543210"
#define BEARER                                                                                     \
    {                                                                                              \
        CARRIER_BEARER                                                                             \
    }
#define PLAIN                                                                                      \
    {                                                                                              \
        CARRIER_X_API_KEY                                                                          \
    }
#define BOTH                                                                                       \
    {                                                                                              \
        CARRIER_X_API_KEY, CARRIER_BEARER                                                          \
    }
#define QUERY                                                                                      \
    {                                                                                              \
        CARRIER_BEARER, CARRIER_X_API_KEY, CARRIER_QUERY_KEY                                       \
    }

enum { HEADERS = 4 };

struct row {
    const char *name;
    struct carriers carriers;
    struct header headers[HEADERS];
    const char *query;
    enum fault fault;
    const char *secret; /* NULL: none */
    const char *reason; /* holds these words; NULL: any */
};

/* A copy of exactly as many bytes as there are, so that reading one more is seen. */
static struct credential find(const struct row *row, char *copies[HEADERS + 1])
{
    struct header headers[HEADERS];
    struct credential credential;
    size_t count = 0;

    for (; count < HEADERS && row->headers[count].name; count++) {
        copies[count] = copy_text(row->headers[count].value);
        headers[count] = (struct header){row->headers[count].name, copies[count]};
    }
    copies[HEADERS] = copy_text(row->query ? row->query : "");
    const struct request request = {.method = "GET",
                                    .path = "/",
                                    .query = copies[HEADERS],
                                    .headers = headers,
                                    .header_count = count};
    credential_find(&request, &row->carriers, &credential);
    return credential;
}

static int row_fails(const struct row *row)
{
    char *copies[HEADERS + 1] = {0};
    struct credential found = find(row, copies);
    const char *secret = found.secret;
    int bad = found.fault != row->fault || (secret != NULL) != (row->secret != NULL) ||
              (secret && strcmp(secret, row->secret) != 0) ||
              (found.fault && (!found.reason || !*found.reason)) ||
              (row->reason && !strstr(found.reason ? found.reason : "", row->reason));

    if (bad)
        print_error("%s: %s, %s (%s)\n", row->name, fault_name(found.fault),
                    secret ? secret : "no secret", found.reason ? found.reason : "no reason");
    for (size_t i = 0; i < COUNT(copies); i++)
        free(copies[i]);
    return bad;
}

static void rows_hold(const struct row *rows, size_t count)
{
    int bad = 0;

    for (size_t i = 0; i < count; i++)
        bad += row_fails(&rows[i]);
    assert_int_equal(bad, 0);
}

#define AUTHORIZATION(value)                                                                       \
    {                                                                                              \
        {                                                                                          \
            "Authorization", value                                                                 \
        }                                                                                          \
    }
#define X_API_KEY(value)                                                                           \
    {                                                                                              \
        {                                                                                          \
            "X-Api-Key", value                                                                     \
        }                                                                                          \
    }

static const struct row bearers[] = {
    {"plain", {BEARER, 0}, AUTHORIZATION("Bearer " KEY), NULL, 0, KEY, NULL},
    {"lower case", {BEARER, 0}, AUTHORIZATION("bearer " KEY), NULL, 0, KEY, NULL},
    {"upper case", {BEARER, 0}, AUTHORIZATION("BEARER " KEY), NULL, 0, KEY, NULL},
    {"several spaces", {BEARER, 0}, AUTHORIZATION("Bearer    " KEY), NULL, 0, KEY, NULL},
    {"header in another case", {BEARER, 0}, {{"aUTHORIZATION", "Bearer k"}}, NULL, 0, "k", NULL},
    {"all of b64token",
     {BEARER, 0},
     AUTHORIZATION("Bearer aZ09-._~+/=="),
     NULL,
     0,
     "aZ09-._~+/==",
     NULL},
    {"empty", {BEARER, 0}, AUTHORIZATION(""), NULL, FAULT_KEY_EMPTY, NULL, "empty"},
    {"scheme alone",
     {BEARER, 0},
     AUTHORIZATION("Bearer"),
     NULL,
     FAULT_KEY_EMPTY,
     NULL,
     "no key follows"},
    {"scheme and a space",
     {BEARER, 0},
     AUTHORIZATION("Bearer "),
     NULL,
     FAULT_SCHEME_WRONG,
     NULL,
     NULL},
    {"bare key",
     {BEARER, 0},
     AUTHORIZATION(KEY),
     NULL,
     FAULT_SCHEME_MISSING,
     NULL,
     "no Bearer scheme"},
    {"glued", {BEARER, 0}, AUTHORIZATION("Bearer" KEY), NULL, FAULT_SCHEME_WRONG, NULL, NULL},
    {"glued by a colon",
     {BEARER, 0},
     AUTHORIZATION("Bearer:" KEY),
     NULL,
     FAULT_SCHEME_WRONG,
     NULL,
     NULL},
    {"basic",
     {BEARER, 0},
     AUTHORIZATION("Basic OmtleQ=="),
     NULL,
     FAULT_SCHEME_WRONG,
     NULL,
     "another scheme"},
    {"longer scheme",
     {BEARER, 0},
     AUTHORIZATION("Bearers " KEY),
     NULL,
     FAULT_SCHEME_WRONG,
     NULL,
     NULL},
    {"shorter scheme",
     {BEARER, 0},
     AUTHORIZATION("Beare " KEY),
     NULL,
     FAULT_SCHEME_WRONG,
     NULL,
     NULL},
    {"tab", {BEARER, 0}, AUTHORIZATION("Bearer\t" KEY), NULL, FAULT_KEY_MALFORMED, NULL, "tab"},
    {"space and tab",
     {BEARER, 0},
     AUTHORIZATION("Bearer \t" KEY),
     NULL,
     FAULT_KEY_MALFORMED,
     NULL,
     "tab"},
    {"space inside",
     {BEARER, 0},
     AUTHORIZATION("Bearer sk-or v1"),
     NULL,
     FAULT_KEY_MALFORMED,
     NULL,
     "space"},
    {"scheme twice",
     {BEARER, 0},
     AUTHORIZATION("Bearer Bearer " KEY),
     NULL,
     FAULT_KEY_MALFORMED,
     NULL,
     NULL},
    {"quotes",
     {BEARER, 0},
     AUTHORIZATION("Bearer \"" KEY "\""),
     NULL,
     FAULT_KEY_MALFORMED,
     NULL,
     NULL},
    {"comma", {BEARER, 0}, AUTHORIZATION("Bearer " KEY ","), NULL, FAULT_KEY_MALFORMED, NULL, NULL},
    {"two in one",
     {BEARER, 0},
     AUTHORIZATION("Bearer " KEY ", Bearer " OTHER),
     NULL,
     FAULT_KEY_MALFORMED,
     NULL,
     NULL},
    {"beyond ASCII",
     {BEARER, 0},
     AUTHORIZATION("Bearer k\xC3\xA9y"),
     NULL,
     FAULT_KEY_MALFORMED,
     NULL,
     NULL},
    {"equals in front",
     {BEARER, 0},
     AUTHORIZATION("Bearer =k"),
     NULL,
     FAULT_KEY_MALFORMED,
     NULL,
     NULL},
    {"equals inside",
     {BEARER, 0},
     AUTHORIZATION("Bearer k=k"),
     NULL,
     FAULT_KEY_MALFORMED,
     NULL,
     NULL},
    {"equals alone",
     {BEARER, 0},
     AUTHORIZATION("Bearer =="),
     NULL,
     FAULT_KEY_MALFORMED,
     NULL,
     NULL},
    {"repeated",
     {BEARER, 0},
     {{"Authorization", "Bearer " KEY}, {"authorization", "Bearer " KEY}},
     NULL,
     FAULT_HEADER_REPEATED,
     NULL,
     "more than once"},
    {"repeated, one empty",
     {BEARER, 0},
     {{"Authorization", ""}, {"Authorization", "Bearer " KEY}},
     NULL,
     FAULT_HEADER_REPEATED,
     NULL,
     NULL},
    {"nothing", {BEARER, 0}, {{0}}, NULL, FAULT_KEY_MISSING, NULL, "no credential"},
};

static void bearer_is_read(void **state)
{

    (void)state;
    rows_hold(bearers, COUNT(bearers));
}

static void plain_headers_and_queries_are_read(void **state)
{
    static const struct row rows[] = {
        {"plain", {PLAIN, 0}, X_API_KEY(KEY), NULL, 0, KEY, NULL},
        {"with a scheme",
         {PLAIN, 0},
         X_API_KEY("Bearer " KEY),
         NULL,
         FAULT_KEY_MALFORMED,
         NULL,
         "space"},
        {"empty", {PLAIN, 0}, X_API_KEY(""), NULL, FAULT_KEY_EMPTY, NULL, "empty"},
        {"quotes", {PLAIN, 0}, X_API_KEY("'" KEY "'"), NULL, FAULT_KEY_MALFORMED, NULL, NULL},
        {"repeated",
         {PLAIN, 0},
         {{"x-api-key", KEY}, {"X-API-KEY", OTHER}},
         NULL,
         FAULT_HEADER_REPEATED,
         NULL,
         NULL},
        {"google's",
         {{CARRIER_X_GOOG_API_KEY}, 0},
         {{"x-goog-api-key", "AIzaB"}},
         NULL,
         0,
         "AIzaB",
         NULL},
        {"query", {QUERY, 0}, {{0}}, "key=" KEY, 0, KEY, NULL},
        {"query among others", {QUERY, 0}, {{0}}, "a=b&key=" KEY "&c", 0, KEY, NULL},
        {"query, encoded", {QUERY, 0}, {{0}}, "key=sk%2Dor", 0, "sk-or", NULL},
        {"query, encoded at its end", {QUERY, 0}, {{0}}, "key=a%3D", 0, "a=", NULL},
        {"query, a space", {QUERY, 0}, {{0}}, "key=a+b", FAULT_KEY_MALFORMED, NULL, NULL},
        {"query, empty", {QUERY, 0}, {{0}}, "key=", FAULT_KEY_EMPTY, NULL, NULL},
        {"query, name alone", {QUERY, 0}, {{0}}, "key", FAULT_KEY_EMPTY, NULL, NULL},
        {"query, a longer name", {QUERY, 0}, {{0}}, "keys=" KEY, FAULT_KEY_MISSING, NULL, NULL},
        {"query, half an escape", {QUERY, 0}, {{0}}, "key=a%2", FAULT_KEY_MALFORMED, NULL, NULL},
    };

    (void)state;
    rows_hold(rows, COUNT(rows));
}

#define TWO(one, other)                                                                            \
    {                                                                                              \
        {"x-api-key", one},                                                                        \
        {                                                                                          \
            "Authorization", other                                                                 \
        }                                                                                          \
    }

static const struct row conflicts[] = {
    {"the same twice", {BOTH, CONFLICT_REFUSED}, TWO(KEY, "Bearer " KEY), NULL, 0, KEY, NULL},
    {"refused",
     {BOTH, CONFLICT_REFUSED},
     TWO(KEY, "Bearer " OTHER),
     NULL,
     FAULT_CREDENTIALS_CONFLICT,
     NULL,
     "differ"},
    {"first wins", {BOTH, CONFLICT_FIRST_WINS}, TWO(KEY, "Bearer " OTHER), NULL, 0, KEY, NULL},
    {"last wins", {BOTH, CONFLICT_LAST_WINS}, TWO(KEY, "Bearer " OTHER), NULL, 0, OTHER, NULL},
    {"broken next to good, refused",
     {BOTH, CONFLICT_REFUSED},
     TWO(KEY, "Basic k"),
     NULL,
     FAULT_CREDENTIALS_CONFLICT,
     NULL,
     NULL},
    {"broken next to good, first wins",
     {BOTH, CONFLICT_FIRST_WINS},
     TWO(KEY, "Basic k"),
     NULL,
     0,
     KEY,
     NULL},
    {"good next to broken, first wins",
     {BOTH, CONFLICT_FIRST_WINS},
     TWO("a b", "Bearer " KEY),
     NULL,
     FAULT_KEY_MALFORMED,
     NULL,
     NULL},
    {"empty first", {BOTH, CONFLICT_REFUSED}, TWO("", "Bearer " KEY), NULL, 0, KEY, NULL},
    {"empty last", {BOTH, CONFLICT_REFUSED}, TWO(KEY, ""), NULL, 0, KEY, NULL},
    {"empty last, last wins", {BOTH, CONFLICT_LAST_WINS}, TWO(KEY, "Bearer"), NULL, 0, KEY, NULL},
    {"both empty", {BOTH, CONFLICT_REFUSED}, TWO("", ""), NULL, FAULT_KEY_EMPTY, NULL, NULL},
    {"query against header",
     {QUERY, CONFLICT_REFUSED},
     AUTHORIZATION("Bearer " KEY),
     "key=" OTHER,
     FAULT_CREDENTIALS_CONFLICT,
     NULL,
     NULL},
    {"query like header",
     {QUERY, CONFLICT_REFUSED},
     AUTHORIZATION("Bearer " KEY),
     "key=" KEY,
     0,
     KEY,
     NULL},
    {"query wins",
     {QUERY, CONFLICT_LAST_WINS},
     AUTHORIZATION("Bearer " KEY),
     "key=" OTHER,
     0,
     OTHER,
     NULL},
    {"three, two of them alike",
     {QUERY, CONFLICT_REFUSED},
     TWO(KEY, "Bearer " KEY),
     "key=" OTHER,
     FAULT_CREDENTIALS_CONFLICT,
     NULL,
     NULL},
    {"three, the odd one between",
     {QUERY, CONFLICT_REFUSED},
     TWO(OTHER, "Bearer " KEY),
     "key=" KEY,
     FAULT_CREDENTIALS_CONFLICT,
     NULL,
     NULL},
};

static void conflicts_are_settled(void **state)
{

    (void)state;
    rows_hold(conflicts, COUNT(conflicts));
}

static const struct row misplaced[] = {
    {"cookie by name",
     {BEARER, 0},
     {{"Cookie", "api_key=x"}},
     NULL,
     FAULT_KEY_IN_COOKIE,
     NULL,
     "Cookie"},
    {"cookie by value",
     {BEARER, 0},
     {{"Cookie", "session=" KEY}},
     NULL,
     FAULT_KEY_IN_COOKIE,
     NULL,
     "Cookie"},
    {"cookie of another kind",
     {BEARER, 0},
     {{"Cookie", "theme=dark"}},
     NULL,
     FAULT_KEY_MISSING,
     NULL,
     NULL},
    {"query", {BEARER, 0}, {{0}}, "api_key=" KEY, FAULT_KEY_IN_QUERY, NULL, "query"},
    {"query, OAuth's",
     {BEARER, 0},
     {{0}},
     "a=1&access_token=" KEY,
     FAULT_KEY_IN_QUERY,
     NULL,
     "query"},
    {"query, Google's", {BEARER, 0}, {{0}}, "key=" KEY, FAULT_KEY_IN_QUERY, NULL, "query"},
    {"query, empty", {BEARER, 0}, {{0}}, "key=", FAULT_KEY_MISSING, NULL, NULL},
    {"proxy",
     {BEARER, 0},
     {{"Proxy-Authorization", "Bearer " KEY}},
     NULL,
     FAULT_KEY_IN_WRONG_HEADER,
     NULL,
     "Proxy-Authorization"},
    {"another vendor's",
     {BEARER, 0},
     X_API_KEY(KEY),
     NULL,
     FAULT_KEY_IN_WRONG_HEADER,
     NULL,
     "another vendor"},
    {"Google's",
     {BEARER, 0},
     {{"x-goog-api-key", KEY}},
     NULL,
     FAULT_KEY_IN_WRONG_HEADER,
     NULL,
     NULL},
    {"bearer where it is not read",
     {PLAIN, 0},
     AUTHORIZATION("Bearer " KEY),
     NULL,
     FAULT_KEY_IN_WRONG_HEADER,
     NULL,
     NULL},
    {"empty here, one elsewhere",
     {BEARER, 0},
     {{"Authorization", ""}, {"x-api-key", KEY}},
     NULL,
     FAULT_KEY_IN_WRONG_HEADER,
     NULL,
     NULL},
    {"good here, one elsewhere",
     {BEARER, 0},
     {{"Authorization", "Bearer " KEY}, {"x-api-key", OTHER}, {"Cookie", "key=x"}},
     "key=" OTHER,
     0,
     KEY,
     NULL},
    {"malformed here, one elsewhere",
     {BEARER, 0},
     {{"Authorization", "Bearer a b"}, {"x-api-key", KEY}},
     NULL,
     FAULT_KEY_MALFORMED,
     NULL,
     NULL},
};

static void misplaced_keys_are_noticed(void **state)
{

    (void)state;
    rows_hold(misplaced, COUNT(misplaced));
}

static void keys_are_masked(void **state)
{
    static const struct {
        const char *name, *text, *masked;
    } rows[] = {
        {"nothing", "no key here", "no key here"},
        {"empty", "", ""},
        {"OpenAI's form", "sk-abcdefgh", "sk-abcd****"},
        {"within words", "key sk-abcdefgh, really", "key sk-abcd****, really"},
        {"two", "sk-aaaabb sk-ccccdd", "sk-aaaa** sk-cccc**"},
        {"invoratec", "claw_a1b2c3", "claw_a1b2**"},
        {"invoratec's secret", "clsk_a1b2c3", "clsk_a1b2**"},
        {"arouter", "lr_live_123456 lr_mgmt_123456", "lr_live_1234** lr_mgmt_1234**"},
        {"Google's", "AIzaSyabcd", "AIzaSyab**"},
        {"prefix alone", "sk-", "sk-"},
        {"short", "sk-abcd", "sk-abcd"},
        {"prefix within a key", "sk-sk-abcdefgh", "sk-sk-a*******"},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *text = copy_text(rows[i].text);
        mask_keys(text);
        if (strcmp(text, rows[i].masked) != 0) {
            print_error("%s: %s\n", rows[i].name, text);
            bad++;
        }
        free(text);
    }
    assert_int_equal(bad, 0);
}

static void carriers_have_names(void **state)
{
    (void)state;
    for (enum carrier c = CARRIER_BEARER; c <= CARRIER_QUERY_KEY; c++)
        assert_true(*carrier_name(c));
    assert_string_equal(carrier_name(CARRIER_QUERY_KEY), "the query");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bearer_is_read),
        cmocka_unit_test(plain_headers_and_queries_are_read),
        cmocka_unit_test(conflicts_are_settled),
        cmocka_unit_test(misplaced_keys_are_noticed),
        cmocka_unit_test(keys_are_masked),
        cmocka_unit_test(carriers_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
