# Prints the rows of the services of the chosen projects.
chosen_services() {
	services | while read -r project row; do
		case ${chosen:-" $project "} in
		*" $project "*) printf '%s\n' "$project $row" ;;
		esac
	done
}

# Asks the engine about images: $known, a line for each reference on standard input: the reference, its image's identity,
# when that was made, and the workspace that built it. The last are - for an image that is missing.
find_known() {
	references=$(cat)
	known=$(
		{
			printf '%s\n' "$references" =
			printf '%s\n' "$references" | inspect_images '{{.ID}} {{json .Created}} {{json (index .Config.Labels "io.bayplan.workspace")}}'
		} | awk '
			$0 == "=" { part++; next }
			!part { if (NF) reference[++count] = $0; next }
			{
				sub(/^sha256:/, "")
				name = $0
				sub(/^[^ ]* [^ ]* "?/, "", name)
				sub(/"$/, "", name)
				if (name ~ / /) name = "?"
				print reference[++n], ($0 == "-" ? "- - -" : $1 " " $2 " " (name == "" ? "-" : name))
			}
		'
	)
}

# Prints each image of the chosen services once: image, reference, owner, identity, time of creation, workspace.
find_images() {
	{
		printf '%s\n' "$known" =
		chosen_services
	} | awk '
		$0 == "=" { part++; next }
		!part { facts[$1 ""] = $2 " " $3 " " $4; next }
		!seen[$4 ""]++ { print $3, $4, $5, facts[$4 ""] }
	'
}

# Prints the containers of the chosen projects that run: project, service, the reference that it was started from, its state,
# name, identity, environment or - for development, the reference that its Compose file names, or - for one with variables,
# and the engine's own words for how it is. Its state is stale if its own reference now means another image than the one that
# it runs, other if its Compose file names another reference, or else current.
find_containers() {
	{
		printf '%s\n' "$known" =
		chosen_services
		printf '%s\n' =
		services_everywhere
		printf '%s\n' =
		printf '%s\n' "$containers_there"
	} | awk "$whole_names"'
		$0 == "=" && part < 3 { part++; next }
		!part { identity[$1 ""] = $2 ""; next }
		part == 1 { if ($7 != "mounted") is_ours[$1 " " $2] = 1; next }
		part == 2 { if ($8 != "mounted") names[$1 " " $2 " " $3] = ($5 ~ /[$]/ ? "-" : $5) ""; next }
		split($0, cell, "\t") == 16 && cell[12] != "True" && cell[8] ~ /^(running|restarting|paused)$/ {
			if (cell[1] == "/" || cell[1] == "?" || !((cell[2] " " cell[3]) in is_ours)) next
			means = identity[cell[6] ""] ""
			state = (means == "" || means == "-" || means == (cell[5] "") ? "current" : "stale")
			declared = names[cell[1] " " cell[2] " " cell[3]] ""
			if (declared == "") declared = "-"
			if (declared != "-" && cell[6] !~ /^(-|sha256:.*)$/ && whole(cell[6]) != whole(declared)) state = "other"
			print cell[2], cell[3], cell[6], state, cell[7], cell[4], cell[1], declared, cell[16]
		}
	'
}

# Prints the references that the chosen services run, and those that containers were started from, each once.
references_there() {
	{
		chosen_services | awk '{ print $4 }'
		printf '%s\n' "$containers_there" | cut -f 6 | awk '/^[A-Za-z0-9._:\/@-]+$/ && !/^(sha256:|-)/'
	} | each_once
}

# Asks the engine, once for all: $known, $found, $containers, $listing, and how many are $missing, $stale and $other.
observe() {
	containers_there=$(printf '%s' "$containers" | with_owners)
	find_known <<END
$(references_there)
END
	found=$(find_images)
	containers=$(find_containers)
	listing=$(printf '%s\n' "$known" | awk '$2 != "-" { print $1 }' | list_sizes)
	missing=$(printf '%s\n' "$found" | count 4 -)
	stale=$(printf '%s\n' "$containers" | count 4 stale)
	other=$(printf '%s\n' "$containers" | count 4 other)
}

# Asks the engine, or says in JSON, if that is wanted, why it cannot.
observe_or_fail() {
	if [ -z "$as_json" ]; then
		need_containers
	elif ! containers=$(ask_containers 2>/dev/null); then
		trouble=$(need_containers 2>&1) || {
			printf '{\n  "error": %s\n}\n' "$(json "$trouble")"
			exit 1
		}
	fi
	observe
}
