# Ends the script where a variable is not set that builds of this run must have: nothing is built before all can be.
need_variables() {
	need_compose
	owners=$(
		lacking=$(image_names | tr '\n' ' ')
		plan | cut -d ' ' -f 5 | each_once
	)
	for owner in $owners; do
		directory=$(projects | path_of "$owner")
		[ -d "$directory" ] || fail "the folder of $owner is not there: $directory"
		answer=$( (compose_file "$owner" | exec_compose --project-directory "$directory" -f - config -q) 2>&1) ||
			fail "Compose cannot tell what $owner builds: $(printf '%s\n' "$answer" | LC_ALL=C tr -c '\n -~' '?' | sed '/level=warning/d')"
	done
}
