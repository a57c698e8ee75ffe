#include "fixtures/fixture.h"
#include "mock/server.h"
#include "reports/report.h"
#include "runner/commands.h"
#include "runner/targets.h"
#include "runner/words.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { MOST_THREADS = 4096 };

/* What the command line asks for. Owns its lists; the texts are borrowed from argv. */
struct asked {
    struct server_options server;
    struct words gateways, settings;
    const char *port_file;
};

static const struct option options[] = {
    {"listen", required_argument, NULL, 'l'},        {"gateway", required_argument, NULL, 'g'},
    {"clock", required_argument, NULL, 'c'},         {"seed", required_argument, NULL, 's'},
    {"control-token", required_argument, NULL, 't'}, {"set", required_argument, NULL, 'S'},
    {"pace", required_argument, NULL, 'P'},          {"threads", required_argument, NULL, 'n'},
    {"port-file", required_argument, NULL, 'p'},     {0},
};

static bool take_number(const char *word, uint64_t most, uint64_t *number)
{
    char *end = NULL;

    errno = 0;
    *number = strtoull(word, &end, 10);
    return errno == 0 && *word >= '0' && *word <= '9' && *end == '\0' && *number <= most;
}

static bool take_seed(uint64_t *seed, const char *word, struct problem *problem)
{
    if (strcmp(word, "random") == 0)
        return getrandom(seed, sizeof *seed, 0) == (ssize_t)sizeof *seed ||
               problem_set(problem, "no random seed is to be had: %s", strerror(errno));
    return take_number(word, UINT64_MAX, seed) ||
           problem_set(problem, "--seed expects a whole number or random, not %s", word);
}

static bool take_threads(int *threads, const char *word, struct problem *problem)
{
    uint64_t number;

    if (!take_number(word, MOST_THREADS, &number) || number == 0)
        return problem_set(problem, "--threads expects a number from 1 to %d, not %s", MOST_THREADS,
                           word);
    *threads = (int)number;
    return true;
}

static bool take_option(struct asked *asked, int option, struct problem *problem)
{
    switch (option) {
    case 'l':
        asked->server.listen = optarg;
        return true;
    case 'g':
        if (!words_have(&asked->gateways, optarg))
            words_add(&asked->gateways, optarg);
        return contract_named(optarg, problem) != NULL;
    case 'c':
        asked->server.clock = optarg;
        return true;
    case 's':
        return take_seed(&asked->server.seed, optarg, problem);
    case 't':
        asked->server.control_token = optarg;
        return *optarg != '\0' || problem_set(problem, "--control-token cannot be empty");
    case 'S':
        words_add(&asked->settings, optarg);
        return true;
    case 'P':
        asked->server.pace = optarg;
        return true;
    case 'n':
        return take_threads(&asked->server.threads, optarg, problem);
    case 'p':
        asked->port_file = optarg;
        return true;
    }
    return true;
}

static int read_options(struct asked *asked, int argc, char **argv)
{
    struct problem problem = {0};
    int option;

    while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
        if (option == '?' || option == ':')
            return option_tell("mock", option, argv, options);
        if (!take_option(asked, option, &problem))
            return usage_tell("mock", "%s", problem.text);
    }
    if (optind < argc)
        return usage_tell("mock", "%s is not expected here", argv[optind]);
    asked->server.gateways = asked->gateways.items;
    asked->server.gateway_count = asked->gateways.count;
    asked->server.settings = asked->settings.items;
    asked->server.setting_count = asked->settings.count;
    return EXIT_PASSED;
}

/* Whoever waits for the file never sees half of it. */
static bool write_port(const char *path, int port, struct problem *problem)
{
    char *draft = format_text("%s.part", path);
    FILE *file = fopen(draft, "we");
    bool written = file && fprintf(file, "%d\n", port) > 0;

    if (file)
        written &= fclose(file) == 0;
    if (!written || rename(draft, path) != 0)
        problem_set(problem, "cannot write %s: %s", path, strerror(errno));
    free(draft);
    return problem->text[0] == '\0';
}

/* The route that shows best that the mock works: the first that answers 200 and keeps nothing. */
static const struct route *example_route(const struct contract *contract)
{
    for (const struct route *route = contract->routes; route->name; route++)
        if (route->success == 200 && !route->writes)
            return route;
    return contract->routes;
}

