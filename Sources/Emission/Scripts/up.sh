usage() {
	cat <<'END'
usage: up.sh [option]... project [service]...

Starts a project's containers, or those of the services named, from the images
that are there: it builds nothing. Containers whose image has been rebuilt are
replaced. It starts none while an image that this workspace builds is missing;
an image from a registry is pulled if it is missing. What must run before the
project (after, in the manifest) is started first, if it does not run already,
each when the one before it runs and is healthy, or has done its work.

  --environment E   as environment E has them: its file, services and images
  --profile P       also services of profile P (may be repeated); without it
                    those of COMPOSE_PROFILES, and services that have no profile
  --all-profiles    services of every profile
  --remove-orphans  remove containers of services that the project no longer has
  --take-data       first copy into its volumes what those hold that the project
                    had under another name, or another project had that has
                    them no more; without it, nothing starts with empty volumes
                    in their place
  --new-volumes     start with empty volumes all the same
  --wait            wait until the project itself runs, too
  --wait-timeout S  wait up to S seconds for each project (default 300)
  --help            print this

Containers that another folder's project of this name started, or another
environment, are left alone: then nothing is started.
DOCKER=podman uses Podman, with podman-compose 1.3 or later.

Exit status: 0 started, 1 something is missing or did not start, 2 wrong usage.
END
}

# How containers of two folders run side by side.
at_once=${at_once-"write 'instances: BAYPLAN_INSTANCE' into the manifest, compile, and give one an instance"}

# Prints the profiles of $project that are active if nobody chooses others, as Compose takes them from the environment.
active_profiles() {
	printf '%s\n' "${COMPOSE_PROFILES-}" | tr ',' '\n' | while read -r profile; do
		if [ "$profile" = '*' ]; then
			profile_names "$project"
		elif profile_names "$project" | listed "$profile"; then
			printf '%s\n' "$profile"
		fi
	done | each_once
}

# Whether the .env of the folder of $project chooses profiles.
env_has_profiles() {
	[ -z "${COMPOSE_PROFILES+set}" ] || return 1
	path=$(files | path_of "$project")
	grep -Eq '^[[:space:]]*(export[[:space:]]+)?COMPOSE_PROFILES[[:space:]]*[=:]' "${path%/*}/.env" 2>/dev/null
}

# Prints the services of $project that start when none is named: those that have no profile, or one of these.
services_with() {
	services | project=$project profiles=$* awk '
		BEGIN {
			count = split(ENVIRON["profiles"], list)
			for (i = 1; i <= count; i++) active[list[i] ""] = 1
		}
		($1 "") != (ENVIRON["project"] "") || $7 != "" { next }
		$6 == "-" { print $2; next }
		{
			count = split($6, its, ",")
			for (i = 1; i <= count; i++) if ((its[i] "") in active) {
				print $2
				next
			}
		}
	'
}

# Prints the profiles of the services of $project that are named.
profiles_of() {
	services | project=$project named=$* awk '
		BEGIN {
			count = split(ENVIRON["named"], list)
			for (i = 1; i <= count; i++) is_named[list[i] ""] = 1
		}
		($1 "") == (ENVIRON["project"] "") && $6 != "-" && ($2 "") in is_named { print $6 }
	' | tr ',' '\n' | each_once
}

# Sets what of a project is to start: $project, its $services (none for all that are active), the profiles to give
# Compose, $flags, and the services that start with that, $starting.
take_step() {
	project=$1
	shift
	named=$*
	flags=
	orphans=
	if [ "$project" = "$target" ]; then
		named=$wanted
		orphans=$remove_orphans
		flags=$chosen_profiles
		[ -z "$all_profiles" ] || flags=$(profile_names "$project")
	fi
	# shellcheck disable=SC2086 # one word a service, one a profile
	if [ -n "$named" ]; then
		flags=$(profiles_of $named)
		starting=$named
	elif [ -n "$flags" ]; then
		starting=$(services_with $flags)
	elif env_has_profiles; then
		need_compose
		starting=$( (exec_compose -f "$path" -p "$project" config --services) 2>&1 </dev/null) ||
			fail "Compose cannot tell which services of $project are active: $starting"
	else
		# shellcheck disable=SC2046 # one word a profile
		starting=$(services_with $(active_profiles))
	fi
}

