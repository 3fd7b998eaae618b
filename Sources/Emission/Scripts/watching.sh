# Rebuilds images and what stands on them, and recreates their containers: a run of this script of its own.
exec_refresh() {
	with_build_options exec_again "$@"
}

exec_again() {
	if [ -n "$chosen_environment" ]; then
		set -- --environment "$chosen_environment" "$@"
	fi
	exec sh "$script" "$@" 3<&-
}

refresh_changed() {
	run exec_refresh "$@" || say 'what runs was left as it is'
	say 'waiting for the next change'
}

# Writes the names of images whose inputs change into a pipe, and first an empty line, after which none is missed.
exec_watch() {
	if [ -n "$chosen_environment" ]; then
		set -- --environment "$chosen_environment" -- "$@"
	else
		set -- -- "$@"
	fi
	exec bayplan fingerprint --watch --quiet --root "$workspace/$(root)" --manifest "$workspace/$(manifest)" \
		--script-tables "$@" <"$scratch/tables" >"$scratch/changes"
}

# Prints those of the images, and of what they stand on, that the engine has and that were built from other inputs than
# those of now.
stale_images() {
	with_dependents=
	[ -n "$wanted" ] || wanted=$(image_names | tr '\n' ' ')
	changed=yes
	find_lacking
	find_fingerprints '' "$chosen_environment"
	plan >"$scratch/plan"
	references_of_plan >"$scratch/references"
	find_built <"$scratch/references"
	leave_unchanged <"$scratch/plan" 2>/dev/null | while read -r _ _ image _ _ _ _ reference _; do
		case $(second_column_of "$reference" <"$scratch/built-before") in
		'' | -) ;;
		*) printf '%s\n' "$image" ;;
		esac
	done
}

# Refreshes what has changed since it was built, and then whatever changes, until a signal ends it.
watch() {
	why=$(why_unasked)
	[ -z "$why" ] || fail "nothing can be watched: $why"
	{
		images
		builds
	} >"$scratch/tables"
	mkfifo -- "$scratch/changes"
	starting=yes
	# shellcheck disable=SC2086 # one word an image
	exec_watch $wanted &
	lasting=$!
	workers=$lasting
	starting=
	[ -z "$ended_by" ] || stop "$ended_by"
	exec 3<"$scratch/changes"
	if read -r _ <&3; then
		stale=$(stale_images)
		# shellcheck disable=SC2086 # one word an image
		if [ -n "$stale" ]; then
			say "changed since they were built: $(printf '%s\n' "$stale" | commas)"
			refresh_changed $stale
		else
			say 'waiting for a change'
		fi
		while read -r names <&3; do
			# shellcheck disable=SC2086 # one word an image
			say "changed: $(printf '%s\n' $names | commas)"
			# shellcheck disable=SC2086 # one word an image
			refresh_changed $names
		done
	fi
	wait "$lasting" || :
	workers=
	fail "nothing is watched any more; to watch again: $(again)"
}
