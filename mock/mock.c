#include "mock/mock.h"

#include "fixtures/fixture.h"
#include "mock/auth.h"
#include "mock/control.h"
#include "mock/deviations.h"
#include "mock/moment.h"
#include "mock/wording.h"

#include <stdio.h>
#include <string.h>

static bool load_keys(struct mock *mock, struct problem *problem)
{
    for (const struct gateway *const *g = mock->served; *g; g++)
        if (!control_load_keys(mock, *g, problem))
            return false;
    return true;
}

static bool serve(struct mock *mock, const struct mock_options *options, struct problem *problem)
{
    for (const struct gateway *const *g = gateways; *g && options->gateway_count == 0; g++)
        mock->served[mock->served_count++] = *g;
    for (size_t i = 0; i < options->gateway_count; i++) {
        const struct gateway *gateway = gateway_find(options->gateways[i]);
        if (!gateway)
            return problem_set(problem,
                               "gateway \"%.40s\" is not known: see gatemark list gateways",
                               options->gateways[i]);
        bool twice = false;
        for (size_t n = 0; n < mock->served_count; n++)
            twice |= mock->served[n] == gateway;
        if (!twice)
            mock->served[mock->served_count++] = gateway;
    }
    return true;
}

bool mock_open(struct mock *mock, const struct mock_options *options, struct problem *problem)
{
    *mock = (struct mock){.control_token = options->control_token};
    identity_init(&mock->identity, options->seed);
    mock->keyring = keyring_new(&mock->identity);
    mock->journal = journal_new();
    mock->tasks = tasks_new(&mock->identity);
    mock->replay = replay_new();
    for (size_t i = 0; i < options->setting_count; i++)
        if (!settings_choose(&mock->settings, options->settings[i], problem))
            goto failed;
    if (options->pace && !pacing_parse(&mock->pacing, options->pace, problem))
        goto failed;
    if (!clock_init(&mock->clock, options->clock, problem) || !serve(mock, options, problem) ||
        !catalogue_load(&mock->catalogue, problem))
        goto failed;
    mock->federation = federation_new(&mock->identity, problem);
    mock->credentials = fixture_load("credentials.json", problem);
    if (!mock->federation || !mock->credentials || !load_keys(mock, problem))
        goto failed;
    return true;
failed:
    mock_close(mock);
    return false;
}

void mock_close(struct mock *mock)
{
    keyring_free(mock->keyring);
    journal_free(mock->journal);
    tasks_free(mock->tasks);
    federation_free(mock->federation);
    replay_free(mock->replay);
    catalogue_close(&mock->catalogue);
    json_decref(mock->credentials);
    *mock = (struct mock){0};
}

void mock_reset(struct mock *mock)
{
    struct problem problem = {0};

    keyring_write(mock->keyring);
    clock_restart(&mock->clock);
    identity_restart(&mock->identity);
    tasks_clear(mock->tasks);
    federation_reset(mock->federation);
    replay_clear(mock->replay);
    journal_clear(mock->journal);
    keyring_clear(mock->keyring);
    load_keys(mock, &problem); /* the same file as at the start, which was good */
    keyring_unlock(mock->keyring);
}

/* What lies behind the first path segment, when that is `name`. */
static const char *below(const char *path, const char *name)
{
    size_t length = strlen(name);

    if (path[0] != '/' || strncmp(path + 1, name, length) != 0)
        return NULL;
    path += 1 + length;
    return *path == '/' || *path == '\0' ? path : NULL;
}

/* /with/<deviation>/<gateway>/<endpoint>; the gateway's mount may be left out when there is one. */
static void call_route(struct call *call)
{
    const struct mock *mock = call->mock;
    const char *path = call->request->path;

    call->deviation = deviation_at(path, &path);
    call->gateway = &gateway_none;
    call->path = path;
    if (mock->served_count == 1)
        call->gateway = mock->served[0];
    for (const struct gateway *const *g = mock->served; *g; g++) {
        const char *rest = below(path, (*g)->name);
        if (rest) {
            call->gateway = *g;
            call->path = *rest ? rest : "/";
        }
    }
    call->endpoint = endpoint_find(call);
    call->family =
        call->endpoint ? call->endpoint->family : gateway_family_at(call->gateway, call->path);
}

static void judge_place(struct call *call)
{
    const struct request *request = call->request;
    char allow[64];

    if (request->framing)
        call_refuse_field(call, FAULT_FRAMING_INVALID, "", "%s", request->framing);
    else if (request->header_bytes > call->gateway->header_limit)
        call_refuse(call, FAULT_HEADERS_TOO_LARGE, "the header fields are %zu bytes, more than %zu",
                    request->header_bytes, call->gateway->header_limit);
    else if (!call->endpoint && *endpoint_allow(call, allow, sizeof allow))
        call_refuse(call, FAULT_METHOD_UNKNOWN, "this path takes %s", allow);
    else if (!call->endpoint)
        call_refuse(call, FAULT_PATH_UNKNOWN, "no endpoint of %s has this path",
                    call->gateway->name);
}

