#include "suites/target.h"

#include "suites/client.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void close_keys(struct target_key *key)
{
    while (key) {
        struct target_key *next = key->next;
        free(key->name);
        free(key->secret);
        free(key);
        key = next;
    }
}

static void close_promises(struct target_promise *entry)
{
    while (entry) {
        struct target_promise *next = entry->next;
        free((char *)entry->promise.about);
        free(entry);
        entry = next;
    }
}

void target_close(struct target *target)
{
    free(target->base_url);
    free(target->control_url);
    free(target->control_token);
    free(target->allowed_model);
    free(target->forbidden_model);
    free(target->forbidden_provider_model);
    close_keys(target->keys);
    close_promises(target->promises);
    client_free(target->client);
    *target = (struct target){0};
}

void target_add_key(struct target *target, const char *name, const char *secret)
{
    struct target_key **place = &target->keys;

    while (*place && strcmp((*place)->name, name) != 0)
        place = &(*place)->next;
    if (*place) {
        free((*place)->secret);
        (*place)->secret = copy_text(secret);
        return;
    }
    *place = must(calloc(1, sizeof **place));
    (*place)->name = copy_text(name);
    (*place)->secret = copy_text(secret);
}

const char *target_key(const struct target *target, const char *name)
{
    for (const struct target_key *key = target->keys; key; key = key->next)
        if (strcmp(key->name, name) == 0)
            return key->secret;
    return NULL;
}

void key_variable(const char *name, char *variable, size_t size)
{
    snprintf(variable, size, "GATEMARK_KEY_%s", name);
    for (char *c = variable; *c; c++)
        *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
}
