# Prints what the engine says of images, by a format that gives a line: a line for each reference on standard input, and -
# for one that it lacks. It is asked once for all if it has them all.
inspect_images() {
	format=$1
	# shellcheck disable=SC2046 # a reference is a word
	set -- $(cat)
	[ $# -gt 0 ] || return 0
	if answer=$("$docker" image inspect --format "$format" -- "$@" 2>/dev/null); then
		printf '%s\n' "$answer"
		return
	fi
	present=$(present_references "$@")
	if [ -n "$present" ]; then
		# Names of two hosts may be taken for one: then each is asked for.
		# shellcheck disable=SC2086 # a reference is a word
		if ! answer=$("$docker" image inspect --format "$format" -- $present 2>/dev/null); then
			for reference in "$@"; do
				"$docker" image inspect --format "$format" -- "$reference" 2>/dev/null || printf '%s\n' -
			done
			return
		fi
	fi
	{
		printf '%s\n' "$present" = "$answer" =
		printf '%s\n' "$@"
	} | awk '
		$0 == "=" && part < 2 { part++; next }
		!part { reference[++count] = $0; next }
		part == 1 { facts[reference[++told] ""] = $0; next }
		{ print (($0 "") in facts ? facts[$0 ""] : "-") }
	'
}

# For awk: a reference without a host that an engine takes for granted, with the tag that it does, and without one beside a
# digest. So those are compared that an engine takes for one.
whole_names='
	function whole(name) {
		sub(/^(localhost|docker\.io|index\.docker\.io)\//, "", name)
		sub(/^library\//, "", name)
		if (name ~ /@/) sub(/:[^\/:@]*@/, "@", name)
		else if (name !~ /:[^\/]*$/) name = name ":latest"
		return name ""
	}
'

# Prints which of these references the engine has. It tells those that it has by their names, without a host that it takes
# for granted and with the tag that it does.
present_references() {
	{
		printf '%s\n' "$@" =
		"$docker" image inspect --format '{{range .RepoTags}}{{.}} {{end}}{{range .RepoDigests}}{{.}} {{end}}' -- "$@" \
			2>/dev/null || :
	} | awk "$whole_names"'
		$0 == "=" { part++; next }
		!part { asked[++count] = $0; next }
		{ for (n = 1; n <= NF; n++) is_there[whole($n)] = 1 }
		END { for (n = 1; n <= count; n++) if (whole(asked[n]) in is_there) print asked[n] }
	'
}