static void judge_versions(struct call *call)
{
    if (call->gateway->versions && !call->endpoint->oauth)
        call->gateway->versions(call);
}

static void read_body(struct call *call)
{
    const struct request *request = call->request;
    size_t flags = call->endpoint->oauth ? JSON_REJECT_DUPLICATES : 0;
    json_error_t why;

    if (request->body_cut) {
        call_refuse(call, FAULT_BODY_TOO_LARGE, "the body is longer than %zu bytes",
                    call->gateway->body_limit);
        return;
    }
    if (shape_too_deep(request->body, request->body_length)) {
        call_refuse_field(call, FAULT_BODY_INVALID, "", "nested deeper than %d levels",
                          SHAPE_DEPTH);
        return;
    }
    call->body = json_loadb(request->body, request->body_length, flags, &why);
    if (!call->body)
        call_refuse_field(call, FAULT_BODY_INVALID, "", "%s: line %d column %d", why.text, why.line,
                          why.column);
    else if (!json_is_object(call->body))
        call_refuse_field(call, FAULT_BODY_INVALID, "", "expected a JSON object");
}

static void judge_body(struct call *call)
{
    struct shape_finding finding;
    bool strict = call->family == FAMILY_ANTHROPIC || call->family == FAMILY_GEMINI;

    if (!call->endpoint->fields)
        return;
    strict &= !call->endpoint->oauth;
    read_body(call);
    if (call->decision.fault)
        return;
    shape_judge(call->endpoint->fields, call->body, strict, &finding);
    const char *(*unknown)(const struct call *) = call->gateway->unknown_field;
    const char *stranger = unknown && !finding.fault ? unknown(call) : NULL;
    if (finding.fault)
        call_refuse_field(call, finding.fault, finding.param, "%s", finding.detail);
    else if (stranger)
        call_refuse_field(call, FAULT_FIELD_UNKNOWN, stranger, "this field is not known");
}

static void judge_own(struct call *call)
{
    if (call->endpoint->judge)
        call->endpoint->judge(call);
}

static bool listed(const json_t *names, const char *name, const struct model *model)
{
    const json_t *item;
    size_t i;

    json_array_foreach(names, i, item)
        if (strcmp(json_string_value(item), name) == 0 ||
            (model && strcmp(json_string_value(item), model->id) == 0))
            return true;
    return false;
}

static const char *asked_model(const struct call *call)
{
    static const char prefix[] = "models/";
    const char *name = json_string_value(json_object_get(call->body, "model"));

    if (!name)
        name = call->endpoint->default_model;
    if (call->family == FAMILY_GEMINI)
        name = call->arguments[0];
    if (name && call->family == FAMILY_GEMINI && strncmp(name, prefix, sizeof prefix - 1) == 0)
        name += sizeof prefix - 1;
    return name;
}

/* A vendor knows its own models, by the names it gave them. */
static const struct model *known_model(const struct call *call, const char *name)
{
    const struct model *model = catalogue_find(&call->mock->catalogue, name);
    const char *provider = call->gateway->provider;

    if (model && provider &&
        (strcmp(model->provider, provider) != 0 || strcmp(model->id, name) != 0))
        return NULL;
    return model;
}

static void judge_model(struct call *call)
{
    const struct key *key = call->decision.key;

    if (!call->endpoint->task)
        return;
    const char *name = call->model_name = asked_model(call);
    const struct model *model = call->model = known_model(call, name);
    if (key && key->allowed_providers && model &&
        !listed(key->allowed_providers, model->provider, NULL))
        call_refuse(call, FAULT_PROVIDER_FORBIDDEN, "the key may not use provider %s",
                    model->provider);
    else if (key && key->allowed_models && !listed(key->allowed_models, name, model))
        call_refuse(call, FAULT_MODEL_FORBIDDEN, "the key may not use model %.80s", name);
    else if (model && !model_can(model, call->endpoint->task))
        call_refuse_field(call, FAULT_MODEL_UNKNOWN, "model",
                          "%.80s does not do this: it is no %s model", name, call->endpoint->task);
    else if (!model && call->mock->settings.choice[SETTING_UNKNOWN_MODELS] == 0)
        call_refuse_field(call, FAULT_MODEL_UNKNOWN, "model", "no model is called %.80s", name);
}

static void take_room(struct call *call)
{
    struct key *key = call->decision.key;

    if (!key)
        return;
    struct limits limits = key->limits;
    limits.has_budget &= call->endpoint->task != NULL; /* looking things up costs nothing */
    call->room = admission_take(key->meter, &limits, call->now_ms);
    if (call->room.fault == FAULT_BUDGET_SPENT)
        call_refuse(call, FAULT_BUDGET_SPENT, "the key's budget is spent");
    else if (call->room.fault)
        call_refuse(call, call->room.fault, "the key's %s of %lld requests is used up",
                    call->room.fault == FAULT_DAY_CAP ? "day" : "minute",
                    (long long)call->room.limit);
}

