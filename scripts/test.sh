#!/bin/sh
# Builds gatemark with sanitizers and runs every test. Arguments go to ctest (-R limits, -V ...).
set -eu
unset CDPATH
cd "$(dirname "$0")/.."
. scripts/setup.sh

install_packages "$build_packages$test_packages"
build dev

settled ctest --test-dir build/dev --output-on-failure --timeout 900 --parallel "$(nproc)" "$@"
