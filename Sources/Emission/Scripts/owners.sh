# The Compose files of development, whatever environment is chosen.
development_files=$(files)
# The services of development, likewise.
development_services=$(services)

# Prints the services as development and every environment have them, each behind - or the environment's name. Only the
# references of what is chosen are settled where they hold variables.
services_everywhere() {
	services | sed "s/^/${chosen_environment:--} /"
	[ -z "${chosen_environment-}" ] || printf '%s\n' "$development_services" | sed 's/^/- /'
	environments | while read -r number name; do
		[ "$name" = "${chosen_environment-}" ] || "services_$number" | sed "s/^/$name /"
	done
}

# Whether two folders are one, by whatever links they are reached.
is_same_folder() {
	[ "$1" != "$2" ] || return 0
	one=$(CDPATH='' cd -- "$1" 2>/dev/null && pwd -P) || return 1
	[ "$one" = "$(CDPATH='' cd -- "$2" 2>/dev/null && pwd -P)" ]
}

# Prints whose the containers of a project are that were started from a folder and Compose files (with commas): the name
# of an environment of this workspace, - for development, / for another folder, and nothing for a project that is not of
# this workspace.
owner_of_containers() {
	path=$(printf '%s\n' "$development_files" | path_of "$1")
	[ -n "$path" ] || return 0
	if [ "$2" != - ] && ! is_same_folder "$2" "${path%/*}"; then
		printf '/\n'
		return
	fi
	{
		printf -- '- %s\n' "$path"
		environments | while read -r number name; do
			printf '%s %s\n' "$name" "$("files_$number" | path_of "$1")"
		done
	} | {
		while read -r name path; do
			case /$3, in
			*"/${path##*/},"* | *",${path##*/},"*)
				printf '%s\n' "$name"
				exit
				;;
			esac
		done
		# Files of somebody's own, for what is chosen.
		printf '%s\n' "${chosen_environment:--}"
	}
}

# Copies the containers on standard input, each behind whose it is: as owner_of_containers prints it, or ? for nothing.
with_owners() {
	rows=$(cat)
	[ -n "$rows" ] || return 0
	{
		printf '%s\n' "$rows" | cut -f 1,12,13 | LC_ALL=C sort -u | while IFS=$tab read -r name folder started; do
			owner=$(owner_of_containers "$name" "$folder" "$started")
			printf '%s\t' "${owner:-?}" "$name" "$folder"
			printf '%s\n' "$started"
		done
		printf '%s\n' = "$rows"
	} | LC_ALL=C awk -F '\t' '
		$0 == "=" { part++; next }
		!part { owner[$2 "\t" $3 "\t" $4] = $1; next }
		{ print owner[$1 "\t" $12 "\t" $13] "\t" $0 }
	'
}
