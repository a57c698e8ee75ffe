#include "mock/catalogue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct catalogue loaded(void)
{
    struct problem problem = {0};
    struct catalogue catalogue;

    if (!catalogue_load(&catalogue, &problem))
        fail_msg("%s", problem.text);
    return catalogue;
}

static void models_are_found(void **state)
{
    static const struct {
        const char *name, *id, *found;
    } rows[] = {
        {"plain", "gpt-4o", "gpt-4o"},
        {"with its provider", "openai/gpt-4o", "gpt-4o"},
        {"with another's", "anthropic/gpt-4o", NULL},
        {"with half a provider", "open/gpt-4o", NULL},
        {"provider alone", "openai/", NULL},
        {"no provider", "/gpt-4o", NULL},
        {"two slashes", "x/openai/gpt-4o", NULL},
        {"another case", "GPT-4o", NULL},
        {"half", "gpt-4", NULL},
        {"empty", "", NULL},
    };
    struct catalogue catalogue = loaded();
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct model *model = catalogue_find(&catalogue, rows[i].id);
        if ((model != NULL) != (rows[i].found != NULL) ||
            (model && strcmp(model->id, rows[i].found) != 0)) {
            print_error("%s: %s\n", rows[i].name, model ? model->id : "none");
            bad++;
        }
    }
    catalogue_close(&catalogue);
    assert_int_equal(bad, 0);
}

static void models_are_whole(void **state)
{
    struct catalogue catalogue = loaded();

    (void)state;
    assert_true(catalogue.count > 5);
    for (size_t i = 0; i < catalogue.count; i++) {
        const struct model *model = &catalogue.models[i];
        assert_ptr_equal(catalogue_find(&catalogue, model->id), model);
        assert_true(*model->provider && *model->name);
        assert_true(model->created_ms > 0 && model->input_nano >= 0 && model->output_nano >= 0);
        assert_true(json_array_size(model->tasks) > 0);
        assert_false(model_can(model, "dance"));
    }
    assert_true(model_can(catalogue_find(&catalogue, "gpt-4o"), "chat"));
    assert_int_equal(catalogue_find(&catalogue, "gpt-4o")->input_nano, 2500);
    catalogue_close(&catalogue);
    catalogue_close(&catalogue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(models_are_found),
        cmocka_unit_test(models_are_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
