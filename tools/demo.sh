#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# From a bare Debian 12 to annotated text: installs what is missing, builds, annotates the sample texts and prints the result.
set -eu
cd "$(dirname "$0")/.."
. tools/packages.sh

# shellcheck disable=SC2086 # a list of names
install_missing $build_packages
build_all

# Prints CoNLL-U for people: the first sentences, each with its words and tags.
show() {
    awk -F '\t' -v most="$1" '
        /^# text = / { if (++n > most) exit; print "\n" substr($0, 10); next }
        /^#/ { next }
        /^$/ { if (line != "") print "    " line; line = ""; next }
        {
            name = ""
            if (match($10, /NER=[A-Z]-[A-Z]+/)) name = "<" substr($10, RSTART + 6, RLENGTH - 6) ">"
            line = line (line == "" ? "" : "  ") $2 "/" $4 name
        }'
}

annotate() {
    file=$1
    most=$2
    shift 2
    printf '\n== %s\n' "$file"
    build/src/cli/jinwen annotate -q -t conllu "$@" "corpora/sample/$file" 2>/dev/null | show "$most" || true
}

annotate news.txt 5 -f para
annotate announcement.txt 4 -f para
annotate forum.cp950.txt 6 -f ptt -e CP950
annotate hk.txt 3 -f para

cat <<'END'

Each line above is a sentence with its words and their parts of speech.  Try your own:
  echo 台積電昨日公布9月營收488.6億元 | build/src/cli/jinwen annotate
  build/src/cli/jinwen annotate --help
END