static void add_headers(struct exchange *x, const struct route *route, const char *secret)
{
    char *bearer = format_text("Bearer %s", secret);

    if (route->carrier == CARRIER_BEARER)
        fields_add(&x->request_headers, "Authorization", bearer);
    else
        fields_add(&x->request_headers, "x-api-key", secret);
    if (route->version)
        fields_add(&x->request_headers, "anthropic-version", route->version);
    if (x->request_body)
        fields_add(&x->request_headers, "Content-Type", "application/json");
    free(bearer);
}

static char *request_body(const struct route *route, struct problem *problem)
{
    if (!route->request)
        return NULL;
    char *name = format_text("requests/%s.json", route->request);
    json_t *json = fixture_load(name, problem);
    char *text = json ? must(json_dumps(json, JSON_COMPACT)) : NULL;
    json_decref(json);
    free(name);
    return text;
}

/* A curl line that works as it stands, to be freed; NULL with *problem set. */
static char *example(const struct contract *contract, const char *url, struct problem *problem)
{
    const struct route *route = example_route(contract);
    json_t *keys = fixture_load("credentials.json", problem);
    const json_t *key =
        json_object_get(json_object_get(keys, contract->gateway), route->key ? route->key : "");
    const char *secret = json_string_value(json_object_get(key, "secret"));
    struct exchange x = {
        .method = copy_text(route->method),
        .url = format_text("%s/%s%s", url, contract->gateway, route->path),
        .request_body = request_body(route, problem),
    };

    x.request_length = x.request_body ? strlen(x.request_body) : 0;
    add_headers(&x, route, secret ? secret : "");
    char *line = problem->text[0] ? NULL : report_curl(&x);
    json_decref(keys);
    free(x.method);
    free(x.url);
    free(x.request_body);
    fields_close(&x.request_headers);
    return line;
}

static bool serves(const struct asked *asked, const char *gateway)
{
    return asked->gateways.count == 0 || words_have(&asked->gateways, gateway);
}

/* What was asked for last shows up in the example: openrouter when all are served. */
static bool welcome(const struct asked *asked, const struct server *server, struct problem *problem)
{
    const struct contract *shown = NULL;
    const char *url = server_url(server);

    printf("gatemark %s serves on %s (clock: %s); Ctrl-C stops it.\n\n", GATEMARK_VERSION, url,
           asked->server.clock);
    for (size_t i = 0; contracts[i]; i++)
        if (serves(asked, contracts[i]->gateway)) {
            printf("  %-12s %s/%s%s\n", contracts[i]->gateway, url, contracts[i]->gateway,
                   asked->gateways.count == 1 ? "  and at the root" : "");
            shown = contracts[i];
        }
    char *line = shown ? example(shown, url, problem) : NULL;
    printf("\nTest keys:  gatemark list credentials, or %s/_gatemark/credentials\n"
           "Decisions:  %s/_gatemark/journal says why a request was refused\n",
           url, url);
    if (asked->server.control_token)
        puts("            (with the header Authorization: Bearer and your --control-token)");
    if (line)
        printf("Try:        %s\n", line);
    free(line);
    return problem->text[0] == '\0' && stdout_finish(problem);
}

static int serve(const struct asked *asked, struct problem *problem)
{
    sigset_t signals;
    int caught, code = EXIT_USAGE;

    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* before the server's threads inherit it */
    struct server *server = server_start(&asked->server, problem);
    if (!server)
        return EXIT_USAGE;
    if (asked->port_file && !write_port(asked->port_file, server_port(server), problem))
        goto done;
    code = EXIT_BROKEN;
    if (!welcome(asked, server, problem))
        goto done;
    sigwait(&signals, &caught);
    code = EXIT_PASSED;
done:
    server_stop(server);
    return code;
}

int command_mock(int argc, char **argv)
{
    struct asked asked = {.server = server_defaults()};
    struct problem problem = {0};
    int code = read_options(&asked, argc, argv);

    if (code == EXIT_PASSED)
        code = serve(&asked, &problem);
    if (problem.text[0])
        problem_tell(&problem, code);
    words_close(&asked.gateways);
    words_close(&asked.settings);
    return code;
}
