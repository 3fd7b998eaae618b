export BUILDX_BUILDER="${BUILDX_BUILDER-default}"
export BUILDX_NO_DEFAULT_ATTESTATIONS="${BUILDX_NO_DEFAULT_ATTESTATIONS-1}"

if [ "$action" = list ]; then
	list | aligned
	exit
fi

leave_pinned
find_lacking
begin
find_fingerprints "$changed" "$chosen_environment"
plan >"$scratch/plan"
if [ "$action" = build ] || [ -n "$changed" ]; then
	need_engine
	find_built <<END
$(references_of_plan)
END
fi
if [ "$action" = build ] && [ -z "$take_over" ]; then
	need_own_images "nothing was built; if this workspace had that name, or the other is gone: $(repeat_with --take-over)"
fi
if [ -n "$changed" ]; then
	mv -- "$scratch/plan" "$scratch/all"
	leave_unchanged <"$scratch/all" >"$scratch/plan"
fi
if [ "$action" = show_commands ]; then
	find_compose || compose=plugin
	show_commands <"$scratch/plan"
	exit
fi
if [ ! -s "$scratch/plan" ]; then
	say 'there is nothing to build'
	exit
fi
run_builds || exit 1
tell_pinned
