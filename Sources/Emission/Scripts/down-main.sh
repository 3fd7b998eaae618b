need_docker
need_engine
containers=$(ask_containers) || exit
need_compose
begin

containers_there=$(printf '%s' "$containers" | with_owners)
staying=
if [ -n "$all" ]; then
	find_staying
fi
# shellcheck disable=SC2086 # one word a project
set -- $chosen
dependents=$(running_dependents "$@")
if [ -n "$dependents" ] && [ -n "$with_dependents" ]; then
	# shellcheck disable=SC2086 # one word a project
	set -- "$@" $dependents
elif [ -n "$dependents" ] && [ -z "$only" ]; then
	if [ -n "$all" ]; then
		say "these run, and start after what would be stopped: $(printf '%s\n' "$dependents" | commas)"
		tell_staying
		fail "nothing was stopped; to stop the others all the same: $(again --only --all)"
	fi
	say "after $(printf '%s\n' "$@" | commas) these start, which run: $(printf '%s\n' "$dependents" | commas)"
	say "to stop them, too: $(again --with-dependents "$@")"
	fail "nothing was stopped; to stop no more than was named: $(again --only "$@")"
fi

order=$(projects_to_stop "$@")
if [ -z "$order" ]; then
	if [ -n "$staying" ]; then
		tell_staying
		fail 'nothing was stopped'
	fi
	say 'there is nothing to stop'
	tell_former
	exit
fi
for project in $order; do
	printf '%s\n' "$containers_there" | need_own_containers "$project" || exit
done
if [ -n "$volumes" ]; then
	held=$(for project in $order; do volumes_of "$project"; done)
	if [ -n "$held" ]; then
		printf '%s\n' "$held" | while IFS= read -r volume; do
			printf 'volume %s\n' "$volume"
		done
		agree 'remove these volumes and all that is in them?'
	fi
fi

count=$(printf '%s\n' "$order" | awk 'END { print NR }')
number=0
for project in $order; do
	number=$((number + 1))
	[ "$count" -eq 1 ] || say "stopping $project ($number of $count)"
	if ! stop_jobs "$project" || ! run stop_project >&2; then
		fail "$project was not stopped; to repeat: $(again "$project")"
	fi
done
say "stopped: $(printf '%s\n' "$order" | commas)"
[ -z "$staying" ] || tell_staying
[ -z "$all" ] || tell_former
