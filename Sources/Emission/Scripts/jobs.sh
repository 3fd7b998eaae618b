show_compose() {
	if [ "$compose" != plugin ]; then
		quoted "$compose" "$@"
	else
		quoted "$docker" compose "$@"
	fi
}

# Shows the output of a finished build whole, while no other one is shown: its number, exit status and names.
show_output() {
	until mkdir "$scratch/showing" 2>/dev/null; do
		sleep 1
	done
	printf '%s\n' "$3" >>"$scratch/done"
	position="($(awk 'END { print NR }' "$scratch/done") of $total)"
	if [ "$2" -eq 0 ]; then
		say "built $3 $position"
	else
		say "$3 failed $position"
	fi
	cat "$scratch/$1/output" >&2
	rmdir "$scratch/showing"
}

# Builds what it can take of the plan on standard input, one after another. With --jobs, several of these take
# from one plan: whoever makes the folder of a build has it. A finished build leaves its exit status there.
work() {
	stopping=
	child=
	trap 'stopping=yes; [ -z "$child" ] || kill "$child" 2>/dev/null || :' HUP INT TERM
	while read -r number _ image service owner names bases reference others; do
		if [ -n "$stopping" ] || [ -e "$scratch/halt" ]; then
			break
		fi
		mkdir "$scratch/$number" 2>/dev/null || continue
		if [ "$jobs" -gt 1 ]; then
			exec 3>"$scratch/$number/output"
		else
			say "building $names ($number of $total)"
			exec 3>&2
		fi
		directory=$(projects | path_of "$owner")
		set_labels "$image" "$bases"
		compose_file "$owner" | {
			cd -- "$directory" 2>/dev/null || fail "the folder of $owner is not there: $directory"
			with_build_words exec_compose "$service" "$bases"
		} >&3 2>&3 3>&- &
		child=$!
		[ -z "$stopping" ] || kill "$child" 2>/dev/null || :
		status=0
		wait "$child" 2>/dev/null || status=$?
		# A signal ends the wait before it ends the build.
		while kill -0 "$child" 2>/dev/null; do
			wait "$child" 2>/dev/null || status=$?
		done
		child=
		for other in $others; do
			[ "$status" -eq 0 ] || break
			"$docker" tag -- "$reference" "$other" >&3 2>&3 3>&- || status=$?
		done
		exec 3>&-
		printf '%s\n' "$status" >"$scratch/$number/status"
		if [ "$status" -ne 0 ] && [ -z "$keep_going" ]; then
			: >"$scratch/halt"
		fi
		if [ "$jobs" -gt 1 ] && [ -z "$stopping" ]; then
			show_output "$number" "$status" "$names"
		fi
	done
}

# Prints the exit status of a build, or nothing if it was not tried.
status_of() {
	if [ -e "$scratch/$1/status" ]; then
		cat "$scratch/$1/status"
	fi
}

# Whether two lists with commas have a name in common.
share_a_name() {
	rest=$1,
	while [ -n "$rest" ]; do
		case ,$2, in
		*",${rest%%,*},"*) return 0 ;;
		esac
		rest=${rest#*,}
	done
	return 1
}

# Prints the images of the plan on standard input that stand on one of these images.
standing_on() {
	below=$1
	while read -r _ _ image _ _ names bases _; do
		if share_a_name "$bases" "$below"; then
			below=$below,$names
			printf '%s\n' "$image"
		fi
	done
}

# Runs the builds of one stage, but those that stand on a failed one, and prints the references that they made.
run_stage() {
	while read -r number stage image service owner names bases references; do
		[ "$stage" = "$1" ] || continue
		if share_a_name "$bases" "$broken"; then
			broken=$broken,$names
		else
			printf '%s\n' "$number $stage $image $service $owner $names $bases $references"
		fi
	done <"$scratch/plan" >"$scratch/stage"
	find_identities <"$scratch/stage"
	count=0
	starting=yes
	while read -r _ && [ "$count" -lt "$jobs" ]; do
		work <"$scratch/stage" &
		workers="$workers $!"
		count=$((count + 1))
	done <"$scratch/stage"
	starting=
	[ -z "$ended_by" ] || stop "$ended_by"
	for worker in $workers; do
		wait "$worker" || :
	done
	workers=
	while read -r number _ _ _ _ names _ references; do
		if [ "$(status_of "$number")" = 0 ]; then
			for reference in $references; do
				printf '%s\n' "$reference"
			done
		else
			broken=$broken,$names
		fi
	done <"$scratch/stage"
}
