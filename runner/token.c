/* Mints an assertion with a test key, so that a person can try token exchange by hand. */
#include "fixtures/fixture.h"
#include "runner/commands.h"
#include "suites/assertion.h"
#include "suites/client.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

enum { EXPIRES_IN_S = 600 };

static const int64_t time_most_s = 1LL << 33; /* the year 2242 */

/* What the command line asks for; the texts are borrowed from argv. Owns its JSON. */
struct asked {
    const char *rule, *issuer, *subject, *audience, *jti, *algorithm, *kid, *clock;
    int64_t expires_in_s, not_before_s, now_s;
    bool has_not_before, has_now, as_json;
    json_t *claims;                          /* of --claim */
    json_t *federation, *chosen, *of_issuer; /* the file; its rule and issuer, borrowed from it */
};

static const struct option options[] = {
    {"rule", required_argument, NULL, 'r'},
    {"issuer", required_argument, NULL, 'i'},
    {"subject", required_argument, NULL, 's'},
    {"audience", required_argument, NULL, 'a'},
    {"claim", required_argument, NULL, 'c'},
    {"expires-in", required_argument, NULL, 'e'},
    {"not-before", required_argument, NULL, 'n'},
    {"alg", required_argument, NULL, 'g'},
    {"kid", required_argument, NULL, 'k'},
    {"jti", required_argument, NULL, 'j'},
    {"now", required_argument, NULL, 'w'},
    {"clock", required_argument, NULL, 'C'},
    {"json", no_argument, NULL, 'J'},
    {0},
};

static bool take_seconds(const char *option, const char *word, int64_t *seconds,
                         struct problem *problem)
{
    char *end = NULL;

    errno = 0;
    *seconds = strtoll(word, &end, 10);
    bool whole = errno == 0 && *word && !isspace((unsigned char)*word) && *end == '\0';
    return (whole && *seconds >= -time_most_s && *seconds <= time_most_s) ||
           problem_set(problem, "--%s expects whole seconds, not %s", option, word);
}

static bool take_claim(struct asked *asked, const char *word, struct problem *problem)
{
    const char *equals = strchr(word, '=');

    if (!equals || equals == word)
        return problem_set(problem, "--claim expects NAME=TEXT, not %s", word);
    char *name = format_text("%.*s", (int)(equals - word), word);
    bool taken = json_object_set_new(asked->claims, name, json_string(equals + 1)) == 0;
    free(name);
    return taken || problem_set(problem, "--claim expects UTF-8");
}

static const char **text_option(struct asked *asked, int option)
{
    switch (option) {
    case 'r':
        return &asked->rule;
    case 'i':
        return &asked->issuer;
    case 's':
        return &asked->subject;
    case 'a':
        return &asked->audience;
    case 'g':
        return &asked->algorithm;
    case 'k':
        return &asked->kid;
    case 'j':
        return &asked->jti;
    case 'C':
        return &asked->clock;
    }
    return NULL;
}

static bool take_option(struct asked *asked, int option, struct problem *problem)
{
    const char **text = text_option(asked, option);

    if (text) {
        *text = optarg;
        json_t *string = json_string(optarg);
        json_decref(string);
        return string || problem_set(problem, "what is not UTF-8 cannot stand in an assertion");
    }
    switch (option) {
    case 'c':
        return take_claim(asked, optarg, problem);
    case 'e':
        return take_seconds("expires-in", optarg, &asked->expires_in_s, problem);
    case 'n':
        asked->has_not_before = true;
        return take_seconds("not-before", optarg, &asked->not_before_s, problem);
    case 'w':
        asked->has_now = true;
        return take_seconds("now", optarg, &asked->now_s, problem);
    }
    asked->as_json = true;
    return true;
}

static int read_options(struct asked *asked, int argc, char **argv)
{
    struct problem problem = {0};
    int option;

    while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
        if (option == '?' || option == ':')
            return option_tell("token", option, argv, options);
        if (!take_option(asked, option, &problem))
            return usage_tell("token", "%s", problem.text);
    }
    if (optind < argc)
        return usage_tell("token", "%s is not expected here", argv[optind]);
    return EXIT_PASSED;
}

