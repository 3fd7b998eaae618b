# Prints a JSON string.
json() {
	case $1 in
	*[!A-Za-z0-9\ _./:@+,-]*)
		printf '"%s"' "$(printf '%s' "$1" | LC_ALL=C tr '\001-\037\177' ' ' | LC_ALL=C sed 's/[\\"]/\\&/g')"
		;;
	*) printf '"%s"' "$1" ;;
	esac
}

# Prints a JSON string, or null for -.
json_or_null() {
	if [ "$1" = - ]; then
		printf 'null'
	else
		json "$1"
	fi
}

json_images() {
	comma=
	printf '%s\n' "$found" | while read -r image reference owner identity created workspace_of_image; do
		[ -n "$image" ] || continue
		size=-
		command=-
		present=true
		if [ "$identity" = - ]; then
			present=false
			created=null
			lacks_registry "$image" "$reference" "$owner" || command=$(remedy "$image" "$reference" "$owner")
		else
			size=$(size_and_age "$identity")
			size=${size%%/*}
			identity=sha256:$identity
		fi
		printf '%s\n    {"image": %s, "reference": %s' "$comma" "$(json "$image")" "$(json "$reference")"
		printf ', "owner": %s, "present": %s' "$(json_or_null "$owner")" "$present"
		printf ', "id": %s, "size": %s' "$(json_or_null "$identity")" "$(json_or_null "${size:--}")"
		printf ', "created": %s, "workspace": %s, "command": %s}' "$created" "$(json_or_null "$workspace_of_image")" "$(json_or_null "$command")"
		comma=,
	done
}

json_containers() {
	comma=
	printf '%s\n' "$containers" | while read -r project service reference state name _ environment declared status; do
		[ -n "$project" ] || continue
		is_stale=false
		command=-
		[ "$state" != stale ] || is_stale=true
		if [ "$state" != current ]; then
			command=$(up_command "$project" "$service" "$environment")
		fi
		printf '%s\n    {"container": %s, "project": %s' "$comma" "$(json "$name")" "$(json "$project")"
		printf ', "service": %s, "reference": %s' "$(json "$service")" "$(json "$reference")"
		printf ', "environment": %s, "status": %s' "$(json_or_null "$environment")" "$(json_or_null "$status")"
		printf ', "declared": %s, "stale": %s, "command": %s}' "$(json_or_null "$declared")" "$is_stale" "$(json_or_null "$command")"
		comma=,
	done
}

# Prints the whole object; the argument is what else there is to say.
show_json() {
	printf '{\n  "images": [%s\n  ],\n' "$(json_images)"
	printf '  "containers": [%s\n  ],\n' "$(json_containers)"
	printf '  "missing": %s,\n  "stale": %s%s\n}\n' "$missing" "$stale" "$1"
}
