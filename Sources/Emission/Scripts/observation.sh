# Prints each image of the chosen services once: image, reference, owner, identity, time of creation.
# The last two are - for an image that is missing.
find_images() {
	chosen_services | awk '!seen[$4 ""]++' | while read -r _ _ image reference owner _; do
		facts=$("$docker" image inspect --format '{{.Id}} {{json .Created}}' -- "$reference" 2>/dev/null) || facts='- -'
		printf '%s\n' "$image $reference $owner ${facts#sha256:}"
	done
}

# Prints the running containers of the chosen services: project, service, reference, stale or current, name, identity.
find_containers() {
	{
		printf '%s\n' "$found" =
		ask_containers
		printf '%s\n' =
		chosen_services
	} | awk '
		$0 == "=" { part++; next }
		part == 0 { identity[$2 ""] = $4 ""; next }
		part == 1 && NF == 6 && $3 != "True" {
			sub(/^sha256:/, "", $4)
			sub(/^\//, "", $5)
			n = ++count[$1, $6]
			identity_of[$1, $6, n] = $2
			runs[$1, $6, n] = $4
			name[$1, $6, n] = $5
		}
		# A mounted image is not what the container runs.
		part == 2 && $7 != "mounted" {
			for (n = 1; n <= count[$1, $2]; n++) {
				state = "stale"
				means = identity[$4 ""] ""
				if (means == "-" || means == (runs[$1, $2, n] "")) state = "current"
				print $1, $2, $4, state, name[$1, $2, n], identity_of[$1, $2, n]
			}
		}
	'
}

# Prints the engine's own words for how a container is, such as: Up 2 minutes.
status_of_container() {
	printf '%s\n' "$statuses" | identity=$1 awk -F '|' '($1 "") == (ENVIRON["identity"] "") { print $2; exit }'
}

# Asks the engine, once for all: $found, $containers, $listing, $statuses, and how many are $missing and $stale.
observe() {
	found=$(find_images)
	containers=$(find_containers)
	listing=$(list_images --format '{{.ID}}|{{.Size}}|{{.CreatedSince}}')
	statuses=$("$docker" container ls --no-trunc --format '{{.ID}}|{{.Status}}')
	missing=$(printf '%s\n' "$found" | count 4 -)
	stale=$(printf '%s\n' "$containers" | count 4 stale)
}

# Asks the engine, or says in JSON, if that is wanted, why it cannot.
observe_or_fail() {
	if [ -n "$as_json" ]; then
		trouble=$(need_engine 2>&1) || {
			printf '{\n  "error": %s\n}\n' "$(json "$trouble")"
			exit 1
		}
	else
		need_engine
	fi
	observe
}
