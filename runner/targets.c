#include "runner/targets.h"

#include "mock/server.h"
#include "runner/commands.h"
#include "runner/nearest.h"
#include "suites/client.h"

#include <stdlib.h>
#include <string.h>

const struct contract *contract_named(const char *gateway, struct problem *problem)
{
    const struct contract *contract = contract_find(gateway);
    struct nearest nearest = {.word = gateway};

    if (contract)
        return contract;
    for (size_t i = 0; contracts[i]; i++)
        nearest_offer(&nearest, contracts[i]->gateway);
    char *hint = nearest_hint(&nearest);
    problem_set(problem, "no gateway is called %s%s", gateway, hint);
    free(hint);
    return NULL;
}

/* The keys that a gatemark mock lists for this gateway, but for those given already. */
static bool take_listed_keys(struct target *target, const json_t *answer)
{
    json_t *entry;
    size_t i;

    json_array_foreach(json_object_get(answer, "credentials"), i, entry) {
        const char *name = json_string_value(json_object_get(entry, "name"));
        const char *secret = json_string_value(json_object_get(entry, "secret"));
        if (name && secret && !target_key(target, name))
            target_add_key(target, name, secret);
    }
    return json_is_array(json_object_get(answer, "credentials"));
}

/* EXIT_PASSED, or what kept the mock from telling its keys. */
static int ask_for_keys(struct target *target, struct problem *problem)
{
    char *url =
        format_text("%s/credentials?gateway=%s", target->control_url, target->contract->gateway);
    int status = 0, code = EXIT_PASSED;
    json_t *answer =
        client_call(target->client, "GET", url, target->control_token, NULL, &status, problem);

    if (status == 401) {
        problem_set(problem,
                    "the gatemark mock at %s keeps its controls behind a token: say "
                    "--control-token",
                    target->base_url);
        code = EXIT_USAGE;
    } else if (status != 200 || !take_listed_keys(target, answer)) {
        problem_set(problem, "%s answered %d, not a list of credentials", url, status);
        code = EXIT_UNTESTED;
    }
    json_decref(answer);
    free(url);
    return code;
}

/* GATEMARK_KEY_VALID and its like; only names that exist somewhere in the project. */
static bool take_environment_keys(struct target *target, struct problem *problem)
{
    json_t *names = key_names(problem), *name;
    bool taken = names != NULL;
    size_t i;

    json_array_foreach(names, i, name) {
        char variable[96];
        key_variable(json_string_value(name), variable, sizeof variable);
        const char *secret = getenv(variable);
        if (!secret || !*secret || target_key(target, json_string_value(name)))
            continue;
        taken &= key_usable(secret, variable, problem);
        target_add_key(target, json_string_value(name), secret);
    }
    json_decref(names);
    return taken;
}

static void add_embedded(struct targets *targets, const struct contract *contract)
{
    const char *url = server_url(targets->server);

    targets->items[targets->count++] = (struct target){
        .base_url = format_text("%s/%s", url, contract->gateway),
        .control_url = format_text("%s/_gatemark", url),
        .contract = contract,
        .allow_writes = true,
        .client = client_new(),
    };
}

static size_t contract_count(void)
{
    size_t count = 0;

    while (contracts[count])
        count++;
    return count;
}

enum { EMBEDDED_THREADS = 16 }; /* one client, and the bare sockets of a check */

static int open_embedded(struct targets *targets, const struct wish *wish, struct problem *problem)
{
    struct server_options options = server_defaults();

    for (size_t i = 0; i < wish->gateways.count; i++)
        if (!contract_named(wish->gateways.items[i], problem))
            return EXIT_USAGE;
    options.listen = "127.0.0.1:0";
    options.clock = "virtual";
    options.threads = EMBEDDED_THREADS;
    options.settings = wish->settings.items;
    options.setting_count = wish->settings.count;
    targets->server = server_start(&options, problem);
    if (!targets->server)
        return EXIT_USAGE;
    targets->mock = true;
    targets->items = must(calloc(contract_count() + 1, sizeof *targets->items));
    for (size_t i = 0; contracts[i]; i++)
        if (wish->gateways.count == 0 || words_have(&wish->gateways, contracts[i]->gateway))
            add_embedded(targets, contracts[i]);
    for (size_t i = 0; i < targets->count; i++)
        if (ask_for_keys(&targets->items[i], problem) != EXIT_PASSED)
            return EXIT_BROKEN;
    return EXIT_PASSED;
}

static const struct route base_route = {.name = "base", .method = "GET", .path = ""};

static void target_answers(struct check *check)
{
    check_attempt(check, (struct attempt){.route = &base_route, .manner = NOT_AT_ALL});
}

