# The images of development, whatever environment is chosen.
development_images=$(images)

# Prints the images with a name that carry this workspace's label and are of none of its images, as find_left prints
# what is left over. A workspace without a name of its own shares its label with others: then nobody can tell.
find_left_images() {
	name=$(workspace_name)
	[ "$name" != workspace ] || return 0
	rows=$({
		printf '%s\n' "$development_images" | awk '{ print $3 }'
		printf '%s\n' =
		list_images --filter "label=io.bayplan.workspace=$name" --filter dangling=false --format '{{.ID}} {{.Repository}}:{{.Tag}}'
	} | awk '
		$0 == "=" { part++; next }
		!part { named[$1 ""] = 1; next }
		NF == 2 && !(($2 "") in named) && !seen[$2 ""]++
	')
	[ -n "$rows" ] || return 0
	# shellcheck disable=SC2046 # identities are words
	set -- $(printf '%s\n' "$rows" | first_column | each_once)
	facts=$("$docker" image inspect --format '{{.ID}} {{json (index .Config.Labels "io.bayplan.image")}}' -- "$@" 2>/dev/null) || return 0
	{
		printf '%s\n' "$development_images" | awk '{ print $2 }'
		printf '%s\n' = "$facts" = "$rows"
	} | awk '
		$0 == "=" { part++; next }
		!part { is_ours[$1 ""] = 1; next }
		{ sub(/^sha256:/, "", $1) }
		part == 1 {
			gsub(/"/, "", $2)
			if (NF == 2 && $2 != "null" && $2 != "" && !(($2 "") in is_ours)) image[$1 ""] = $2
			next
		}
		($1 "") in image { print "image\t-\t" image[$1 ""] "\t" $2 "\t" $1 "\t-\tdropped\t-" }
	'
}
