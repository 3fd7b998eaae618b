set -efu

# The name that this script was called by, and the engine's command.
program=${0##*/}
docker=${DOCKER:-docker}

# Messages go to standard error; standard output is for results.
say() {
	printf '%s: %s\n' "$program" "$*" >&2
}

fail() {
	say "$@"
	exit 1
}

misuse() {
	say "$@"
	say "see $program --help"
	exit 2
}

# The folder of this script, also when a symbolic link leads to it.
script=$0
while [ -h "$script" ]; do
	link=$(readlink -- "$script")
	case $link in
	/*) script=$link ;;
	*) script=$(dirname -- "$script")/$link ;;
	esac
done
scripts=$(CDPATH='' cd -- "$(dirname -- "$script")" && pwd -P)

# Prints words in such quotes that a shell reads the same words again.
quoted() {
	space=
	for word in "$@"; do
		printf '%s' "$space"
		space=' '
		case $word in
		'' | *[!A-Za-z0-9_./:@+,-]*)
			printf "'"
			while :; do
				case $word in
				*\'*) printf "%s'\\\\''" "${word%%\'*}" ;;
				*) break ;;
				esac
				word=${word#*\'}
			done
			printf "%s'" "$word"
			;;
		*) printf '%s' "$word" ;;
		esac
	done
}

# Prints the command line that runs a script of this folder from the current folder, for the chosen environment.
beside() {
	beside_in "${chosen_environment:--}" "$@"
}

# The same for an environment, or - for development.
beside_in() {
	environment=$1
	target=$scripts/$2
	shift 2
	if [ "$environment" != - ]; then
		set -- --environment "$environment" "$@"
	fi
	folder=$(pwd -P)
	up=
	while [ "${target#"${folder%/}"/}" = "$target" ]; do
		folder=${folder%/*}
		up=../$up
	done
	case $folder in
	/?*)
		target=$up${target#"${folder%/}"/}
		case $target in
		*/*) ;;
		*) target=./$target ;;
		esac
		;;
	esac
	quoted "$target" "$@"
}

# Prints the lines of standard input as one line, with commas.
commas() {
	comma=
	while IFS= read -r line; do
		printf '%s%s' "$comma" "$line"
		comma=', '
	done
}

# Copies lines, and the tabs in them, without what a terminal could obey.
harmless_lines() {
	LC_ALL=C tr '\001-\010\013-\037\177' '?'
}

# Whether a line of standard input is exactly this text.
listed() {
	while IFS= read -r line; do
		[ "$line" != "$1" ] || return 0
	done
	return 1
}

# Prints the first column of a table.
first_column() {
	while read -r first _; do
		printf '%s\n' "$first"
	done
}

# Prints each line of standard input once. Awk takes a word that looks like a number for one: 7 would be 07, and nan not
# even nan. What is joined with a text is a text; so it stands wherever awk compares names or looks them up.
each_once() {
	awk '!seen[$0 ""]++'
}

# Prints the second column of the first line of standard input whose first column is this text.
second_column_of() {
	while read -r first second _; do
		[ "$first" = "$1" ] || continue
		printf '%s\n' "$second"
		return
	done
}

# Asks once what the engine and its command are: $engine_says, and $engine_answers if they do.
ask_engine() {
	[ -z "${engine_asked-}" ] || return 0
	engine_asked=yes
	engine_answers=yes
	engine_says=$("$docker" version 2>&1) || engine_answers=
}

# Ends the script unless the engine answers.
need_engine() {
	command -v "$docker" >/dev/null 2>&1 ||
		fail "there is no command $docker; install it, or name another one in DOCKER"
	ask_engine
	[ -n "$engine_answers" ] || fail "the engine does not answer: $("$docker" version 2>&1 >/dev/null)"
	# Behind Podman's socket there is no BuildKit, for which Buildx would start a container that sees none of the images.
	case $engine_says in
	*'Podman Engine:'*) export DOCKER_BUILDKIT="${DOCKER_BUILDKIT-0}" ;;
	esac
}

# Ends the script under Podman, before it has done anything: not where Docker's command speaks to Podman's socket.
need_docker() {
	ask_engine
	case ${docker##*/}=$(printf '%s\n' "$engine_says" | head -n 1) in
	podman=* | *=*[Pp]odman*) fail "$program does not work with Podman; build.sh, verify.sh, up.sh and status.sh do" ;;
	esac
}
