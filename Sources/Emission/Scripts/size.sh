# Lists images of the engine. It reads them one after another, and an image that goes meanwhile fails the whole list: so it
# is asked again, twice.
list_images() {
	for _ in 1 2; do
		"$docker" image ls --all --no-trunc "$@" 2>/dev/null && return
	done
	"$docker" image ls --all --no-trunc "$@"
}

# Prints the engine's own words for the size and the age of an image, parted by a slash.
size_and_age() {
	printf '%s\n' "$listing" | identity=$1 awk -F '|' '
		{ sub(/^sha256:/, "", $1) }
		($1 "") == (ENVIRON["identity"] "") { print $2 "/" $3; exit }
	'
}
