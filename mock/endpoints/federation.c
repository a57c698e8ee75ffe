/* Claude's organization: the service accounts, issuers and rules of token exchange. */
#include "mock/mock.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { PAGE = 20, PAGE_MOST = 100, NAME_MOST = 255 };
enum { JWT_LIFETIME = 3600, JWT_LIFETIME_MOST = 176400 };
enum { TOKEN_LIFETIME = 3600, TOKEN_LIFETIME_LEAST = 60, TOKEN_LIFETIME_MOST = 86400 };

#define NOBODY "archived_at", "archived_by_actor_id", "created_by_actor_id", "updated_by_actor_id"

/* As the documents show it: what nobody has set is null, and what only the mock needs is not there.
 */
static json_t *shown(json_t *object, enum resource resource)
{
    static const char *const members[RESOURCES][7] = {
        [SERVICE_ACCOUNTS] = {NOBODY},
        [FEDERATION_ISSUERS] = {NOBODY, "jwks_polling_disabled_at", "poll_status"},
        [FEDERATION_RULES] = {NOBODY, "issuer_name"},
    };

    for (size_t i = 0; i < COUNT(members[resource]) && members[resource][i]; i++)
        if (!json_object_get(object, members[resource][i]))
            json_object_set_new(object, members[resource][i], json_null());
    if (resource == SERVICE_ACCOUNTS)
        json_object_del(object, "workspace_ids");
    return object;
}

/* Which of the three the endpoint is about: its path says so. */
static enum resource resource_of(const struct call *call)
{
    if (strstr(call->endpoint->path, "/service_accounts"))
        return SERVICE_ACCOUNTS;
    return strstr(call->endpoint->path, "/federation_issuers") ? FEDERATION_ISSUERS
                                                               : FEDERATION_RULES;
}

static void unknown(struct call *call)
{
    call_refuse_field(call, FAULT_ID_UNKNOWN, "", "There is no %s with the id %s",
                      resource_type(resource_of(call)), call->arguments[0]);
}

static void show(struct call *call)
{
    enum resource resource = resource_of(call);
    json_t *object = federation_find(call->mock->federation, resource, call->arguments[0]);

    if (object)
        response_json(call->response, 200, shown(object, resource));
    else
        unknown(call);
}

/* Where the page begins that follows the entry with this id; past the end when there is none. */
static size_t page_start(const json_t *list, const char *after)
{
    const json_t *object;
    size_t i;

    json_array_foreach(list, i, object)
        if (strcmp(json_string_value(json_object_get(object, "id")), after) == 0)
            return i + 1;
    return json_array_size(list) + 1;
}

static bool asks_for_archived(struct call *call)
{
    char text[8];

    return request_parameter(call->request, "include_archived", text, sizeof text) &&
           strcasecmp(text, "true") == 0;
}

static json_t *live_ones(json_t *all, bool with_archived)
{
    for (size_t i = json_array_size(all); !with_archived && i-- > 0;)
        if (json_is_string(json_object_get(json_array_get(all, i), "archived_at")))
            json_array_remove(all, i);
    return all;
}

static void list(struct call *call)
{
    enum resource resource = resource_of(call);
    int64_t limit = call_parameter(call, "limit", PAGE, 1, PAGE_MOST);
    bool with_archived = asks_for_archived(call);
    char after[CALL_ARGUMENT_TEXT];
    size_t at = 0;

    if (call->decision.fault)
        return;
    json_t *all = live_ones(federation_list(call->mock->federation, resource), with_archived);
    json_t *page = json_array(), *next = json_null();
    if (request_parameter(call->request, "page", after, sizeof after))
        at = page_start(all, after);
    if (at > json_array_size(all))
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "page", "expected a next_page of before");
    for (; at < json_array_size(all) && json_array_size(page) < (size_t)limit; at++)
        json_array_append(page, shown(json_array_get(all, at), resource));
    if (at < json_array_size(all))
        next = json_copy(json_object_get(json_array_get(all, at - 1), "id"));
    response_json(call->response, 200, json_pack("{s:o, s:o}", "data", page, "next_page", next));
    json_decref(all);
}

static void archive(struct call *call)
{
    char at[MOMENT_TEXT];

    switch (federation_archive(call->mock->federation, resource_of(call), call->arguments[0],
                               moment_text(call->now_ms, at))) {
    case ARCHIVED:
        show(call);
        return;
    case ARCHIVE_UNKNOWN:
        unknown(call);
        return;
    case ARCHIVE_IN_USE:
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "id",
                          "a federation rule that is not archived refers to it");
        return;
    }
}

