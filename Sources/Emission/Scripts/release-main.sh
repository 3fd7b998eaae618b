if [ -z "$dry_run" ] || command -v "$docker" >/dev/null 2>&1; then
	need_docker
fi
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
# A dry run needs no engine and no command, and says what it could not look at.
has_command=
! command -v "$docker" >/dev/null 2>&1 || has_command=yes
buildx=
if [ -n "$has_command" ] && has_buildx; then
	buildx=yes
elif [ -n "$platforms" ] && [ -z "$dry_run" ]; then
	fail "--platform needs '$docker buildx'"
fi
looked_at_images=
if [ -z "$platforms" ]; then
	if [ -z "$dry_run" ]; then
		need_engine
	elif [ -n "$has_command" ]; then
		ask_engine
	fi
	if [ -n "${engine_answers-}" ]; then
		look_at_images
		looked_at_images=yes
	else
		say 'the engine does not answer, so whether these images are built, and from what, was not looked at'
	fi
fi
if [ -n "$buildx" ] || { [ -n "$has_command" ] && [ -z "$platforms" ]; }; then
	ask_registry
elif [ -z "$overwrite" ]; then
	say "there is no command $docker${has_command:+ buildx}, so whether a registry has these images as $version already was not asked"
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
