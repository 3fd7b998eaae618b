# Only now is it known which environment's images may be named.
for image in $wanted; do
	need_image "$image" "$(pins | awk '{ print $1, $3 }')" 'there is no image' 'those that a registry has'
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
need_command
need_docker
"$docker" buildx imagetools --help >/dev/null 2>&1 ||
	fail "registries are asked with '$docker buildx imagetools', which is not there"
find_digests
cat "$scratch/digests"
say "digests: $(awk 'END { print NR }' "$scratch/digests") of $(awk 'END { print NR }' "$scratch/pins")"
if [ -n "$failed" ]; then
	[ -z "$write" ] || say 'nothing was written: not every digest is there'
	[ ! -s "$scratch/unreached" ] || say "to repeat, once that is mended: $(again)"
	exit 1
fi
if [ -n "$write" ] && [ -s "$scratch/digests" ]; then
	write_digests
fi
