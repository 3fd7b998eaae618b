# Prints the rows of the services of the chosen projects.
chosen_services() {
	services | while read -r project row; do
		case ${chosen:-" $project "} in
		*" $project "*) printf '%s\n' "$project $row" ;;
		esac
	done
}

# Prints each image of the chosen services once: image, reference, owner, identity, time of creation.
# The last two are - for an image that is missing.
find_images() {
	chosen_services | awk '!seen[$4]++' | while read -r _ _ image reference owner _; do
		facts=$("$docker" image inspect --format '{{.Id}} {{json .Created}}' -- "$reference" 2>/dev/null) || facts='- -'
		printf '%s\n' "$image $reference $owner ${facts#sha256:}"
	done
}

# What is asked of a container: whether it is of a single run, its image, its name, its service. The service comes
# last because a label may hold anything.
container_facts='{{with index .Config.Labels "com.docker.compose.oneoff"}}{{.}}{{else}}-{{end}} {{.Image}} {{.Name}} '
container_facts=$container_facts'{{index .Config.Labels "com.docker.compose.service"}}'

# Prints the running containers of the chosen projects, each after the name of its project.
ask_containers() {
	chosen_services | first_column | awk '!seen[$0]++' | while read -r project; do
		"$docker" container ls --quiet --no-trunc --filter "label=com.docker.compose.project=$project" |
			while read -r container; do
				# A container may have ended since it was listed.
				facts=$("$docker" container inspect --format "$container_facts" -- "$container" 2>/dev/null) || continue
				printf '%s\n' "$project $facts"
			done | sort
	done
}

# Prints the running containers of the chosen services: project, service, reference, stale or current, name.
find_containers() {
	{
		printf '%s\n' "$found" =
		ask_containers
		printf '%s\n' =
		chosen_services
	} | awk '
		$0 == "=" { part++; next }
		part == 0 { identity[$2] = $4; next }
		part == 1 && NF == 5 && $2 != "True" {
			sub(/^sha256:/, "", $3)
			sub(/^\//, "", $4)
			n = ++count[$1, $5]
			runs[$1, $5, n] = $3
			name[$1, $5, n] = $4
		}
		part == 2 {
			for (n = 1; n <= count[$1, $2]; n++) {
				state = "stale"
				if (identity[$4] == "-" || identity[$4] == runs[$1, $2, n]) state = "current"
				print $1, $2, $4, state, name[$1, $2, n]
			}
		}
	'
}

# Prints the engine's own words for the size and the age of an image, parted by a slash.
size_and_age() {
	printf '%s\n' "$listing" | identity=$1 awk -F '|' '
		{ sub(/^sha256:/, "", $1) }
		$1 == ENVIRON["identity"] { print $2 "/" $3; exit }
	'
}
