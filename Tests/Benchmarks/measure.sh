# Measuring one command: its time by hyperfine, its memory by GNU time, its row in the table's file.
# Sourced by run, which sets work, rows, runs, python and gnu_time.
# shellcheck shell=bash disable=SC2154,SC2034

status=0

say() { printf '%s\n' "$*" >&2; }

# row SIZE WHAT MEDIAN LEAST CPU RUNS KILOBYTES NOTE, with `-` for what was not measured.
row() {
    local IFS=$'\t'
    printf '%s\n' "$*" >>"$rows"
}

skip() { row "$1" "$2" - - - - - "skipped: $3"; }

# A failure is a row of its own, and the whole run's exit status.
failed() {
    status=1
    row "$1" "$2" - - - - - "FAILED: $(printf %s "$3" | tr '\t\n' '  ')"
}

# works SIZE WHAT COMMAND...: one run that is not timed; false, with a row, if it fails.
works() {
    local size=$1 what=$2 code=0
    shift 2
    "$@" >/dev/null 2>"$work/stderr" || code=$?
    if [ $code = 0 ]; then return 0; fi
    failed "$size" "$what" "exit $code: $(head -n 3 "$work/stderr")"
    return 1
}

# The largest resident set, in kilobytes. Not from a Python parent: Linux counts what the process held before exec,
# which there is a whole interpreter.
peak_memory() {
    if [ "$gnu_time" = 0 ]; then
        echo -
        return 0
    fi
    /usr/bin/time -o "$work/memory" -f %M "$@" >/dev/null 2>&1 || true
    tail -n 1 "$work/memory"
}

# measure SIZE WHAT NOTE PREPARE COMMAND...: adds a row. PREPARE, where not empty, is shell text that runs before each
# run and is not timed; no shell stands between hyperfine and the command.
measure() {
    local size=$1 what=$2 note=$3 prepare=$4 memory
    local options=(--shell=none --warmup 2 --min-runs "$runs" --style none --export-json "$work/times.json")
    shift 4
    say "  $what"
    if [ -n "$prepare" ]; then
        options+=(--prepare "bash -c $(printf %q "$prepare")")
        eval "$prepare"
    fi
    works "$size" "$what" "$@" || return 0
    if [ -n "$prepare" ]; then eval "$prepare"; fi
    memory=$(peak_memory "$@")
    if ! hyperfine "${options[@]}" "$(printf '%q ' "$@")" >/dev/null 2>"$work/stderr"; then
        failed "$size" "$what" "$(grep -v -i warning "$work/stderr" | head -n 3)"
        return 0
    fi
    row "$size" "$what" "$("$python" -c 'import json, sys
result = json.load(open(sys.argv[1]))["results"][0]
cpu = result["user"] + result["system"]
print("%.6f\t%.6f\t%.6f\t%d" % (result["median"], result["min"], cpu, len(result["times"])))' "$work/times.json")" \
        "$memory" "$note"
}

# The processor, cores, memory and system; not the host's name.
machine() {
    local cpu memory
    if [ -r /proc/cpuinfo ]; then
        cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
        memory=$(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo)
    else
        cpu=$(sysctl -n machdep.cpu.brand_string)
        memory=$(($(sysctl -n hw.memsize) / 1000000000))" GB"
    fi
    echo "${cpu:-unknown processor}, $(getconf _NPROCESSORS_ONLN) cores, $memory, $(uname -srm)," \
        "load $(uptime | sed 's/.*averages*: *//' | cut -d ' ' -f 1 | tr -d ,)"
}
