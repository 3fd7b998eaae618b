# Prints the commands for the plan on standard input.
show_commands() {
	find_identities <"$scratch/plan"
	while read -r _ _ image service owner _ bases reference others; do
		set_labels "$image" "$bases"
		printf '(cd -- %s && ' "$(quoted "$(projects | path_of "$owner")")"
		if [ -n "$chosen_environment" ]; then
			printf '%s | ' "$(quoted "$scripts/build.sh" --environment "$chosen_environment" --compose "$owner")"
		else
			printf '%s | ' "$(quoted "$scripts/build.sh" --compose "$owner")"
		fi
		[ -z "${DOCKER_BUILDKIT+set}" ] || printf 'DOCKER_BUILDKIT=%s ' "$(quoted "$DOCKER_BUILDKIT")"
		printf 'BUILDX_BUILDER=%s ' "$(quoted "$BUILDX_BUILDER")"
		printf 'BUILDX_NO_DEFAULT_ATTESTATIONS=%s ' "$(quoted "$BUILDX_NO_DEFAULT_ATTESTATIONS")"
		if [ -n "$BAYPLAN_FINGERPRINT" ]; then
			printf 'BAYPLAN_FINGERPRINT=%s ' "$(quoted "$BAYPLAN_FINGERPRINT")"
			printf 'BAYPLAN_BASES=%s ' "$(quoted "$BAYPLAN_BASES")"
		fi
		printf '%s)\n' "$(with_build_words show_compose "$service" "$bases")"
		for other in $others; do
			printf '%s\n' "$(quoted "$docker" tag -- "$reference" "$other")"
		done
	done
}

# Says which builds failed, what they blocked, and how to go on. Fails if any did.
report() {
	unbuilt=
	untried=
	all_blocked=
	while read -r number _ image _ _ names _; do
		status=$(status_of "$number")
		[ "$status" != 0 ] || continue
		unbuilt="$unbuilt $image"
		if [ -n "$status" ]; then
			say "$image failed with exit status $status; to repeat: $(again "$image")"
			blocked=$(standing_on "$names" <"$scratch/plan")
			if [ -n "$blocked" ]; then
				say "not built, because they stand on $image: $(printf '%s\n' "$blocked" | commas)"
				all_blocked="$all_blocked$blocked
"
			fi
		elif ! printf '%s' "$all_blocked" | listed "$image"; then
			untried="$untried $image"
		fi
	done <"$scratch/plan"
	[ -n "$unbuilt" ] || return 0
	[ -z "$elsewhere" ] ||
		say "$elsewhere sees no image of this engine: what a build is FROM must be there, or in a registry"
	if [ -n "$untried" ]; then
		# shellcheck disable=SC2086 # one word an image
		say "not tried after that: $(printf '%s\n' $untried | commas)"
	fi
	# shellcheck disable=SC2086 # one word an image
	say "to go on after the repair: $(again $unbuilt)"
	return 1
}

# Sets $elsewhere to the builder's name if it is not the engine's own, and ends the script if it cannot build the plan
# then: it sees no image of the engine, so none that was built a moment ago.
need_builder() {
	elsewhere=
	[ "$BUILDX_BUILDER" != default ] && [ "${DOCKER_BUILDKIT-1}" != 0 ] || return 0
	"$docker" buildx version >/dev/null 2>&1 || return 0
	trouble=$("$docker" buildx inspect ${BUILDX_BUILDER:+-- "$BUILDX_BUILDER"} 2>&1) ||
		fail "nothing was built: the builder that BUILDX_BUILDER names cannot be asked: $trouble"
	case $(printf '%s\n' "$trouble" | awk '$1 == "Driver:" { print $2; exit }') in
	docker | '') return ;;
	esac
	elsewhere="the builder $(printf '%s\n' "$trouble" | awk '$1 == "Name:" { print $2; exit }')"
	unseen=$(while read -r _ _ _ service _ names bases _; do
		[ "$bases" = - ] || [ -n "$(baked_target "$service")" ] || printf '%s\n' "$names"
	done <"$scratch/plan")
	[ -n "$unseen" ] || return 0
	say "$elsewhere is not this engine, and sees none of its images; built from images of this workspace: $(printf '%s\n' "$unseen" | commas)"
	group=$(bake_groups | second_column_of "${chosen_environment:--}")
	[ -z "$group" ] || say "to build all there, each with its bases, and load them: $(bake_command "$group")"
	fail 'nothing was built; BUILDX_BUILDER=default builds on this engine'
}

# Prints the command that builds a group of the bake file on the chosen builder, for this engine.
bake_command() {
	printf '(cd -- %s && BUILDX_BAKE_ENTITLEMENTS_FS=0 ' "$(quoted "$workspace")"
	printf '%s)' "$(quoted "$docker" buildx bake ${BUILDX_BUILDER:+--builder "$BUILDX_BUILDER"} -f "$(bake_file)" --load "$1")"
}

# Runs the builds of the plan, stage by stage. Fails if one failed.
run_builds() {
	need_engine
	need_compose
	need_builder
	broken=
	total=$(awk 'END { print NR }' "$scratch/plan")
	stages=$(cut -d ' ' -f 2 "$scratch/plan" | sort -nu)
	for stage in $stages; do
		[ ! -e "$scratch/halt" ] || break
		run_stage "$stage"
	done
	made=0
	while read -r number _; do
		[ "$(status_of "$number")" != 0 ] || made=$((made + 1))
	done <"$scratch/plan"
	[ "$total" -eq 1 ] || say "built $made of $total"
	report
}
