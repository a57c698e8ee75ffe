/* The models the mock knows: whose they are, what they can do, what they cost. Read-only. */
#ifndef MOCK_CATALOGUE_H
#define MOCK_CATALOGUE_H

#include "fixtures/basics.h"

#include <jansson.h>
#include <stdint.h>

struct model {
    const char *id, *provider, *name;
    int64_t input_nano, output_nano; /* price of one token */
    int64_t context, max_output;
    int64_t created_ms;
    const json_t *tasks; /* array: chat, embedding, image, video */
};

struct catalogue {
    json_t *source; /* owns every text below */
    struct model *models;
    size_t count;
};

/* From fixtures/models.json. */
bool catalogue_load(struct catalogue *catalogue, struct problem *problem);
void catalogue_close(struct catalogue *catalogue);

/* By id, with or without its provider in front (openai/gpt-4o); NULL when unknown. */
const struct model *catalogue_find(const struct catalogue *catalogue, const char *id);

bool model_can(const struct model *model, const char *task);

#endif
