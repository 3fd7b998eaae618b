# Prints the uses by their owners of the images, under their own references and under those of the environments.
uses_of_images() {
	{
		images
		printf '%s\n' =
		repositories
		printf '%s\n' =
		references | sed 's/^/- /'
	} | awk '
		$0 == "=" { part++; next }
		part == 0 {
			owner[$2 ""] = $4
			if ($3 ~ /[$]/) print $4, $3, $4, $2
			next
		}
		$3 ~ /[$]/ { print owner[$2 ""], $3, owner[$2 ""], $2 }
	'
}

values=$(uses_of_images | ask_compose) || exit 1
