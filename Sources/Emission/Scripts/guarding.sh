# Ends the script if it would touch a container of a project that was started from another folder, or for another
# environment. Standard input is all containers with their owners.
need_own_containers() {
	only_of "$1" | while IFS=$tab read -r owner _ _ _ _ _ name _ _ _ _ _ folder _; do
		case $owner in
		"${chosen_environment:--}" | '?') ;;
		/)
			say "$name is of the project $1 of another folder: $(printf '%s' "$folder" | made_harmless)"
			[ -z "${at_once-}" ] || say "to run both at once: $at_once"
			fail "nothing was done; to stop it, which keeps its volumes: $(quoted "$docker" compose -p "$1${instance_suffix-}" down)"
			;;
		*)
			say "$name was started for $(name_of "$owner"), not for ${chosen_environment:-development}"
			fail "nothing was done; to stop it first, which keeps its volumes: $(beside_in "$owner" down.sh "$1")"
			;;
		esac
	done
}

# Prints an environment's name, which is - for development.
name_of() {
	if [ "$1" = - ]; then
		printf 'development'
	else
		printf '%s' "$1"
	fi
}

# Copies the containers of a project.
only_of() {
	project=$1 awk -F '\t' '($2 "") == (ENVIRON["project"] "")'
}

# Copies a text of others without what a terminal could obey.
made_harmless() {
	LC_ALL=C tr '\001-\037\177' '?'
}
