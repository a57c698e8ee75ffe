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
        .request = "create-key-openrouter",
        .success = 201,
        .writes = true,
    },
    {
        .name = "get-key",
        .method = "GET",
        .path = "/api/v1/keys/" NO_HASH,
        .family = FAMILY_KEYS,
        .carrier = CARRIER_BEARER,
        .key = "management",
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
    {
        .name = "credits",
        .method = "GET",
        .path = "/api/v1/credits",
        .family = FAMILY_KEYS,
        .carrier = CARRIER_BEARER,
        .key = "management",
        .success = 200,
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
    {"id-unknown", {404}, "openrouter-openapi", SPECIFIED},
    {"management-only", {403}, "openrouter-openapi", SPECIFIED},
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

/* OpenAI: its OpenAPI document names no refusals; the page of error codes and answers quoted in
 * public do. A missing scope is 401, a model that the project may not use 403. */

static const struct route openai_routes[] = {
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
        .name = "images",
        .method = "POST",
        .path = "/v1/images/generations",
        .family = FAMILY_OPENAI,
        .carrier = CARRIER_BEARER,
        .key = "valid",
        .request = "images",
        .success = 200,
        .model_optional = true,
    },
    {
        .name = "list-models",
        .method = "GET",
        .path = "/v1/models",
        .family = FAMILY_OPENAI,
        .carrier = CARRIER_BEARER,
        .key = "valid",
        .success = 200,
    },
    {
        .name = "get-model",
        .method = "GET",
        .path = "/v1/models/gpt-4o",
        .family = FAMILY_OPENAI,
        .carrier = CARRIER_BEARER,
        .key = "valid",
        .success = 200,
    },
    {0},
};

static const struct promise openai_promises[] = {
    /* about, statuses, source, evidence */
    {"missing", {401}, "openai-errors", DOCUMENTED},
    {"empty", {401}, "openai-errors", DOCUMENTED},
    {"scheme", {401}, "openai-threads", OBSERVED},
    {"misplaced", {401}, "openai-errors", DOCUMENTED},
    {"malformed", {401, 400}, "rfc6750#3.1", SPECIFIED},
    {"repeated", {401, 400}, "rfc6750#3.1", SPECIFIED},
    {"unknown", {401}, "openai-errors", DOCUMENTED},
    {"revoked", {401}, "openai-errors", DOCUMENTED},
    {"expired", {401}, "openai-errors", ASSUMED},
    {"disabled", {401}, "openai-errors", ASSUMED},
    {"scope-lacking", {401}, "openai-threads", OBSERVED},
    {"model-forbidden", {403}, "openai-threads", OBSERVED},
    {"rate-limited", {429}, "openai-errors", DOCUMENTED},
    {"quota-spent", {429}, "openai-errors", DOCUMENTED},
    {"day-cap", {429}, "openai-errors", ASSUMED},
    {"body-invalid", {400}, "openai-threads", OBSERVED},
    {"field-missing", {400}, "openai-threads", OBSERVED},
    {"field-wrong-type", {400}, "openai-openapi", ASSUMED},
    {"field-out-of-range", {400}, "openai-openapi", ASSUMED},
    {"field-unknown", {400}, "openai-threads", OBSERVED},
    {"model-unknown", {404}, "openai-threads", OBSERVED},
    {"path-unknown", {404}, "rfc9110#15.5.5", SPECIFIED},
    {"method-unknown", {405}, "rfc9110#15.5.6", SPECIFIED},
    {0},
};

static const struct contract openai = {
    .gateway = "openai",
    .key_prefix = "sk-proj-",
    .routes = openai_routes,
    .promises = openai_promises,
    .allowed_model = "gpt-4o-mini",
    .forbidden_model = "gpt-4o",
    .strict = true,
};

/* Gemini: who sends no key is denied (403), and a bad key is a bad argument (400); 401 is for what
 * stands in Authorization and is no OAuth token. */

static const struct route gemini_routes[] = {
    {
        .name = "generate-content",
        .method = "POST",
        .path = GEMINI ":generateContent",
        .family = FAMILY_GEMINI,
        .carrier = CARRIER_X_GOOG_API_KEY,
        .key = "valid",
        .request = "generate-content",
        .success = 200,
    },
    {
        .name = "stream-content",
        .method = "POST",
        .path = GEMINI ":streamGenerateContent",
        .family = FAMILY_GEMINI,
        .carrier = CARRIER_X_GOOG_API_KEY,
        .key = "valid",
        .request = "generate-content",
        .success = 200,
    },
    {
        .name = "count-content",
        .method = "POST",
        .path = GEMINI ":countTokens",
        .family = FAMILY_GEMINI,
        .carrier = CARRIER_X_GOOG_API_KEY,
        .key = "valid",
        .request = "generate-content",
        .success = 200,
    },
    {
        .name = "embed-content",
        .method = "POST",
        .path = "/v1beta/models/gemini-embedding-001:embedContent",
        .family = FAMILY_GEMINI,
        .carrier = CARRIER_X_GOOG_API_KEY,
        .key = "valid",
        .request = "embed-content",
        .success = 200,
    },
    {
        .name = "batch-embed",
        .method = "POST",
        .path = "/v1beta/models/gemini-embedding-001:batchEmbedContents",
        .family = FAMILY_GEMINI,
        .carrier = CARRIER_X_GOOG_API_KEY,
        .key = "valid",
        .request = "batch-embed",
        .success = 200,
    },
    {
        .name = "predict",
        .method = "POST",
        .path = "/v1beta/models/veo-3.1-fast-generate-001:predictLongRunning",
        .family = FAMILY_GEMINI,
        .carrier = CARRIER_X_GOOG_API_KEY,
        .key = "valid",
        .request = "predict",
        .success = 200,
    },
    {
        .name = "operation",
        .method = "GET",
        .path = "/v1beta/models/veo-3.1-fast-generate-001/operations/names-nothing",
        .family = FAMILY_GEMINI,
        .carrier = CARRIER_X_GOOG_API_KEY,
        .key = "valid",
    },
    {
        .name = "list-models",
        .method = "GET",
        .path = "/v1beta/models",
        .family = FAMILY_GEMINI,
        .carrier = CARRIER_X_GOOG_API_KEY,
        .key = "valid",
        .success = 200,
    },
    {
        .name = "get-model",
        .method = "GET",
        .path = GEMINI,
        .family = FAMILY_GEMINI,
        .carrier = CARRIER_X_GOOG_API_KEY,
        .key = "valid",
        .success = 200,
    },
    {0},
};

static const struct promise gemini_promises[] = {
    /* about, statuses, source, evidence */
    {"missing", {403}, "gemini-threads", OBSERVED},
    {"empty", {403}, "gemini-sdk", ASSUMED},
    {"misplaced", {403, 401}, "gemini-threads", OBSERVED},
    {"bearer", {401}, "gemini-threads", OBSERVED},
    {"malformed", {400}, "gemini-threads", ASSUMED},
    {"repeated", {400}, "gatemark", ASSUMED},
    {"unknown", {400}, "gemini-threads", OBSERVED},
    {"revoked", {400}, "gemini-threads", OBSERVED},
    {"expired", {400}, "gemini-threads", OBSERVED},
    {"disabled", {403}, "gemini-threads", OBSERVED},
    {"blocked", {403}, "gemini-threads", OBSERVED},
    {"rate-limited", {429}, "gemini-errors", DOCUMENTED},
    {"day-cap", {429}, "gemini-errors", ASSUMED},
    {"body-invalid", {400}, "gemini-errors", DOCUMENTED},
    {"field-wrong-type", {400}, "gemini-errors", DOCUMENTED},
    {"field-unknown", {400}, "gemini-threads", OBSERVED},
    {"model-unknown", {404}, "gemini-errors", DOCUMENTED},
    {"id-unknown", {404}, "gemini-errors", DOCUMENTED},
    {"path-unknown", {404}, "rfc9110#15.5.5", SPECIFIED},
    {"method-unknown", {405}, "rfc9110#15.5.6", ASSUMED},
    {0},
};

static const struct contract gemini = {
    .gateway = "gemini",
    .key_prefix = "AIza",
    .routes = gemini_routes,
    .promises = gemini_promises,
    .takes_query_key = true,
    .strict = true,
    .wait_in_body = true,
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

const char *carrier_header(enum carrier carrier)
{
    switch (carrier) {
    case CARRIER_BEARER:
        return "Authorization:";
    case CARRIER_X_API_KEY:
        return "x-api-key:";
    case CARRIER_X_GOOG_API_KEY:
        return "x-goog-api-key:";
    }
    return "";
}

const char *carrier_scheme(enum carrier carrier)
{
    return carrier == CARRIER_BEARER ? "Bearer " : "";
}

bool contract_takes_bearer(const struct contract *contract, const struct route *route)
{
    return route->carrier == CARRIER_BEARER || contract->takes_both_headers;
}

const struct contract *const contracts[] = {
    &clawdrouter, &invoratec, &claude, &arouter, &openrouter, &openai, &gemini, NULL,
};