static bool is_name(const char *name)
{
    size_t length = strlen(name);

    return length >= 1 && length <= NAME_MOST &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/* What all three have. Takes `object`. */
static void create(struct call *call, json_t *object)
{
    enum resource resource = resource_of(call);
    const char *name = json_string_value(json_object_get(call->body, "name"));
    char at[MOMENT_TEXT];

    if (!is_name(name))
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "name",
                          "expected 1 to 255 of a to z, 0 to 9 and -");
    if (call->decision.fault) {
        json_decref(object);
        return;
    }
    moment_text(call->now_ms, at);
    json_object_set_new(object, "type", json_string(resource_type(resource)));
    json_object_set_new(object, "name", json_string(name));
    json_object_set_new(object, "created_at", json_string(at));
    json_object_set_new(object, "updated_at", json_string(at));
    json_t *created = federation_add(call->mock->federation, resource, object);
    if (created)
        response_json(call->response, 200, shown(created, resource));
    else
        call_refuse_field(call, FAULT_NAME_TAKEN, "name", "this name is taken");
}

/* The body's field, or what stands for it; a new reference either way. Takes `fallback`. */
static json_t *field_or(const struct call *call, const char *name, json_t *fallback)
{
    json_t *value = json_object_get(call->body, name);

    if (!value || json_is_null(value))
        return fallback;
    json_decref(fallback);
    return json_deep_copy(value);
}

/* A service account made here is in every workspace: their membership is not kept. */
static void create_account(struct call *call)
{
    create(call, json_pack("{s:o, s:o}", "description", field_or(call, "description", json_null()),
                           "organization_role",
                           field_or(call, "organization_role", json_string("developer"))));
}

/* Only keys that come with the issuer: the mock fetches nothing. */
static void judge_jwks(struct call *call)
{
    const json_t *jwks = json_object_get(call->body, "jwks"), *key;
    const char *type = json_string_value(json_object_get(jwks, "type"));
    const json_t *keys = json_object_get(jwks, "keys");
    const char *flaw = NULL;
    size_t i;

    if (!type || strcmp(type, "inline") != 0) {
        call_refuse_field(call, FAULT_FEATURE_UNSUPPORTED, "jwks",
                          "this mock fetches no keys (discovery, explicit_url): give them inline, "
                          "as {\"type\":\"inline\",\"keys\":[...]}");
        return;
    }
    if (json_array_size(keys) == 0)
        flaw = "expected an array of JWKs";
    json_array_foreach(keys, i, key) {
        if (!flaw)
            flaw = assertion_key_flaw(key);
    }
    if (flaw)
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "jwks.keys", "%s", flaw);
}

static void create_issuer(struct call *call)
{
    judge_jwks(call);
    create(call, json_pack("{s:O, s:O, s:o, s:o}", "issuer_url",
                           json_object_get(call->body, "issuer_url"), "jwks",
                           field_or(call, "jwks", json_object()), "check_jti",
                           field_or(call, "check_jti", json_true()), "max_jwt_lifetime_seconds",
                           field_or(call, "max_jwt_lifetime_seconds", json_integer(JWT_LIFETIME)),
                           "jwks_polling_disabled_at", "poll_status"));
}

static void judge_reference(struct call *call, enum resource resource, const char *id,
                            const char *param)
{
    json_t *object = id ? federation_find(call->mock->federation, resource, id) : NULL;

    if (!object || json_is_string(json_object_get(object, "archived_at")))
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, param, "expected the id of a %s",
                          resource_type(resource));
    json_decref(object);
}

static void judge_rule(struct call *call)
{
    const json_t *target = json_object_get(call->body, "target");
    const char *scope = json_string_value(json_object_get(call->body, "oauth_scope")), *param;
    const char *workspace = json_string_value(json_object_get(call->body, "workspace_id"));
    bool all = json_is_true(json_object_get(call->body, "applies_to_all_workspaces"));
    const char *flaw = grant_match_flaw(json_object_get(call->body, "match"), &param);

    if (flaw)
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, param, "%s", flaw);
    if (strcmp(scope, "workspace:developer") != 0 && strcmp(scope, "workspace:inference") != 0)
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "oauth_scope",
                          "expected workspace:developer or workspace:inference");
    if (!all && (!workspace || !grant_is_id(workspace, "wrkspc_")))
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "workspace_id",
                          "expected a wrkspc_ tagged ID, or applies_to_all_workspaces");
    judge_reference(call, FEDERATION_ISSUERS,
                    json_string_value(json_object_get(call->body, "issuer_id")), "issuer_id");
    judge_reference(call, SERVICE_ACCOUNTS,
                    json_string_value(json_object_get(target, "service_account_id")), "target");
}

