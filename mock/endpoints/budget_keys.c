/* Keys with a budget: ARouter's and OpenRouter's management of them, and OpenRouter's view of the
 * calling key. */
#include "mock/mock.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *moment_or_null(int64_t moment_ms)
{
    char text[MOMENT_TEXT];

    return moment_ms ? json_string(moment_text(moment_ms, text)) : json_null();
}

static json_t *word_or_null(const char *word)
{
    return word ? json_string(word) : json_null();
}

static json_t *remaining_json(const struct key *key, const struct spend *spend)
{
    if (!key->limits.has_budget)
        return json_null();
    int64_t left = key->limits.budget_nano - spend_within(spend, key->limits.budget_reset);
    return money_json(left > 0 ? left : 0);
}

static void add_usage(json_t *object, const struct key *key, int64_t now_ms)
{
    const struct limits *limits = &key->limits;
    struct spend spend = meter_spend(key->meter, now_ms);

    json_object_set_new(object, "limit",
                        limits->has_budget ? money_json(limits->budget_nano) : json_null());
    json_object_set_new(object, "limit_remaining", remaining_json(key, &spend));
    json_object_set_new(object, "limit_reset", word_or_null(period_name(limits->budget_reset)));
    json_object_set_new(object, "usage", money_json(spend.total_nano));
    json_object_set_new(object, "usage_daily", money_json(spend.day_nano));
    json_object_set_new(object, "usage_weekly", money_json(spend.week_nano));
    json_object_set_new(object, "usage_monthly", money_json(spend.month_nano));
}

static json_t *label_json(const struct key *key)
{
    char label[48];

    snprintf(label, sizeof label, "%s...%s", key->hint, key->tail);
    return json_string(label);
}

static json_t *key_json(const struct key *key, int64_t now_ms)
{
    json_t *object = json_pack("{s:s, s:s, s:o, s:s, s:b}", "hash", key->id, "name", key->name,
                               "label", label_json(key), "key_type",
                               key->kind == KIND_MANAGEMENT ? "management" : "regular", "disabled",
                               key->state == STATE_DISABLED);

    add_usage(object, key, now_ms);
    json_object_set_new(object, "allowed_providers",
                        key->allowed_providers ? json_deep_copy(key->allowed_providers)
                                               : json_null());
    json_object_set_new(object, "allowed_models",
                        key->allowed_models ? json_deep_copy(key->allowed_models) : json_null());
    json_object_set_new(object, "created_at", moment_or_null(key->created_ms));
    json_object_set_new(object, "updated_at", moment_or_null(key->updated_ms));
    json_object_set_new(object, "expires_at", moment_or_null(key->expires_ms));
    return object;
}

static const char *const byok[] = {"byok_usage", "byok_usage_daily", "byok_usage_weekly",
                                   "byok_usage_monthly"};

static const char workspace[] = "67617465-6d61-4b00-8000-000000000001";

/* OpenRouter's object has every field that its shipped client asks for (openrouter-sdk). */
static json_t *openrouter_key_json(const struct key *key, int64_t now_ms)
{
    json_t *object = json_pack(
        "{s:s, s:s, s:o, s:b, s:b, s:n, s:s, s:n}", "hash", key->id, "name", key->name, "label",
        label_json(key), "disabled", key->state == STATE_DISABLED, "include_byok_in_limit",
        key->counts_byok, "creator_user_id", "workspace_id", workspace, "external_user");

    add_usage(object, key, now_ms);
    for (size_t i = 0; i < COUNT(byok); i++)
        json_object_set_new(object, byok[i], json_integer(0));
    json_object_set_new(object, "created_at", moment_or_null(key->created_ms));
    json_object_set_new(object, "updated_at", moment_or_null(key->updated_ms));
    json_object_set_new(object, "expires_at", moment_or_null(key->expires_ms));
    return object;
}

/* The key as its gateway shows it. */
static json_t *shown_json(const struct key *key, int64_t now_ms)
{
    return key->gateway == &gateway_openrouter ? openrouter_key_json(key, now_ms)
                                               : key_json(key, now_ms);
}

static bool names_good(struct call *call, const char *field)
{
    const json_t *list = json_object_get(call->body, field), *item;
    size_t i;

    json_array_foreach(list, i, item)
        if (!json_is_string(item) || json_string_length(item) == 0) {
            call_refuse_field(call, FAULT_FIELD_WRONG_TYPE, field, "expected an array of names");
            return false;
        }
    return true;
}

