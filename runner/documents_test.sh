#!/usr/bin/env bash
# What is written about the program agrees with what the program says of itself.
set -eu
gatemark=$1
failures=0

miss()
{
  echo "FAILED: $1"
  failures=$((failures + 1))
}

# Every option of a command stands in that command's part of the manual page, and none other does.
for command in check mock list prove token; do
  help=$("$gatemark" help "$command" | grep -oE '^  --[a-z-]+' | tr -d ' ' | sort)
  page=$(sed 's/\\-/-/g' docs/gatemark.1 |
    awk -v part=".SH \"GATEMARK ${command^^}\"" '/^\.SH/ {on = ($0 == part)} on && last == ".TP"; {last = $0}' |
    grep -oE -e '--[a-z-]+' | sort)
  [ "$help" = "$page" ] || miss "docs/gatemark.1 on $command: $(diff <(echo "$help") <(echo "$page"))"
done

# Completion offers what there is.
. docs/gatemark.bash
offers()
{
  COMP_WORDS=("$gatemark" "${@:2}")
  COMP_CWORD=$#
  COMP_CWORD=$((COMP_CWORD - 1))
  COMPREPLY=()
  _gatemark
  [[ " ${COMPREPLY[*]} " == *" $1 "* ]] || miss "completion of ${*:2}: no $1 in ${COMPREPLY[*]}"
}
offers check ch
offers help he
offers deviations list d
offers --allow-writes check --al
offers openrouter check --gateway op
offers junit check --report j

# Files that README names are there.
for path in $(grep -oE '(fixtures|mock|suites|reports|runner|scripts|docs)/[a-z/_-]+\.(md|sh|json|[ch])' README.md | sort -u); do
  [ -e "$path" ] || miss "README.md names $path, which is not there"
done

# A requirement that rests on a choice of ours finds its section in docs/choices.md.
for section in $("$gatemark" list requirements --json |
  jq -r '.[].source | select(startswith("gatemark#")) | ltrimstr("gatemark#")' | sort -u); do
  grep -qx "## $section" docs/choices.md || miss "docs/choices.md has no section $section"
done
[ "$failures" -eq 0 ]
