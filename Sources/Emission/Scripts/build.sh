usage() {
	cat <<'END'
usage: build.sh [option]... [image]...

Builds the images of this workspace in order: each one after its bases. With
images named, builds those, and first the bases of theirs that the engine lacks.
Prints the references that it built.

  --project P         the images that project P builds (may be repeated)
  --with-dependents   also what is built from the chosen images
  --jobs N            up to N images of one stage side by side; the output of
                      each is shown whole when it is done
  --no-cache          build without the engine's cache
  --pull              look for newer pulled bases; an image that has bases in
                      this workspace is built from what the engine has
  --keep-going        after a failure, go on with what does not depend on it
  --dry-run           print the commands, and run none of them
  --list              print the images, their order and stages
  --compose P         print the Compose file that builds project P's images
  --help              print this

Images that have the same build are built once and tagged with each name.
DOCKER=podman uses Podman. BUILDX_BUILDER is 'default' unless it is set, because
other builders do not see the engine's images; BUILDX_NO_DEFAULT_ATTESTATIONS is
1 unless it is set, so that a build that changes nothing gives the same image.

Exit status: 0 all is built, 1 something failed, 2 wrong usage.
END
}

# Prints the names of the images, or of those that one project builds.
image_names() {
	images | while read -r _ image _ owner _; do
		if [ "${1-$owner}" = "$owner" ]; then
			printf '%s\n' "$image"
		fi
	done
}

need_project() {
	projects | first_column | listed "$1" ||
		misuse "there is no project '$1'; there are: $(projects | first_column | commas)"
}

# Prints the Compose file that builds an owner's images.
compose_file() {
	builds | owner=$1 awk '/^# / { on = ($0 == "# " ENVIRON["owner"]); next } on'
}

# Prints the builds to run, in order, one a line:
#   number, stage, image, owner, all names of that build, bases (with commas), and all references (the rest).
# $wanted are the images to build, $lacking the bases that the engine lacks. With an argument, prints instead
# each base that is not among those builds, and its reference.
plan() {
	images | bases_only=${1-} wanted=$wanted lacking=$lacking dependents=$with_dependents awk '
		{
			stage[$2] = $1
			reference[$2] = $3
			owner[$2] = $4
			build[$2] = $6 == "-" ? $2 : $6
			b = build[$2]
			if (b == $2) order[++count] = b
			names[b] = names[b] (names[b] == "" ? "" : ",") $2
			references[b] = references[b] " " $3
			if ($5 != "-") bases[b] = bases[b] (bases[b] == "" ? "" : ",") $5
		}
		END {
			split(ENVIRON["wanted"], list, " ")
			for (i in list) chosen[build[list[i]]] = 1
			split(ENVIRON["lacking"], list, " ")
			for (i in list) absent[list[i]] = 1
			# Bases come first in the table, so that one pass down finds all dependents, and one up all bases.
			for (n = 1; ENVIRON["dependents"] != "" && n <= count; n++) {
				split(bases[order[n]], base, ",")
				for (i in base) if (build[base[i]] in chosen) chosen[order[n]] = 1
			}
			for (n = count; n >= 1; n--) {
				if (!(order[n] in chosen) && !(order[n] in below)) continue
				split(bases[order[n]], base, ",")
				for (i in base) {
					below[build[base[i]]] = 1
					if (build[base[i]] in chosen) continue
					candidate[base[i]] = 1
					if (order[n] in chosen && base[i] in absent) chosen[build[base[i]]] = 1
				}
			}
			if (ENVIRON["bases_only"] != "") {
				for (name in candidate) print name, reference[name]
				exit
			}
			for (n = 1; n <= count; n++) {
				b = order[n]
				if (!(b in chosen)) continue
				if (bases[b] == "") bases[b] = "-"
				print ++number, stage[b], b, owner[b], names[b], bases[b] references[b]
			}
		}
	'
}

# Prints the chosen images with their stages.
list() {
	printf 'STAGE\tIMAGE\tREFERENCE\tOWNER\tNEEDS\tBUILT WITH\n'
	names=,$(plan | while read -r _ _ _ _ names _; do printf '%s,' "$names"; done)
	images | while read -r stage image reference owner needs with; do
		if share_a_name "$image" "$names"; then
			printf '%s\t' "$stage" "$image" "$reference" "$owner" "$needs"
			printf '%s\n' "$with"
		fi
	done
}

# Adds to $lacking the bases of the wanted images that the engine lacks.
find_lacking() {
	candidates=$(plan bases)
	[ -n "$candidates" ] || return 0
	need_engine
	while read -r base reference; do
		image_id "$reference" >/dev/null || lacking="$lacking $base"
	done <<END
$candidates
END
}

