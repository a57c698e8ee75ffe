#include "mock/deviations.h"

#include "mock/deviations/lies.h"
#include "mock/mock.h"

#include <stdio.h>
#include <string.h>

const struct deviation *const deviation_tables[] = {
    auth_deviations,       challenge_deviations,
    connection_deviations, http_deviations,
    envelope_deviations,   keys_deviations,
    limits_deviations,     request_id_deviations,
    answers_deviations,    openrouter_deviations,
    claude_deviations,     tasks_deviations,
    stream_deviations,     openai_deviations,
    gemini_deviations,     openrouter_keys_deviations,
    token_deviations,      NULL,
};

const struct deviation *deviation_next(const struct deviation *deviation)
{
    const struct deviation *const *table = deviation_tables;

    if (deviation && deviation[1].name)
        return &deviation[1];
    while (deviation && *table) {
        const struct deviation *last = *table++;
        while (last->name && last != deviation)
            last++;
        if (last == deviation)
            break;
    }
    while (*table && !(*table)->name)
        table++;
    return *table;
}

const struct deviation *deviation_find(const char *name)
{
    for (const struct deviation *const *table = deviation_tables; *table; table++)
        for (const struct deviation *d = *table; d->name; d++)
            if (strcmp(d->name, name) == 0)
                return d;
    return NULL;
}

const struct deviation *deviation_at(const char *path, const char **rest)
{
    static const char mount[] = "/with/";
    char name[96];

    *rest = path;
    if (strncmp(path, mount, sizeof mount - 1) != 0)
        return NULL;
    path += sizeof mount - 1;
    size_t length = strcspn(path, "/");
    if (length >= sizeof name)
        return NULL;
    snprintf(name, sizeof name, "%.*s", (int)length, path);
    const struct deviation *deviation = deviation_find(name);
    if (deviation)
        *rest = path + length;
    return deviation;
}

void deviate_decision(struct call *call)
{
    const struct deviation *deviation = call->deviation;

    if (!deviation || !deviation->on_decision || !deviation->on_decision(call))
        return;
    call->deviated = true;
    /* A lie that lets nobody in lends it the gateway's first key, so that handlers have one. */
    if (!call->decision.fault && !call->decision.key)
        call->decision.key = keyring_at(call->mock->keyring, call->gateway, 0);
}

static bool concerns(const struct deviation *deviation, const struct call *call)
{
    int status = call->response->status;

    return (!deviation->gateway || strcmp(deviation->gateway, call->gateway->name) == 0) &&
           (!deviation->family || strcmp(deviation->family, family_name(call->family)) == 0) &&
           (!deviation->fault || strcmp(deviation->fault, fault_name(call->decision.fault)) == 0) &&
           (!deviation->path || lie_at(call, deviation->path)) &&
           (!deviation->method || strcmp(deviation->method, call->request->method) == 0) &&
           (!deviation->status || deviation->status == status || deviation->status == status / 100);
}

/* The JSON that the deviation's field is in, or NULL. */
static json_t *place_of(const struct deviation *deviation, const struct call *call)
{
    const struct events *events = &call->response->events;

    if (!deviation->event)
        return call->response->body;
    size_t at = lie_event(call, deviation->event);
    return at < events->count ? events->items[at].data : NULL;
}

static bool change(const struct deviation *deviation, struct call *call)
{
    struct response *response = call->response;
    bool changed = false;

    if (deviation->field)
        changed |= lie_set(place_of(deviation, call), deviation->field, deviation->value);
    if (deviation->header && deviation->header_value) {
        response_header(response, deviation->header, "%s", deviation->header_value);
        changed = true;
    } else if (deviation->header && response_header_find(response, deviation->header)) {
        response_header_remove(response, deviation->header);
        changed = true;
    }
    if (deviation->new_status) {
        response->status = deviation->new_status;
        changed = true;
    }
    return changed;
}

void deviate_response(struct call *call)
{
    const struct deviation *deviation = call->deviation;

    if (!deviation || !concerns(deviation, call))
        return;
    call->deviated |= change(deviation, call);
    if (deviation->on_response && deviation->on_response(call))
        call->deviated = true;
}
