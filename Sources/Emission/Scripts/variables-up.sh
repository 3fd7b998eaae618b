# Prints the uses of the images of the project and of those that must run before it.
uses_of_projects() {
	{
		find_needed
		printf '%s\n' "$target" =
		services
	} | awk '
		$0 == "=" { part++; next }
		!part { starts[$1 ""] = 1; next }
		($1 "") in starts && $4 ~ /[$]/ { print $1, $4, $5, $3 }
	'
}

values=$(uses_of_projects | ask_compose_alike) || exit 1
