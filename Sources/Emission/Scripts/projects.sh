# Prints the projects whose folder a text means: its path from here or from the workspace, or its name. Standard input is
# the projects, each with its folder, or with a file in it if there is an argument behind the text.
projects_of_folder() {
	meant=$(CDPATH='' cd -- "$1" 2>/dev/null && pwd -P) || meant=$1
	while read -r name path; do
		case $path in
		/*) ;;
		*) path=$workspace/$path ;;
		esac
		[ $# -eq 1 ] || path=${path%/*}
		path=$(CDPATH='' cd -- "$path" 2>/dev/null && pwd -P) || path=${path%/.}
		case ${meant%/} in
		'') ;;
		"$path" | "${path#"$workspace/"}" | "${path##*/}") printf '%s\n' "$name" ;;
		esac
	done
}

# Ends the script unless a name is of a project: need_project NAME, and behind it 'files' where there is no table of folders.
need_project() {
	names=$("${2:-projects}" | first_column)
	if ! printf '%s\n' "$names" | listed "$1"; then
		meant=$("${2:-projects}" | projects_of_folder "$1" ${2:+file} | commas)
		[ -z "$meant" ] || misuse "there is no project '$1'; that folder is of: $meant"
	fi
	need_name "$1" "$names" 'there is no project' 'there are'
}
