# SPDX-License-Identifier: Apache-2.0
# Sourced by demo.sh and test.sh: installs what is missing on Debian 12, and nothing when all is there, so that no network is needed then.

build_packages='gcc libc6-dev meson ninja-build pkgconf python3 libutf8proc-dev libpcre2-dev libxxhash-dev libjansson-dev zlib1g-dev libzstd-dev'
test_packages='g++ check'

is_installed() {
    dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q '^install ok installed$'
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

install_missing() {
    missing=
    for package in "$@"; do
        is_installed "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    echo "== installing:$missing"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    # shellcheck disable=SC2086 # a list of names
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
}

build_all() {
    if [ -f build/build.ninja ]; then
        meson setup --reconfigure build >/dev/null # what was installed since is found
    else
        meson setup build
    fi
    echo '== building program, library and model'
    ninja -C build
}
