# Shows what is left over, which is on standard input as find_left prints it.
show_left() {
	printf 'LEFT OVER\tKIND\tSTATUS\tWHY\n'
	while IFS=$tab read -r kind project key name _ words why heir; do
		printf '%s\t' "$name" "$kind" "$words"
		printf '%s\n' "$(why_left "$kind" "$project" "$key" "$why" "$heir")"
	done | harmless_lines
}

# Says which volumes of a list hold what a project would start without, and how to have it there.
show_data() {
	for heir in $(printf '%s\n' "$1" | awk -F '\t' '$1 == "volume" && $8 != "-" { print $8 }' | each_once); do
		names=$(printf '%s\n' "$1" | heir=$heir awk -F '\t' '$1 == "volume" && ($8 "") == (ENVIRON["heir"] "") { print $4 }' | commas)
		printf '%s would start with empty volumes. To have there what %s holds:\n' "$heir" "$names"
		printf '    %s\n' "$(beside_in - up.sh --take-data "$heir")"
	done
}

# Says of the images of a list what cannot be told of them.
show_doubt() {
	! printf '%s\n' "$1" | grep -q '^image' ||
		printf 'Images tell their workspace by its name, %s, and not by its folder: another one of that name may have built them.\n' "$(workspace_name)"
	! printf '%s\n' "$1" | grep -q "^image$tab.*${tab}strange$tab" ||
		printf 'clean.sh leaves those whose project is none of this workspace.\n'
}

# Says what to do with what is left over: data first.
show_ways() {
	show_doubt "$1"
	show_data "$1"
	removable=$(printf '%s\n' "$1" | awk -F '\t' '$7 != "strange"')
	if [ "${docker##*/}" = podman ]; then
		[ -n "$removable" ] || return 0
		printf 'To remove what is left over, volumes at the end, and with them their data:\n'
		printf '%s\n' "$removable" | awk -F '\t' '{ row[NR] = $0 } END { for (n = NR; n >= 1; n--) print row[n] }' |
			while IFS=$tab read -r kind _ _ name _; do
				printf '    %s\n' "$(quoted "$docker" "$kind" rm "$name")"
			done
		return
	fi
	too=
	if printf '%s\n' "$removable" | grep -qv "^volume" && [ -n "$removable" ]; then
		printf 'To remove what is left over, but no volume:\n    %s\n' "$(beside_in - clean.sh --left-over)"
		too=' too'
	fi
	if printf '%s\n' "$removable" | grep -q "^volume"; then
		printf 'To remove its volumes%s, and what is in them:\n    %s\n' "$too" "$(beside_in - clean.sh --left-over --volumes)"
	fi
}

# Prints a list as a part of a JSON object: what is left over.
json_left() {
	printf ',\n  "left_over": ['
	comma=
	printf '%s\n' "$1" | while IFS=$tab read -r kind project key name identity words why heir; do
		[ -n "$kind" ] || continue
		printf '%s\n    {"kind": "%s", "name": %s' "$comma" "$kind" "$(json "$name")"
		printf ', "project": %s, "key": %s' "$(json_or_null "$project")" "$(json "$key")"
		printf ', "id": %s, "status": %s' "$(json_or_null "$identity")" "$(json_or_null "$words")"
		printf ', "why": "%s", "heir": %s}' "$why" "$(json_or_null "$heir")"
		comma=,
	done
	printf '\n  ]'
}
