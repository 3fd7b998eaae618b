# Prints the engine's own words for the size and the age of an image, parted by a slash.
size_and_age() {
	printf '%s\n' "$listing" | identity=$1 awk -F '|' '
		{ sub(/^sha256:/, "", $1) }
		($1 "") == (ENVIRON["identity"] "") { print $2 "/" $3; exit }
	'
}
