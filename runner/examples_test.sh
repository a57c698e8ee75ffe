#!/usr/bin/env bash
# The curl examples of the gateways' documents, with only host and key replaced.
set -u
gatemark=$1
. scripts/mock.sh
folder=$(mktemp -d)
failures=0

key()
{
  "$gatemark" list credentials --gateway "$1" --json | jq -r --arg name "$2" \
    '.[] | select(.name == $name).secret'
}

# example NAME STATUS JQ-CONDITION CURL-ARGUMENT...: what one example must answer, into $folder/body.
example()
{
  local name=$1 status=$2 condition=$3 came
  shift 3
  came=$(curl -sS -o "$folder/body" -w '%{http_code}' "$@")
  if [ "$came" != "$status" ] || ! jq -e "$condition" "$folder/body" >/dev/null; then
    printf 'FAILED: %s: expected %s and %s, came %s\n' "$name" "$status" "$condition" "$came"
    cat "$folder/body"
    failures=$((failures + 1))
  fi
}

start_mock "$gatemark" || exit 1

api=$mock_url/clawdrouter
YOUR_API_KEY=$(key clawdrouter valid)
example 'clawdrouter chat' 200 '.choices[0].message.content | length > 0' \
  "$api/v1/chat/completions" \
  -H "Content-Type: application/json" \
  -H "Authorization: Bearer $YOUR_API_KEY" \
  -d '{"model": "gpt-4o", "messages": [{"role": "user", "content": "你好"}]}'
example 'clawdrouter video' 200 '.task_id | length > 0' \
  "$api/v1/video/generations" \
  -H "Content-Type: application/json" \
  -H "Authorization: Bearer $YOUR_API_KEY" \
  -d '{
"model": "veo-3.1-fast-generate-001",
"prompt": "Waves roll onto an empty beach at dawn, seen from a fixed camera.",
"duration": 4,
"metadata": {
"durationSeconds": 4,
"aspectRatio": "16:9",
"resolution": "720p",
"negativePrompt": "blurry",
"personGeneration": "allow_adult",
"generateAudio": true
}
}'
example 'clawdrouter messages' 200 '.content[0].text | length > 0' \
  "$api/v1/messages" \
  -H "Content-Type: application/json" \
  -H "x-api-key: $YOUR_API_KEY" \
  -H "anthropic-version: 2023-06-01" \
  -d '{"model": "claude-sonnet-4-6", "max_tokens": 1024, "messages": [{"role": "user", "content": "你好"}]}'
example 'clawdrouter request id' 200 '.choices | length == 1' \
  -D "$folder/headers" \
  "$api/v1/chat/completions" \
  -H "Authorization: Bearer $YOUR_API_KEY" \
  -H "Content-Type: application/json" \
  -H "Request-Id: your-unique-request-id-123" \
  -d '{"model": "gpt-4o", "messages": [{"role": "user", "content": "你好"}]}'
grep -qi '^request-id: your-unique-request-id-123' "$folder/headers" ||
  { echo 'FAILED: the Request-Id is not echoed'; failures=$((failures + 1)); }

api=$mock_url/invoratec
claw=$(key invoratec valid)
example 'invoratec create' 201 '(.key | startswith("claw_")) and (.secret | startswith("clsk_"))' \
  -X POST "$api/v1/auth/api-keys" \
  -H "X-API-Key: $claw" \
  -H "Content-Type: application/json" \
  -d '{
"name": "Production Key",
"permissions": ["read", "write"]
}'
id=$(jq -r .id "$folder/body")
example 'invoratec list' 200 '[.keys[]._id] | index("'"$id"'") != null' \
  "$api/v1/auth/api-keys" \
  -H "X-API-Key: $claw"
example 'invoratec delete' 200 '.success == true' \
  -X DELETE "$api/v1/auth/api-keys/$id" \
  -H "X-API-Key: $claw"
example 'invoratec usage' 200 '.usage.today >= 3 and .limits.perMinute > 0' \
  "$api/v1/auth/usage" \
  -H "X-API-Key: $claw"

ANTHROPIC_API_KEY=$(key claude valid)
example 'claude messages' 200 '.content[0].text | length > 0' \
  "$mock_url/claude/v1/messages" \
  -H "x-api-key: $ANTHROPIC_API_KEY" \
  -H "anthropic-version: 2023-06-01" \
  -H "content-type: application/json" \
  -d '{
"model": "claude-opus-4-7",
"max_tokens": 1024,
"messages": [{"role": "user", "content": "Hello, Claude"}]
}'

api=$mock_url/arouter
lr_mgmt_xxxx=$(key arouter management)
example 'arouter create' 201 '.data.limit == 150 and (.key | startswith("lr_live_"))' \
  -X POST "$api/api/v1/keys" \
  -H "Authorization: Bearer $lr_mgmt_xxxx" \
  -H "Content-Type: application/json" \
  -d '{
"name": "production-backend",
"allowed_providers": ["openai", "anthropic"],
"allowed_models": ["gpt-5.4", "claude-sonnet-4.6"],
"limit": 150,
"limit_reset": "monthly",
"expires_at": "2095-12-31T23:59:59Z"
}'
KEY_HASH=$(jq -r .data.hash "$folder/body")
example 'arouter list' 200 '.data | length > 0 and length <= 20' \
  "$api/api/v1/keys?page_size=20" \
  -H "Authorization: Bearer $lr_mgmt_xxxx"
example 'arouter update' 200 '.data.disabled == true' \
  -X PATCH "$api/api/v1/keys/$KEY_HASH" \
  -H "Authorization: Bearer $lr_mgmt_xxxx" \
  -H "Content-Type: application/json" \
  -d '{"disabled": true}'
example 'arouter delete' 200 '.data.deleted == true' \
  -X DELETE "$api/api/v1/keys/$KEY_HASH" \
  -H "Authorization: Bearer $lr_mgmt_xxxx"

OPENROUTER_API_KEY=$(key openrouter valid)
example 'openrouter chat' 200 '.choices[0].message.content | length > 0' \
  -X POST "$mock_url/openrouter/api/v1/chat/completions" \
  -H "Authorization: Bearer $OPENROUTER_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{"model":"gpt-3.5-turbo","messages":[{"role":"user","content":"Hello"}]}'

rm -rf "$folder"
[ "$failures" -eq 0 ]
