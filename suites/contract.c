#include "suites/contract.h"

#include <string.h>

#define VERSION "2023-06-01"
#define GEMINI "/v1beta/models/gemini-2.5-flash"
#define NO_OBJECT_ID "ffffffffffffffffffffffff"
#define NO_HASH "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"

/* ClawdRouter: its one page lists routes, headers and 401, 403, 429; it says nothing of bodies. */

static const struct route clawdrouter_routes[] = {
    {
        .name = "chat",
        .method = "POST",
        .path = "/v1/chat/completions",
        .family = FAMILY_OPENAI,
        .carrier = CARRIER_BEARER,
        .key = "valid",
        .request = "chat",
        .success = 200,
    },
    {
        .name = "responses",
        .method = "POST",
        .path = "/v1/responses",
        .family = FAMILY_OPENAI,
        .carrier = CARRIER_BEARER,
        .key = "valid",
        .request = "responses",
        .success = 200,
    },
    {
        .name = "images",
        .method = "POST",
        .path = "/v1/images/generations",
        .family = FAMILY_OPENAI,
        .carrier = CARRIER_BEARER,
        .key = "valid",
        .request = "images",
        .success = 200,
    },
    {
        .name = "video",
        .method = "POST",
        .path = "/v1/video/generations",
        .family = FAMILY_OPENAI,
        .carrier = CARRIER_BEARER,
        .key = "valid",
        .request = "video",
        .success = 200,
    },
    {
        .name = "task",
        .method = "GET",
        .path = "/v1/video/generations/task_names_nothing",
        .family = FAMILY_OPENAI,
        .carrier = CARRIER_BEARER,
        .key = "valid",
    },
    {
        .name = "generate-content",
        .method = "POST",
        .path = GEMINI ":generateContent",
        .family = FAMILY_GEMINI,
        .carrier = CARRIER_BEARER,
        .key = "valid",
        .request = "generate-content",
        .success = 200,
    },
    {
        .name = "stream-content",
        .method = "POST",
        .path = GEMINI ":streamGenerateContent",
        .family = FAMILY_GEMINI,
        .carrier = CARRIER_BEARER,
        .key = "valid",
        .request = "generate-content",
        .success = 200,
    },
    {
        .name = "count-content",
        .method = "POST",
        .path = GEMINI ":countTokens",
        .family = FAMILY_GEMINI,
        .carrier = CARRIER_BEARER,
        .key = "valid",
        .request = "generate-content",
        .success = 200,
    },
    {
        .name = "messages",
        .method = "POST",
        .path = "/v1/messages",
        .family = FAMILY_ANTHROPIC,
        .carrier = CARRIER_X_API_KEY,
        .key = "valid",
        .request = "messages",
        .version = VERSION,
        .success = 200,
        .also_bearer = true,
    },
    {0},
};

static const struct promise clawdrouter_promises[] = {
    /* about, statuses, source, evidence */
    {"missing", {401}, "clawdrouter-auth", DOCUMENTED},
    {"empty", {401}, "clawdrouter-auth", DOCUMENTED},
    {"scheme", {401}, "clawdrouter-auth", DOCUMENTED},
    {"misplaced", {401}, "clawdrouter-auth", DOCUMENTED},
    {"malformed", {401, 400}, "rfc6750#3.1", SPECIFIED},
    {"repeated", {401, 400}, "rfc6750#3.1", SPECIFIED},
    {"unknown", {401}, "clawdrouter-auth", DOCUMENTED},
    {"revoked", {401}, "clawdrouter-auth", DOCUMENTED},
    {"expired", {401}, "rfc6750#3.1", ASSUMED},
    {"disabled", {401, 403}, "gatemark", ASSUMED},
    {"model-forbidden", {403}, "clawdrouter-auth", DOCUMENTED},
    {"rate-limited", {429}, "clawdrouter-auth", DOCUMENTED},
    {"day-cap", {429}, "gatemark", ASSUMED},
    {"version-missing", {400}, "gatemark", ASSUMED},
    {"version-unknown", {400}, "gatemark", ASSUMED},
    {"body-invalid", {400, 422}, "gatemark", ASSUMED},
    {"field-missing", {400, 422}, "gatemark", ASSUMED},
    {"field-wrong-type", {400, 422}, "gatemark", ASSUMED},
    {"field-unknown", {400, 422}, "gatemark", ASSUMED},
    {"model-unknown", {404, 400}, "openai-errors", ASSUMED},
    {"id-unknown", {404, 400}, "gatemark", ASSUMED},
    {"path-unknown", {404}, "rfc9110#15.5.5", SPECIFIED},
    {"method-unknown", {405}, "rfc9110#15.5.6", SPECIFIED},
    {0},
};

