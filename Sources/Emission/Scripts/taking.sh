# Prints the volumes that Compose made, if a project has volumes at all: else none could hold what it would start without.
ask_volumes() {
	resources | awk '$1 == "volume" && $4 == "own" { found = 1; exit } END { exit !found }' || return 0
	ask_resources volume
}

# Sets what stands in a project's way: $taken, the volumes that are left over and hold what it would start without, as
# find_left prints them, and $half_taken, a container for each volume that an interrupted run has not filled to its end.
find_taken() {
	half_taken=$(printf '%s\n' "$containers_there" | project=$1 awk -F '\t' '
		($2 "") == (ENVIRON["project"] "") && $7 ~ /^bayplan-taking-/ { print $7 }
	')
	taken=$(printf '%s\n' "$left" | project=$1 awk -F '\t' '$1 == "volume" && ($8 "") == (ENVIRON["project"] "")')
}

# Ends the script if a project would start with empty volumes although what is left over holds their data.
need_data() {
	find_taken "$1"
	if [ -n "$half_taken" ]; then
		say "the data that $1 was to have from former volumes is not there as a whole: a run was interrupted"
		fail "nothing was started; to take it again: $(beside up.sh --take-data "$1")"
	fi
	[ -z "$new_volumes" ] && [ -n "$taken" ] || return 0
	printf '%s\n' "$taken" | while IFS=$tab read -r kind project key name _ _ why heir; do
		say "$1 would start with a new, empty volume $key, but $name holds data: $(why_left "$kind" "$project" "$key" "$why" "$heir")"
	done
	say "to have a copy of that data in $1: $(beside up.sh --take-data "$1")"
	fail "nothing was started; to start with empty volumes: $(beside up.sh --new-volumes "$1")"
}

# Says which containers that are left over run in the place of a project's: $running_left.
show_running_left() {
	running_left=$(printf '%s\n' "$left" | project=$1 orphans=$orphans awk -F '\t' '
		$1 != "container" || $6 !~ /^(Up|Restarting)/ { next }
		($8 "") == (ENVIRON["project"] "") || (($2 "") == (ENVIRON["project"] "") && ENVIRON["orphans"] == "") { print $4 }
	')
	[ -n "$running_left" ] || return 0
	running_left=$(printf '%s\n' "$running_left" | commas)
	say "left over from before $1 is as it is now, and still running: $running_left"
	say "to see what is left over, and how to remove it: $(beside_in - status.sh)"
}

# Creates a container that is never started and mounts a volume: create_helper PROJECT KEY NAME MOUNT IMAGE.
create_helper() {
	path=$(printf '%s\n' "$development_files" | path_of "$1")
	"$docker" container create --name "$3" --network none \
		--label "com.docker.compose.project=$1" --label "com.docker.compose.service=$2" \
		--label com.docker.compose.oneoff=True --label "com.docker.compose.project.working_dir=${path%/*}" \
		--label "com.docker.compose.project.config_files=$path" \
		--mount "type=volume,target=/bayplan-data,$4" "$5" - >/dev/null
}

# Has a volume hold a copy of what another holds, whatever the images hold: take_volume PROJECT KEY FROM TO IMAGE. While it
# is not whole, there is a container bayplan-taking-TO. Both mount it at one path, because the owner of the folder that is
# copied, and what may be done with it, are the volume's own.
take_volume() {
	labels="volume-label=com.docker.compose.project=$1,volume-label=com.docker.compose.volume=$2"
	create_helper "$1" "$2" "bayplan-taking-$4" "source=$4,$labels" "$5" || return 1
	create_helper "$1" "$2" "bayplan-source-$4" "source=$3,readonly" "$5" || return 1
	trouble=$({
		{
			"$docker" container cp --archive "bayplan-source-$4:/bayplan-data" - || printf failed >&3
		} | "$docker" container cp --archive - "bayplan-taking-$4:/" >&2 || printf failed >&3
	} 3>&1)
	[ -z "$trouble" ] && "$docker" container rm -- "bayplan-source-$4" "bayplan-taking-$4" >/dev/null
}

# Removes what an interrupted run began to copy, which the volumes that it copied from still hold.
discard_half_taken() {
	for helper in $half_taken; do
		volume=${helper#bayplan-taking-}
		"$docker" container rm --force -- "$helper" "bayplan-source-$volume" >/dev/null 2>&1 || :
		"$docker" volume rm -- "$volume" >/dev/null || return 1
	done
}

# Has a project start with the data of volumes that are left over: stops what is left over in its place, and copies. The
# volumes that it copies from stay.
take_data() {
	find_taken "$1"
	if [ -n "$half_taken" ]; then
		discard_half_taken || fail "nothing was taken: what an interrupted run left cannot be removed"
		containers_there=$(ask_containers | with_owners)
		left=$(ask_volumes | find_left)
		find_taken "$1"
	fi
	if [ -z "$taken" ]; then
		say "there is no volume left over whose data $1 would start without"
		return
	fi
	# shellcheck disable=SC2046 # identities are words
	set -- "$1" $(printf '%s\n' "$left" | project=$1 awk -F '\t' '
		$1 == "container" && ($8 "") == (ENVIRON["project"] "") && $6 ~ /^(Up|Restarting)/ { print $5 }
	')
	target_of_data=$1
	shift
	if [ $# -gt 0 ]; then
		say "stopping what is left over in the place of $target_of_data: $#"
		"$docker" container stop -- "$@" >/dev/null || fail 'nothing was taken: it could not be stopped'
	fi
	count=$(printf '%s\n' "$taken" | awk 'END { print NR }')
	number=0
	while IFS=$tab read -r _ project key name _; do
		number=$((number + 1))
		# An engine may list for a moment what it has stopped.
		for _ in 1 2 3 4 5 6 7 8 9 10; do
			users=$("$docker" container ls --filter "volume=$name" --format '{{.Names}}' | commas)
			[ -n "$users" ] || break
			sleep 1
		done
		[ -z "$users" ] || fail "$name is in use; stop it first: $users"
		object=$(resources | project=$target_of_data key=$key awk '
			$1 == "volume" && ($2 "") == (ENVIRON["project"] "") && ($3 "") == (ENVIRON["key"] "") { print $5; exit }
		')
		image=$(printf '%s\n' "$containers_there" | project=$project awk -F '\t' '
			{ image = $5 }
			($2 "") == (ENVIRON["project"] "") { exit }
			END { print image }
		')
		[ -n "$image" ] || fail "there is no container whose image could hold $name; start one of the workspace first"
		say "copying $name to $object ($number of $count)"
		take_volume "$target_of_data" "$key" "$name" "$object" "$image" ||
			fail "$name was not copied as a whole, and nothing was started; to take it again: $(beside up.sh --take-data "$target_of_data")"
	done <<END
$taken
END
	# What was stopped does not run any more.
	left=$(printf '%s\n' "$left" | project=$target_of_data awk -F '\t' '($1 != "volume" && $1 != "container") || ($8 "") != (ENVIRON["project"] "")')
	say "the former volumes stay until they are removed; $(beside_in - status.sh) lists them"
}
