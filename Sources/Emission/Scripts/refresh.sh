usage() {
	cat <<'END'
usage: refresh.sh [option]... image...
       refresh.sh --watch [option]... [image]...

After a change of code: rebuilds the images and what is built from them, then
recreates each running container of theirs, in every project, so that it runs
the new image; a restart would keep the old one. A container that already runs
it is left as it is, and so is one that runs another reference than the
project's Compose file names. Nothing that does not run is started. If a build
fails, no container is touched.

  --environment E  as environment E builds and runs them
  --jobs N         up to N images of one stage side by side
  --no-cache       build without the engine's cache
  --pull           look for newer pulled bases
  --no-build       build nothing: recreate only
  --watch          do it again whenever the inputs of the images (without names:
                   of all) change, or of those that they stand on; Ctrl-C ends
  --dry-run        print the commands, and run none of them
  --help           print this

It does not work with Podman. BUILDX_BUILDER is 'default' unless it is set,
because other builders do not see the engine's images;
BUILDX_NO_DEFAULT_ATTESTATIONS is 1 unless it is set, so that a build that
changes nothing gives the same image.

Exit status: 0 done, 1 something failed, 2 wrong usage.
END
}

# Gives a command the options of this run that say how images are built, and images.
with_build_options() {
	command=$1
	shift
	if [ -n "$pull" ]; then
		set -- --pull "$@"
	fi
	if [ -n "$no_cache" ]; then
		set -- --no-cache "$@"
	fi
	if [ "$jobs" -gt 1 ]; then
		set -- --jobs "$jobs" "$@"
	fi
	"$command" "$@"
}

# Prints the command that repeats this run.
again() {
	# shellcheck disable=SC2086 # one word an image
	with_build_options show_again $wanted
}

show_again() {
	if [ -n "$watch" ]; then
		set -- --watch "$@"
	fi
	if [ -n "$no_build" ]; then
		set -- --no-build "$@"
	fi
	beside refresh.sh "$@"
}

# Prints the command that builds the images, and what is built from them, whosever their names are now.
build_command() {
	# shellcheck disable=SC2086 # one word an image
	beside build.sh --take-over --with-dependents $wanted
}

# Prints the running containers of the services that run the images with these names (with commas): project, service,
# reference, name, identity, whose it is, and the reference that it was started from.
find_running() {
	{
		ask_containers | with_owners
		printf '%s\n' =
		services
	} | names=$1 awk '
		$0 == "=" { part++; next }
		!part && split($0, cell, "\t") == 16 && cell[12] != "True" && cell[8] ~ /^(running|restarting|paused)$/ {
			service = cell[2] " " cell[3]
			running[service, ++count[service]] = cell[7] " " cell[4] " " cell[1] " " cell[6]
		}
		part == 1 && $7 != "mounted" && index("," ENVIRON["names"] ",", "," $3 ",") {
			service = $1 " " $2
			for (n = 1; n <= count[service]; n++) print $1, $2, $4, running[service, n]
		}
	'
}

# Writes the containers to recreate to a file, and names those that were started otherwise. Podman puts the words that it
# understands before a reference.
choose_running() {
	find_running "$1" | while read -r project service reference name identity owner runs; do
		case $owner in
		"${chosen_environment:--}") ;;
		[/?])
			say "$name is left as it is: another folder's project $project started it"
			continue
			;;
		*)
			[ "$owner" != - ] || owner=development
			say "$name is left as it is: it was started for $owner"
			continue
			;;
		esac
		case $runs in
		"$reference" | "localhost/$reference" | "docker.io/$reference" | "docker.io/library/$reference")
			printf '%s\n' "$project $service $reference $name $identity"
			;;
		*) say "$name is left as it is: it does not run $reference" ;;
		esac
	done
}

