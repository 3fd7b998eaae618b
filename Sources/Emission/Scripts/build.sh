usage() {
	cat <<'END'
usage: build.sh [option]... [image]...

Builds the images of this workspace in order: each one after its bases. With
images named, builds those, and first the bases of theirs that the engine lacks.
Prints the references that it built.

  --environment E     what environment E builds, under its references
  --project P         the images that project P builds (may be repeated)
  --changed           leave out the images that the engine has and whose inputs
                      are the same: context, Dockerfile, options and bases
  --with-dependents   also what is built from the chosen images
  --jobs N            up to N images of one stage side by side; the output of
                      each is shown whole when it is done
  --no-cache          build without the engine's cache
  --pull              look for newer pulled bases; an image that has bases in
                      this workspace is built from what the engine has
  --take-over         also where an image of another workspace has the reference
  --keep-going        after a failure, go on with what does not depend on it
  --dry-run           print the commands, and run none of them
  --list              print the images, their order and stages
  --compose P         print the Compose file that builds project P's images
  --help              print this

Images that have the same build are built once and tagged with each name.
What an image is built from stands in its label io.bayplan.fingerprint if the
command bayplan is on the PATH; without it, --changed builds everything. It does
not see what a pulled base has become: for that build without it, with --pull.
DOCKER=podman uses Podman, with podman-compose 1.3 or later. BUILDX_BUILDER is
'default' unless it is set, because other builders do not see the engine's
images; BUILDX_NO_DEFAULT_ATTESTATIONS is 1 unless it is set, so that a build
that changes nothing gives the same image.

Exit status: 0 all is built, 1 something failed, 2 wrong usage.
END
}

# Whether a name is of a project, and of no image.
is_project_alone() {
	projects | first_column | listed "$1" && ! image_names | listed "$1"
}

# Prints the names of the images that a project builds.
names_of() {
	images | while read -r _ image _ owner _; do
		if [ "$owner" = "$1" ]; then
			printf '%s\n' "$image"
		fi
	done
}

# Prints the chosen images with their stages.
list() {
	printf 'STAGE\tIMAGE\tREFERENCE\tOWNER\tNEEDS\tBUILT WITH\n'
	names=,$(plan | while read -r _ _ _ _ _ names _; do printf '%s,' "$names"; done)
	images | while read -r stage image reference owner needs with _; do
		if share_a_name "$image" "$names"; then
			printf '%s\t' "$stage" "$image" "$reference" "$owner" "$needs"
			printf '%s\n' "$with"
		fi
	done
}

# Prints the command that builds these images with the options of this run.
again() {
	if [ -n "$changed" ]; then
		set -- --changed "$@"
	fi
	if [ -n "$pull" ]; then
		set -- --pull "$@"
	fi
	if [ -n "$no_cache" ]; then
		set -- --no-cache "$@"
	fi
	if [ "$jobs" -gt 1 ]; then
		set -- --jobs "$jobs" "$@"
	fi
	if [ -n "$take_over" ]; then
		set -- --take-over "$@"
	fi
	beside build.sh "$@"
}

# Prints the command that repeats this run with another option.
repeat_with() {
	if [ -z "$everything" ]; then
		# shellcheck disable=SC2086 # one word an image
		set -- "$@" $wanted
	fi
	again "$@"
}

wanted=
named=
lacking=
everything=yes
action=build
with_dependents=
changed=
jobs=1
no_cache=
pull=
keep_going=
take_over=
shown=
options=yes
while [ $# -gt 0 ]; do
	case $options$1 in
	yes--project=* | yes--jobs=* | yes--compose=* | yes--environment=*)
		option=$1
		shift
		set -- "${option%%=*}" "${option#*=}" "$@"
		continue
		;;
	yes--project | yes--jobs | yes--compose | yes--environment)
		[ $# -ge 2 ] || misuse "$1 needs a value"
		;;
	esac
	case $options$1 in
	yes--project)
		shift
		need_project "$1"
		wanted="$wanted $(names_of "$1" | tr '\n' ' ')"
		everything=
		;;
	yes--compose)
		shift
		need_project "$1"
		shown=$1
		;;
	yes--environment)
		shift
		choose_environment "$1"
		;;
	yes--jobs)
		shift
		case $1 in
		'' | 0* | *[!0-9]* | ??????*) misuse "--jobs needs a number of 1 or more, not '$1'" ;;
		esac
		jobs=$1
		;;
	yes--changed) changed=yes ;;
	yes--with-dependents) with_dependents=yes ;;
	yes--no-cache) no_cache=yes ;;
	yes--pull) pull=yes ;;
	yes--keep-going) keep_going=yes ;;
	yes--take-over) take_over=yes ;;
	yes--dry-run) action=show_commands ;;
	yes--list) action=list ;;
	yes--help | yes-h)
		usage
		exit
		;;
	yes--) options=no ;;
	yes-*) misuse_option "$1" ;;
	*)
		! is_project_alone "$1" || misuse "this workspace builds no image '$1'; to build what the project builds: --project $(quoted "$1")"
		need_image "$1" "$(images | awk '{ print $2, $3 }')" 'this workspace builds no image' 'it builds'
		wanted="$wanted $1"
		named="$named $1"
		everything=
		;;
	esac
	shift
done
if [ -n "$shown" ]; then
	compose_file "$shown"
	exit
fi
if [ -n "$changed" ] && [ -n "$no_cache$pull" ]; then
	misuse '--changed leaves images out; --no-cache and --pull are for building them all'
fi
if [ -n "$everything" ]; then
	wanted=$(image_names | tr '\n' ' ')
fi
