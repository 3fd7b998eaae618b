usage() {
	cat <<'END'
usage: verify.sh [option]...

Lists every image that the projects run: its reference, the project that builds
it, its size and its age on the engine. Says which images are missing, with the
command that makes each one, and which running containers are stale: their
reference now means another image than the one they were started from.

  --environment E  the images of environment E
  --project P      only the images of project P (may be repeated)
  --check          instead, BuildKit's own checks of all Dockerfiles, with what
                   they find under the project whose images they are about
  --quiet          only what is wrong
  --json           as one JSON object, also if the engine does not answer
  --help           print this

DOCKER=podman uses Podman.

Exit status: 0 every image is there, 1 one is missing or is of another
workspace, or the engine does not answer, 2 wrong usage; with --check 0 nothing
is found, 1 something is, or a check could not run. A stale container alone
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
		if lacks_registry "$image" "$reference" "$owner"; then
			printf '%s is missing, and names no registry that could have it. To say in the manifest where it was released to:\n' "$reference"
			printf '    environments.%s.images.%s.registry\n' "$chosen_environment" "$image"
			continue
		elif [ "$owner" = - ]; then
			printf '%s is missing. To pull it:\n' "$reference"
		else
			printf '%s is missing. %s builds it:\n' "$reference" "$owner"
		fi
		printf '    %s\n' "$(remedy "$image" "$reference" "$owner")"
	done
}

# Runs BuildKit's checks of the Dockerfiles of all images that the chosen projects build, a call for each project, and
# prints what they find under the project's name. Fails if they find anything or cannot run.
check_builds() {
	if [ "${docker##*/}" = podman ]; then
		fail "Podman has no build checks; Docker's Buildx has them from 0.16 on"
	fi
	need_engine
	"$docker" buildx bake --help 2>/dev/null | grep -q -e '--check' ||
		fail 'this Buildx has no build checks; 0.16 or later has them'
	checked=0
	unclean=
	lacking=
	for owner in $(projects | first_column); do
		case ${chosen:- $owner } in *" $owner "*) ;; *) continue ;; esac
		set -- --compose "$owner"
		[ -z "$chosen_environment" ] || set -- --environment "$chosen_environment" "$@"
		builds=$("$scripts/build.sh" "$@") || fail "build.sh does not say what $owner builds"
		[ -n "$builds" ] || continue
		directory=$(projects | path_of "$owner")
		checked=$((checked + 1))
		status=0
		found=$(
			cd -- "$directory" 2>/dev/null || fail "the folder of $owner is not there: $directory"
			printf '%s\n' "$builds" | BUILDX_BUILDER="${BUILDX_BUILDER-default}" BUILDX_BAKE_ENTITLEMENTS_FS="${BUILDX_BAKE_ENTITLEMENTS_FS-0}" \
				"$docker" buildx bake -f - --progress quiet --check 2>&1
		) || status=$?
		case $found in
		*'failed to resolve source metadata'*) lacking=yes ;;
		esac
		if [ "$status" -ne 0 ]; then
			unclean="$unclean $owner"
		elif [ -n "$quiet" ]; then
			continue
		fi
		printf '%s\n' "$owner"
		printf '%s\n' "${found:-nothing is found}" | LC_ALL=C tr '\001-\010\013-\037\177' '?' | sed 's/^./    &/'
	done
	if [ "$checked" -eq 0 ]; then
		say 'there is nothing to check: no image is built here'
	elif [ -n "$unclean" ]; then
		# shellcheck disable=SC2086 # one word a project
		say "there are findings, or checks that could not run: $(printf '%s\n' $unclean | commas)"
		[ -z "$lacking" ] || say "a base is not on the engine; what this workspace builds: $(beside build.sh)"
		return 1
	fi
}

chosen=
quiet=
as_json=
checks=
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
		need_project "$1"
		chosen="$chosen $1 "
		;;
	--check) checks=yes ;;
	--quiet) quiet=yes ;;
	--json) as_json=yes ;;
	--help | -h)
		usage
		exit
		;;
	-*) misuse_option "$1" ;;
	*) misuse "there is nothing to do with '$1'; to choose a project: --project $(quoted "$1")" ;;
	esac
	shift
done
if [ -n "$checks" ] && [ -n "$as_json" ]; then
	misuse '--check prints what BuildKit says, which --json has no place for'
fi
