/* The vocabulary of a suite: what is required, and what a run found. READ THIS FIRST. */
#ifndef SUITES_CHECK_H
#define SUITES_CHECK_H

#include "fixtures/basics.h"
#include "suites/exchange.h"

enum level { MAY, SHOULD, MUST };
enum outcome { PASSED, FAILED, UNTESTABLE, NOT_APPLICABLE };

/* How well a claim is founded, weakest first, so that grades compare with <. */
enum evidence { ASSUMED, OBSERVED, SHIPPED, SPECIFIED, DOCUMENTED };

struct check;
struct contract;
struct target;

/* One row per requirement. An id, once published, is never reused or renamed. */
struct requirement {
    const char *id; /* suite.claim-in-words */
    enum level level;
    const char *source; /* a key of fixtures/sources.json; a contract's promise may narrow it */
    enum evidence evidence;
    const char *claim; /* a sentence that is true of a conforming gateway */
    void (*test)(struct check *check);
    bool writes; /* creates or deletes something lasting: a live target needs --allow-writes */
};

struct suite {
    const char *name;
    const struct requirement *requirements; /* ends with an all-zero row */
};

/* A text that must leave no check unmasked, and what stands for it in reports: a shell
 * expression such as $GATEMARK_KEY_VALID or ${GATEMARK_KEY_VALID%?}. */
struct secret {
    char *text, *shown;
    struct secret *next;
};

/* A fault that the mock's journal must give for an exchange; judged when the check ends. */
struct expected_fault {
    const struct exchange *x;
    const char *faults; /* alternatives, separated by '|' */
    struct expected_fault *next;
};

/* One requirement under test against one target. Owns its exchanges, secrets and faults. */
struct check {
    const struct requirement *requirement;
    const struct target *target;
    enum outcome outcome;
    const char *source;     /* the requirement's, or the contract's own */
    enum evidence evidence; /* likewise */
    char finding[768];      /* the first thing that went wrong, or why it could not be tested */
    char note[256];         /* what a passed check left out, or "" */
    struct exchange *exchanges, *last; /* oldest first */
    const struct exchange *culprit;    /* the exchange that the finding is about, or NULL */
    struct secret *secrets;            /* longest first */
    struct expected_fault *faults;     /* newest first */
    int64_t took_ns;                   /* 0: the test did not come to its end */
};

/* Runs one row: fills `check`, whose exchanges are masked when this returns. */
void check_run(struct check *check, const struct requirement *requirement,
               const struct target *target);
void check_close(struct check *check);

/* Record an outcome; the first finding wins. `x` is the exchange it is about, or NULL. */
__attribute__((format(printf, 4, 5))) void check_found(struct check *check, enum outcome outcome,
                                                       const struct exchange *x, const char *format,
                                                       ...);

/* False, and the check is UNTESTABLE, when its row writes and the user has not allowed that. Asked
 * at the first request, so that a row that does not apply to the gateway says so instead. */
bool check_may_send(struct check *check);

/* True while nothing has been found: a loop over routes may go on. */
bool check_open(const struct check *check);

/* Remembers a secret, so that the masked exchanges show `shown` in its place. Longer secrets
 * are replaced first. */
void check_keep_secret(struct check *check, const char *text, const char *shown);

const char *level_name(enum level level);
const char *outcome_name(enum outcome outcome);
const char *evidence_name(enum evidence evidence);

/* The grade called `name`, or false. */
bool evidence_find(const char *name, enum evidence *evidence);

extern const struct suite suites[]; /* ends with an all-zero row */

size_t suite_size(const struct suite *suite);

/* The row with this id, or NULL. */
const struct requirement *requirement_find(const char *id);

#endif
