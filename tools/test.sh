#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds, and passes the tests.  The last line is `N passed, N failed`.
set -eu
cd "$(dirname "$0")/.."
. tools/packages.sh

# shellcheck disable=SC2086 # lists of names
install_missing $build_packages $test_packages
build_all

log=build/meson-logs/summary.txt
meson test -C build --no-rebuild --print-errorlogs 2>&1 | tee "$log" || true
awk '
    /^(Ok|Expected Fail): / { passed += $NF }
    /^(Fail|Unexpected Pass|Timeout): / { failed += $NF }
    END {
        printf "%d passed, %d failed\n", passed, failed
        exit failed > 0 || passed == 0
    }' "$log"
