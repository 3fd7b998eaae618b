# Prints the uses by their owners of the images of this run, under their own references and in the environment's registry.
uses_of_releases() {
	{
		repositories
		printf '%s\n' =
		images
	} | wanted=" $wanted " environment=$environment registry=$registry awk '
		$0 == "=" { part++; next }
		part == 0 {
			from = (ENVIRON["registry"] == "" ? ENVIRON["environment"] : "-") ""
			if (from == ($1 "")) repository[$2 ""] = $3
			next
		}
		ENVIRON["wanted"] ~ /^ *$/ || index(ENVIRON["wanted"], " " $2 " ") {
			if ($3 ~ /[$]/) print $4, $3, $4, $2
			if (repository[$2 ""] ~ /[$]/) print $4, repository[$2 ""], $4, $2
		}
	'
}

values=$(uses_of_releases | ask_compose) || exit 1

# Prints the Compose text that asks for the variables themselves: a service for each.
variable_question() {
	printf "name: '%s'\nservices:\n" "$1"
	variable_names | awk '{ print "  r" NR ":\n    image: \"i/${" $0 "+=}${" $0 "-}\"" }'
}

# Gives Buildx, which reads no .env, the variables of references as the projects have them that build the images.
export_variables() {
	given=$(
		need_compose
		for owner in $(images | awk '{ print $4 }' | each_once); do
			directory=$(projects | path_of "$owner")
			answer=$(variable_question "$owner" |
				(exec_compose --project-directory "$directory" -f - config) 2>&1) ||
				fail "Compose cannot tell the variables of $owner: $(printf '%s\n' "$answer" | made_visible)"
			{
				variable_names
				printf '%s\n' =
				printf '%s\n' "$answer" | answers
			} | owner=$owner awk '
				$0 == "=" { part++; next }
				part == 0 { name[++count] = $0; next }
				{ print name[++n], ENVIRON["owner"], $0 }
			'
		done
	) || exit 1
	differing=$(printf '%s\n' "$given" | awk '
		!(($1 "") in value) { value[$1 ""] = $3; next }
		(value[$1 ""] "") != ($3 "") { print $1; exit }
	')
	[ -z "$differing" ] ||
		fail "the projects' .env files differ in $differing, and Buildx takes one value for all: set it in the environment"
	while read -r name _ value; do
		case $value in
		=*) export "$name=${value#=}" ;;
		esac
	done <<END
$given
END
}

if [ -n "$platforms" ]; then
	export_variables
fi