static void create_rule(struct call *call)
{
    const char *workspace = json_string_value(json_object_get(call->body, "workspace_id"));

    judge_rule(call);
    create(call,
           json_pack("{s:o, s:O, s:O, s:O, s:O, s:o, s:o, s:o}", "description",
                     field_or(call, "description", json_null()), "issuer_id",
                     json_object_get(call->body, "issuer_id"), "match",
                     json_object_get(call->body, "match"), "oauth_scope",
                     json_object_get(call->body, "oauth_scope"), "target",
                     json_object_get(call->body, "target"), "token_lifetime_seconds",
                     field_or(call, "token_lifetime_seconds", json_integer(TOKEN_LIFETIME)),
                     "applies_to_all_workspaces",
                     field_or(call, "applies_to_all_workspaces", json_false()), "workspace_ids",
                     workspace ? json_pack("[s]", workspace) : json_array()));
}

static const struct shape_field account_fields[] = {
    {"name", JSON_TEXT, true, false, 0, 0, NULL},
    {"description", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, NULL},
    {"organization_role", JSON_TEXT, false, false, 0, 0, "admin|developer"},
    {0},
};

static const struct shape_field issuer_fields[] = {
    {"name", JSON_TEXT, true, false, 0, 0, NULL},
    {"issuer_url", JSON_TEXT, true, true, 1, 2048, NULL},
    {"jwks", JSON_MAP, false, false, 0, 0, NULL},
    {"check_jti", JSON_FLAG | JSON_NOTHING, false, false, 0, 0, NULL},
    {"max_jwt_lifetime_seconds", JSON_WHOLE | JSON_NOTHING, false, true, 1, JWT_LIFETIME_MOST,
     NULL},
    {0},
};

static const struct shape_field rule_fields[] = {
    {"name", JSON_TEXT, true, false, 0, 0, NULL},
    {"issuer_id", JSON_TEXT, true, false, 0, 0, NULL},
    {"match", JSON_MAP, true, false, 0, 0, NULL},
    {"oauth_scope", JSON_TEXT, true, false, 0, 0, NULL},
    {"target", JSON_MAP, true, false, 0, 0, NULL},
    {"applies_to_all_workspaces", JSON_FLAG, false, false, 0, 0, NULL},
    {"description", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, NULL},
    {"token_lifetime_seconds", JSON_WHOLE, false, true, TOKEN_LIFETIME_LEAST, TOKEN_LIFETIME_MOST,
     NULL},
    {"workspace_id", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, NULL},
    {0},
};

#define OF .gateway = &gateway_claude, .family = FAMILY_ANTHROPIC, .need = NEED_ORGANIZATION
#define AT "/v1/organizations/"

const struct endpoint federation_endpoints[] = {
    {OF, .method = "POST", .path = AT "service_accounts", .fields = account_fields,
     .reply = create_account},
    {OF, .method = "GET", .path = AT "service_accounts", .reply = list},
    {OF, .method = "GET", .path = AT "service_accounts/{id}", .reply = show},
    {OF, .method = "POST", .path = AT "service_accounts/{id}/archive", .reply = archive},
    {OF, .method = "POST", .path = AT "federation_issuers", .fields = issuer_fields,
     .reply = create_issuer},
    {OF, .method = "GET", .path = AT "federation_issuers", .reply = list},
    {OF, .method = "GET", .path = AT "federation_issuers/{id}", .reply = show},
    {OF, .method = "POST", .path = AT "federation_issuers/{id}/archive", .reply = archive},
    {OF, .method = "POST", .path = AT "federation_rules", .fields = rule_fields,
     .reply = create_rule},
    {OF, .method = "GET", .path = AT "federation_rules", .reply = list},
    {OF, .method = "GET", .path = AT "federation_rules/{id}", .reply = show},
    {OF, .method = "POST", .path = AT "federation_rules/{id}/archive", .reply = archive},
    {0},
};