# Gives a command the words that make Compose recreate the containers of a consumer's services.
with_up_words() {
	command=$1
	set -- -f "$(files | path_of "$consumer")" -p "$consumer"
	for profile in $(profile_names "$consumer"); do
		set -- "$@" --profile "$profile"
	done
	set -- "$@" up -d --no-deps --no-build
	# Compose would otherwise bring a service that was scaled back to what its file says.
	for service in $targets; do
		count=$(project=$consumer service=$service awk '
			($1 "") == (ENVIRON["project"] "") && ($2 "") == (ENVIRON["service"] "") { n++ }
			END { print n + 0 }
		' "$scratch/running")
		if [ "$count" -gt 1 ]; then
			set -- "$@" --scale "$service=$count"
		fi
	done
	set -- "$@" --
	for service in $targets; do
		set -- "$@" "$service"
	done
	"$command" "$@"
}

# Prints the services of the consumer that have a container to recreate.
services_to_recreate() {
	while read -r project service _; do
		if [ "$project" = "$consumer" ]; then
			printf '%s\n' "$service"
		fi
	done <"$scratch/running" | each_once
}

# Says which containers have been replaced: those of before that are gone.
report_containers() {
	"$docker" container ls --all --quiet --no-trunc >"$scratch/there"
	recreated=0
	count=0
	while read -r project service reference name identity; do
		count=$((count + 1))
		if listed "$identity" <"$scratch/there"; then
			printf 'unchanged %s\n' "$name"
		else
			printf 'recreated %s\n' "$name"
			recreated=$((recreated + 1))
		fi
	done <"$scratch/running"
	say "recreated $recreated of $count containers"
}

# Recreates the containers of the projects named, all projects side by side, so that the time that containers take to end
# is not added up. Shows what Compose said of each, and sets $failed to those that failed.
recreate() {
	failed=
	if [ $# -eq 1 ]; then
		consumer=$1
		targets=$(services_to_recreate)
		run with_up_words exec_compose >&2 || failed=$1
		return
	fi
	starting=yes
	for consumer in "$@"; do
		targets=$(services_to_recreate)
		with_up_words exec_compose >"$scratch/up.$consumer" 2>&1 </dev/null &
		workers="$workers $!"
	done
	starting=
	[ -z "$ended_by" ] || stop "$ended_by"
	number=0
	for worker in $workers; do
		status=0
		wait "$worker" || status=$?
		number=$((number + 1))
		say "recreated in $1 ($number of $((number + $# - 1)))"
		cat "$scratch/up.$1" >&2
		[ "$status" -eq 0 ] || failed="$failed $1"
		shift
	done
	workers=
}

wanted=
named=
lacking=
with_dependents=yes
jobs=1
no_cache=
pull=
no_build=
watch=
dry_run=
keep_going=
options=yes
while [ $# -gt 0 ]; do
	case $options$1 in
	yes--jobs=* | yes--environment=*)
		option=$1
		shift
		set -- "${option%%=*}" "${option#*=}" "$@"
		continue
		;;
	yes--environment)
		[ $# -ge 2 ] || misuse '--environment needs a value'
		shift
		choose_environment "$1"
		;;
	yes--jobs)
		[ $# -ge 2 ] || misuse '--jobs needs a value'
		shift
		case $1 in
		'' | 0* | *[!0-9]* | ??????*) misuse "--jobs needs a number of 1 or more, not '$1'" ;;
		esac
		jobs=$1
		;;
	yes--no-cache) no_cache=yes ;;
	yes--pull) pull=yes ;;
	yes--no-build) no_build=yes ;;
	yes--watch) watch=yes ;;
	yes--dry-run) dry_run=yes ;;
	yes--help | yes-h)
		usage
		exit
		;;
	yes--) options=no ;;
	yes-*) misuse_option "$1" ;;
	*)
		need_image "$1" "$(images | awk '{ print $2, $3 }')" 'this workspace builds no image' 'it builds'
		wanted="$wanted $1"
		named=$wanted
		;;
	esac
	shift
done
if [ -n "$watch" ] && [ -n "$no_build$dry_run" ]; then
	misuse '--watch builds what changed: it goes without --no-build and --dry-run'
fi
[ -n "$wanted$watch" ] || misuse "name an image: $(image_names | commas)"

export BUILDX_BUILDER="${BUILDX_BUILDER-default}"
export BUILDX_NO_DEFAULT_ATTESTATIONS="${BUILDX_NO_DEFAULT_ATTESTATIONS-1}"