# Gives a command the words that make Compose build an image.
with_build_words() {
	command=$1
	service=$2
	needs=$3
	set -- -f - build
	if [ -n "$no_cache" ]; then
		set -- "$@" --no-cache
	fi
	# A registry has no base of this workspace: --pull would fail.
	if [ -n "$pull" ] && [ "$needs" = - ]; then
		set -- "$@" --pull
	fi
	"$command" "$@" -- "$service"
}

show_compose() {
	if [ "$compose" = standalone ]; then
		quoted docker-compose "$@"
	else
		quoted "$docker" compose "$@"
	fi
}

# Prints the commands for the plan on standard input.
show_commands() {
	while read -r _ _ image owner _ bases reference others; do
		printf '(cd -- %s && ' "$(quoted "$(projects | path_of "$owner")")"
		printf '%s | ' "$(quoted "$scripts/build.sh" --compose "$owner")"
		printf 'BUILDX_BUILDER=%s ' "$(quoted "$BUILDX_BUILDER")"
		printf 'BUILDX_NO_DEFAULT_ATTESTATIONS=%s ' "$(quoted "$BUILDX_NO_DEFAULT_ATTESTATIONS")"
		printf '%s)\n' "$(with_build_words show_compose "$image" "$bases")"
		for other in $others; do
			printf '%s\n' "$(quoted "$docker" tag -- "$reference" "$other")"
		done
	done
}

# Shows the output of a finished build whole, while no other one is shown.
show_output() {
	until mkdir "$scratch/showing" 2>/dev/null; do
		sleep 1
	done
	if [ "$status" -eq 0 ]; then
		say "built $names"
	else
		say "$image failed"
	fi
	cat "$scratch/$number/output" >&2
	rmdir "$scratch/showing"
}

# Builds what it can take of the plan on standard input, one after another. With --jobs, several of these take
# from one plan: whoever makes the folder of a build has it. A finished build leaves its exit status there.
work() {
	stopping=
	child=
	trap 'stopping=yes; [ -z "$child" ] || kill "$child" 2>/dev/null || :' HUP INT TERM
	while read -r number _ image owner names bases reference others; do
		if [ -n "$stopping" ] || [ -e "$scratch/halt" ]; then
			break
		fi
		mkdir "$scratch/$number" 2>/dev/null || continue
		if [ "$jobs" -gt 1 ]; then
			exec 3>"$scratch/$number/output"
		else
			say "building $names"
			exec 3>&2
		fi
		directory=$(projects | path_of "$owner")
		compose_file "$owner" | {
			cd -- "$directory" 2>/dev/null || fail "the folder of $owner is not there: $directory"
			with_build_words exec_compose "$image" "$bases"
		} >&3 2>&3 3>&- &
		child=$!
		[ -z "$stopping" ] || kill "$child" 2>/dev/null || :
		status=0
		wait "$child" 2>/dev/null || status=$?
		# A signal ends the wait before it ends the build.
		while kill -0 "$child" 2>/dev/null; do
			wait "$child" 2>/dev/null || status=$?
		done
		child=
		for other in $others; do
			[ "$status" -eq 0 ] || break
			"$docker" tag -- "$reference" "$other" >&3 2>&3 3>&- || status=$?
		done
		exec 3>&-
		printf '%s\n' "$status" >"$scratch/$number/status"
		if [ "$status" -ne 0 ] && [ -z "$keep_going" ]; then
			: >"$scratch/halt"
		fi
		if [ "$jobs" -gt 1 ] && [ -z "$stopping" ]; then
			show_output
		fi
	done
}

# Prints the exit status of a build, or nothing if it was not tried.
status_of() {
	if [ -e "$scratch/$1/status" ]; then
		cat "$scratch/$1/status"
	fi
}

# Whether two lists with commas have a name in common.
share_a_name() {
	rest=$1,
	while [ -n "$rest" ]; do
		case ,$2, in
		*",${rest%%,*},"*) return 0 ;;
		esac
		rest=${rest#*,}
	done
	return 1
}

# Prints the images of the plan on standard input that stand on one of these images.
standing_on() {
	below=$1
	while read -r _ _ image _ names bases _; do
		if share_a_name "$bases" "$below"; then
			below=$below,$names
			printf '%s\n' "$image"
		fi
	done
}

# Runs the builds of one stage, but those that stand on a failed one, and prints the references that they made.
run_stage() {
	while read -r number stage image owner names bases references; do
		[ "$stage" = "$1" ] || continue
		if share_a_name "$bases" "$broken"; then
			broken=$broken,$names
		else
			printf '%s\n' "$number $stage $image $owner $names $bases $references"
		fi
	done <"$scratch/plan" >"$scratch/stage"
	count=0
	while read -r _ && [ "$count" -lt "$jobs" ]; do
		work <"$scratch/stage" &
		workers="$workers $!"
		count=$((count + 1))
	done <"$scratch/stage"
	for worker in $workers; do
		wait "$worker" || :
	done
	workers=
	while read -r number _ _ _ names _ references; do
		if [ "$(status_of "$number")" = 0 ]; then
			for reference in $references; do
				printf '%s\n' "$reference"
			done
		else
			broken=$broken,$names
		fi
	done <"$scratch/stage"
}

