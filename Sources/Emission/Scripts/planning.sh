# Prints what Compose makes of the services of a project, with all their profiles: config FILE PROJECT WORD...
configuration() {
	name=$1
	shift
	set -- config "$@"
	for profile in $(profile_names "$name"); do
		set -- --profile "$profile" "$@"
	done
	(exec_compose -f "$(files | path_of "$name")" -p "$name" "$@") 2>&1 </dev/null
}

# Prints the services whose settings name another service's container, which Compose writes into them only when it starts.
tied_services() {
	configuration "$1" | awk '
		/^[^ ]/ { section = $1; next }
		section != "services:" { next }
		/^  [^ ]/ {
			service = $1
			sub(/:$/, "", service)
			gsub(/["\047]/, "", service)
			next
		}
		/^    (network_mode|ipc|pid): "?service:/ || /^    volumes_from:/ { print service }
	'
}

# Prints what up.sh would do with a project, a line each, parted by tabs: container, service, what, and why. Compose keeps
# a container while the hash of its settings is the one in its label, and its reference means the image that it runs.
find_plan() {
	[ "$compose" != podman-compose ] || fail 'what up.sh would do cannot be told with podman-compose, which keeps no record of settings'
	hashes=$(configuration "$1" --hash '*') || fail "Compose cannot tell the settings of $1: $(printf '%s\n' "$hashes" | harmless_lines)"
	rows=$(printf '%s\n' "$containers_there" | project=$1 own=${chosen_environment:--} awk -F '\t' '
		($2 "") == (ENVIRON["project"] "") && $12 != "True" && ($1 "") == (ENVIRON["own"] "")
	')
	labels=
	if [ -n "$rows" ]; then
		# shellcheck disable=SC2046 # identities are words
		set -- "$1" $(printf '%s\n' "$rows" | cut -f 4)
		project=$1
		shift
		labels=$("$docker" container inspect --format '{{.ID}} {{index .Config.Labels "com.docker.compose.config-hash"}}' -- "$@") ||
			fail 'a container went meanwhile; ask again'
		set -- "$project"
	fi
	tied=$(tied_services "$1")
	{
		printf '%s\n' "$hashes" = "$tied" = "$known" = "$labels" =
		services | project=$1 awk '($1 "") == (ENVIRON["project"] "") && $7 == ""'
		printf '%s\n' = "$rows"
	} | awk '
		function tell(container, service, what, why) { print container "\t" service "\t" what "\t" why }
		$0 == "=" { part++; next }
		$0 == "" { next }
		part == 0 { hash[$1 ""] = $2; next }
		part == 1 { is_tied[$1 ""] = 1; next }
		part == 2 { identity[$1 ""] = $2; next }
		part == 3 { label[$1 ""] = $2; next }
		part == 4 {
			order[++count] = $2 ""
			is_there[$2 ""] = 1
			reference[$2 ""] = $4
			profiles[$2 ""] = $6
			next
		}
		{
			split($0, cell, "\t")
			service = cell[3] ""
			has[service] = 1
			if (!(service in is_there)) tell(cell[7], service, "leave", "no service of this project has it")
			else if (cell[8] !~ /^(running|restarting|paused|exited|created|dead|stopped)$/) tell(cell[7], service, "unknown", "it is " cell[8])
			else if (service in is_tied) tell(cell[7], service, "unknown", "its settings name another container")
			else if ((hash[service] "") != (label[cell[4] ""] "")) tell(cell[7], service, "recreate", "its settings are others")
			else if (identity[reference[service] ""] != "" && identity[reference[service] ""] != "-" && (identity[reference[service] ""] "") != (cell[5] ""))
				tell(cell[7], service, "recreate", reference[service] " is another image")
			else if (cell[8] ~ /^(running|restarting)$/) tell(cell[7], service, "keep", "-")
			else tell(cell[7], service, "start", "it is " cell[8])
		}
		END {
			for (n = 1; n <= count; n++)
				if (!(order[n] in has)) tell("-", order[n], "create", profiles[order[n]] == "-" ? "-" : "with profile " profiles[order[n]])
		}
	'
}

# Shows the plan of a project, and sums it up.
show_plan() {
	others=$(printf '%s\n' "$containers_there" | project=$1 own=${chosen_environment:--} awk -F '\t' '
		($2 "") == (ENVIRON["project"] "") && ($1 "") != (ENVIRON["own"] "") { print $1 "\t" $7 }
	')
	if [ -n "$others" ]; then
		owner=${others%%"$tab"*}
		if [ "$owner" = / ]; then
			stop=$(quoted "$docker" compose -p "$1${instance_suffix-}" down)
		else
			stop=$(beside_in "$owner" down.sh "$1")
		fi
		say "up.sh would start nothing: another folder's project or another environment started $(printf '%s\n' "$others" | cut -f 2 | commas)"
		say "to stop that first, which keeps its volumes: $stop"
		return
	fi
	rows=$(find_plan "$1") || exit
	{
		printf 'CONTAINER\tSERVICE\tWOULD\tWHY\n'
		printf '%s\n' "$rows"
	} | aligned
	sum=
	for what in create recreate start keep leave unknown; do
		number=$(printf '%s\n' "$rows" | word=$what awk -F '\t' '($3 "") == (ENVIRON["word"] "") { n++ } END { print n + 0 }')
		[ "$number" -eq 0 ] || sum="$sum${sum:+, }$what $number"
	done
	printf '\n%s would: %s\n' "$(beside up.sh "$1")" "${sum:-do nothing}"
}
