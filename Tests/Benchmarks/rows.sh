# What is measured on a workspace. Sourced by run after measure.sh.
# shellcheck shell=bash disable=SC2154

# Sets bayplan to a copy of the executable, as an installation makes one: what the linker itself wrote lies in the page
# cache in smaller pieces, and starts up to a fifth slower.
find_bayplan() {
    local source=${BAYPLAN:-}
    if [ -z "$source" ]; then
        if ! swift build -c release --package-path "$root" --product bayplan >"$work/build.log" 2>&1; then
            tail -n 20 "$work/build.log" >&2
            die "the root package does not build: see $work/build.log"
        fi
        source=$(swift build -c release --package-path "$root" --show-bin-path)/bayplan
    fi
    [ -x "$source" ] || die "not an executable file: $source"
    bayplan=$here/.build/bayplan
    install -m 755 "$source" "$bayplan"
}

files_below() { (cd "$1" && find . -type f | sed 's|^\./||' | LC_ALL=C sort); }

# sizes_of FOLDER <PATHS: the lines `SIZE PATH` that floor reads.
sizes_of() { (cd "$1" && while read -r path; do echo "$(($(wc -c <"$path"))) $path"; done); }

measure_size() {
    local size=$1 space=$work/$1 manifest=$work/$1/strategy.yaml
    local plain=$work/$1-pyyaml copy=$work/$1-floor artifacts=$work/$1.artifacts list=$work/$1.list
    local path
    say "$size"
    "$programs/workload" "$size" "$space"
    files_below "$space" >"$work/$size.inputs"

    works "$size" "bayplan compile" "$bayplan" compile "$manifest" || return 0
    # The files that F writes, too.
    files_below "$space" | LC_ALL=C comm -13 "$work/$size.inputs" - >"$artifacts"
    if [ ! -s "$artifacts" ]; then
        failed "$size" "bayplan compile" "it succeeded but wrote nothing"
        return 0
    fi
    sizes_of "$space" <"$artifacts" >"$list"
    row "$size" size "$(($(wc -l <"$manifest")))" "$(($(wc -c <"$manifest")))" "$(($(wc -l <"$list")))" \
        "$(awk '{ sum += $1 } END { printf "%d", sum }' "$list")"

    mkdir -p "$copy"
    while read -r _ path; do mkdir -p "$(dirname "$copy/$path")"; done <"$list"
    measure "$size" "floor F" "parse, write bayplan's files anew" "find $(printf %q "$copy") -type f -delete" \
        "$programs/floor" "$manifest" "$list" "$copy"
    measure "$size" "floor, files there" "parse, overwrite them" "" "$programs/floor" "$manifest" "$list" "$copy"
    measure "$size" "floor, parse only" "" "" "$programs/floor" "$manifest" /dev/null "$copy"

    if [ -n "$go_version" ]; then
        measure "$size" "Go + yaml.v3" "Compose files only, no validation" \
            "mkdir -p $(printf %q "$plain-go"); find $(printf %q "$plain-go") -type f -delete" \
            "$work/expand-go" "$manifest" "$plain-go"
    else
        skip "$size" "Go + yaml.v3" "no Go here that finds gopkg.in/yaml.v3"
    fi
    measure_bayplan
    if [ -n "$pyyaml" ]; then
        measure "$size" "PyYAML" "$pyyaml; Compose files only, no validation" \
            "mkdir -p $(printf %q "$plain"); find $(printf %q "$plain") -type f -delete" \
            "$python" "$here/expand.py" "$manifest" "$plain"
    else
        skip "$size" "PyYAML" "$python cannot import yaml"
    fi
    measure_compose
}

# Reads measure_size's locals, and so does measure_compose.
measure_bayplan() {
    measure "$size" "bayplan compile, new" "all artifacts removed before" \
        "cd $(printf %q "$space") && tr '\\n' '\\0' <$(printf %q "$artifacts") | xargs -0 rm -f" \
        "$bayplan" compile "$manifest"
    measure "$size" "bayplan compile, same" "nothing changed on disk" "" "$bayplan" compile "$manifest"
    measure "$size" "bayplan compile --check" "" "" "$bayplan" compile --check "$manifest"
    measure "$size" "bayplan validate" "" "" "$bayplan" validate "$manifest"
    measure "$size" "bayplan validate --no-builds" "" "" "$bayplan" validate --no-builds "$manifest"
    if [ "$size" != tiny ]; then return 0; fi
    measure tiny "bayplan order" "" "" "$bayplan" order --manifest "$manifest"
    measure tiny "bayplan explain BP107" "" "" "$bayplan" explain BP107
    measure tiny "bayplan --help" "" "" "$bayplan" --help
}

# `docker compose config -q` over every emitted file of tiny and medium, one process after the other; over 10 of large,
# whose time table.py multiplies.
measure_compose() {
    local folder=$space writer=bayplan all every=1
    if [ ${#compose[@]} = 0 ]; then
        skip "$size" "compose config" "neither \`docker compose\` nor a Compose v2 \`docker-compose\` runs here"
        return 0
    elif [ "$size" = huge ]; then
        skip huge "compose config" "minutes; large gives the time of a file"
        return 0
    elif [ ! -s "$artifacts" ]; then
        folder=$plain writer=PyYAML
    fi
    find "$folder" -name 'docker-compose*.yml' | LC_ALL=C sort >"$work/$size.all"
    all=$(($(wc -l <"$work/$size.all")))
    if [ "$size" = large ] && [ "$all" -gt 10 ]; then every=$((all / 10)); fi
    awk -v every="$every" 'NR % every == 0' "$work/$size.all" >"$work/$size.sample"
    measure "$size" "compose config" "$(($(wc -l <"$work/$size.sample"))) of $all files of $writer's" "" \
        bash "$here/compose-config.sh" "$work/$size.sample" "${compose[@]}"
}
