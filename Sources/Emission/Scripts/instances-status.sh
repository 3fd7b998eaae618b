# Prints every instance of this workspace on the engine: instance or -, project, containers that run, all of them, and the
# folder, parted by tabs.
find_instances() {
	{
		projects | first_column
		printf '%s\n' = "$(workspace_name)"
		"$docker" container ls --all --filter label=com.docker.compose.project --format \
			"{{.Label \"com.docker.compose.project\"}}$tab{{.Label \"io.bayplan.instance\"}}$tab{{.State}}$tab{{.Label \"io.bayplan.workspace\"}}$tab{{.Label \"com.docker.compose.project.working_dir\"}}"
	} | LC_ALL=C awk -F '\t' '
		!part && $0 == "=" { part = 1; next }
		!part { is_ours[$0 ""] = 1; next }
		part == 1 { workspace = $0 ""; part = 2; next }
		{
			suffix = ($2 == "" ? "" : "-" $2)
			name = substr($1, 1, length($1) - length(suffix)) ""
			if ((name suffix) != ($1 "") || !(name in is_ours)) next
			# Of before the workspace had instances, or of another one.
			if ($2 != "" && ($4 "") != workspace) next
			key = ($2 == "" ? "-" : $2) "\t" name
			if (!(key in folder)) folder[key] = $5
			all[key]++
			if ($3 == "running") running[key]++
		}
		END { for (key in all) print key "\t" running[key] + 0 "\t" all[key] "\t" folder[key] }
	' | LC_ALL=C sort
}

show_ended() {
	plain_show_ended
	rows=$(find_instances)
	[ -n "$rows" ] || return 0
	printf '\n'
	{
		printf 'INSTANCE\tPROJECT\tRUNNING\tFOLDER\n'
		printf '%s\n' "$rows" | while IFS=$tab read -r name project running all folder; do
			[ "$name" != "${instance:--}" ] || name="$name (this)"
			printf '%s\t' "$name" "$project" "$running of $all"
			without_controls "$folder"
			printf '\n'
		done
	} | aligned
}

json_instances() {
	comma=
	find_instances | while IFS=$tab read -r name project running all folder; do
		printf '%s\n    {"instance": %s, "project": %s' "$comma" "$(json_or_null "$name")" "$(json "$project")"
		printf ', "running": %s, "containers": %s, "folder": %s}' "$running" "$all" "$(json "$folder")"
		comma=,
	done
}

show_json() {
	plain_show_json "$@" | sed '$d' | sed '$s/$/,/'
	printf '  "instance": %s,\n  "instances": [%s\n  ]\n}\n' "$(json_or_null "${instance:--}")" "$(json_instances)"
}

# What Compose makes of a project depends on the ports that this instance has.
configuration() {
	take_ports "$1"
	plain_configuration "$@"
}