static const struct contract clawdrouter = {
    .gateway = "clawdrouter",
    .key_prefix = "sk-",
    .routes = clawdrouter_routes,
    .promises = clawdrouter_promises,
    .allowed_model = "gpt-4o-mini",
    .forbidden_model = "gpt-4o",
};

/* Invoratec: four routes that manage keys; refusals are documented as bare statuses. */

static const struct route invoratec_routes[] = {
    {
        .name = "list-keys",
        .method = "GET",
        .path = "/v1/auth/api-keys",
        .family = FAMILY_KEYS,
        .carrier = CARRIER_X_API_KEY,
        .key = "valid",
        .success = 200,
    },
    {
        .name = "usage",
        .method = "GET",
        .path = "/v1/auth/usage",
        .family = FAMILY_KEYS,
        .carrier = CARRIER_X_API_KEY,
        .key = "valid",
        .success = 200,
    },
    {
        .name = "create-key",
        .method = "POST",
        .path = "/v1/auth/api-keys",
        .family = FAMILY_KEYS,
        .carrier = CARRIER_X_API_KEY,
        .key = "valid",
        .request = "create-key-invoratec",
        .success = 201,
        .writes = true,
    },
    {
        .name = "delete-key",
        .method = "DELETE",
        .path = "/v1/auth/api-keys/" NO_OBJECT_ID,
        .family = FAMILY_KEYS,
        .carrier = CARRIER_X_API_KEY,
        .key = "valid",
        .writes = true,
    },
    {0},
};

static const struct promise invoratec_promises[] = {
    /* about, statuses, source, evidence */
    {"missing", {401}, "invoratec-auth", DOCUMENTED},
    {"empty", {401}, "invoratec-auth", DOCUMENTED},
    {"scheme", {401}, "invoratec-guide", DOCUMENTED},
    {"misplaced", {401}, "invoratec-auth", DOCUMENTED},
    {"malformed", {401, 400}, "rfc6750#3.1", SPECIFIED},
    {"repeated", {401, 400}, "rfc6750#3.1", SPECIFIED},
    {"unknown", {401}, "invoratec-auth", DOCUMENTED},
    {"revoked", {401}, "invoratec-auth", DOCUMENTED},
    {"permission-lacking", {403}, "invoratec-guide", ASSUMED},
    {"rate-limited", {429}, "invoratec-auth", ASSUMED},
    {"day-cap", {429}, "invoratec-auth", ASSUMED},
    {"body-invalid", {400, 422}, "gatemark", ASSUMED},
    {"field-wrong-type", {400, 422}, "gatemark", ASSUMED},
    {"id-unknown", {404, 400}, "gatemark", ASSUMED},
    {"path-unknown", {404}, "rfc9110#15.5.5", SPECIFIED},
    {"method-unknown", {405}, "rfc9110#15.5.6", SPECIFIED},
    {0},
};

static const struct contract invoratec = {
    .gateway = "invoratec",
    .key_prefix = "claw_",
    .routes = invoratec_routes,
    .promises = invoratec_promises,
    .takes_both_headers = true,
};

/* Claude: statuses and limits from its errors page, the version header's from threads. */

static const struct route claude_routes[] = {
    {
        .name = "messages",
        .method = "POST",
        .path = "/v1/messages",
        .family = FAMILY_ANTHROPIC,
        .carrier = CARRIER_X_API_KEY,
        .key = "valid",
        .request = "messages",
        .version = VERSION,
        .success = 200,
    },
    {
        .name = "count-tokens",
        .method = "POST",
        .path = "/v1/messages/count_tokens",
        .family = FAMILY_ANTHROPIC,
        .carrier = CARRIER_X_API_KEY,
        .key = "valid",
        .request = "count-tokens",
        .version = VERSION,
        .success = 200,
    },
    {
        .name = "list-models",
        .method = "GET",
        .path = "/v1/models",
        .family = FAMILY_ANTHROPIC,
        .carrier = CARRIER_X_API_KEY,
        .key = "valid",
        .version = VERSION,
        .success = 200,
    },
    {
        .name = "get-model",
        .method = "GET",
        .path = "/v1/models/claude-sonnet-4-6",
        .family = FAMILY_ANTHROPIC,
        .carrier = CARRIER_X_API_KEY,
        .key = "valid",
        .version = VERSION,
        .success = 200,
    },
    {0},
};

