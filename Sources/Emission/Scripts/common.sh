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

# Prints the first of the lines of standard input that is nearest to a word, if it is so near that it can be meant: a third
# of the word's letters may be missing, too many, others, or swapped with their neighbours.
nearest() {
	word=$1 LC_ALL=C awk '
		BEGIN {
			word = ENVIRON["word"] ""
			long = length(word)
			best = int(long / 3)
			if (best < 1) best = 1
			best++
			for (i = 1; i <= long; i++) letter[i] = substr(word, i, 1)
		}
		{
			name = $0 ""
			wide = length(name)
			if (long > 128 || name == word || wide - long >= best || long - wide >= best) next
			for (j = 0; j <= wide; j++) steps[0, j] = j
			for (j = 1; j <= wide; j++) other[j] = substr(name, j, 1)
			for (i = 1; i <= long; i++) {
				steps[i, 0] = i
				for (j = 1; j <= wide; j++) {
					cost = steps[i - 1, j - 1] + (letter[i] == other[j] ? 0 : 1)
					if (steps[i - 1, j] + 1 < cost) cost = steps[i - 1, j] + 1
					if (steps[i, j - 1] + 1 < cost) cost = steps[i, j - 1] + 1
					if (i > 1 && j > 1 && letter[i] == other[j - 1] && letter[i - 1] == other[j] && steps[i - 2, j - 2] + 1 < cost)
						cost = steps[i - 2, j - 2] + 1
					steps[i, j] = cost
				}
			}
			if (steps[long, wide] < best) {
				best = steps[long, wide]
				found = name
			}
		}
		END { if (found != "") print found }
	'
}

# Ends the script unless a name is one of others, which are a line each: need_name NAME NAMES WHAT LIST, where WHAT says that
# there is none of that name, and LIST what stands before those that there are.
need_name() {
	if [ -n "$1" ] && printf '%s\n' "$2" | listed "$1"; then
		return
	fi
	[ -n "$2" ] || misuse "$3 '$1': there are none"
	near=$(printf '%s\n' "$2" | nearest "$1")
	[ -n "$near" ] || misuse "$3 '$1'; $4: $(printf '%s\n' "$2" | commas)"
	say "$3 '$1'; did you mean '$near'?"
	misuse "$4: $(printf '%s\n' "$2" | commas)"
}

# Ends the script for an option that it does not have, as its help tells.
misuse_option() {
	known=$(usage | awk '/^  --/ { print $1 }')
	case $1 in
	*=*) ! printf '%s\n' "$known" | listed "${1%%=*}" || misuse "${1%%=*} takes no value" ;;
	esac
	near=$(printf '%s\n' "$known" | nearest "${1%%=*}")
	[ -n "$near" ] || misuse "there is no option '$1'"
	misuse "there is no option '$1'; did you mean '$near'?"
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

# Ends the script unless there is the engine's command.
need_command() {
	command -v "$docker" >/dev/null 2>&1 || fail "there is no command $docker; install it, or name another one in DOCKER"
}

# Ends the script unless the engine answers.
need_engine() {
	need_command
	ask_engine
	[ -n "$engine_answers" ] || fail_without_engine
	# Behind Podman's socket there is no BuildKit, for which Buildx would start a container that sees none of the images.
	case $engine_says in
	*'Podman Engine:'*) export DOCKER_BUILDKIT="${DOCKER_BUILDKIT-0}" ;;
	esac
}

# Ends the script for an engine that does not answer: in the words of its command, and with what to do about it.
fail_without_engine() {
	# What the command tells of itself comes before them.
	trouble=$(printf '%s\n' "$engine_says" | sed -e '/^Client:/d' -e '/^ /d' -e '/^[A-Z][A-Za-z/ ]*:  /d' -e '/^$/d' | harmless_lines)
	say "the engine does not answer: ${trouble:-"'$docker version' fails, and says nothing"}"
	context=$(printf '%s\n' "$engine_says" | awk '$1 == "Context:" { print $2; exit }')
	context=${DOCKER_CONTEXT:-${context:-default}}
	case ${docker##*/}=$trouble in
	podman=*) fail "to see what Podman lacks: $docker info" ;;
	*[Pp]'ermission denied'*'.sock'* | *'.sock'*[Pp]'ermission denied'*)
		fail "to be let in, join the group that owns the socket and log in anew: sudo usermod -aG docker $(quoted "$(id -un)")"
		;;
	esac
	if [ -n "${DOCKER_HOST-}" ]; then
		say "the variable DOCKER_HOST names that engine: $(printf '%s\n' "$DOCKER_HOST" | harmless_lines)"
		fail 'start it there, or correct the variable; to ask the engine of this machine: unset DOCKER_HOST'
	fi
	case $context=$trouble in
	default=*'context not found'* | default=*'is not found on the file system'*)
		fail "to take the engine of this machine: $docker context use default"
		;;
	default=*) ;;
	*)
		say "the context '$(printf '%s\n' "$context" | harmless_lines)' names that engine; to see which others there are: $docker context ls"
		[ -z "${DOCKER_CONTEXT-}" ] || fail 'start it there, or correct the variable; to ask the engine of this machine: unset DOCKER_CONTEXT'
		fail "start it there; to ask the engine of this machine: $docker context use default"
		;;
	esac
	if [ "$(uname -s)" = Darwin ]; then
		fail 'start it: Docker Desktop, or what you have in its place; another engine is chosen with DOCKER_HOST or a context'
	fi
	fail 'start it: sudo systemctl start docker, or Docker Desktop; another engine is chosen with DOCKER_HOST or a context'
}

# Ends the script under Podman, before it has done anything: not where Docker's command speaks to Podman's socket.
need_docker() {
	ask_engine
	case ${docker##*/}=$(printf '%s\n' "$engine_says" | head -n 1) in
	podman=* | *=*[Pp]odman*) fail "$program does not work with Podman; build.sh, verify.sh, up.sh and status.sh do" ;;
	esac
}
