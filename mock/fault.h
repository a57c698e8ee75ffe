/* Every way the mock refuses a request, named without any vendor's words. */
#ifndef MOCK_FAULT_H
#define MOCK_FAULT_H

#include <stdbool.h>

enum fault {
    FAULT_NONE,
    FAULT_KEY_MISSING,
    FAULT_KEY_EMPTY,
    FAULT_SCHEME_MISSING,
    FAULT_SCHEME_WRONG,
    FAULT_KEY_MALFORMED,
    FAULT_KEY_IN_COOKIE,
    FAULT_KEY_IN_QUERY,
    FAULT_KEY_IN_WRONG_HEADER,
    FAULT_HEADER_REPEATED,
    FAULT_CREDENTIALS_CONFLICT,
    FAULT_TOKEN_INVALID, /* Authorization, where only tokens of another kind belong */
    FAULT_KEY_FOREIGN,   /* not even of this gateway's form */
    FAULT_KEY_UNKNOWN,
    FAULT_KEY_REVOKED,
    FAULT_KEY_EXPIRED,
    FAULT_TOKEN_MISPLACED,
    FAULT_KEY_DISABLED,
    FAULT_KEY_WRONG_KIND,
    FAULT_PERMISSION_LACKING,
    FAULT_SCOPE_LACKING,
    FAULT_MODEL_FORBIDDEN,
    FAULT_PROVIDER_FORBIDDEN,
    FAULT_RATE_LIMITED,
    FAULT_DAY_CAP,
    FAULT_BUDGET_SPENT,
    FAULT_VERSION_MISSING,
    FAULT_VERSION_UNKNOWN,
    FAULT_BETA_UNKNOWN,
    FAULT_BODY_INVALID,
    FAULT_FIELD_MISSING,
    FAULT_FIELD_WRONG_TYPE,
    FAULT_FIELD_OUT_OF_RANGE,
    FAULT_FIELD_UNKNOWN,
    FAULT_FEATURE_UNSUPPORTED,
    FAULT_MODEL_UNKNOWN,
    FAULT_ID_UNKNOWN,
    FAULT_PATH_UNKNOWN,
    FAULT_METHOD_UNKNOWN,
    FAULT_NAME_TAKEN,
    FAULT_ASSERTION_DENIED,
    FAULT_WORKSPACE_NEEDED,
    FAULT_BODY_TOO_LARGE,
    FAULT_HEADERS_TOO_LARGE,
    FAULT_FRAMING_INVALID,
    FAULT_COUNT
};

/* The word the journal uses: key-revoked. "none" for FAULT_NONE. */
const char *fault_name(enum fault fault);

/* The more general fault whose wording serves when a gateway has none of its own for `fault`;
 * FAULT_NONE where there is none and every gateway must word it. */
enum fault fault_kin(enum fault fault);

/* Is this a refusal of the credential itself, before anything else was judged? */
bool fault_of_identity(enum fault fault);

#endif
