#!/usr/bin/env bash
# Runs the official Node clients against the mock of the program given as argument (default: the
# release build's). Exit codes: 0 all as it should be, 1 not, 77 could not be run.
set -eu
unset CDPATH
cd "$(dirname "$0")/.."
gatemark=${1:-build/release/gatemark}

not_run()
{
  printf 'not run: %s\n' "$1"
  exit 77
}

[ -x "$gatemark" ] || not_run "there is no program at $gatemark; scripts/try.sh builds one"
command -v node >/dev/null || not_run 'node is not installed (Debian package nodejs)'
command -v npm >/dev/null || not_run 'npm is not installed (Debian package npm)'

# The packages that the lock file names, kept until it changes.
folder=build/clients
mkdir -p "$folder"
if ! cmp -s fixtures/clients/node/package-lock.json "$folder/installed.json"; then
  cp fixtures/clients/node/package*.json "$folder/"
  npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error \
    --fetch-retries=1 --fetch-retry-mintimeout=1000 >"$folder/npm.log" 2>&1 </dev/null ||
    not_run "npm could not fetch the clients: $(grep -m 1 -i 'npm err' "$folder/npm.log"), see $folder/npm.log"
  cp fixtures/clients/node/package-lock.json "$folder/installed.json"
fi
cp fixtures/clients/node/smoke.mjs "$folder/"

# The mock says where it listens in its first line, and ends when this script does.
. scripts/mock.sh
start_mock "$gatemark"
node "$folder/smoke.mjs" "$mock_url" "$(realpath "$gatemark")"