# Ends the script if nothing of $project would start, and says how to choose.
need_services() {
	[ -z "$starting" ] || return 0
	[ -n "$(service_names "$project")" ] || fail "$project has no services to start"
	if [ "$project" = "$target" ]; then
		say "every service of $project has a profile, and none is chosen. To choose:"
		profile_names "$project" | while read -r profile; do
			printf '    %s\n' "$(beside up.sh --profile "$profile" "$project")"
		done >&2
		printf '    %s\n' "$(beside up.sh --all-profiles "$project")" >&2
	else
		say "$target starts after $project, of which every service has a profile, and none is chosen. To choose:"
		profile_names "$project" | while read -r profile; do
			printf '    COMPOSE_PROFILES=%s %s\n' "$profile" "$(again)"
		done >&2
	fi
	exit 2
}

# Prints the images that this workspace builds and the services to start run: image, reference, owner.
images_to_start() {
	services | project=$project starting=$starting awk '
		BEGIN {
			count = split(ENVIRON["starting"], list)
			for (i = 1; i <= count; i++) starts[list[i] ""] = 1
		}
		($1 "") == (ENVIRON["project"] "") && $5 != "-" && ($2 "") in starts && !seen[$4 ""]++ { print $3, $4, $5 }
	'
}

# Copies those of such lines whose images are missing.
find_missing() {
	rows=$(cat)
	[ -n "$rows" ] || return 0
	{
		printf '%s\n' "$rows" | awk '{ print $2 }' | inspect_images '{{.Id}}'
		printf '%s\n' = "$rows"
	} | awk '
		$0 == "=" { part++; next }
		!part { found[++asked] = $0; next }
		found[++n] == "-"
	'
}

# Becomes Compose, which starts the services.
start() {
	set -- -f "$(files | path_of "$project")" -p "$project"
	for profile in $flags; do
		set -- "$@" --profile "$profile"
	done
	set -- "$@" up -d --no-build
	if [ -n "$orphans" ]; then
		set -- "$@" --remove-orphans
	fi
	if [ -n "$named" ]; then
		set -- "$@" --
	fi
	for service in $named; do
		set -- "$@" "$service"
	done
	exec_compose "$@"
}

# Removes the containers of the services to start that run another image than their reference means now, as podman-compose
# leaves them.
remove_stale() {
	rows=$(printf '%s\n' "$containers" | project=$project starting=$starting awk -F '\t' '
		BEGIN {
			count = split(ENVIRON["starting"], list)
			for (i = 1; i <= count; i++) starts[list[i] ""] = 1
		}
		($1 "") == (ENVIRON["project"] "") && ($2 "") in starts && $11 != "True" { print $5, $3, $4 }
	')
	[ -n "$rows" ] || return 0
	for identity in $({
		printf '%s\n' "$rows" | awk '{ print $1 }' | inspect_images '{{.Id}}'
		printf '%s\n' = "$rows"
	} | awk '
		$0 == "=" { part++; next }
		!part { sub(/^sha256:/, ""); means[++count] = $0; next }
		means[++n] != "-" && (means[n] "") != ($3 "") { print $2 }
	'); do
		"$docker" container rm --force -- "$identity" >/dev/null || return 1
	done
}

# Whether the services to start have containers that were started: podman-compose says that all is well when it failed.
is_started() {
	verdict=$(ask_containers | judge "$project" "$starting")
	case $verdict in
	absent* | *' is created') ;;
	*) return 0 ;;
	esac
	say "${verdict#* }"
	return 1
}

# Starts the services, and what podman-compose does not do of that by itself.
start_all() {
	if [ "$compose" = podman-compose ]; then
		remove_stale && (start </dev/null) && is_started
	else
		(start </dev/null)
	fi
}

# Prints the command that repeats this run.
again() {
	set --
	if [ -n "$all_profiles" ]; then
		set -- "$@" --all-profiles
	fi
	for profile in $chosen_profiles; do
		set -- "$@" --profile "$profile"
	done
	if [ -n "$remove_orphans" ]; then
		set -- "$@" --remove-orphans
	fi
	if [ -n "$new_volumes" ]; then
		set -- "$@" --new-volumes
	fi
	if [ -n "$wait" ]; then
		set -- "$@" --wait
	fi
	if [ "$limit" != 300 ]; then
		set -- "$@" --wait-timeout "$limit"
	fi
	# A service may be named like an option.
	case " $wanted" in
	*' -'*) set -- "$@" -- ;;
	esac
	set -- "$@" "$target"
	for service in $wanted; do
		set -- "$@" "$service"
	done
	beside up.sh "$@"
}

