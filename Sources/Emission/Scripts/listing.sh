# Whether nothing can make an image that is missing: no build makes the digest that an environment names for an image of this
# workspace, and its reference names no registry that could have it.
lacks_registry() {
	case $3$2 in
	-*@sha256:*) ;;
	*) return 1 ;;
	esac
	case ${2%%@*} in
	localhost/* | *.*/* | *:*/*) return 1 ;;
	esac
	services_everywhere | image=$1 awk '($4 "") == (ENVIRON["image"] "") && $6 != "-" { found = 1 } END { exit !found }'
}

# Prints the command that makes an image.
remedy() {
	if [ "$3" != - ]; then
		beside build.sh "$1"
		return
	fi
	case $2 in
	-*) quoted "$docker" pull -- "$2" ;;
	*) quoted "$docker" pull "$2" ;;
	esac
}

# Prints the command that starts a service, which may be named like an option, in an environment.
up_command() {
	case $2 in
	-*) beside_in "$3" up.sh -- "$1" "$2" ;;
	*) beside_in "$3" up.sh "$1" "$2" ;;
	esac
}

show_images() {
	printf 'IMAGE\tREFERENCE\tBUILT BY\tSIZE\tCREATED\n'
	printf '%s\n' "$found" | while read -r image reference owner identity _; do
		[ -n "$image" ] || continue
		size=-
		age=missing
		if [ "$identity" != - ]; then
			size=$(size_and_age "$identity")
			age=${size#*/}
			size=${size%%/*}
			# An engine may not list what it has by a digest alone.
			size=${size:--}
			age=${age:--}
		fi
		printf '%s\t' "$image" "$reference" "$owner" "$size"
		printf '%s\n' "$age"
	done
}

show_stale() {
	printf '%s\n' "$containers" | while read -r project service reference state name _ environment declared _; do
		case $state in
		stale) printf '%s runs an older image than %s. To replace it:\n' "$name" "$reference" ;;
		other) printf '%s runs %s, and its Compose file names %s. To replace it:\n' "$name" "$reference" "$declared" ;;
		*) continue ;;
		esac
		printf '    %s\n' "$(up_command "$project" "$service" "$environment")"
	done
}

# Sums up what was found.
sum_up() {
	declaring=
	[ "$other" -eq 0 ] || declaring=", of another reference: $other"
	say "images: $(printf '%s\n' "$found" | awk 'NF { n++ } END { print n + 0 }'), missing: $missing; running containers: $(
		printf '%s\n' "$containers" | awk 'NF { n++ } END { print n + 0 }'
	), stale: $stale${declaring}$1"
}

# Counts the lines of standard input in which a column holds a word.
count() {
	column=$1 word=$2 awk '($ENVIRON["column"] "") == (ENVIRON["word"] "") { n++ } END { print n + 0 }'
}