# Ends the builds that run, waits until they have ended, and ends the script.
stop() {
	trap '' HUP INT TERM
	: >"$scratch/halt"
	for worker in $workers; do
		kill "$worker" 2>/dev/null || :
	done
	wait
	say 'stopped'
	exit "$1"
}

# Prints the command that builds these images with the options of this run.
again() {
	if [ -n "$pull" ]; then
		set -- --pull "$@"
	fi
	if [ -n "$no_cache" ]; then
		set -- --no-cache "$@"
	fi
	if [ "$jobs" -gt 1 ]; then
		set -- --jobs "$jobs" "$@"
	fi
	beside build.sh "$@"
}

# Says which builds failed, what they blocked, and how to go on. Fails if any did.
report() {
	unbuilt=
	untried=
	all_blocked=
	while read -r number _ image _ names _; do
		status=$(status_of "$number")
		[ "$status" != 0 ] || continue
		unbuilt="$unbuilt $image"
		if [ -n "$status" ]; then
			say "$image failed with exit status $status; to repeat: $(again "$image")"
			blocked=$(standing_on "$names" <"$scratch/plan")
			if [ -n "$blocked" ]; then
				say "not built, because they stand on $image: $(printf '%s\n' "$blocked" | commas)"
				all_blocked="$all_blocked$blocked
"
			fi
		elif ! printf '%s' "$all_blocked" | listed "$image"; then
			untried="$untried $image"
		fi
	done <"$scratch/plan"
	[ -n "$unbuilt" ] || return 0
	if [ -n "$untried" ]; then
		# shellcheck disable=SC2086 # one word an image
		say "not tried after that: $(printf '%s\n' $untried | commas)"
	fi
	# shellcheck disable=SC2086 # one word an image
	say "to go on after the repair: $(again $unbuilt)"
	return 1
}

wanted=
lacking=
everything=yes
action=build
with_dependents=
jobs=1
no_cache=
pull=
keep_going=
options=yes
while [ $# -gt 0 ]; do
	case $options$1 in
	yes--project=* | yes--jobs=* | yes--compose=*)
		option=$1
		shift
		set -- "${option%%=*}" "${option#*=}" "$@"
		continue
		;;
	yes--project | yes--jobs | yes--compose)
		[ $# -ge 2 ] || misuse "$1 needs a value"
		;;
	esac
	case $options$1 in
	yes--project)
		shift
		need_project "$1"
		wanted="$wanted $(image_names "$1" | tr '\n' ' ')"
		everything=
		;;
	yes--compose)
		shift
		need_project "$1"
		compose_file "$1"
		exit
		;;
	yes--jobs)
		shift
		case $1 in
		'' | 0* | *[!0-9]* | ??????*) misuse "--jobs needs a number of 1 or more, not '$1'" ;;
		esac
		jobs=$1
		;;
	yes--with-dependents) with_dependents=yes ;;
	yes--no-cache) no_cache=yes ;;
	yes--pull) pull=yes ;;
	yes--keep-going) keep_going=yes ;;
	yes--dry-run) action=show_commands ;;
	yes--list) action=list ;;
	yes--help | yes-h)
		usage
		exit
		;;
	yes--) options=no ;;
	yes-*) misuse "there is no option '$1'" ;;
	*)
		image_names | listed "$1" ||
			misuse "this workspace builds no image '$1'; it builds: $(image_names | commas)"
		wanted="$wanted $1"
		everything=
		;;
	esac
	shift
done
if [ -n "$everything" ]; then
	wanted=$(image_names | tr '\n' ' ')
fi

export BUILDX_BUILDER="${BUILDX_BUILDER-default}"
export BUILDX_NO_DEFAULT_ATTESTATIONS="${BUILDX_NO_DEFAULT_ATTESTATIONS-1}"

if [ "$action" = list ]; then
	list | aligned
	exit
fi

find_lacking
if [ "$action" = show_commands ]; then
	find_compose || compose=plugin
	plan | show_commands
	exit
fi

scratch=$(mktemp -d "${TMPDIR:-/tmp}/build.XXXXXX")
workers=
broken=
trap 'rm -rf -- "$scratch"' EXIT
trap 'stop 129' HUP
trap 'stop 130' INT
trap 'stop 143' TERM
plan >"$scratch/plan"
if [ ! -s "$scratch/plan" ]; then
	say 'there is nothing to build'
	exit
fi
need_engine
need_compose
for stage in $(cut -d ' ' -f 2 "$scratch/plan" | uniq); do
	[ ! -e "$scratch/halt" ] || break
	run_stage "$stage"
done
report
