#include "fixtures/fixture.h"
#include "mock/overview.h"
#include "runner/commands.h"
#include "runner/nearest.h"
#include "runner/targets.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 7 };

/* One thing to list: rows as flat JSON objects, and the columns that people see. */
struct listing {
    const char *name;
    json_t *(*rows)(struct problem *problem);
    const char *columns[MOST_COLUMNS + 1]; /* keys of a row; the last may be wide */
    const char *gateway;                   /* the key that --gateway compares, or NULL */
};

static json_t *list_gateways(struct problem *problem)
{
    (void)problem;
    return overview_gateways();
}

static json_t *list_endpoints(struct problem *problem)
{
    (void)problem;
    return overview_endpoints();
}

static json_t *list_deviations(struct problem *problem)
{
    (void)problem;
    return overview_deviations();
}

static json_t *list_settings(struct problem *problem)
{
    (void)problem;
    return overview_settings();
}

static json_t *list_requirements(struct problem *problem)
{
    json_t *rows = json_array();

    (void)problem;
    for (const struct suite *suite = suites; suite->name; suite++)
        for (const struct requirement *row = suite->requirements; row->id; row++)
            json_array_append_new(
                rows,
                must(json_pack("{s:s, s:s, s:s, s:b, s:s, s:s}", "id", row->id, "level",
                               level_name(row->level), "evidence", evidence_name(row->evidence),
                               "writes", row->writes, "source", row->source, "claim", row->claim)));
    return rows;
}

static json_t *list_sources(struct problem *problem)
{
    json_t *sources = fixture_load("sources.json", problem), *rows = json_array(), *source;
    const char *key;

    json_object_foreach(sources, key, source) {
        json_t *row = json_pack("{s:s}", "key", key);
        json_object_update(row, source);
        json_array_append_new(rows, row);
    }
    json_decref(sources);
    return rows;
}

static json_t *list_credentials(struct problem *problem)
{
    json_t *all = fixture_load("credentials.json", problem), *rows = json_array(), *keys, *key;
    const char *gateway, *name;

    json_object_foreach(all, gateway, keys) {
        json_object_foreach(keys, name, key) {
            json_t *row = must(json_pack("{s:s, s:s, s:O?, s:O?}", "gateway", gateway, "name", name,
                                         "secret", json_object_get(key, "secret"), "about",
                                         json_object_get(key, "about")));
            json_array_append_new(rows, row);
        }
    }
    json_decref(all);
    return rows;
}

static const struct listing listings[] = {
    {"gateways", list_gateways, {"name", "mount", "families", "source", "title"}, "name"},
    {"endpoints", list_endpoints, {"gateway", "method", "path", "family", "needs"}, "gateway"},
    {"requirements",
     list_requirements,
     {"id", "level", "evidence", "writes", "source", "claim"},
     NULL},
    {"deviations", list_deviations, {"name", "breaks", "about"}, NULL},
    {"sources", list_sources, {"key", "read", "url", "title"}, NULL},
    {"credentials", list_credentials, {"gateway", "name", "secret", "about"}, "gateway"},
    {"settings", list_settings, {"name", "default", "choices", "about"}, NULL},
    {0},
};

/* What a cell shows, to be freed. */
static char *cell(const json_t *value)
{
    json_t *item;
    size_t i, size = 0;
    char *text = NULL;

    if (json_is_string(value))
        return copy_text(json_string_value(value));
    if (json_is_boolean(value))
        return copy_text(json_is_true(value) ? "yes" : "no");
    if (!json_is_array(value))
        return value && !json_is_null(value) ? must(json_dumps(value, JSON_ENCODE_ANY))
                                             : copy_text("-");
    FILE *file = must(open_memstream(&text, &size));
    json_array_foreach(value, i, item) {
        char *inner = cell(item);
        fprintf(file, "%s%s", i > 0 ? ", " : "", inner);
        free(inner);
    }
    fclose(file);
    return must(text);
}

/* In characters, not bytes. */
static size_t width_of(const char *text)
{
    size_t width = 0;

    for (; *text; text++)
        width += ((unsigned char)*text & 0xC0) != 0x80;
    return width;
}