/* The one among `list` whose `member` is `text`, or NULL. */
static json_t *entry(const json_t *list, const char *member, const char *text)
{
    json_t *object;
    size_t i;

    json_array_foreach(list, i, object) {
        const char *value = json_string_value(json_object_get(object, member));
        if (value && strcmp(value, text) == 0)
            return object;
    }
    return NULL;
}

static bool load(struct asked *asked, struct problem *problem)
{
    asked->federation = fixture_load("identity/federation.json", problem);
    if (!asked->federation)
        return false;
    const json_t *rules = json_object_get(asked->federation, "federation_rules"), *rule;
    asked->chosen = entry(rules, "name", asked->rule);
    if (!asked->chosen) {
        char known[256] = "";
        size_t i;
        json_array_foreach(rules, i, rule) {
            size_t used = strlen(known);
            snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "",
                     json_string_value(json_object_get(rule, "name")));
        }
        return problem_set(problem, "there is no test rule %s, but %s", asked->rule, known);
    }
    const char *issuer = json_string_value(json_object_get(asked->chosen, "issuer_id"));
    asked->of_issuer =
        entry(json_object_get(asked->federation, "federation_issuers"), "id", issuer);
    return asked->of_issuer || problem_set(problem, "the test rule %s has no issuer", asked->rule);
}

/* The running mock's time, or this machine's. */
static bool find_now(struct asked *asked, struct problem *problem)
{
    int status = 0;

    if (asked->has_now)
        return true;
    asked->now_s = (int64_t)time(NULL);
    if (!asked->clock)
        return true;
    struct client *client = client_new();
    char *url = format_text("%s/_gatemark/clock", asked->clock);
    json_t *answer = client_call(client, "GET", url, NULL, NULL, &status, problem);
    const json_t *now = json_object_get(answer, "now_ms");
    asked->now_s = json_integer_value(now) / 1000;
    bool told = json_is_integer(now);
    json_decref(answer);
    client_free(client);
    if (!told && status)
        problem_set(problem, "%s does not tell the time: expected a running mock's URL", url);
    free(url);
    return told;
}

static bool draw_jti(char *text, size_t size, struct problem *problem)
{
    uint64_t number[2];

    if (getrandom(number, sizeof number, 0) != (ssize_t)sizeof number)
        return problem_set(problem, "no random number is to be had: %s", strerror(errno));
    snprintf(text, size, "%016" PRIx64 "%016" PRIx64, number[0], number[1]);
    return true;
}

static void set_text(json_t *object, const char *name, const char *text)
{
    json_object_set_new(object, name, json_string(text));
}

/* A subject that the rule takes: what stands for its asterisk is ours to choose. */
static char *subject_for(const char *pattern)
{
    size_t length = pattern ? strlen(pattern) : 0;

    if (length > 0 && pattern[length - 1] == '*')
        return format_text("%.*stest", (int)length - 1, pattern);
    return copy_text(pattern ? pattern : "gatemark-test");
}

/* What the rule asks for, then what the user does. Owned by the caller. */
static json_t *make_claims(const struct asked *asked, const char *jti)
{
    const json_t *match = json_object_get(asked->chosen, "match");
    const json_t *audience = json_object_get(match, "audience");
    char *subject = subject_for(json_string_value(json_object_get(match, "subject_prefix")));
    json_t *claims = json_object();

    if (!audience)
        audience = json_object_get(asked->federation, "audience");
    json_object_update(claims, json_object_get(match, "claims"));
    set_text(claims, "iss",
             asked->issuer ? asked->issuer
                           : json_string_value(json_object_get(asked->of_issuer, "issuer_url")));
    set_text(claims, "sub", asked->subject ? asked->subject : subject);
    set_text(claims, "aud", asked->audience ? asked->audience : json_string_value(audience));
    json_object_set_new(claims, "iat", json_integer(asked->now_s));
    json_object_set_new(claims, "exp", json_integer(asked->now_s + asked->expires_in_s));
    if (asked->has_not_before)
        json_object_set_new(claims, "nbf", json_integer(asked->now_s + asked->not_before_s));
    set_text(claims, "jti", asked->jti ? asked->jti : jti);
    json_object_update(claims, asked->claims);
    free(subject);
    return claims;
}

