#!/usr/bin/env bash
# compose-config.sh LIST COMPOSE...: has Compose check each file of LIST, one process a file, until one is refused.
set -eu
list=$1
shift
while read -r file; do "$@" -f "$file" config -q </dev/null; done <"$list"
