usage() {
	cat <<'END'
usage: status.sh [option]...

Lists the images that the projects run, with size and age, and the running
containers of the projects, each with its image and status. A container is
marked as stale if its reference now means another image than the one it was
started from, and with the reference that its Compose file names if it runs
another one; the command that replaces it follows. Containers that ended with
an error follow, each with the command that shows what it wrote. What the engine
has of this workspace and belongs to none of its projects, services and images
of today comes last, with the commands that move data or remove it: what a
renamed or deleted project left, a service that is in another project now, a
volume that is declared no more.

  --environment E  the images and services of environment E
  --project P      only the images and containers of project P (may be repeated)
  --plan P         only what up.sh would do with the containers of project P:
                   which it would create, recreate, start, keep, or leave as
                   orphans
  --json           as one JSON object, also if the engine does not answer
  --help           print this

DOCKER=podman uses Podman.

Exit status: 0 done, 1 the engine does not answer, 2 wrong usage. What is
missing leaves the status at 0: verify.sh is for that.
END
}

show_containers() {
	printf 'CONTAINER\tPROJECT\tSERVICE\tIMAGE\tSTATUS\n'
	printf '%s\n' "$containers" | while read -r project service reference state name _ environment declared status; do
		[ -n "$project" ] || continue
		if [ "$environment" != - ]; then
			status="$status, $environment"
		fi
		case $state in
		stale) status="$status, stale" ;;
		other) status="$status, not $declared" ;;
		esac
		printf '%s\t' "$name" "$project" "$service" "$reference"
		printf '%s\n' "$status"
	done
}

# Names the containers of the chosen projects that ended with an error.
show_ended() {
	printf '%s\n' "$containers_there" | while IFS=$tab read -r owner project _ _ _ _ name state code _ _ single _ _ _ status; do
		case $owner$state in
		[/?]*) continue ;;
		*exited | *dead | *stopped) ;;
		*) continue ;;
		esac
		if [ "$single" = True ] || [ "$code" = 0 ] || ! chosen_services | first_column | listed "$project"; then
			continue
		fi
		printf '\n%s does not run: %s. To see why:\n    %s\n' "$name" "$status" "$(quoted "$docker" logs "$name")"
	done
}

# Copies what is left over of the chosen projects, or is to go over to one of them.
chosen_left() {
	while IFS= read -r line; do
		project=${line#*"$tab"}
		case ${chosen:-" ${project%%"$tab"*} "} in
		*" ${project%%"$tab"*} "* | *" ${line##*"$tab"} "*) printf '%s\n' "$line" ;;
		esac
	done
}

# Prints the chosen projects, each with what must run before it.
chosen_order() {
	after | while read -r project needed service; do
		case ${chosen:-" $project "} in
		*" $project "*)
			[ "$service" = '*' ] || needed=$needed/$service
			printf '%s\t%s\n' "$project" "$needed"
			;;
		esac
	done
}

# Shows what must run before the chosen projects.
show_order() {
	rows=$(chosen_order)
	[ -n "$rows" ] || return 0
	printf '\n'
	{
		printf 'PROJECT\tSTARTS AFTER\n'
		printf '%s\n' "$rows"
	} | aligned
}

chosen=
planned=
as_json=
while [ $# -gt 0 ]; do
	case $1 in
	--project=* | --environment=* | --plan=*)
		option=$1
		shift
		set -- "${option%%=*}" "${option#*=}" "$@"
		continue
		;;
	--plan)
		[ $# -ge 2 ] || misuse '--plan needs a value'
		shift
		need_project "$1"
		[ -z "$planned" ] || misuse '--plan is of one project'
		planned=$1
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
if [ -n "$planned" ]; then
	[ -z "$chosen$as_json" ] || misuse '--plan goes with neither --project nor --json'
	chosen=" $planned "
fi
