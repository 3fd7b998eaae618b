# Prints the names of the images that this workspace builds.
image_names() {
	images | while read -r _ image _; do
		printf '%s\n' "$image"
	done
}
