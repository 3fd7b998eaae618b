usage() {
	cat <<'END'
usage: verify.sh [option]...

Lists every image that the projects run: its reference, the project that builds
it, its size and its age on the engine. Says which images are missing, with the
command that makes each one, and which running containers are stale: their
reference now means another image than the one they were started from.

  --project P   only the images of project P (may be repeated)
  --quiet       only what is wrong
  --json        as one JSON object, also if the engine does not answer
  --help        print this

DOCKER=podman uses Podman.

Exit status: 0 every image is there, 1 one is missing or the engine does not
answer, 2 wrong usage. A stale container alone leaves the status at 0: all can
start, and a container is stale after every build until up.sh replaces it.
END
}

# Prints the rows of the services of the chosen projects.
chosen_services() {
	services | while read -r project row; do
		if [ -z "$chosen" ] || printf '%s\n' "$chosen" | listed "$project"; then
			printf '%s\n' "$project $row"
		fi
	done
}

# Prints each image of the chosen services once: image, reference, owner, identity, time of creation.
# The last two are - for an image that is missing.
find_images() {
	chosen_services | awk '!seen[$4]++' | while read -r _ _ image reference owner _; do
		facts=$("$docker" image inspect --format '{{.Id}} {{json .Created}}' -- "$reference" 2>/dev/null) || facts='- -'
		printf '%s\n' "$image $reference $owner ${facts#sha256:}"
	done
}

# What is asked of a container: whether it is of a single run, its image, its name, its service. The service comes
# last because a label may hold anything.
container_facts='{{with index .Config.Labels "com.docker.compose.oneoff"}}{{.}}{{else}}-{{end}} {{.Image}} {{.Name}} '
container_facts=$container_facts'{{index .Config.Labels "com.docker.compose.service"}}'

# Prints the running containers of the chosen projects, each after the name of its project.
ask_containers() {
	chosen_services | first_column | awk '!seen[$0]++' | while read -r project; do
		"$docker" container ls --quiet --no-trunc --filter "label=com.docker.compose.project=$project" |
			while read -r container; do
				# A container may have ended since it was listed.
				facts=$("$docker" container inspect --format "$container_facts" -- "$container" 2>/dev/null) || continue
				printf '%s\n' "$project $facts"
			done | sort
	done
}

# Prints the running containers of the chosen services: project, service, reference, stale or current, name.
find_containers() {
	observed=$(ask_containers)
	chosen_services | while read -r project service _ reference _; do
		expected=$(printf '%s\n' "$found" | identity_of "$reference")
		printf '%s\n' "$observed" | while read -r its_project once identity name its_service; do
			if [ "$its_project" != "$project" ] || [ "$its_service" != "$service" ] || [ "$once" = True ]; then
				continue
			fi
			state=stale
			case $expected in
			"${identity#sha256:}" | -) state=current ;;
			esac
			printf '%s\n' "$project $service $reference $state ${name#/}"
		done
	done
}

# Prints the identity of a reference from what find_images found.
identity_of() {
	while read -r _ reference _ identity _; do
		if [ "$reference" = "$1" ]; then
			printf '%s\n' "$identity"
			return
		fi
	done
}

# Prints the engine's own words for the size and the age of an image, parted by a bar.
size_and_age() {
	printf '%s\n' "$listing" | identity=$1 awk -F '|' '
		{ sub(/^sha256:/, "", $1) }
		$1 == ENVIRON["identity"] { print $2 "|" $3; exit }
	'
}

# Prints the command that makes an image.
remedy() {
	if [ "$3" != - ]; then
		beside build.sh "$1"
		return
	fi
	case $2 in
	-*) quoted "$docker" pull -- "$2" ;;
	*) quoted "$docker" pull "$2" ;;
	esac
}

