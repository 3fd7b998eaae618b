# Prints the rows of the services of the chosen projects.
chosen_services() {
	services | while read -r project row; do
		case ${chosen:-" $project "} in
		*" $project "*) printf '%s\n' "$project $row" ;;
		esac
	done
}

# Prints the names of the chosen projects, each once.
chosen_projects() {
	chosen_services | first_column | each_once
}

# What is asked of a container: its identity, whether it is of a single run, its image, its name, its service. The
# service comes last because a label may hold anything.
container_facts='{{.Id}} {{with index .Config.Labels "com.docker.compose.oneoff"}}{{.}}{{else}}-{{end}} {{.Image}} {{.Name}} '
container_facts=$container_facts'{{index .Config.Labels "com.docker.compose.service"}}'

# Prints the running containers of the chosen projects, each after the name of its project.
ask_containers() {
	chosen_projects | while read -r project; do
		"$docker" container ls --quiet --no-trunc --filter "label=com.docker.compose.project=$project" |
			while read -r container; do
				# A container may have ended since it was listed.
				facts=$("$docker" container inspect --format "$container_facts" -- "$container" 2>/dev/null) || continue
				printf '%s\n' "$project $facts"
			done | sort -k 5,5
	done
}
