usage() {
	cat <<'END'
usage: up.sh [option]... project [service]...

Starts a project's containers, or those of the services named, from the images
that are there: it builds nothing. Containers whose image has been rebuilt are
replaced. It starts none while an image that this workspace builds is missing;
an image from a registry is pulled if it is missing.

  --environment E  as environment E has them: its file, services and images
  --profile P      only services of profile P, and those that have no profile (may
                   be repeated); without it, all profiles of the project
  --help           print this

DOCKER=podman uses Podman.

Exit status: 0 started, 1 an image is missing or Compose failed, 2 wrong usage.
END
}

# Whether a service is to start: it is named, or, if none is, it has an active profile or none at all.
is_active() {
	if [ -n "$wanted" ]; then
		for name in $wanted; do
			[ "$name" != "$1" ] || return 0
		done
		return 1
	fi
	[ "$2" != - ] || return 0
	for name in $active; do
		case ,$2, in
		*",$name,"*) return 0 ;;
		esac
	done
	return 1
}

# Prints the missing images that this workspace builds and the services to start run: image, reference, owner.
find_missing() {
	services | while read -r project_name service image reference owner profiles _; do
		if [ "$project_name" = "$project" ] && [ "$owner" != - ] && is_active "$service" "$profiles"; then
			image_id "$reference" >/dev/null || printf '%s\n' "$image $reference $owner"
		fi
	done | awk '!seen[$2 ""]++'
}

# Becomes Compose, which starts the services.
start() {
	set -- -f "$(files | path_of "$project")" -p "$project"
	for profile in $active; do
		set -- "$@" --profile "$profile"
	done
	set -- "$@" up -d --no-build
	if [ -n "$wanted" ]; then
		set -- "$@" --
	fi
	for service in $wanted; do
		set -- "$@" "$service"
	done
	exec_compose "$@"
}

# Prints the command that repeats this run.
again() {
	set --
	if [ -n "$chosen_profiles" ]; then
		for profile in $active; do
			set -- "$@" --profile "$profile"
		done
	fi
	# A service may be named like an option.
	case " $wanted" in
	*' -'*) set -- "$@" -- ;;
	esac
	set -- "$@" "$project"
	for service in $wanted; do
		set -- "$@" "$service"
	done
	beside up.sh "$@"
}

# Chooses the environment of a command line: which services there are depends on it.
find_environment() {
	while [ $# -gt 0 ]; do
		case $1 in
		--) return ;;
		--environment=*) choose_environment "${1#*=}" ;;
		--environment | --profile)
			[ $# -ge 2 ] || misuse "$1 needs a value"
			[ "$1" = --profile ] || choose_environment "$2"
			shift
			;;
		esac
		shift
	done
}

project=
wanted=
chosen_profiles=
options=yes
find_environment "$@"
while [ $# -gt 0 ]; do
	case $options$1 in
	yes--profile=* | yes--environment=*)
		option=$1
		shift
		set -- "${option%%=*}" "${option#*=}" "$@"
		continue
		;;
	yes--profile | yes--environment)
		[ $# -ge 2 ] || misuse "$1 needs a value"
		;;
	esac
	case $options$1 in
	yes--profile)
		shift
		chosen_profiles="$chosen_profiles$1
"
		;;
	yes--environment) shift ;;
	yes--help | yes-h)
		usage
		exit
		;;
	yes--) options=no ;;
	yes-*) misuse "there is no option '$1'" ;;
	*)
		if [ -z "$project" ]; then
			files | first_column | listed "$1" ||
				misuse "there is no project '$1'; there are: $(files | first_column | commas)"
			project=$1
		else
			service_names "$project" | listed "$1" ||
				misuse "$project has no service '$1'; it has: $(service_names "$project" | commas)"
			wanted="$wanted $1"
		fi
		;;
	esac
	shift
done
[ -n "$project" ] || misuse "name a project: $(files | first_column | commas)"
if [ -n "$chosen_profiles" ]; then
	active=$(printf '%s' "$chosen_profiles" | while IFS= read -r profile; do
		profile_names "$project" | listed "$profile" ||
			misuse "$project has no profile '$profile'; it has: $(profile_names "$project" | commas)"
		printf '%s\n' "$profile"
	done) || exit
else
	active=$(profile_names "$project")
fi
