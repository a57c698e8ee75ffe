#include "runner/profile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A file with this text, whose path is to be freed. */
static char *file_of(const char *text)
{
    char *path = copy_text("/tmp/gatemark-profile-XXXXXX");
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    return path;
}

static void mistakes_are_told_with_their_line(void **state)
{
    static const struct {
        const char *name, *text, *told; /* after the path */
    } rows[] = {
        {"no JSON", "{\n \"gateway\": }", ":2: expected JSON: "},
        {"no object", "[]", ": expected a JSON object"},
        {"unknown field", "{\n\n \"base_ulr\": \"x\"}",
         ":3: a profile has no field base_ulr, did you mean base_url?"},
        {"wrong type", "{\"base_url\": 7}", ":1: expected base_url to be a URL"},
        {"empty text", "{\"gateway\": \"\"}", ":1: expected gateway to be the name of a gateway"},
        {"keys are no object", "{\n\"keys\": []}",
         ":2: expected keys to be an object of keys by credential name"},
        {"unknown key", "{\"keys\": {\n\"revokd\": \"x\"}}",
         ":2: no credential is called revokd, did you mean revoked?"},
        {"a key that is no text", "{\"keys\": {\n\"revoked\": null}}",
         ":2: expected keys.revoked to be a text"},
        {"unknown promise", "{\"promises\": {\"revokd\": [401]}}",
         ":1: no promise is about revokd, did you mean revoked?"},
        {"a status beyond all", "{\"promises\": {\"revoked\": [999]}}",
         ":1: expected promises.revoked to be one to three statuses, such as [401, 403]"},
        {"too many statuses", "{\"promises\": {\"revoked\": [400, 401, 402, 403]}}",
         ":1: expected promises.revoked to be one to three statuses, such as [401, 403]"},
        {"a wait that is none", "{\"max_wait_seconds\": 1.5}",
         ":1: expected max_wait_seconds to be a whole number from 0 to 86400"},
        {"a flag that is none", "{\"allow_writes\": \"yes\"}",
         ":1: expected allow_writes to be true or false"},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct profile profile;
        struct problem problem = {0};
        char *path = file_of(rows[i].text);
        bool loaded = profile_load(&profile, path, &problem);
        if (loaded || strncmp(problem.text, path, strlen(path)) != 0 ||
            strncmp(problem.text + strlen(path), rows[i].told, strlen(rows[i].told)) != 0) {
            print_error("%s: %s\n", rows[i].name, loaded ? "was taken" : problem.text);
            bad++;
        }
        profile_close(&profile);
        unlink(path);
        free(path);
    }
    assert_int_equal(bad, 0);
}

static void profile_reaches_the_target(void **state)
{
    char *path = file_of("{\"gateway\": \"claude\", \"base_url\": \"https://a.example\","
                         "\"keys\": {\"valid\": \"plain-key\", \"revoked\": \"$GATEMARK_TEST_SET\","
                         "\"expired\": \"$GATEMARK_KEY_NOT_SET\"},"
                         "\"promises\": {\"revoked\": [401, 403]}, \"allowed_model\": \"m\","
                         "\"max_wait_seconds\": 3, \"allow_writes\": true}");
    struct target target = {0};
    struct profile profile;
    struct problem problem = {0};

    (void)state;
    setenv("GATEMARK_TEST_SET", "from outside", 1);
    unsetenv("GATEMARK_KEY_NOT_SET");
    assert_true(profile_load(&profile, path, &problem));
    assert_string_equal(profile.gateway, "claude");
    assert_string_equal(profile.base_url, "https://a.example");
    assert_true(profile_apply(&profile, &target, &problem));
    assert_string_equal(target_key(&target, "valid"), "plain-key");
    assert_string_equal(target_key(&target, "revoked"), "from outside");
    assert_null(target_key(&target, "expired"));
    assert_string_equal(target.promises->promise.about, "revoked");
    assert_int_equal(target.promises->promise.statuses[1], 403);
    assert_int_equal(target.promises->promise.statuses[2], 0);
    assert_string_equal(target.allowed_model, "m");
    assert_null(target.forbidden_model);
    assert_int_equal(target.max_wait_s, 3);
    assert_true(target.allow_writes);
    target_close(&target);
    profile_close(&profile);
    unlink(path);
    free(path);
}

static void shipped_profiles_load(void **state)
{
    struct profile profile;
    struct problem problem = {0};

    (void)state;
    if (!profile_load(&profile, "fixtures/profiles/example.json", &problem))
        fail_msg("%s", problem.text);
    profile_close(&profile);
}

static void key_that_no_header_carries_is_refused(void **state)
{
    struct problem problem = {0};

    (void)state;
    assert_true(key_usable("sk-12345", "X", &problem));
    assert_false(key_usable("sk-12345\n", "GATEMARK_KEY_VALID", &problem));
    assert_string_equal(problem.text, "GATEMARK_KEY_VALID holds a control character, which no "
                                      "header can carry");
    problem = (struct problem){0};
    assert_false(key_usable("sk-1", "the key valid", &problem));
    assert_string_equal(problem.text,
                        "the key valid is shorter than 8 characters: no report could hide it");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_are_told_with_their_line),
        cmocka_unit_test(profile_reaches_the_target),
        cmocka_unit_test(shipped_profiles_load),
        cmocka_unit_test(key_that_no_header_carries_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