show_images() {
	printf 'IMAGE\tREFERENCE\tBUILT BY\tSIZE\tCREATED\n'
	printf '%s\n' "$found" | while read -r image reference owner identity _; do
		[ -n "$image" ] || continue
		size=-
		age=missing
		if [ "$identity" != - ]; then
			size=$(size_and_age "$identity")
			age=${size#*|}
			size=${size%%|*}
		fi
		printf '%s\t' "$image" "$reference" "$owner" "$size"
		printf '%s\n' "$age"
	done
}

show_problems() {
	printf '%s\n' "$found" | while read -r image reference owner identity _; do
		[ "$identity" = - ] || continue
		if [ "$owner" = - ]; then
			printf '%s is missing. To pull it:\n' "$reference"
		else
			printf '%s is missing. %s builds it:\n' "$reference" "$owner"
		fi
		printf '    %s\n' "$(remedy "$image" "$reference" "$owner")"
	done
	printf '%s\n' "$containers" | while read -r project service reference state name; do
		[ "$state" = stale ] || continue
		printf '%s runs an older image than %s. To replace it:\n' "$name" "$reference"
		printf '    %s\n' "$(beside up.sh "$project" "$service")"
	done
}

# Prints a JSON string.
json() {
	case $1 in
	*[!A-Za-z0-9\ _./:@+,-]*)
		printf '"%s"' "$(printf '%s' "$1" | LC_ALL=C tr '\001-\037\177' ' ' | LC_ALL=C sed 's/[\\"]/\\&/g')"
		;;
	*) printf '"%s"' "$1" ;;
	esac
}

# Prints a JSON string, or null for -.
json_or_null() {
	if [ "$1" = - ]; then
		printf 'null'
	else
		json "$1"
	fi
}

json_images() {
	comma=
	printf '%s\n' "$found" | while read -r image reference owner identity created; do
		[ -n "$image" ] || continue
		size=-
		command=-
		present=true
		if [ "$identity" = - ]; then
			present=false
			created=null
			command=$(remedy "$image" "$reference" "$owner")
		else
			size=$(size_and_age "$identity")
			size=${size%%|*}
			identity=sha256:$identity
		fi
		printf '%s\n    {"image": %s, "reference": %s' "$comma" "$(json "$image")" "$(json "$reference")"
		printf ', "owner": %s, "present": %s' "$(json_or_null "$owner")" "$present"
		printf ', "id": %s, "size": %s' "$(json_or_null "$identity")" "$(json_or_null "${size:--}")"
		printf ', "created": %s, "command": %s}' "$created" "$(json_or_null "$command")"
		comma=,
	done
}

json_containers() {
	comma=
	printf '%s\n' "$containers" | while read -r project service reference state name; do
		[ -n "$project" ] || continue
		is_stale=false
		command=-
		if [ "$state" = stale ]; then
			is_stale=true
			command=$(beside up.sh "$project" "$service")
		fi
		printf '%s\n    {"container": %s, "project": %s' "$comma" "$(json "$name")" "$(json "$project")"
		printf ', "service": %s, "reference": %s' "$(json "$service")" "$(json "$reference")"
		printf ', "stale": %s, "command": %s}' "$is_stale" "$(json_or_null "$command")"
		comma=,
	done
}

show_json() {
	printf '{\n  "images": [%s\n  ],\n' "$(json_images)"
	printf '  "containers": [%s\n  ],\n' "$(json_containers)"
	printf '  "missing": %s,\n  "stale": %s\n}\n' "$missing" "$stale"
}

# Counts the lines of standard input in which a column holds a word.
count() {
	column=$1 word=$2 awk '$ENVIRON["column"] == ENVIRON["word"] { n++ } END { print n + 0 }'
}

chosen=
quiet=
as_json=
while [ $# -gt 0 ]; do
	case $1 in
	--project=*)
		option=$1
		shift
		set -- --project "${option#*=}" "$@"
		continue
		;;
	--project)
		[ $# -ge 2 ] || misuse '--project needs a value'
		shift
		projects | first_column | listed "$1" ||
			misuse "there is no project '$1'; there are: $(projects | first_column | commas)"
		chosen="$chosen$1
"
		;;
	--quiet) quiet=yes ;;
	--json) as_json=yes ;;
	--help | -h)
		usage
		exit
		;;
	-*) misuse "there is no option '$1'" ;;
	*) misuse "there is nothing to do with '$1'; to choose a project: --project $1" ;;
	esac
	shift
done

if [ -n "$as_json" ]; then
	trouble=$(need_engine 2>&1) || {
		printf '{\n  "error": %s\n}\n' "$(json "$trouble")"
		exit 1
	}
else
	need_engine
fi

found=$(find_images)
containers=$(find_containers)
listing=$("$docker" image ls --all --no-trunc --format '{{.ID}}|{{.Size}}|{{.CreatedSince}}')
missing=$(printf '%s\n' "$found" | count 4 -)
stale=$(printf '%s\n' "$containers" | count 4 stale)
if [ -n "$as_json" ]; then
	show_json
else
	if [ -z "$quiet" ]; then
		show_images | aligned
	fi
	show_problems
fi
if [ "$missing" -gt 0 ]; then
	exit 1
fi
