# Removes what is left over, which is in a file as find_left prints it: containers, which are stopped first, then
# networks, volumes, and images. Fails if something stays.
remove_left() {
	# shellcheck disable=SC2046 # identities are words
	set -- $(awk -F '\t' '$1 == "container" { print $5 }' "$scratch/left")
	if [ $# -gt 0 ]; then
		say "stopping what runs of $# containers"
		run "$docker" container stop -- "$@" >/dev/null || :
	fi
	for kind in container network volume image; do
		kind=$kind awk -F '\t' '($1 "") == (ENVIRON["kind"] "")' "$scratch/left"
	done >"$scratch/rows"
	removed=0
	count=$(awk 'END { print NR }' "$scratch/rows")
	while IFS=$tab read -r kind _ _ name identity _; do
		target=$name
		[ "$kind" != container ] || target=$identity
		if trouble=$("$docker" "$kind" rm -- "$target" 2>&1 >/dev/null); then
			printf 'removed %s %s\n' "$kind" "$name"
			removed=$((removed + 1))
		else
			say "the $kind $name could not be removed: $trouble"
		fi
	done <"$scratch/rows"
	say "removed $removed of $count"
	[ "$removed" -eq "$count" ]
}

# Removes what status.sh lists as left over; volumes only with --volumes.
clean_left() {
	containers_there=$(ask_containers | with_owners)
	{
		ask_resources volume
		ask_resources network
	} | find_left >"$scratch/all-left"
	find_left_images | awk -F '\t' '$7 != "strange"' >>"$scratch/all-left"
	volumes=$volumes awk -F '\t' '$1 != "volume" || ENVIRON["volumes"] != ""' "$scratch/all-left" >"$scratch/left"
	staying=$(volumes=$volumes awk -F '\t' '$1 == "volume" && ENVIRON["volumes"] == "" { print $4 }' "$scratch/all-left")
	if [ -s "$scratch/left" ]; then
		show_left <"$scratch/left" | aligned
		show_doubt "$(cat "$scratch/left")" >&2
		if [ -n "$volumes" ]; then
			show_data "$(cat "$scratch/left")" >&2
		fi
		[ -z "$dry_run" ] || return 0
		if grep -q '^volume' "$scratch/left"; then
			agree 'remove these, and all data in the volumes?'
		else
			agree 'remove these?'
		fi
		failed=
		remove_left || failed=yes
	else
		say 'there is nothing left over to remove'
		failed=
	fi
	if [ -n "$staying" ]; then
		say "volumes stay: $(printf '%s\n' "$staying" | commas)"
		# shellcheck disable=SC2086 # one word a volume
		say "to remove them, and what is in them: $(quoted "$docker" volume rm $staying)"
	fi
	[ -z "$failed" ]
}
