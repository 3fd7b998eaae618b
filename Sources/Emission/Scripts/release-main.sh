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
if [ -z "$platforms" ] && [ -n "$dry_run" ]; then
	! command -v "$docker" >/dev/null 2>&1 || ask_engine
	if [ -n "${engine_answers-}" ]; then
		look_at_images
	else
		say 'the engine does not answer, so whether these images are built, and from what, was not looked at'
	fi
fi
if [ -z "$dry_run" ]; then
	buildx=
	if has_buildx; then
		buildx=yes
	elif [ -n "$platforms" ]; then
		fail "--platform needs '$docker buildx'"
	fi
	if [ -z "$platforms" ]; then
		need_engine
		look_at_images
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
