/* What a user can choose where the documents leave a choice, or vendors changed their minds. */
#ifndef MOCK_SETTINGS_H
#define MOCK_SETTINGS_H

#include "fixtures/basics.h"

enum setting {
    SETTING_OPENROUTER_MISSING,
    SETTING_OPENROUTER_KEY_LIMIT,
    SETTING_CLAUDE_TWO_CREDENTIALS,
    SETTING_CLAUDE_BEARER,
    SETTING_CLAUDE_EXCHANGE,
    SETTING_CLAWDROUTER_GEMINI_KEY,
    SETTING_INVORATEC_MANAGE,
    SETTING_INVORATEC_SHOWN,
    SETTING_UNKNOWN_MODELS,
    SETTING_COUNT
};

/* The choice made for each: an index into its choices. */
struct settings {
    unsigned char choice[SETTING_COUNT];
};

struct setting_row {
    const char *name;       /* gateway.what */
    const char *choices[5]; /* the first is the default; ends with NULL */
    const char *about;
};

extern const struct setting_row setting_rows[SETTING_COUNT];

/* Takes "name=value". */
bool settings_choose(struct settings *settings, const char *text, struct problem *problem);

#endif
