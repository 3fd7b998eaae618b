# Makes a folder for this run, which goes when the script ends, and sees to it that a signal ends what runs.
begin() {
	scratch=$(mktemp -d "${TMPDIR:-/tmp}/bayplan.XXXXXX")
	workers=
	lasting=
	starting=
	ended_by=
	trap 'rm -rf -- "$scratch"' EXIT
	trap 'stop 129' HUP
	trap 'stop 130' INT
	trap 'stop 143' TERM
}

# Ends what runs, waits until it has ended, and ends the script. What has been started and is not known yet is
# waited for: its starter then comes back here.
stop() {
	if [ -n "$starting" ]; then
		ended_by=$1
		return
	fi
	trap '' HUP INT TERM
	: >"$scratch/halt"
	for worker in $workers; do
		kill "$worker" 2>/dev/null || :
	done
	wait
	say 'stopped'
	trap - EXIT
	rm -rf -- "$scratch"
	exit "$1"
}

# Runs a command to its end, beside what lasts; a signal to this script ends both.
run() {
	starting=yes
	"$@" &
	running=$!
	workers="$lasting $running"
	starting=
	[ -z "$ended_by" ] || stop "$ended_by"
	status=0
	wait "$running" || status=$?
	workers=$lasting
	return "$status"
}
