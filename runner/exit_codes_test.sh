#!/usr/bin/env bash
# What the program's exit status says, and that what goes wrong is told in a sentence.
set -u
gatemark=$1
. scripts/mock.sh
folder=$(mktemp -d)
failures=0

# expect CODE ARGUMENT...: the status, and for 2 and above a word on stderr but no crash.
expect()
{
  local code=$1 came=0
  shift
  "$gatemark" "$@" >"$folder/out" 2>"$folder/err" </dev/null || came=$?
  if [ "$came" -ne "$code" ] || { [ "$code" -ge 2 ] && ! grep -q '^gatemark: .' "$folder/err"; } ||
    grep -qE 'Sanitizer|runtime error' "$folder/err"; then
    printf 'FAILED: gatemark %s: expected %s, came %s\n' "$*" "$code" "$came"
    cat "$folder/err"
    failures=$((failures + 1))
  fi
}

start_mock "$gatemark" || exit 1
port=${mock_url##*:}
deviation=$("$gatemark" list deviations --json |
  jq -r 'map(select(.breaks == "auth.revoked-key-refused"))[0].name')

expect 0 --version
expect 0 --help
expect 0 help check
expect 0 check --help
expect 0 list gateways
expect 0 list requirements --json
expect 0 check --gateway openrouter --only auth
expect 0 check --target "$mock_url/openrouter" --gateway openrouter --only auth
expect 1 check --target "$mock_url/with/$deviation/openrouter" --gateway openrouter --only auth

expect 2 frobnicate
expect 2 --frobnicate
expect 2 check --frobnicate
expect 2 check --report
expect 2 check --report sonnet
expect 2 check --report "json=$folder/no/such/folder/report.json"
expect 2 check --gateway nowhere
expect 2 check --only no.such-requirement
expect 2 check --target "$mock_url/openrouter"
expect 2 check --target not-a-url --gateway openrouter
expect 2 check --evidence hearsay
expect 2 check --profile "$folder/absent.json"
printf '{\n  "base_url": 7,\n' >"$folder/broken.json"
expect 2 check --profile "$folder/broken.json"
expect 2 check --profile "$folder"
expect 2 list
expect 2 list nothing
expect 2 mock --listen nowhere
expect 2 mock --listen "127.0.0.1:$((1 << 17))"
expect 2 mock --listen "127.0.0.1:$port"
expect 2 mock --listen 0.0.0.0:0
expect 2 mock --gateway nowhere
expect 2 mock --clock sundial
expect 2 mock --set colour=blue
expect 2 mock --threads none

# The port is free again once the mock has ended, so nobody answers there.
kill "$mock_pid"
wait "$mock_pid"
expect 3 check --target "http://127.0.0.1:$port/openrouter" --gateway openrouter

"$gatemark" list requirements >/dev/full 2>"$folder/err"
[ $? -eq 4 ] || { echo 'FAILED: a full disk is no success'; failures=$((failures + 1)); }

rm -rf "$folder"
[ "$failures" -eq 0 ]
