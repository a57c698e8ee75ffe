#include "mock/overview.h"

#include "mock/call.h"
#include "mock/deviations.h"
#include "mock/settings.h"

#include <stdio.h>
#include <string.h>

static void append_word(char *text, size_t size, const char *word)
{
    size_t used = strlen(text);

    snprintf(text + used, size - used, "%s%s", used ? ", " : "", word);
}

json_t *overview_gateways(void)
{
    json_t *list = json_array();

    for (const struct gateway *const *g = gateways; *g; g++) {
        char families[96] = "", mount[32];
        for (int f = 0; f < FAMILY_COUNT; f++)
            if ((*g)->voices[f])
                append_word(families, sizeof families, family_name((enum family)f));
        snprintf(mount, sizeof mount, "/%s", (*g)->name);
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", (*g)->name,
                                              "mount", mount, "families", families, "title",
                                              (*g)->title, "source", (*g)->source));
    }
    return list;
}

json_t *overview_endpoints(void)
{
    json_t *list = json_array();

    for (const struct gateway *const *g = gateways; *g; g++)
        for (const struct endpoint *const *table = endpoint_tables; *table; table++)
            for (const struct endpoint *e = *table; e->method; e++)
                if (e->gateway == *g)
                    json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s}", "gateway",
                                                          (*g)->name, "method", e->method, "path",
                                                          e->path, "family", family_name(e->family),
                                                          "needs", need_name(e->need)));
    return list;
}

json_t *overview_deviations(void)
{
    const struct deviation *d = NULL;
    json_t *list = json_array();

    while ((d = deviation_next(d)))
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "name", d->name, "breaks",
                                              d->breaks, "about", d->about));
    return list;
}

json_t *overview_settings(void)
{
    json_t *list = json_array();

    for (size_t i = 0; i < SETTING_COUNT; i++) {
        char choices[128] = "";
        for (size_t c = 0; setting_rows[i].choices[c]; c++)
            append_word(choices, sizeof choices, setting_rows[i].choices[c]);
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "name", setting_rows[i].name,
                                              "default", setting_rows[i].choices[0], "choices",
                                              choices, "about", setting_rows[i].about));
    }
    return list;
}
