#include "mock/settings.h"

#include <string.h>

const struct setting_row setting_rows[SETTING_COUNT] = {
    [SETTING_OPENROUTER_MISSING] = {"openrouter.missing-credentials",
                                    {"no-cookie-auth", "missing-header", "no-auth",
                                     "invalid-credentials", NULL},
                                    "text of the 401 without a usable credential: the seed's, "
                                    "today's specification's, that of "
                                    "2025, that of 2024"},
    [SETTING_OPENROUTER_KEY_LIMIT] =
        {"openrouter.key-limit-status",
         {"403", "402", NULL},
         "status of a key whose own limit is spent: as observed, or as documented"},
    [SETTING_CLAUDE_TWO_CREDENTIALS] =
        {"claude.two-credentials",
         {"prefer-x-api-key", "prefer-bearer", "refuse", NULL},
         "which decides when x-api-key and Authorization hold different keys"},
    [SETTING_CLAUDE_BEARER] =
        {"claude.api-key-as-bearer",
         {"accepted", "refused", NULL},
         "an API key as Authorization: Bearer: since October 2026, or before"},
    [SETTING_CLAUDE_EXCHANGE] = {"claude.exchange-errors",
                                 {"current", "2026-05", NULL},
                                 "how token exchange refuses: since August 2026, or as in May"},
    [SETTING_CLAWDROUTER_GEMINI_KEY] = {"clawdrouter.gemini-key",
                                        {"bearer", "any", NULL},
                                        "where /v1beta takes the key: the documented header only, "
                                        "or x-goog-api-key and ?key= too"},
    [SETTING_INVORATEC_MANAGE] = {"invoratec.key-management",
                                  {"write", "admin", "any", NULL},
                                  "the permission that creating and revoking keys needs"},
    [SETTING_INVORATEC_SHOWN] =
        {"invoratec.key-shown",
         {"12", "13", NULL},
         "characters of a key that lists show: as the text says, or as its example does"},
    [SETTING_UNKNOWN_MODELS] = {"models.unknown",
                                {"refused", "accepted", NULL},
                                "models that fixtures/models.json does not hold"},
};

bool settings_choose(struct settings *settings, const char *text, struct problem *problem)
{
    const char *equals = strchr(text, '=');
    size_t length = equals ? (size_t)(equals - text) : strlen(text);

    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const struct setting_row *row = &setting_rows[i];
        if (strlen(row->name) != length || strncmp(row->name, text, length) != 0)
            continue;
        for (unsigned char c = 0; equals && row->choices[c]; c++)
            if (strcmp(row->choices[c], equals + 1) == 0) {
                settings->choice[i] = c;
                return true;
            }
        return problem_set(problem, "setting %s: expected %s%s%s%s%s, not \"%.40s\"", row->name,
                           row->choices[0], " or ", row->choices[1], row->choices[2] ? " or " : "",
                           row->choices[2] ? row->choices[2] : "", equals ? equals + 1 : "");
    }
    return problem_set(problem, "setting \"%.60s\" is not known: see gatemark list settings", text);
}