/* Judges what the table of fields cannot: nothing is changed before all of it is good. */
static bool wishes_good(struct call *call)
{
    const json_t *limit = json_object_get(call->body, "limit");
    const char *expires = json_string_value(json_object_get(call->body, "expires_at"));
    int64_t ignored;

    if (json_is_number(limit) && !money_parse(limit, &ignored))
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "limit",
                          "expected US dollars, 0 or more");
    else if (expires && !moment_parse(expires, &ignored))
        call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "expires_at",
                          "expected a time such as 2025-12-31T23:59:59Z");
    return !call->decision.fault && names_good(call, "allowed_providers") &&
           names_good(call, "allowed_models");
}

/* An empty list narrows nothing, as null does (assumed). */
static void apply_names(const json_t *wish, json_t **names)
{
    if (!wish)
        return;
    json_decref(*names);
    *names = json_array_size(wish) ? json_deep_copy(wish) : NULL;
}

/* Fields that are absent stay as they are; null takes a limit away. */
static void apply(struct key *key, const json_t *wishes)
{
    const json_t *name = json_object_get(wishes, "name");
    const json_t *disabled = json_object_get(wishes, "disabled");
    const json_t *limit = json_object_get(wishes, "limit");
    const json_t *reset = json_object_get(wishes, "limit_reset");
    const json_t *counts_byok = json_object_get(wishes, "include_byok_in_limit");

    if (counts_byok)
        key->counts_byok = json_is_true(counts_byok);
    if (name)
        snprintf(key->name, sizeof key->name, "%s", json_string_value(name));
    if (disabled)
        key->state = json_is_true(disabled) ? STATE_DISABLED : STATE_ACTIVE;
    if (limit)
        key->limits.has_budget = money_parse(limit, &key->limits.budget_nano);
    if (json_is_null(reset))
        key->limits.budget_reset = PERIOD_NEVER;
    else if (reset)
        period_find(json_string_value(reset), &key->limits.budget_reset);
    apply_names(json_object_get(wishes, "allowed_providers"), &key->allowed_providers);
    apply_names(json_object_get(wishes, "allowed_models"), &key->allowed_models);
}

static void create(struct call *call)
{
    const char *expires = json_string_value(json_object_get(call->body, "expires_at"));
    char secret[SECRET_TEXT];

    if (!wishes_good(call))
        return;
    const struct key_wish wish = {
        .gateway = call->gateway,
        .owner = call->decision.key->owner,
        .origin = ORIGIN_API,
        .now_ms = call->now_ms,
    };
    struct key *key = must(keyring_create(call->mock->keyring, &wish, secret));
    apply(key, call->body);
    if (expires && moment_parse(expires, &key->expires_ms))
        key->expires_ms += key->expires_ms == 0; /* 0 would be never */
    response_json(call->response, 201,
                  json_pack("{s:o, s:s}", "data", shown_json(key, call->now_ms), "key", secret));
}

/* One that was deleted, is another owner's, or manages, is not there to be listed or changed. */
static bool shown(const struct call *call, const struct key *key)
{
    return key->kind == KIND_INFERENCE && key->state != STATE_REVOKED &&
           strcmp(key->owner, call->decision.key->owner) == 0;
}

/* Where a page begins: the number in page_token, which wins over offset. */
static bool page_start(struct call *call, uint64_t *number, int64_t *skip)
{
    char token[32];

    *number = 0;
    *skip = call_parameter(call, "offset", 0, 0, INT32_MAX);
    if (request_parameter(call->request, "page_token", token, sizeof token) && *token) {
        *skip = 0;
        if (sscanf(token, "p%16" SCNx64, number) != 1)
            call_refuse_field(call, FAULT_FIELD_OUT_OF_RANGE, "page_token",
                              "expected the next_page_token of an earlier page");
    }
    return !call->decision.fault;
}

static void list(struct call *call)
{
    size_t size = (size_t)call_parameter(call, "page_size", 100, 1, 100);
    char all[8], token[32];
    uint64_t n;
    int64_t skip;
    const struct key *key;

    if (!page_start(call, &n, &skip))
        return;
    bool disabled = request_parameter(call->request, "include_disabled", all, sizeof all) &&
                    strcmp(all, "true") == 0;
    json_t *page = json_array(), *body = json_pack("{s:o}", "data", page);
    for (; (key = keyring_at(call->mock->keyring, call->gateway, n)); n++) {
        if (!shown(call, key) || (key->state == STATE_DISABLED && !disabled) || skip-- > 0)
            continue;
        if (json_array_size(page) == size && call->gateway == &gateway_openrouter)
            break; /* no word of a next page: clients go on by offset */
        if (json_array_size(page) == size) {
            snprintf(token, sizeof token, "p%016" PRIx64, n);
            json_object_set_new(body, "next_page_token", json_string(token));
            break;
        }
        json_array_append_new(page, shown_json(key, call->now_ms));
    }
    response_json(call->response, 200, body);
}

