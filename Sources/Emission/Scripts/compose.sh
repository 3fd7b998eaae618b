workspace=$(CDPATH='' cd -- "$scripts/$(to_workspace)" && pwd -P)

# Chooses Compose, once: the plugin of the engine's command, or a command: docker-compose of version 2 or later, or
# podman-compose, which Podman's own `compose` may call, and which it has beside it before version 4.7.
find_compose() {
	[ -z "${compose-}" ] || return 0
	if said=$("$docker" compose version 2>/dev/null); then
		compose=plugin
		case $said in
		*podman-compose*) ! command -v podman-compose >/dev/null 2>&1 || compose='podman-compose' ;;
		esac
	elif [ "${docker##*/}" = podman ] && said=$(podman-compose version 2>/dev/null); then
		# Before that, it knows neither profiles nor what build.sh tells it of a build.
		version=$(printf '%s\n' "$said" | awk '/^podman-compose/ { print $NF; exit }')
		case $version in
		0* | 1.[012] | 1.[012].*) return 3 ;;
		esac
		compose='podman-compose'
	elif version=$(docker-compose version --short 2>/dev/null); then
		case ${version#v} in
		0* | 1 | 1.*) return 2 ;;
		esac
		compose='docker-compose'
	else
		return 1
	fi
}

need_compose() {
	find_compose && return
	found=$?
	need_command
	case $found-${version-} in
	3-*) fail "podman-compose $version is too old; install podman-compose 1.3 or later, or Docker Compose v2 and Podman's socket" ;;
	2-?*) fail "docker-compose $version refuses the files' name: and is not supported; install Docker Compose v2" ;;
	esac
	# A context that is not there, or a variable that is no address, keeps the command from everything.
	ask_engine
	[ -n "$engine_answers" ] || fail_without_engine
	case ${docker##*/} in
	podman) fail "there is neither '$docker compose' nor podman-compose; install podman-compose" ;;
	esac
	fail "there is neither '$docker compose' nor docker-compose; install Docker Compose v2"
}

# Becomes Compose: a signal to the process then reaches Compose itself.
exec_compose() {
	[ "$compose" = plugin ] || exec "$compose" "$@"
	exec "$docker" compose "$@"
}

# Prints the absolute path that a table on standard input gives to a name; the path is the rest of its line.
path_of() {
	while IFS= read -r line; do
		[ "${line%% *}" = "$1" ] || continue
		line=${line#"$1"}
		line=${line#"${line%%[! ]*}"}
		case $line in
		/*) printf '%s\n' "$line" ;;
		*) printf '%s\n' "$workspace/$line" ;;
		esac
		return
	done
}
