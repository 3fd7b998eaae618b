# Prints the target of the bake file that a service is built by, which makes its bases, too; nothing where Compose builds it.
baked_target() {
	:
}

# Gives a command the words that make Compose build an image.
with_build_words() {
	command=$1
	service=$2
	needs=$3
	set -- -f - build
	if [ -n "$no_cache" ]; then
		set -- "$@" --no-cache
	fi
	# A registry has no base of this workspace: --pull would fail.
	if [ -n "$pull" ] && [ "$needs" = - ]; then
		set -- "$@" --pull
	fi
	"$command" "$@" -- "$service"
}
