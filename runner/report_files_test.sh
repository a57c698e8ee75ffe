#!/usr/bin/env bash
# The files that a check writes: valid, in agreement with each other, and without a secret.
set -eu
gatemark=$1
. scripts/mock.sh
folder=$(mktemp -d)
start_mock "$gatemark"

# examine NAME ARGUMENT...: runs a check with these and looks at all three of its reports.
examine()
{
  local name=$folder/$1 secret
  shift
  "$gatemark" check "$@" --report "text=$name.txt" --report "junit=$name.xml" \
    --report "json=$name.json" || [ $? -eq 1 ]
  xmllint --noout --schema docs/junit.xsd "$name.xml"
  jq -e '
    (.tally | .passed + .failed + .untestable + .not_applicable) as $sum |
    ([.gateways[].checks[]] | length) == $sum and
    ([.gateways[].checks[].outcome] | all(IN("PASSED", "FAILED", "UNTESTABLE", "NOT_APPLICABLE"))) and
    .tally.failed == .tally.blocking + .tally.forgiven' "$name.json" >/dev/null
  [ "$(jq '.tally.blocking' "$name.json")" = "$(xmllint --xpath 'count(//failure)' "$name.xml")" ]
  [ "$(jq '.tally.untestable' "$name.json")" = "$(xmllint --xpath 'count(//error)' "$name.xml")" ]
  [ "$(jq '[.gateways[].checks[]] | length' "$name.json")" = \
    "$(xmllint --xpath 'count(//testcase)' "$name.xml")" ]
  while read -r secret; do
    ! grep -F -l -e "$secret" "$name.txt" "$name.xml" "$name.json"
  done < <("$gatemark" list credentials --json | jq -r '.[].secret')
}

examine passed --gateway openrouter --gateway arouter
jq -e '.verdict == "passed"' "$folder/passed.json" >/dev/null
deviations=$("$gatemark" list deviations --json |
  jq -r 'map(select(.breaks | startswith("auth.")))[:3][].name')
[ -n "$deviations" ]
for deviation in $deviations; do
  examine failed --target "$mock_url/with/$deviation/clawdrouter" --gateway clawdrouter --only auth
done
rm -rf "$folder"
