export BUILDX_BUILDER="${BUILDX_BUILDER-default}"
export BUILDX_NO_DEFAULT_ATTESTATIONS="${BUILDX_NO_DEFAULT_ATTESTATIONS-1}"

if [ "$action" = list ]; then
	list | aligned
	exit
fi

find_lacking
begin
find_fingerprints "$changed"
if [ -n "$changed" ]; then
	need_engine
	plan | leave_unchanged >"$scratch/plan"
else
	plan >"$scratch/plan"
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