/* Runs a step of the judgment, unless an earlier one refused; every fault passes seam 1 here. */
static bool decide(struct call *call, void (*step)(struct call *call))
{
    if (call->decision.fault)
        return false;
    step(call);
    deviate_decision(call);
    return !call->decision.fault;
}

/* The order that every gateway judges in: who, may they, what do they say, is there room. */
static void judge(struct call *call)
{
    (void)(decide(call, judge_place) && decide(call, auth_identify) && decide(call, auth_permit) &&
           decide(call, judge_versions) && decide(call, judge_body) && decide(call, judge_own) &&
           decide(call, judge_model) && decide(call, take_room));
}

static void note(const struct call *call, uint64_t number)
{
    char reason[sizeof((struct journal_entry){0}.reason)];
    struct journal_entry entry = {
        .number = number,
        .at_ms = call->now_ms,
        .gateway = call->gateway->name,
        .endpoint = call->endpoint ? call->endpoint->path : NULL,
        .deviation = call->deviation ? call->deviation->name : NULL,
        .deviated = call->deviated,
        .fault = call->decision.fault,
        .status = call->response->status,
    };

    text_plain(call->request->method, entry.method, sizeof entry.method);
    text_plain(call->request->path, entry.path, sizeof entry.path);
    text_plain(call->request_id, entry.request_id, sizeof entry.request_id);
    if (call->decision.key)
        snprintf(entry.key, sizeof entry.key, "%s...", call->decision.key->hint);
    snprintf(reason, sizeof reason, "%.150s%s%.95s",
             call->decision.fault ? call->decision.reason : "allowed",
             call->decision.param[0] ? ": " : "", call->decision.param);
    text_plain(reason, entry.reason, sizeof entry.reason);
    journal_add(call->mock->journal, &entry);
}

static void pace(struct call *call)
{
    struct mock *mock = call->mock;
    uint64_t seed = mock->pacing.jitter_ms ? identity_number(&mock->identity) : 0;

    pacing_apply(&mock->pacing, &call->response->events, seed);
}

static void work(struct call *call)
{
    if (call->gateway->begin)
        call->gateway->begin(call);
    if (strcmp(call->request->method, "OPTIONS") == 0 && !call->endpoint &&
        !call->request->framing && call->request->header_bytes <= call->gateway->header_limit) {
        wording_options(call);
        return;
    }
    judge(call);
    if (!call->decision.fault)
        call->endpoint->reply(call);
    if (call->decision.fault)
        wording_tell(call);
    if (call->response->events.count)
        pace(call);
}

void mock_answer(struct mock *mock, const struct request *request, int64_t now_ms,
                 struct response *response)
{
    uint64_t number = journal_number(mock->journal);
    char id[JOURNAL_ID], date[MOMENT_TEXT];
    struct call call = {.mock = mock, .request = request, .now_ms = now_ms, .response = response};

    response->close = request->last || request->body_cut;
    response->head_only = strcmp(request->method, "HEAD") == 0;
    response_header(response, "Date", "%s", moment_http(now_ms, date));
    if (control_owns(request->path)) {
        control_answer(mock, request, number, now_ms, response);
    } else {
        call_route(&call);
        if (call.endpoint && call.endpoint->changes_keys)
            keyring_write(mock->keyring);
        else
            keyring_read(mock->keyring);
        work(&call);
        response_header(response, "Cache-Control", "no-store");
        if (call.gateway->finish)
            call.gateway->finish(&call);
        deviate_response(&call);
        note(&call, number);
        keyring_unlock(mock->keyring);
        json_decref(call.body);
        assertion_close(&call.assertion);
    }
    response_header(response, "X-Gatemark-Id", "%s", journal_id(number, id));
}

bool mock_wants_body(struct mock *mock, const struct request *request, int64_t now_ms,
                     struct response *response)
{
    struct call call = {.mock = mock, .request = request, .now_ms = now_ms, .response = response};

    response->status = 100;
    if (control_owns(request->path))
        return true;
    call_route(&call);
    keyring_read(mock->keyring);
    bool wanted =
        decide(&call, judge_place) && decide(&call, auth_identify) && decide(&call, auth_permit);
    keyring_unlock(mock->keyring);
    deviate_response(&call);
    return wanted;
}

size_t mock_body_limit(const struct mock *mock, const char *path)
{
    struct request request = {.method = "POST", .path = path, .query = ""};
    struct call call = {.mock = (struct mock *)mock, .request = &request};

    if (control_owns(path))
        return CONTROL_BODY_LIMIT;
    call_route(&call);
    return call.gateway->body_limit;
}

size_t mock_mount_length(const struct mock *mock, const char *path)
{
    struct request request = {.method = "", .path = path, .query = ""};
    struct call call = {.mock = (struct mock *)mock, .request = &request};
    size_t length = strlen(path);

    call_route(&call);
    /* Below a mount without more, the path is no part of the request's. */
    return strcmp(call.path, "/") == 0 ? length - (path[length - 1] == '/')
                                       : length - strlen(call.path);
}
