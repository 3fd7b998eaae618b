# Prints the services of a project.
service_names() {
	services | while read -r name service _; do
		if [ "$name" = "$1" ]; then
			printf '%s\n' "$service"
		fi
	done
}

# Prints the profiles that the services of a project name.
profile_names() {
	services | while read -r name _ _ _ _ profiles; do
		if [ "$name" = "$1" ] && [ "$profiles" != - ]; then
			printf '%s\n' "$profiles" | tr ',' '\n'
		fi
	done | each_once
}