/* The key for the alg: each test key is for one. */
static char *kid_for(const char *algorithm)
{
    char *kid = format_text("gatemark-test-%s", algorithm);

    for (char *at = kid; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    return kid;
}

static const char *own_kid(const struct asked *asked)
{
    const json_t *keys = json_object_get(json_object_get(asked->of_issuer, "jwks"), "keys");
    const json_t *key =
        asked->algorithm ? entry(keys, "alg", asked->algorithm) : entry(keys, "alg", "ES256");

    return json_string_value(json_object_get(key, "kid"));
}

/* The signed assertion, to be freed; NULL with *problem set. */
static char *sign(const struct asked *asked, struct problem *problem)
{
    const char *algorithm = asked->algorithm ? asked->algorithm : "ES256", *own = own_kid(asked);
    char *kid = own ? copy_text(own) : kid_for(algorithm), jti[40], *text = NULL;
    json_t *header = json_pack("{s:s, s:s, s:s}", "typ", "JWT", "alg", algorithm, "kid",
                               asked->kid ? asked->kid : kid);
    json_t *key = NULL, *claims = NULL;
    bool is_signed = strcmp(algorithm, "none") != 0;

    if (is_signed && !(key = assertion_key(kid, problem))) {
        *problem = (struct problem){0};
        problem_set(problem,
                    "--alg expects RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512 "
                    "or none, not %s",
                    algorithm);
        goto done;
    }
    if (!draw_jti(jti, sizeof jti, problem))
        goto done;
    claims = make_claims(asked, jti);
    text = is_signed ? assertion_sign(header, claims, key) : assertion_unsigned(header, claims);
    if (!text)
        problem_set(problem, "the key %s does not sign with %s", kid, algorithm);
done:
    json_decref(header);
    json_decref(claims);
    json_decref(key);
    free(kid);
    return text;
}

/* The whole body of the exchange. */
static void print_exchange(const struct asked *asked, const char *assertion)
{
    const json_t *rule = asked->chosen;
    const json_t *workspaces = json_object_get(rule, "workspace_ids");
    json_t *body =
        json_pack("{s:s, s:s, s:O, s:O, s:O}", "grant_type",
                  "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", assertion,
                  "federation_rule_id", json_object_get(rule, "id"), "organization_id",
                  json_object_get(asked->federation, "organization_id"), "service_account_id",
                  json_object_get(json_object_get(rule, "target"), "service_account_id"));

    if (json_array_size(workspaces) > 1)
        json_object_set(body, "workspace_id", json_array_get(workspaces, 0));
    json_dumpf(body, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(body);
}

static int mint(struct asked *asked, struct problem *problem)
{
    if (!load(asked, problem) || !find_now(asked, problem))
        return EXIT_USAGE;
    char *assertion = sign(asked, problem);
    if (!assertion)
        return EXIT_USAGE;
    if (asked->as_json)
        print_exchange(asked, assertion);
    else
        puts(assertion);
    free(assertion);
    return stdout_finish(problem) ? EXIT_PASSED : EXIT_BROKEN;
}

int command_token(int argc, char **argv)
{
    struct asked asked = {.rule = "ci", .expires_in_s = EXPIRES_IN_S, .claims = json_object()};
    struct problem problem = {0};
    int code = read_options(&asked, argc, argv);

    if (code == EXIT_PASSED)
        code = mint(&asked, &problem);
    if (problem.text[0])
        problem_tell(&problem, code);
    json_decref(asked.claims);
    json_decref(asked.federation);
    return code;
}
