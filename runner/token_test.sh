#!/usr/bin/env bash
# gatemark token and the exchange of what it mints, as a person would try them.
set -u
gatemark=$1
. scripts/mock.sh
folder=$(mktemp -d)
failures=0

fail()
{
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# exchange STATUS JQ-CONDITION TOKEN-ARGUMENT...: what the exchange must answer.
exchange()
{
  local status=$1 condition=$2 came
  shift 2
  "$gatemark" token --json --clock "$mock_url" "$@" >"$folder/asked" || { fail "token $*"; return; }
  came=$(curl -sS -o "$folder/body" -D "$folder/headers" -w '%{http_code}' -d @"$folder/asked" \
    -H 'Content-Type: application/json' "$mock_url/claude/v1/oauth/token")
  if [ "$came" != "$status" ] || ! jq -e "$condition" "$folder/body" >/dev/null; then
    fail "token $*: expected $status and $condition, came $came: $(cat "$folder/body")"
  fi
}

# The journal's reason for the last exchange begins with $1.
reason()
{
  local id
  id=$(sed -n 's/^X-Gatemark-Id: *\([^\r]*\)\r*$/\1/p' "$folder/headers")
  curl -sS "$mock_url/_gatemark/journal?id=$id" |
    jq -e --arg word "$1: " '.entries[0].reason | startswith($word)' >/dev/null ||
    fail "the journal does not say $1"
}

denied='.error.type == "authentication_error" and .error.message == "Authentication failed"'

start_mock "$gatemark" --clock virtual || exit 1
for algorithm in RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512; do
  exchange 200 '.expires_in == 1200 and .token_type == "Bearer"' --alg "$algorithm"
done
for rule in exact claims tunnels admin other; do
  exchange 200 '.access_token | startswith("sk-ant-oat01-")' --rule "$rule"
done
exchange 200 '.scope == "workspace:developer"' --rule wide
exchange 401 "$denied" --rule archived
reason rule_archived
exchange 401 "$denied" --rule outsider
reason workspace_not_member
exchange 401 "$denied" --subject repo:elsewhere
reason match_subject_prefix
exchange 401 "$denied" --issuer https://issuer.gatemark.test/
reason iss_mismatch
exchange 401 "$denied" --audience elsewhere
reason audience_mismatch
exchange 401 "$denied" --rule claims --claim environment=staging
reason match_claims
exchange 200 '.expires_in == 60' --expires-in -29
exchange 401 "$denied" --expires-in -31
reason exp_past
exchange 401 "$denied" --not-before 31
reason nbf_future
exchange 401 "$denied" --alg none
reason alg_unsupported
exchange 401 "$denied" --kid elsewhere
reason kid_unknown
exchange 401 "$denied" --now 4102444800
reason iat_future
exchange 200 . --jti once
exchange 401 "$denied" --jti once
reason jti_reused
kill "$mock_pid"

# The older era's words.
start_mock "$gatemark" --clock virtual --set claude.exchange-errors=2026-05 || exit 1
exchange 400 '.error.type == "invalid_grant"' --audience elsewhere
"$gatemark" token --json --clock "$mock_url" --rule wide | jq 'del(.workspace_id)' >"$folder/asked"
curl -sS -d @"$folder/asked" "$mock_url/claude/v1/oauth/token" |
  jq -e '.error.type == "invalid_request"' >/dev/null || fail 'workspace_id_required in the older era'
curl -sS -d '{}' "$mock_url/claude/v1/oauth/token" |
  jq -e '.error.type == "invalid_request"' >/dev/null || fail 'a missing field in the older era'
kill "$mock_pid"

# The two lines of the help, but for the port.
start_mock "$gatemark" || exit 1
"$gatemark" help token | grep -E '^  (TOKEN=|curl )' |
  sed "s|http://127[.]0[.]0[.]1:[0-9]*|$mock_url|; s|gatemark token|'$gatemark' token|" >"$folder/lines"
[ "$(wc -l <"$folder/lines")" -eq 2 ] || fail 'the help has no two lines to try'
bash "$folder/lines" 2>/dev/null | jq -e '.data | length > 0' >/dev/null ||
  fail "what gatemark token --help shows does not work"

# Usage.
usage()
{
  "$gatemark" token "$@" >/dev/null 2>"$folder/said"
  [ $? -eq 2 ] || fail "token $*: expected exit status 2"
  grep -qe "$said" "$folder/said" || fail "token $*: $(cat "$folder/said")"
}
said='no test rule' usage --rule none
said='whole seconds' usage --expires-in soon
said='NAME=TEXT' usage --claim environment
said='--alg expects' usage --alg HS256
said='did you mean --subject' usage --subjet a
said='no answer from' usage --clock http://127.0.0.1:0

rm -rf "$folder"
[ "$failures" -eq 0 ]
