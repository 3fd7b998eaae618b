usage() {
	cat <<'END'
usage: verify.sh [option]...

Lists every image that the projects run: its reference, the project that builds
it, its size and its age on the engine. Says which images are missing, with the
command that makes each one, and which running containers are stale: their
reference now means another image than the one they were started from.

  --environment E  the images of environment E
  --project P      only the images of project P (may be repeated)
  --quiet          only what is wrong
  --json           as one JSON object, also if the engine does not answer
  --help           print this

DOCKER=podman uses Podman.

Exit status: 0 every image is there, 1 one is missing or is of another
workspace, or the engine does not answer, 2 wrong usage. A stale container alone
leaves the status at 0: all can start, and a container is stale after every
build until up.sh replaces it.
END
}

# Names the images that other workspaces built: they have the references of this one's.
show_foreign() {
	printf '%s\n' "$found" | own=$(workspace_name) awk 'NF && $3 != "-" && $6 != "-" && ($6 "") != (ENVIRON["own"] "") { print $2, $6, $1, $3 }' |
		while read -r reference other image owner; do
			printf '%s is an image of the workspace %s. To build this one:\n' "$reference" "$other"
			printf '    %s\n' "$(beside build.sh --take-over "$image")"
		done
}

show_missing() {
	printf '%s\n' "$found" | while read -r image reference owner identity _; do
		[ "$identity" = - ] || continue
		if [ "$owner" = - ]; then
			printf '%s is missing. To pull it:\n' "$reference"
		else
			printf '%s is missing. %s builds it:\n' "$reference" "$owner"
		fi
		printf '    %s\n' "$(remedy "$image" "$reference" "$owner")"
	done
}

chosen=
quiet=
as_json=
while [ $# -gt 0 ]; do
	case $1 in
	--project=* | --environment=*)
		option=$1
		shift
		set -- "${option%%=*}" "${option#*=}" "$@"
		continue
		;;
	--environment)
		[ $# -ge 2 ] || misuse '--environment needs a value'
		shift
		choose_environment "$1"
		;;
	--project)
		[ $# -ge 2 ] || misuse '--project needs a value'
		shift
		projects | first_column | listed "$1" ||
			misuse "there is no project '$1'; there are: $(projects | first_column | commas)"
		chosen="$chosen $1 "
		;;
	--quiet) quiet=yes ;;
	--json) as_json=yes ;;
	--help | -h)
		usage
		exit
		;;
	-*) misuse "there is no option '$1'" ;;
	*) misuse "there is nothing to do with '$1'; to choose a project: --project $(quoted "$1")" ;;
	esac
	shift
done
