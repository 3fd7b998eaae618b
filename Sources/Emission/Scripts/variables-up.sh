# Prints the uses of the images of the project.
uses_of_project() {
	services | project=$project awk '
		($1 "") == (ENVIRON["project"] "") && $4 ~ /[$]/ { print $1, $4, $5, $3 }
	'
}

values=$(uses_of_project | ask_compose_alike) || exit 1
