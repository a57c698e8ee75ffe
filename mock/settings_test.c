#include "mock/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void choice_can_be_made(size_t setting, unsigned char choice)
{
    const struct setting_row *row = &setting_rows[setting];
    char *text = format_text("%s=%s", row->name, row->choices[choice]);
    struct settings settings = {{0}};
    struct problem problem = {0};

    if (!settings_choose(&settings, text, &problem) || settings.choice[setting] != choice)
        fail_msg("%s: %s", text, problem.text);
    free(text);
}

static void every_choice_can_be_made(void **state)
{
    (void)state;
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        assert_true(*setting_rows[i].name && *setting_rows[i].about);
        assert_non_null(setting_rows[i].choices[1]);
        for (unsigned char c = 0; setting_rows[i].choices[c]; c++)
            choice_can_be_made(i, c);
    }
}

static void other_words_are_refused(void **state)
{
    static const struct {
        const char *name, *text, *says;
    } rows[] = {
        {"empty", "", "not known"},
        {"sign alone", "=", "not known"},
        {"unknown", "openrouter.mood=good", "openrouter.mood"},
        {"half a name", "openrouter.missing=no-auth", "not known"},
        {"no value", "openrouter.missing-credentials", "no-cookie-auth"},
        {"empty value", "openrouter.missing-credentials=", "no-cookie-auth"},
        {"another value", "openrouter.missing-credentials=never", "never"},
        {"half a value", "openrouter.missing-credentials=no", "no-cookie-auth"},
        {"capitals", "MODELS.UNKNOWN=refused", "not known"},
        {"blank", "models.unknown= refused", "refused or accepted"},
    };
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct settings settings = {{0}};
        struct problem problem = {0};
        if (settings_choose(&settings, rows[i].text, &problem) ||
            !strstr(problem.text, rows[i].says)) {
            print_error("%s: %s\n", rows[i].name, problem.text);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_choice_can_be_made),
        cmocka_unit_test(other_words_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
