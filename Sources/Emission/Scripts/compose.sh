workspace=$(CDPATH='' cd -- "$scripts/$(to_workspace)" && pwd -P)

# Chooses Compose: the plugin of the engine's command, or docker-compose of version 2 or later.
find_compose() {
	if "$docker" compose version >/dev/null 2>&1; then
		compose=plugin
	elif version=$(docker-compose version --short 2>/dev/null); then
		compose=standalone
		case ${version#v} in
		0* | 1 | 1.*) return 2 ;;
		esac
	else
		return 1
	fi
}

need_compose() {
	find_compose && return
	case $?-${version-} in
	2-?*) fail "docker-compose $version refuses the files' name: and is not supported; install Docker Compose v2" ;;
	esac
	fail "there is neither '$docker compose' nor docker-compose; install Docker Compose v2"
}

# Becomes Compose: a signal to the process then reaches Compose itself.
exec_compose() {
	if [ "$compose" = standalone ]; then
		exec docker-compose "$@"
	fi
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
