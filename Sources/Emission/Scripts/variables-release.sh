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