/* One GET of the base URL, run as a check so that it is made as every other call is. */
static bool reach(struct target *target, bool *mock, struct problem *problem)
{
    static const struct requirement answers = {
        .id = "target.answers",
        .level = MUST,
        .source = "gatemark",
        .claim = "the target answers",
        .test = target_answers,
    };
    struct check check;

    check_run(&check, &answers, target);
    const struct exchange *x = check.exchanges;
    bool reached = x && x->status > 0;
    if (!reached)
        problem_set(problem, "cannot reach %s: %s", target->base_url,
                    x ? x->problem : check.finding);
    *mock = reached && exchange_header(x, "X-Gatemark-Id");
    check_close(&check);
    return reached;
}

/* The URL without slashes at its end, to be freed; NULL with *problem set when it is none. */
static char *base_url_of(const char *url, struct problem *problem)
{
    size_t scheme = strncmp(url, "http://", 7) == 0 ? 7 : strncmp(url, "https://", 8) == 0 ? 8 : 0;
    size_t length = strlen(url);

    while (length > scheme && url[length - 1] == '/')
        length--;
    bool clean = scheme > 0 && length > scheme && !strpbrk(url, "?#@ \\\"<>");
    for (size_t i = 0; i < length; i++)
        clean &= (unsigned char)url[i] > ' ' && url[i] != 0x7F;
    if (clean)
        return format_text("%.*s", (int)length, url);
    problem_set(problem, "expected a base URL such as https://gateway.example/api, not %s", url);
    return NULL;
}

static char *origin_of(const char *url)
{
    const char *authority = strstr(url, "://") + 3;

    return format_text("%.*s", (int)(authority - url + (ptrdiff_t)strcspn(authority, "/")), url);
}

/* A mock of several gateways has none at its root, where all would be 404. */
static bool names_one_gateway(const struct target *target, const char *origin,
                              struct problem *problem)
{
    struct problem ignored = {0};
    char *url = format_text("%s/health", target->control_url);
    int status = 0;
    json_t *answer =
        client_call(target->client, "GET", url, target->control_token, NULL, &status, &ignored);
    bool one = strcmp(target->base_url, origin) != 0 ||
               json_array_size(json_object_get(answer, "gateways")) < 2;

    if (!one)
        problem_set(problem, "the gatemark mock at %s serves several gateways: say --target %s/%s",
                    origin, origin, target->contract->gateway);
    json_decref(answer);
    free(url);
    return one;
}

static int meet_mock(struct targets *targets, struct target *target, struct problem *problem)
{
    char *origin = origin_of(target->base_url);
    int code = EXIT_USAGE;

    targets->mock = true;
    target->allow_writes = true;
    target->control_url = format_text("%s/_gatemark", origin);
    if (names_one_gateway(target, origin, problem))
        code = ask_for_keys(target, problem);
    free(origin);
    return code;
}

static int open_live(struct targets *targets, const struct wish *wish,
                     const struct contract *contract, struct problem *problem)
{
    bool mock = false;

    targets->items = must(calloc(1, sizeof *targets->items));
    targets->count = 1;
    struct target *target = targets->items;
    *target = (struct target){.contract = contract, .allow_writes = wish->allow_writes};
    target->client = client_new();
    target->control_token = copy_text(wish->control_token);
    target->base_url = base_url_of(wish->url, problem);
    if (!target->base_url)
        return EXIT_USAGE;
    if (wish->profile && !profile_apply(wish->profile, target, problem))
        return EXIT_USAGE;
    if (wish->max_wait_s >= 0)
        target->max_wait_s = wish->max_wait_s;
    if (!take_environment_keys(target, problem))
        return EXIT_USAGE;
    if (!reach(target, &mock, problem))
        return EXIT_UNTESTED;
    return mock ? meet_mock(targets, target, problem) : EXIT_PASSED;
}

int targets_open(struct targets *targets, const struct wish *wish, struct problem *problem)
{
    *targets = (struct targets){0};
    if (!wish->url)
        return open_embedded(targets, wish, problem);
    if (wish->gateways.count != 1) {
        problem_set(problem, wish->gateways.count == 0
                                 ? "a target needs --gateway NAME: whose documents apply to it?"
                                 : "a target is one gateway: say --gateway once");
        return EXIT_USAGE;
    }
    const struct contract *contract = contract_named(wish->gateways.items[0], problem);
    return contract ? open_live(targets, wish, contract, problem) : EXIT_USAGE;
}

bool target_reset(const struct targets *targets, const struct target *target,
                  struct problem *problem)
{
    int status = 0;

    if (!targets->server)
        return true;
    char *url = format_text("%s/reset", target->control_url);
    json_t *answer = client_call(target->client, "POST", url, NULL, NULL, &status, problem);
    json_decref(answer);
    free(url);
    return status == 200 ||
           problem_set(problem, "the embedded mock answered %d to a reset", status);
}

void targets_close(struct targets *targets)
{
    for (size_t i = 0; i < targets->count; i++)
        target_close(&targets->items[i]);
    free(targets->items);
    server_stop(targets->server);
    *targets = (struct targets){0};
}
