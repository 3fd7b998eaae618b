# Ends the script unless the Compose file of a project is there: need_file PROJECT WHAT, which says what was not done.
need_file() {
	path=$(files | path_of "$1")
	[ ! -f "$path" ] || return 0
	if [ -d "${path%/*}" ]; then
		say "the Compose file of $1 is not there: $path"
		fail "$2; to write it, in $workspace: bayplan compile"
	fi
	say "the folder of $1 is not there: ${path%/*}"
	fail "$2; check it out there, or correct its path in the manifest, and compile"
}

# Prints the images from registries that the services to start run, as images_to_start does, each with project and service.
images_to_pull() {
	services | project=$project starting=$starting awk '
		BEGIN {
			count = split(ENVIRON["starting"], list)
			for (i = 1; i <= count; i++) starts[list[i] ""] = 1
		}
		($1 "") == (ENVIRON["project"] "") && $5 == "-" && $7 == "" && ($2 "") in starts { print $3, $4, "-", $1, $2 }
	'
}

# Pulls what is missing, by lines as images_to_pull prints them, before anything is started; Compose knows for which platform.
pull_missing() {
	for project in $(printf '%s\n' "$1" | awk '{ print $4 }' | each_once); do
		# shellcheck disable=SC2046 # one word a service
		set -- "$1" $(printf '%s\n' "$1" | project=$project awk '($4 "") == (ENVIRON["project"] "") { print $5 }')
		rows=$1
		shift
		say "pulling what $project lacks: $(printf '%s\n' "$rows" | project=$project awk '($4 "") == (ENVIRON["project"] "") { print $2 }' | commas)"
		(exec_compose -f "$(files | path_of "$project")" -p "$project" pull -- "$@" </dev/null) ||
			fail "nothing was started, for $project lacks what cannot be pulled; to repeat: $(again)"
		set -- "$rows"
	done
}

# Says which container of a list of them did not start for a port that is taken, and by whom. Standard input is what the
# engine says of each: its name, and why it did not start.
tell_ports() {
	while read -r name trouble; do
		case $trouble in
		*'address already in use'* | *'port is already allocated'*) ;;
		*) continue ;;
		esac
		port=$(printf '%s\n' "$trouble" | awk 'match($0, /([0-9]+[.][0-9]+[.][0-9]+[.][0-9]+|[]]):[0-9]+/) {
			text = substr($0, RSTART, RLENGTH)
			sub(/.*:/, "", text)
			print text
		}')
		[ -n "$port" ] || continue
		# A container that Compose did not make has its image's labels, but no number.
		holder=$("$docker" container ls --filter "publish=$port" \
			--format '{{.Names}} {{.Label "com.docker.compose.container-number"}} {{.Label "com.docker.compose.project"}}') || continue
		whose=$(printf '%s\n' "$holder" | awk 'NF == 3 { print $3; exit }')
		tell_port "${name#/}" "$port" "${holder%% *}" "$whose"
	done
}

# Says why a project did not start, as far as its containers tell: the last that one which ended wrote, or whose its port is.
explain() {
	rows=$(ask_containers) || return 0
	verdict=$(printf '%s\n' "$rows" | judge "$1" "$starting")
	name=${verdict#* }
	name=${name%% *}
	case $verdict in
	failed* | *' has ended '* | *' is restarting')
		wrote=$("$docker" logs --tail 5 "$name" 2>&1) || wrote=
		[ -z "$wrote" ] || {
			say "the last lines that $name wrote:"
			printf '%s\n' "$wrote" | harmless_lines | sed 's/^/    /' >&2
		}
		say "to see all of them: $(quoted "$docker" logs "$name")"
		;;
	esac
	# shellcheck disable=SC2046 # identities are words
	set -- $(printf '%s\n' "$rows" | project=$1 awk -F '\t' '($1 "") == (ENVIRON["project"] "") && $7 == "created" { print $3 }')
	[ $# -eq 0 ] || "$docker" container inspect --format '{{.Name}} {{.State.Error}}' -- "$@" | tell_ports
}
