/* May this assertion be exchanged for a token, and for which? No I/O, no clock of its own. */
#ifndef MOCK_GRANT_H
#define MOCK_GRANT_H

#include "mock/fault.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GRANT_REASON = 160, GRANT_TEXT = 96 };
enum { GRANT_LEEWAY_S = 30, GRANT_LIFETIME_LEAST_S = 60 };

/* What is asked, and what is known of those it names. Borrowed. */
struct grant_question {
    const json_t *body;                    /* of the exchange, already of the right form */
    const json_t *organization;            /* organization_id, default_workspace_id, audience */
    const json_t *rule, *issuer, *account; /* as federation.h keeps them; NULL: there is none */
    const json_t *claims;                  /* what the assertion says; NULL: it could not be read */
    const char *unreadable;                /* why the assertion could not be read, or NULL */
    const char *unverified;                /* why its signature does not hold, or NULL */
    int64_t now_ms;
};

/* The answer. Lifetime, scope and workspace are filled in as far as they can be told, whatever the
 * fault. A reason begins with a word for programs, as in "jti_reused: ...". */
struct grant {
    enum fault fault;
    char reason[GRANT_REASON];
    char rule[GRANT_TEXT], account[GRANT_TEXT], scope[GRANT_TEXT], workspace[GRANT_TEXT];
    int64_t lifetime_s;
};

/* Judges all but whether the jti was used before: that is for replay.h, last. */
void grant_decide(const struct grant_question *question, struct grant *grant);

__attribute__((format(printf, 3, 4))) void grant_deny(struct grant *grant, enum fault fault,
                                                      const char *reason, ...);

/* prefix and at least one letter or digit more */
bool grant_is_id(const char *text, const char *prefix);

/* NULL when a rule may have this match; otherwise what was expected, and in *param of what. */
const char *grant_match_flaw(const json_t *match, const char **param);

#endif
