need_containers
needed=$(find_needed)
containers_there=$(printf '%s' "$containers" | with_owners)
left=$(ask_volumes | find_left)
if [ -n "$take_data" ]; then
	printf '%s\n' "$containers_there" | need_own_containers "$target" || exit
	take_data "$target"
fi

# What must run before and runs already is left as it is; the project itself comes last.
steps=
count=0
needs=
runs_ours=
while read -r project services_of_step; do
	[ -n "$project" ] || continue
	# shellcheck disable=SC2086 # one word a service
	take_step "$project" $services_of_step
	need_services
	if [ "$project" != "$target" ]; then
		verdict=$(printf '%s\n' "$containers" | judge "$project" "$starting")
		[ "$verdict" != ok ] || continue
	fi
	printf '%s\n' "$containers_there" | need_own_containers "$project" || exit
	need_file "$project" 'nothing was started'
	need_data "$project"
	if [ "$project" = "$target" ] || may_need_others; then
		read_definition
		needs="$needs$(printf '%s\n' "$definition" | needs_of_others)
"
	fi
	count=$((count + 1))
	steps="$steps$project $services_of_step
"
	runs_ours="$runs_ours$(images_to_start)
"
	# What starts first is pulled by Compose, before it starts anything.
	[ "$count" -eq 1 ] || runs_ours="$runs_ours$(images_to_pull)
"
done <<END
$needed
$target
END

lacking=$(printf '%s' "$runs_ours" | awk 'NF && !seen[$2 ""]++' | find_missing)
missing=$(printf '%s\n' "$lacking" | awk 'NF == 3')
to_pull=$(printf '%s\n' "$lacking" | awk 'NF == 5')
if [ -n "$missing" ]; then
	set --
	while read -r image reference owner; do
		say "$reference is missing; $owner builds it"
		set -- "$@" "$image"
	done <<END
$missing
END
	fail "nothing was started; to build what is missing: $(beside build.sh "$@")"
fi

need_others
[ -z "$to_pull" ] || pull_missing "$to_pull"

number=0
blocked=
while read -r project services_of_step; do
	[ -n "$project" ] || continue
	if [ -n "$blocked" ]; then
		blocked="$blocked$project
"
		continue
	fi
	# shellcheck disable=SC2086 # one word a service
	take_step "$project" $services_of_step
	number=$((number + 1))
	[ "$count" -eq 1 ] || say "starting $project ($number of $count)"
	show_running_left "$project"
	if start_all; then
		[ "$project" != "$target" ] || [ -n "$wait" ] || continue
		await "$project" "$starting" && continue
	fi
	failed=$project
	explain "$project"
	if [ -n "$running_left" ]; then
		say "$running_left may hold its ports; to remove what is left over, but no volume: $(beside_in - clean.sh --left-over)"
	fi
	blocked='
'
done <<END
$steps
END
if [ -n "$blocked" ]; then
	blocked=$(printf '%s' "$blocked" | awk NF | commas)
	[ -n "$blocked" ] || fail "$failed did not start; to repeat: $(again)"
	say "$failed did not start, so these were not started, which need it: $blocked"
	fail "to repeat: $(again)"
fi
say "started $(printf '%s\n' "$steps" | first_column | awk NF | commas)"