static const struct promise claude_promises[] = {
    /* about, statuses, source, evidence */
    {"missing", {401}, "claude-errors", DOCUMENTED},
    {"empty", {401}, "claude-errors", DOCUMENTED},
    {"scheme", {401}, "claude-errors", DOCUMENTED},
    {"misplaced", {401}, "claude-errors", DOCUMENTED},
    {"malformed", {401, 400}, "rfc6750#3.1", SPECIFIED},
    {"repeated", {401, 400}, "rfc6750#3.1", SPECIFIED},
    {"unknown", {401}, "claude-errors", DOCUMENTED},
    {"revoked", {401}, "claude-errors", DOCUMENTED},
    {"expired", {401}, "claude-auth", DOCUMENTED},
    {"disabled", {401}, "claude-errors", ASSUMED},
    {"wrong-kind", {401, 403}, "claude-auth", ASSUMED},
    {"rate-limited", {429}, "claude-rate-limits", DOCUMENTED},
    {"day-cap", {429}, "claude-rate-limits", ASSUMED},
    {"version-missing", {400}, "claude-overview", DOCUMENTED},
    {"version-unknown", {400}, "claude-threads", OBSERVED},
    {"body-invalid", {400}, "claude-errors", DOCUMENTED},
    {"field-missing", {400}, "claude-errors", DOCUMENTED},
    {"field-wrong-type", {400}, "claude-errors", DOCUMENTED},
    {"field-unknown", {400}, "claude-threads", OBSERVED},
    {"model-unknown", {404}, "claude-errors", DOCUMENTED},
    {"id-unknown", {404}, "claude-errors", DOCUMENTED},
    {"path-unknown", {404}, "claude-errors", DOCUMENTED},
    {"method-unknown", {405}, "rfc9110#15.5.6", SPECIFIED},
    {"body-too-large", {413}, "claude-errors", DOCUMENTED},
    {0},
};

static const struct contract claude = {
    .gateway = "claude",
    .key_prefix = "sk-ant-api03-",
    .routes = claude_routes,
    .promises = claude_promises,
    .takes_both_headers = true,
    .body_limit_bytes = 32L << 20,
};

/* ARouter: a table of errors, but none for the two kinds of key doing each other's work. */

static const struct route arouter_routes[] = {
    {
        .name = "chat",
        .method = "POST",
        .path = "/v1/chat/completions",
        .family = FAMILY_OPENAI,
        .carrier = CARRIER_BEARER,
        .key = "valid",
        .request = "chat-arouter",
        .success = 200,
    },
    {
        .name = "embeddings",
        .method = "POST",
        .path = "/v1/embeddings",
        .family = FAMILY_OPENAI,
        .carrier = CARRIER_BEARER,
        .key = "valid",
        .request = "embeddings",
        .success = 200,
    },
    {
        .name = "list-keys",
        .method = "GET",
        .path = "/api/v1/keys",
        .family = FAMILY_KEYS,
        .carrier = CARRIER_BEARER,
        .key = "management",
        .success = 200,
    },
    {
        .name = "create-key",
        .method = "POST",
        .path = "/api/v1/keys",
        .family = FAMILY_KEYS,
        .carrier = CARRIER_BEARER,
        .key = "management",
        .request = "create-key-arouter",
        .success = 201,
        .writes = true,
    },
    {
        .name = "update-key",
        .method = "PATCH",
        .path = "/api/v1/keys/" NO_HASH,
        .family = FAMILY_KEYS,
        .carrier = CARRIER_BEARER,
        .key = "management",
        .writes = true,
    },
    {
        .name = "delete-key",
        .method = "DELETE",
        .path = "/api/v1/keys/" NO_HASH,
        .family = FAMILY_KEYS,
        .carrier = CARRIER_BEARER,
        .key = "management",
        .writes = true,
    },
    {0},
};

static const struct promise arouter_promises[] = {
    /* about, statuses, source, evidence */
    {"missing", {401}, "arouter-errors", DOCUMENTED},
    {"empty", {401}, "arouter-errors", DOCUMENTED},
    {"scheme", {401}, "arouter-errors", DOCUMENTED},
    {"misplaced", {401}, "arouter-errors", DOCUMENTED},
    {"malformed", {401, 400}, "arouter-errors", DOCUMENTED},
    {"repeated", {401, 400}, "rfc6750#3.1", SPECIFIED},
    {"unknown", {401}, "arouter-errors", DOCUMENTED},
    {"revoked", {401}, "arouter-keys", DOCUMENTED},
    {"expired", {401}, "arouter-errors", DOCUMENTED},
    {"disabled", {401, 403}, "arouter-keys", ASSUMED},
    {"wrong-kind", {403, 401}, "arouter-keys", DOCUMENTED},
    {"model-forbidden", {403}, "arouter-errors", ASSUMED},
    {"provider-forbidden", {403}, "arouter-errors", DOCUMENTED},
    {"rate-limited", {429}, "arouter-errors", DOCUMENTED},
    {"day-cap", {429}, "arouter-errors", DOCUMENTED},
    {"budget-spent", {402}, "arouter-errors", DOCUMENTED},
    {"body-invalid", {400}, "arouter-errors", DOCUMENTED},
    {"field-missing", {400}, "arouter-errors", DOCUMENTED},
    {"field-wrong-type", {400}, "arouter-errors", ASSUMED},
    {"model-unknown", {503, 404, 400}, "arouter-errors", ASSUMED},
    {"id-unknown", {404}, "arouter-sdk", ASSUMED},
    {"path-unknown", {404}, "rfc9110#15.5.5", SPECIFIED},
    {"method-unknown", {405}, "rfc9110#15.5.6", SPECIFIED},
    {"body-too-large", {413}, "arouter-errors", DOCUMENTED},
    {0},
};

