# Prints the services of a project.
service_names() {
	services | while read -r name service _ _ _ _ mounted; do
		if [ "$name" = "$1" ] && [ -z "$mounted" ]; then
			printf '%s\n' "$service"
		fi
	done
}

# Prints the profiles that the services of a project name.
profile_names() {
	services | while read -r name _ _ _ _ profiles _; do
		if [ "$name" = "$1" ] && [ "$profiles" != - ]; then
			printf '%s\n' "$profiles" | tr ',' '\n'
		fi
	done | each_once
}
