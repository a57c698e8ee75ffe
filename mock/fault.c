#include "mock/fault.h"

static const struct {
    const char *name;
    enum fault kin;
} faults[FAULT_COUNT] = {
    [FAULT_NONE] = {"none", FAULT_NONE},
    [FAULT_KEY_MISSING] = {"key-missing", FAULT_NONE},
    [FAULT_KEY_EMPTY] = {"key-empty", FAULT_KEY_MISSING},
    [FAULT_SCHEME_MISSING] = {"scheme-missing", FAULT_KEY_MISSING},
    [FAULT_SCHEME_WRONG] = {"scheme-wrong", FAULT_KEY_MISSING},
    [FAULT_KEY_MALFORMED] = {"key-malformed", FAULT_KEY_UNKNOWN},
    [FAULT_KEY_IN_COOKIE] = {"key-in-cookie", FAULT_KEY_MISSING},
    [FAULT_KEY_IN_QUERY] = {"key-in-query", FAULT_KEY_MISSING},
    [FAULT_KEY_IN_WRONG_HEADER] = {"key-in-wrong-header", FAULT_KEY_MISSING},
    [FAULT_HEADER_REPEATED] = {"header-repeated", FAULT_KEY_UNKNOWN},
    [FAULT_CREDENTIALS_CONFLICT] = {"credentials-conflict", FAULT_KEY_UNKNOWN},
    [FAULT_TOKEN_INVALID] = {"token-invalid", FAULT_KEY_UNKNOWN},
    [FAULT_KEY_FOREIGN] = {"key-unknown", FAULT_KEY_UNKNOWN},
    [FAULT_KEY_UNKNOWN] = {"key-unknown", FAULT_NONE},
    [FAULT_KEY_REVOKED] = {"key-revoked", FAULT_KEY_UNKNOWN},
    [FAULT_KEY_EXPIRED] = {"key-expired", FAULT_KEY_UNKNOWN},
    [FAULT_TOKEN_MISPLACED] = {"token-misplaced", FAULT_KEY_UNKNOWN},
    [FAULT_KEY_DISABLED] = {"key-disabled", FAULT_KEY_UNKNOWN},
    [FAULT_KEY_WRONG_KIND] = {"key-wrong-kind", FAULT_PERMISSION_LACKING},
    [FAULT_PERMISSION_LACKING] = {"permission-lacking", FAULT_NONE},
    [FAULT_SCOPE_LACKING] = {"scope-lacking", FAULT_PERMISSION_LACKING},
    [FAULT_MODEL_FORBIDDEN] = {"model-forbidden", FAULT_PERMISSION_LACKING},
    [FAULT_PROVIDER_FORBIDDEN] = {"provider-forbidden", FAULT_PERMISSION_LACKING},
    [FAULT_RATE_LIMITED] = {"rate-limited", FAULT_NONE},
    [FAULT_DAY_CAP] = {"day-cap", FAULT_RATE_LIMITED},
    [FAULT_BUDGET_SPENT] = {"budget-spent", FAULT_PERMISSION_LACKING},
    [FAULT_VERSION_MISSING] = {"version-missing", FAULT_FIELD_MISSING},
    [FAULT_VERSION_UNKNOWN] = {"version-unknown", FAULT_FIELD_OUT_OF_RANGE},
    [FAULT_BETA_UNKNOWN] = {"beta-unknown", FAULT_FIELD_OUT_OF_RANGE},
    [FAULT_BODY_INVALID] = {"body-invalid", FAULT_NONE},
    [FAULT_FIELD_MISSING] = {"field-missing", FAULT_NONE},
    [FAULT_FIELD_WRONG_TYPE] = {"field-wrong-type", FAULT_FIELD_OUT_OF_RANGE},
    [FAULT_FIELD_OUT_OF_RANGE] = {"field-out-of-range", FAULT_NONE},
    [FAULT_FIELD_UNKNOWN] = {"field-unknown", FAULT_FIELD_OUT_OF_RANGE},
    [FAULT_FEATURE_UNSUPPORTED] = {"feature-unsupported", FAULT_FIELD_OUT_OF_RANGE},
    [FAULT_MODEL_UNKNOWN] = {"model-unknown", FAULT_ID_UNKNOWN},
    [FAULT_ID_UNKNOWN] = {"id-unknown", FAULT_NONE},
    [FAULT_PATH_UNKNOWN] = {"path-unknown", FAULT_NONE},
    [FAULT_METHOD_UNKNOWN] = {"method-unknown", FAULT_NONE},
    [FAULT_NAME_TAKEN] = {"name-taken", FAULT_FIELD_OUT_OF_RANGE},
    [FAULT_ASSERTION_DENIED] = {"assertion-denied", FAULT_KEY_UNKNOWN},
    [FAULT_WORKSPACE_NEEDED] = {"workspace-needed", FAULT_ASSERTION_DENIED},
    [FAULT_BODY_TOO_LARGE] = {"body-too-large", FAULT_NONE},
    [FAULT_HEADERS_TOO_LARGE] = {"headers-too-large", FAULT_NONE},
    [FAULT_FRAMING_INVALID] = {"framing-invalid", FAULT_BODY_INVALID},
};

const char *fault_name(enum fault fault)
{
    return faults[fault].name;
}

enum fault fault_kin(enum fault fault)
{
    return faults[fault].kin;
}

bool fault_of_identity(enum fault fault)
{
    return fault >= FAULT_KEY_MISSING && fault <= FAULT_KEY_DISABLED;
}