static const struct contract arouter = {
    .gateway = "arouter",
    .key_prefix = "lr_live_",
    .routes = arouter_routes,
    .promises = arouter_promises,
    .allowed_model = "gpt-5.4",
    .forbidden_model = "gpt-4o",
    .forbidden_provider_model = "claude-sonnet-4.6",
    .takes_both_headers = true,
    .takes_query_key = true,
    .body_limit_bytes = 10L << 20,
};

/* OpenRouter: its OpenAPI names no 401 for the list of models. A spent key is 402 by the page on
 * limits and 403 on the wire. */

static const struct route openrouter_routes[] = {
    {
        .name = "chat",
        .method = "POST",
        .path = "/api/v1/chat/completions",
        .family = FAMILY_OPENAI,
        .carrier = CARRIER_BEARER,
        .key = "valid",
        .request = "chat-openrouter",
        .success = 200,
    },
    {
        .name = "key",
        .method = "GET",
        .path = "/api/v1/key",
        .family = FAMILY_KEYS,
        .carrier = CARRIER_BEARER,
        .key = "valid",
        .success = 200,
    },
    {
        .name = "models",
        .method = "GET",
        .path = "/api/v1/models",
        .family = FAMILY_KEYS,
        .carrier = CARRIER_BEARER,
        .key = "valid",
        .success = 200,
        .open = true,
    },
    {0},
};

static const struct promise openrouter_promises[] = {
    /* about, statuses, source, evidence */
    {"missing", {401}, "openrouter-401", DOCUMENTED},
    {"empty", {401}, "openrouter-threads", OBSERVED},
    {"scheme", {401}, "openrouter-401", DOCUMENTED},
    {"misplaced", {401}, "openrouter-401", DOCUMENTED},
    {"malformed", {401, 400}, "openrouter-401", DOCUMENTED},
    {"repeated", {401, 400}, "rfc6750#3.1", SPECIFIED},
    {"unknown", {401}, "openrouter-401", DOCUMENTED},
    {"revoked", {401}, "openrouter-401", DOCUMENTED},
    {"expired", {401}, "openrouter-401", DOCUMENTED},
    {"disabled", {401}, "openrouter-errors", DOCUMENTED},
    {"wrong-kind", {401, 403}, "openrouter-threads", OBSERVED},
    {"rate-limited", {429}, "openrouter-limits", DOCUMENTED},
    {"day-cap", {429}, "openrouter-limits", ASSUMED},
    {"budget-spent", {402, 403}, "openrouter-limits", DOCUMENTED},
    {"body-invalid", {400, 422}, "openrouter-errors", DOCUMENTED},
    {"field-missing", {400, 422}, "openrouter-errors", DOCUMENTED},
    {"field-wrong-type", {400, 422}, "openrouter-errors", DOCUMENTED},
    {"model-unknown", {400}, "openrouter-errors", DOCUMENTED},
    {"path-unknown", {404}, "openrouter-openapi", SPECIFIED},
    {"method-unknown", {405}, "rfc9110#15.5.6", SPECIFIED},
    {0},
};

static const struct contract openrouter = {
    .gateway = "openrouter",
    .key_prefix = "sk-or-v1-",
    .routes = openrouter_routes,
    .promises = openrouter_promises,
};

const struct contract *contract_find(const char *gateway)
{
    for (const struct contract *const *contract = contracts; *contract; contract++)
        if (strcmp((*contract)->gateway, gateway) == 0)
            return *contract;
    return NULL;
}

const struct route *contract_route(const struct contract *contract, const char *name)
{
    for (const struct route *route = contract->routes; route->name; route++)
        if (strcmp(route->name, name) == 0)
            return route;
    return NULL;
}

bool contract_takes_bearer(const struct contract *contract, const struct route *route)
{
    return route->carrier == CARRIER_BEARER || contract->takes_both_headers;
}

const struct contract *const contracts[] = {
    &clawdrouter, &invoratec, &claude, &arouter, &openrouter, NULL,
};
