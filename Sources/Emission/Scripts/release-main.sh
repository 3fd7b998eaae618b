[ -n "$dry_run" ] || need_docker
begin
chosen_releases >"$scratch/releases"
if [ ! -s "$scratch/releases" ]; then
	say 'there is nothing to release'
	exit
fi
need_repositories
if [ -n "$platforms" ] && [ -z "$(bake_file)" ]; then
	fail 'there is no bake file in this workspace: --platform needs one'
fi
if [ -n "$git_sha" ]; then
	find_commits
fi
: >"$scratch/there"
find_fingerprints '' "${own_number:+$environment}"
if [ -z "$dry_run" ]; then
	buildx=
	if has_buildx; then
		buildx=yes
	elif [ -n "$platforms" ]; then
		fail "--platform needs '$docker buildx'"
	fi
	if [ -z "$platforms" ]; then
		need_engine
		images | awk '{ print $3 }' | find_built
		need_images
		keep_released
		need_own_images 'nothing was pushed'
		need_fresh
	fi
	ask_registry
fi
if [ -n "$platforms" ]; then
	bake_all
else
	push_all
fi
if [ -z "$dry_run" ]; then
	show_digests
	say "images released as $version: $(awk 'END { print NR }' "$scratch/releases")"
fi