# Prints what must run before the project, in order: project, and the services of it that must, or none for all.
find_needed() {
	after | target=$target awk '
		{
			from[NR] = $1 ""
			to[NR] = $2 ""
			service[NR] = $3
		}
		END {
			needed[ENVIRON["target"] ""] = 1
			# A project comes after those that it needs: one pass up finds them all, and one down their order.
			for (n = NR; n >= 1; n--) if (from[n] in needed) needed[to[n]] = 1
			for (n = 1; n <= NR; n++) {
				if (!(from[n] in needed)) continue
				other = to[n]
				if (!(other in services)) order[++count] = other
				if (service[n] == "*") whole[other] = 1
				if (index(services[other] " ", " " service[n] " ") == 0) services[other] = services[other] " " service[n]
			}
			for (n = 1; n <= count; n++) print order[n] (order[n] in whole ? "" : services[order[n]])
		}
	'
}

# Prints the projects that have a service of this name.
projects_with_service() {
	services | service=$1 awk '($2 "") == (ENVIRON["service"] "") && $7 == "" { print $1 }' | each_once
}

# Prints the commands that start a service of one project or another: up_commands SERVICE PROJECTS.
up_commands() {
	printf '%s\n' "$2" | while read -r project; do
		case $1 in
		-*) printf '%s\n' "$(beside up.sh -- "$project" "$1")" ;;
		*) printf '%s\n' "$(beside up.sh "$project" "$1")" ;;
		esac
	done | commas
}

# Chooses the environment of a command line: which services there are depends on it.
find_environment() {
	while [ $# -gt 0 ]; do
		case $1 in
		--) return ;;
		--environment=*) choose_environment "${1#*=}" ;;
		--environment | --profile | --wait-timeout)
			[ $# -ge 2 ] || misuse "$1 needs a value"
			[ "$1" != --environment ] || choose_environment "$2"
			shift
			;;
		esac
		shift
	done
}

target=
wanted=
chosen_profiles=
all_profiles=
remove_orphans=
take_data=
new_volumes=
wait=
limit=300
options=yes
find_environment "$@"
while [ $# -gt 0 ]; do
	case $options$1 in
	yes--profile=* | yes--environment=* | yes--wait-timeout=*)
		option=$1
		shift
		set -- "${option%%=*}" "${option#*=}" "$@"
		continue
		;;
	yes--profile | yes--environment | yes--wait-timeout)
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
	yes--wait-timeout)
		shift
		case $1 in
		'' | 0* | *[!0-9]* | ???????*) misuse "--wait-timeout needs a number of seconds, not '$1'" ;;
		esac
		limit=$1
		;;
	yes--all-profiles) all_profiles=yes ;;
	yes--remove-orphans) remove_orphans=yes ;;
	yes--take-data) take_data=yes ;;
	yes--new-volumes) new_volumes=yes ;;
	yes--wait) wait=yes ;;
	yes--help | yes-h)
		usage
		exit
		;;
	yes--) options=no ;;
	yes-*) misuse_option "$1" ;;
	*)
		if [ -z "$target" ]; then
			having=$(projects_with_service "$1")
			[ -z "$having" ] || files | first_column | listed "$1" ||
				misuse "there is no project '$1'; to start the service '$1' of a project: $(up_commands "$1" "$having")"
			need_project "$1" files
			target=$1
		else
			if ! service_names "$target" | listed "$1"; then
				! files | first_column | listed "$1" ||
					misuse "one project at a time: behind '$target' stand services of it, and '$1' is a project"
				need_name "$1" "$(service_names "$target")" "$target has no service" 'it has'
			fi
			wanted="$wanted $1"
		fi
		;;
	esac
	shift
done
[ -n "$target" ] || misuse "name a project: $(files | first_column | commas)"
[ "$take_data$new_volumes" != yesyes ] || misuse 'choose one of --take-data and --new-volumes'
project=$target
if [ -n "$chosen_profiles" ]; then
	[ -z "$all_profiles" ] || misuse 'choose one of --profile and --all-profiles'
	chosen_profiles=$(printf '%s' "$chosen_profiles" | while IFS= read -r profile; do
		need_name "$profile" "$(profile_names "$target")" "$target has no profile" 'it has'
		printf '%s\n' "$profile"
	done) || exit
fi
