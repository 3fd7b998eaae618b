# Only now is it known which environment's images may be named.
for image in $wanted; do
	pins | first_column | listed "$image" ||
		misuse "there is no image '$image' that a registry has; there are: $(pins | first_column | commas)"
done
if [ -n "$built" ] && [ -z "$chosen_environment" ]; then
	misuse '--built goes with --environment, which says the registry'
fi
begin
chosen_pins >"$scratch/pins"
if [ ! -s "$scratch/pins" ]; then
	say 'there is nothing to pin'
	exit
fi
command -v "$docker" >/dev/null 2>&1 ||
	fail "there is no command $docker; install it, or name another one in DOCKER"
need_docker
"$docker" buildx imagetools --help >/dev/null 2>&1 ||
	fail "registries are asked with '$docker buildx imagetools', which is not there"
find_digests
cat "$scratch/digests"
say "digests: $(awk 'END { print NR }' "$scratch/digests") of $(awk 'END { print NR }' "$scratch/pins")"
if [ -n "$failed" ]; then
	[ -z "$write" ] || say 'nothing was written: some registry has not answered'
	exit 1
fi
if [ -n "$write" ] && [ -s "$scratch/digests" ]; then
	write_digests
fi
