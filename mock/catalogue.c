#include "mock/catalogue.h"

#include "fixtures/fixture.h"
#include "mock/moment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One US dollar a million tokens is a thousand nano dollars a token. */
static int64_t price_nano(const json_t *usd_per_million)
{
    return llround(json_number_value(usd_per_million) * 1000);
}

static bool model_load(struct model *model, json_t *row)
{
    const char *created;
    double input, output;
    json_t *tasks;

    if (json_unpack(row, "{s:s, s:s, s:s, s:F, s:F, s:I, s:I, s:s, s:o}", "id", &model->id,
                    "provider", &model->provider, "name", &model->name, "input_usd_per_million",
                    &input, "output_usd_per_million", &output, "context", &model->context,
                    "max_output", &model->max_output, "created_at", &created, "tasks", &tasks) != 0)
        return false;
    model->input_nano = price_nano(json_object_get(row, "input_usd_per_million"));
    model->output_nano = price_nano(json_object_get(row, "output_usd_per_million"));
    model->tasks = tasks;
    return json_is_array(tasks) && moment_parse(created, &model->created_ms);
}

bool catalogue_load(struct catalogue *catalogue, struct problem *problem)
{
    json_t *row;
    size_t i;

    *catalogue = (struct catalogue){.source = fixture_load("models.json", problem)};
    if (!catalogue->source)
        return false;
    const json_t *rows = json_object_get(catalogue->source, "models");
    catalogue->models = must(calloc(json_array_size(rows) + 1, sizeof *catalogue->models));
    json_array_foreach(rows, i, row) {
        if (!model_load(&catalogue->models[i], row)) {
            catalogue_close(catalogue);
            return problem_set(problem,
                               "models.json: model %zu: expected id, provider, name, prices, "
                               "context, max_output, created_at and tasks",
                               i);
        }
        catalogue->count++;
    }
    return true;
}

void catalogue_close(struct catalogue *catalogue)
{
    json_decref(catalogue->source);
    free(catalogue->models);
    *catalogue = (struct catalogue){0};
}

const struct model *catalogue_find(const struct catalogue *catalogue, const char *id)
{
    const char *slash = strchr(id, '/');

    for (size_t i = 0; i < catalogue->count; i++) {
        const struct model *model = &catalogue->models[i];
        if (strcmp(model->id, id) == 0)
            return model;
        if (slash && strcmp(model->id, slash + 1) == 0 &&
            strlen(model->provider) == (size_t)(slash - id) &&
            strncmp(model->provider, id, (size_t)(slash - id)) == 0)
            return model;
    }
    return NULL;
}

bool model_can(const struct model *model, const char *task)
{
    const json_t *item;
    size_t i;

    json_array_foreach(model->tasks, i, item)
        if (strcmp(json_string_value(item), task) == 0)
            return true;
    return false;
}
