tab=$(printf '\t')

# What is asked of a container: see ask_containers. Tabs part the columns, for JSON holds none. It is ID, not Id, which
# Docker knows only of a map, that a container without a health check lacks the key of.
container_facts='{{.ID}}{{"\t"}}{{.Image}}{{"\t"}}{{json .Config.Image}}{{"\t"}}{{.Name}}{{"\t"}}{{.State.Status}}{{"\t"}}'
container_facts=$container_facts'{{.State.ExitCode}}{{"\t"}}{{with .State.Health}}{{.Status}}{{end}}{{"\t"}}'
container_facts=$container_facts'{{.HostConfig.RestartPolicy.Name}}'
for label in project service oneoff project.working_dir project.config_files depends_on; do
	container_facts=$container_facts"{{\"\\t\"}}{{json (index .Config.Labels \"com.docker.compose.$label\")}}"
done

# Prints all containers that Compose made, running or not, by project, service and name. The columns, which tabs part:
# project, service, identity, image's identity, the reference it was started from, name, state, exit status, health,
# restart policy, whether of a single run, folder, Compose files, what it depends on, and the engine's own words for its
# state, such as: Up 2 minutes. What there is none of is -. Fails if the engine does not answer.
ask_containers() {
	# A container may go between the two questions: then they are asked again.
	for attempt in 1 2 3; do
		statuses=$("$docker" container ls --all --no-trunc --filter label=com.docker.compose.project \
			--format '{{.ID}} {{.Status}}') || return 1
		[ -n "$statuses" ] || return 0
		# shellcheck disable=SC2046 # identities are words
		set -- $(printf '%s\n' "$statuses" | first_column)
		answer=$("$docker" container inspect --format "$container_facts" -- "$@" 2>/dev/null) && break
		[ "$attempt" -lt 3 ] || break
	done
	printf '%s\n' "$statuses" = "$answer" | LC_ALL=C awk '
		function plain(text) {
			if (text ~ /^".*"$/) {
				text = substr(text, 2, length(text) - 2)
				gsub(/\\u003c/, "<", text)
				gsub(/\\u003e/, ">", text)
				gsub(/\\u0026/, "\\&", text)
				gsub(/\\"/, "\"", text)
				gsub(/\\\\/, "\\", text)
			}
			return text == "" ? "-" : text
		}
		$0 == "=" { part++; next }
		part == 0 {
			id = $1
			sub(/^[^ ]* /, "")
			status[id] = $0
			next
		}
		split($0, cell, "\t") == 14 {
			sub(/^sha256:/, "", cell[2])
			sub(/^\//, "", cell[4])
			line = plain(cell[9]) "\t" plain(cell[10])
			for (n = 1; n <= 8; n++) line = line "\t" plain(cell[n])
			for (n = 11; n <= 14; n++) line = line "\t" plain(cell[n])
			print line "\t" plain(status[cell[1]])
		}
	' | LC_ALL=C sort -t "$tab" -k 1,2 -k 6,6
}
