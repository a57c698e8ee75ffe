#!/bin/sh
# Builds gatemark and checks every gateway of its own mock. The exit code is the check's.
set -eu
unset CDPATH
cd "$(dirname "$0")/.."
. scripts/setup.sh

install_packages "$build_packages"
build release

mkdir -p build/report
status=0
build/release/gatemark check --report text --report junit=build/report/junit.xml \
  --report json=build/report/report.json || status=$?
[ ! -s build/report/junit.xml ] ||
  printf '\nThe same for machines: build/report/junit.xml and build/report/report.json\n'
exit "$status"
