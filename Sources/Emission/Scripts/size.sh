# Lists images of the engine. It reads them one after another, and an image that goes meanwhile fails the whole list: so it
# is asked again, twice.
list_images() {
	for _ in 1 2; do
		"$docker" image ls --no-trunc "$@" 2>/dev/null && return
	done
	"$docker" image ls --no-trunc "$@"
}

# Lists identity, size and age, parted by |, of the images that references on standard input mean.
list_sizes() {
	set --
	while read -r reference; do
		case $reference in
		*@*)
			# Pulled by a digest, it has no tag.
			name=${reference%%@*}
			case ${name##*/} in
			*:*) name=${name%:*} ;;
			esac
			reference=$name@${reference#*@}
			# What has the digest by a tag is listed by that alone.
			set -- "$@" --filter "reference=$name"
			;;
		esac
		set -- "$@" --filter "reference=$reference"
	done
	[ $# -eq 0 ] || list_images --format '{{.ID}}|{{.Size}}|{{.CreatedSince}}' "$@"
}

# Prints the engine's own words for the size and the age of an image, parted by a slash.
size_and_age() {
	printf '%s\n' "$listing" | identity=$1 awk -F '|' '
		{ sub(/^sha256:/, "", $1) }
		($1 "") == (ENVIRON["identity"] "") { print $2 "/" $3; exit }
	'
}
