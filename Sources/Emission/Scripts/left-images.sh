# The images of development, whatever environment is chosen.
development_images=$(images)

# Prints the images with a name that carry this workspace's label and are of none of its images, as find_left prints
# what is left over. A workspace without a name of its own shares its label with others: then nobody can tell. Others may
# have its name, too: one that was built for a project that this one does not have, and does not remember, is named with
# why strange.
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
	facts=$("$docker" image inspect --format '{{.ID}} {{json (index .Config.Labels "io.bayplan.image")}} {{json (index .Config.Labels "com.docker.compose.project")}}' -- "$@" 2>/dev/null) || return 0
	{
		printf '%s\n' "$development_images" | awk '{ print $2 }'
		printf '%s\n' =
		printf '%s\n' "$development_files" | first_column
		former_projects
		printf '%s\n' = "$facts" = "$rows"
	} | awk '
		$0 == "=" { part++; next }
		!part { is_ours[$1 ""] = 1; next }
		part == 1 { is_project[$1 ""] = 1; next }
		{ sub(/^sha256:/, "", $1) }
		part == 2 {
			gsub(/"/, "", $2)
			gsub(/"/, "", $3)
			if (NF != 3 || $2 == "null" || $2 == "" || ($2 "") in is_ours) next
			image[$1 ""] = $2
			# Only Compose tells for which project it built one.
			project[$1 ""] = ($3 == "" || $3 == "null" ? "-" : $3)
			next
		}
		($1 "") in image {
			its = project[$1 ""]
			why = (its == "-" || (its "") in is_project ? "dropped" : "strange")
			print "image\t" its "\t" image[$1 ""] "\t" $2 "\t" $1 "\t-\t" why "\t-"
		}
	'
}