/* The key named in the path, or NULL and the call refused. */
static struct key *find(struct call *call)
{
    struct key *key = keyring_find_id(call->mock->keyring, call->gateway, call->arguments[0]);

    if (key && shown(call, key))
        return key;
    call_refuse_field(call, FAULT_ID_UNKNOWN, "hash", "no API key has this hash");
    return NULL;
}

static void update(struct call *call)
{
    struct key *key = find(call);

    if (!key || !wishes_good(call))
        return;
    apply(key, call->body);
    key->updated_ms = call->now_ms;
    response_json(call->response, 200, json_pack("{s:o}", "data", shown_json(key, call->now_ms)));
}

static void remove_key(struct call *call)
{
    struct key *key = find(call);

    if (!key)
        return;
    key->state = STATE_REVOKED;
    key->updated_ms = call->now_ms;
    response_json(call->response, 200, json_pack("{s:{s:b}}", "data", "deleted", 1));
}

#define CHANGING_FIELDS                                                                            \
    {"limit", JSON_NUMERIC | JSON_NOTHING, false, false, 0, 0, NULL},                              \
        {"limit_reset", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, "daily|weekly|monthly"},     \
        {"allowed_providers", JSON_LIST | JSON_NOTHING, false, false, 0, 0, NULL},                 \
    {                                                                                              \
        "allowed_models", JSON_LIST | JSON_NOTHING, false, false, 0, 0, NULL                       \
    }

static const struct shape_field create_fields[] = {
    {"name", JSON_TEXT, true, true, 1, 127, NULL},
    {"expires_at", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, NULL},
    CHANGING_FIELDS,
    {0},
};

static const struct shape_field update_fields[] = {
    {"name", JSON_TEXT, false, true, 1, 127, NULL},
    {"disabled", JSON_FLAG, false, false, 0, 0, NULL},
    CHANGING_FIELDS,
    {0},
};

const struct endpoint arouter_keys_endpoints[] = {
    {
        .gateway = &gateway_arouter,
        .method = "POST",
        .path = "/api/v1/keys",
        .family = FAMILY_KEYS,
        .need = NEED_MANAGEMENT,
        .fields = create_fields,
        .reply = create,
        .changes_keys = true,
    },
    {
        .gateway = &gateway_arouter,
        .method = "GET",
        .path = "/api/v1/keys",
        .family = FAMILY_KEYS,
        .need = NEED_MANAGEMENT,
        .reply = list,
    },
    {
        .gateway = &gateway_arouter,
        .method = "PATCH",
        .path = "/api/v1/keys/{hash}",
        .family = FAMILY_KEYS,
        .need = NEED_MANAGEMENT,
        .fields = update_fields,
        .reply = update,
        .changes_keys = true,
    },
    {
        .gateway = &gateway_arouter,
        .method = "DELETE",
        .path = "/api/v1/keys/{hash}",
        .family = FAMILY_KEYS,
        .need = NEED_MANAGEMENT,
        .reply = remove_key,
        .changes_keys = true,
    },
    {0},
};

/* OpenRouter's view of the calling key (openrouter-openapi); fields that only its shipped client
 * asks for are there too. */
static void show_self(struct call *call)
{
    static const char *const nulls[] = {"creator_user_id", "organization_id", "workspace_id",
                                        "free_model_daily_requests"};
    const struct key *key = call->decision.key;
    bool manages = key->kind == KIND_MANAGEMENT;
    json_t *object =
        json_pack("{s:o, s:b, s:b, s:b, s:b, s:[], s:{s:i, s:s, s:s}}", "label", label_json(key),
                  "include_byok_in_limit", 0, "is_free_tier", 0, "is_management_key", manages,
                  "is_provisioning_key", manages, "allowed_data_regions", "rate_limit", "requests",
                  -1, "interval", "10s", "note", "This field is deprecated and safe to ignore.");

    add_usage(object, key, call->now_ms);
    for (size_t i = 0; i < COUNT(byok); i++)
        json_object_set_new(object, byok[i], json_integer(0));
    for (size_t i = 0; i < COUNT(nulls); i++)
        json_object_set_new(object, nulls[i], json_null());
    json_object_set_new(object, "expires_at", moment_or_null(key->expires_ms));
    response_json(call->response, 200, json_pack("{s:o}", "data", object));
}

