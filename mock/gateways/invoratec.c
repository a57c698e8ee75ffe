#include "mock/families/families.h"

/* The reference names X-API-Key; the guide takes a bearer token as well (invoratec-guide). */
static struct carriers carriers(const struct call *call, enum family family)
{
    (void)call;
    (void)family;
    return (struct carriers){.order = {CARRIER_X_API_KEY, CARRIER_BEARER}};
}

/* No document shows an error's body: a sentence and a word are the least that helps (assumed). */
static json_t *error_body(const struct call *call, const struct wording *wording,
                          const char *message)
{
    (void)call;
    return json_pack("{s:b, s:s, s:s}", "success", 0, "error", message, "code", wording->code);
}

static const struct wording wordings[FAULT_COUNT] = {
    [FAULT_KEY_MISSING] = {401, NULL, "API_KEY_MISSING",
                           "API Key missing: send it in the X-API-Key header"},
    [FAULT_KEY_UNKNOWN] = {401, NULL, "API_KEY_INVALID", "API Key invalid"},
    [FAULT_PERMISSION_LACKING] = {403, NULL, "PERMISSION_DENIED",
                                  "This API Key lacks the permission for this call"},
    [FAULT_RATE_LIMITED] = {429, NULL, "RATE_LIMITED",
                            "Limit of {limit} requests reached: try again in {wait} s"},
    [FAULT_BODY_INVALID] = {400, NULL, "BODY_INVALID", "The body is no JSON object: {detail}"},
    [FAULT_FIELD_MISSING] = {400, NULL, "FIELD_MISSING", "{param} is required"},
    [FAULT_FIELD_OUT_OF_RANGE] = {400, NULL, "FIELD_INVALID", "{param}: {detail}"},
    [FAULT_ID_UNKNOWN] = {404, NULL, "NOT_FOUND", "{detail}"},
    [FAULT_PATH_UNKNOWN] = {404, NULL, "NOT_FOUND", "Nothing at {method} {path}"},
    [FAULT_METHOD_UNKNOWN] = {405, NULL, "METHOD_NOT_ALLOWED", "{method} is not allowed here"},
    [FAULT_BODY_TOO_LARGE] = {413, NULL, "BODY_TOO_LARGE", "The body is too large"},
    [FAULT_HEADERS_TOO_LARGE] = {431, NULL, "HEADERS_TOO_LARGE", "The header fields are too large"},
    [FAULT_FRAMING_INVALID] = {400, NULL, "HTTP_INVALID", "Not valid HTTP: {detail}"},
};

/* An ObjectId of 24 hexadecimal digits. */
static void draw_id(struct identity *identity, struct key *key)
{
    identity_hex(identity, "", 24, key->id, sizeof key->id);
}

static const struct voice keys = {
    .wordings = wordings, .common = openai_wordings, .error_body = error_body};

const struct gateway gateway_invoratec = {
    .name = "invoratec",
    .title = "Invoratec: API keys with one-time secrets, permissions and tiers",
    .source = "invoratec-auth",
    .voices = {[FAMILY_KEYS] = &keys},
    .family = FAMILY_KEYS,
    .carriers = carriers,
    .secret_prefix = {[KIND_INFERENCE] = "claw_"},
    .secret_length = 32,
    .secret_hex = true,
    .hint_length = 13,
    .draw_id = draw_id,
    .owner_metered = true,
    .body_limit = 1 << 20,
    .header_limit = 16384,
};
