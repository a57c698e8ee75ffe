#!/usr/bin/env bash
# A gateway by another hand: right, it passes; with a fault, the row about that fault says so, and the
# rows that fail differ from fault to fault.
set -eu
gatemark=$1
folder=$(mktemp -d)
gateway_pid=
trap 'kill $gateway_pid 2>/dev/null || :; rm -rf "$folder"' EXIT

key()
{
  printf 'sk-or-v1-'
  printf "$1%.0s" {1..64}
}

export GATEMARK_KEY_VALID GATEMARK_KEY_REVOKED GATEMARK_KEY_MANAGEMENT GATEMARK_KEY_EXPIRED
export GATEMARK_KEY_SPENT GATEMARK_KEY_LIMITED GATEMARK_KEY_UNKNOWN
GATEMARK_KEY_VALID=$(key a)
GATEMARK_KEY_REVOKED=$(key b)
GATEMARK_KEY_MANAGEMENT=$(key c)
GATEMARK_KEY_EXPIRED=$(key d)
GATEMARK_KEY_SPENT=$(key e)
GATEMARK_KEY_LIMITED=$(key f)
GATEMARK_KEY_UNKNOWN=$(key 1)

# judge EXIT FAULT...: checks a gateway with these faults; the rows that failed go to a file.
judge()
{
  local expected=$1 port status=0
  shift
  exec {says}< <(exec python3 fixtures/foreign/gateway.py "$@")
  gateway_pid=$!
  read -r -t 30 -u "$says" port
  # The suite `connection` waits for what this gateway's HTTP server never says.
  "$gatemark" check --target "http://127.0.0.1:$port" --gateway openrouter --only auth \
    --only answers --only challenge --only envelope --only limits --only openrouter \
    --report "json=$folder/report.json" >"$folder/said" || status=$?
  kill "$gateway_pid"
  exec {says}<&-
  jq -r '.gateways[].checks[] | select(.outcome == "FAILED") | .id' "$folder/report.json" \
    >"$folder/${1:-none}"
  if [ "$status" -ne "$expected" ]; then
    echo "with ${1:-no fault}: expected exit $expected, got $status" >&2
    cat "$folder/${1:-none}" >&2
    return 1
  fi
}

# tells FAULT ROW: that row failed with the fault, and does not without.
tells()
{
  if ! grep -qx "$2" "$folder/$1" || grep -qx "$2" "$folder/none"; then
    echo "$1: $2 should tell it from a right gateway" >&2
    return 1
  fi
}

judge 0
judge 1 dup
judge 1 expired
judge 1 prefix
judge 0 no-retry-after # a SHOULD
judge 1 sum
tells dup auth.good-then-bad-header-refused
tells expired auth.expired-key-refused
tells prefix auth.truncated-key-refused
tells no-retry-after limits.refusal-names-wait
tells sum answers.chat-usage-adds-up
[ "$(cat "$folder"/{dup,expired,prefix,no-retry-after,sum} | sort | uniq -c | grep -c '^ *1 ')" -ge 5 ]
