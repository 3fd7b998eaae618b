need_docker
need_engine
begin
if [ -n "$left_over" ]; then
	clean_left
	exit
fi
find_used >"$scratch/used"
find_made >"$scratch/made"
find_rubbish >"$scratch/found"
spare_used <"$scratch/found" >"$scratch/rubbish"
if [ -n "$all" ]; then
	while read -r reference other; do
		say "$reference is an image of the workspace $other, and stays"
	done <"$scratch/foreign"
	[ ! -s "$scratch/foreign" ] || say "if this workspace had that name, to build them under its own: $(beside_in - build.sh --take-over)"
fi
if [ ! -s "$scratch/rubbish" ]; then
	say 'there is nothing to remove'
	exit
fi
listing=$(list_images --format '{{.ID}}|{{.Size}}|{{.CreatedSince}}')
show_rubbish <"$scratch/rubbish" | aligned
if [ -n "$dry_run" ]; then
	exit
fi
agree 'remove these?'
removed=0
count=$(awk 'END { print NR }' "$scratch/rubbish")
while read -r target _; do
	if trouble=$("$docker" image rm -- "$target" 2>&1 >/dev/null); then
		printf 'removed %s\n' "$target"
		removed=$((removed + 1))
	else
		say "$target could not be removed: $trouble"
	fi
done <"$scratch/rubbish"
say "removed $removed of $count"
[ "$removed" -eq "$count" ] || exit 1
