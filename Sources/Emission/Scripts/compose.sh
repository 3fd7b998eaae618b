workspace=$(CDPATH='' cd -- "$scripts/$(to_workspace)" && pwd -P)

# Chooses Compose: the plugin of the engine's command, or docker-compose.
find_compose() {
	if "$docker" compose version >/dev/null 2>&1; then
		compose=plugin
	elif docker-compose version >/dev/null 2>&1; then
		compose=standalone
	else
		return 1
	fi
}

need_compose() {
	find_compose || fail "there is neither '$docker compose' nor docker-compose; install Docker Compose v2"
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