const struct endpoint openrouter_key_endpoints[] = {
    {
        .gateway = &gateway_openrouter,
        .method = "GET",
        .path = "/api/v1/key",
        .family = FAMILY_KEYS,
        .need = NEED_KEY,
        .reply = show_self,
    },
    {0},
};

static void show_one(struct call *call)
{
    const struct key *key = find(call);

    if (key)
        response_json(call->response, 200,
                      json_pack("{s:o}", "data", openrouter_key_json(key, call->now_ms)));
}

/* `deleted` stands at the top here, not under data as ARouter has it. */
static void remove_openrouter(struct call *call)
{
    remove_key(call);
    if (!call->decision.fault)
        response_json(call->response, 200, json_pack("{s:b}", "deleted", 1));
}

/* What an account was given, in US dollars (assumed); all of its keys' spending is its own. */
enum { CREDITS_USD = 100 };

static void show_credits(struct call *call)
{
    const char *owner = call->decision.key->owner;
    const struct key *key;
    int64_t spent_nano = 0;

    for (uint64_t n = 0; (key = keyring_at(call->mock->keyring, call->gateway, n)); n++)
        if (strcmp(key->owner, owner) == 0)
            spent_nano += meter_spend(key->meter, call->now_ms).total_nano;
    response_json(call->response, 200,
                  json_pack("{s:{s:i, s:o}}", "data", "total_credits", CREDITS_USD, "total_usage",
                            money_json(spent_nano)));
}

#define OPENROUTER_FIELDS                                                                          \
    {"limit", JSON_NUMERIC | JSON_NOTHING, false, false, 0, 0, NULL},                              \
        {"limit_reset", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, "daily|weekly|monthly"},     \
    {                                                                                              \
        "include_byok_in_limit", JSON_FLAG, false, false, 0, 0, NULL                               \
    }

static const struct shape_field openrouter_create_fields[] = {
    {"name", JSON_TEXT, true, true, 1, 127, NULL},
    {"expires_at", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, NULL},
    {"creator_user_id", JSON_TEXT | JSON_NOTHING, false, false, 0, 0, NULL},
    {"workspace_id", JSON_TEXT, false, false, 0, 0, NULL},
    OPENROUTER_FIELDS,
    {0},
};

static const struct shape_field openrouter_update_fields[] = {
    {"name", JSON_TEXT, false, true, 1, 127, NULL},
    {"disabled", JSON_FLAG, false, false, 0, 0, NULL},
    OPENROUTER_FIELDS,
    {0},
};

const struct endpoint openrouter_keys_endpoints[] = {
    {
        .gateway = &gateway_openrouter,
        .method = "POST",
        .path = "/api/v1/keys",
        .family = FAMILY_KEYS,
        .need = NEED_MANAGEMENT,
        .fields = openrouter_create_fields,
        .reply = create,
        .changes_keys = true,
    },
    {
        .gateway = &gateway_openrouter,
        .method = "GET",
        .path = "/api/v1/keys",
        .family = FAMILY_KEYS,
        .need = NEED_MANAGEMENT,
        .reply = list,
    },
    {
        .gateway = &gateway_openrouter,
        .method = "GET",
        .path = "/api/v1/keys/{hash}",
        .family = FAMILY_KEYS,
        .need = NEED_MANAGEMENT,
        .reply = show_one,
    },
    {
        .gateway = &gateway_openrouter,
        .method = "PATCH",
        .path = "/api/v1/keys/{hash}",
        .family = FAMILY_KEYS,
        .need = NEED_MANAGEMENT,
        .fields = openrouter_update_fields,
        .reply = update,
        .changes_keys = true,
    },
    {
        .gateway = &gateway_openrouter,
        .method = "DELETE",
        .path = "/api/v1/keys/{hash}",
        .family = FAMILY_KEYS,
        .need = NEED_MANAGEMENT,
        .reply = remove_openrouter,
        .changes_keys = true,
    },
    {
        .gateway = &gateway_openrouter,
        .method = "GET",
        .path = "/api/v1/credits",
        .family = FAMILY_KEYS,
        .need = NEED_MANAGEMENT,
        .reply = show_credits,
    },
    {0},
};