static void measure(const struct listing *listing, const json_t *rows, size_t *widths)
{
    const json_t *row;
    size_t i;

    for (size_t c = 0; listing->columns[c]; c++) {
        widths[c] = strlen(listing->columns[c]);
        json_array_foreach(rows, i, row) {
            char *text = cell(json_object_get(row, listing->columns[c]));
            size_t width = width_of(text);
            widths[c] = width > widths[c] ? width : widths[c];
            free(text);
        }
    }
}

/* The last column is not padded: lines end where their words do. */
static void put_cell(const struct listing *listing, const size_t *widths, size_t column,
                     const char *text)
{
    bool last = listing->columns[column + 1] == NULL;

    fputs(text, stdout);
    if (last)
        fputc('\n', stdout);
    else
        printf("%*s", (int)(widths[column] - width_of(text) + 2), "");
}

static void put_table(const struct listing *listing, const json_t *rows)
{
    size_t widths[MOST_COLUMNS], i;
    const json_t *row;

    measure(listing, rows, widths);
    for (size_t c = 0; listing->columns[c]; c++)
        put_cell(listing, widths, c, listing->columns[c]);
    json_array_foreach(rows, i, row) {
        for (size_t c = 0; listing->columns[c]; c++) {
            char *text = cell(json_object_get(row, listing->columns[c]));
            put_cell(listing, widths, c, text);
            free(text);
        }
    }
}

static void put_json(const json_t *rows)
{
    json_dumpf(rows, stdout, JSON_INDENT(2));
    fputc('\n', stdout);
}

/* Drops the rows of other gateways. */
static void keep_gateway(const struct listing *listing, json_t *rows, const char *gateway)
{
    for (size_t i = json_array_size(rows); i > 0; i--) {
        const char *own =
            json_string_value(json_object_get(json_array_get(rows, i - 1), listing->gateway));
        if (!own || strcmp(own, gateway) != 0)
            json_array_remove(rows, i - 1);
    }
}

static int unknown_listing(const char *word)
{
    struct nearest nearest = {.word = word};

    for (const struct listing *listing = listings; listing->name; listing++)
        nearest_offer(&nearest, listing->name);
    char *hint = nearest_hint(&nearest);
    int code = usage_tell("list", "there is no list of %s%s", word, hint);
    free(hint);
    return code;
}

static const struct listing *listing_find(const char *name)
{
    for (const struct listing *listing = listings; listing->name; listing++)
        if (strcmp(listing->name, name) == 0)
            return listing;
    return NULL;
}

static int list(const struct listing *listing, const char *gateway, bool as_json)
{
    struct problem problem = {0};
    int code = EXIT_BROKEN;

    if (gateway && !listing->gateway)
        return usage_tell("list", "a list of %s has no gateways to choose from", listing->name);
    if (gateway && !contract_named(gateway, &problem))
        return usage_tell("list", "%s", problem.text);
    json_t *rows = listing->rows(&problem);
    if (problem.text[0])
        goto done;
    if (gateway)
        keep_gateway(listing, rows, gateway);
    if (as_json)
        put_json(rows);
    else
        put_table(listing, rows);
    if (stdout_finish(&problem))
        code = EXIT_PASSED;
done:
    json_decref(rows);
    return code == EXIT_PASSED ? code : problem_tell(&problem, code);
}

int command_list(int argc, char **argv)
{
    static const struct option options[] = {
        {"gateway", required_argument, NULL, 'g'},
        {"json", no_argument, NULL, 'j'},
        {0},
    };
    const char *gateway = NULL;
    bool as_json = false;
    int option;

    while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
        if (option == '?' || option == ':')
            return option_tell("list", option, argv, options);
        if (option == 'g')
            gateway = optarg;
        else
            as_json = true;
    }
    if (optind == argc)
        return usage_tell("list", "a list of what? gateways, endpoints, requirements, deviations, "
                                  "sources, credentials or settings");
    if (optind + 1 < argc)
        return usage_tell("list", "%s is not expected here", argv[optind + 1]);
    const struct listing *listing = listing_find(argv[optind]);
    return listing ? list(listing, gateway, as_json) : unknown_listing(argv[optind]);
}
