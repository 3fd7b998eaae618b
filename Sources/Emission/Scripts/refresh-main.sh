need_docker
need_engine
begin
if [ -n "$watch" ]; then
	watch
fi
if [ -z "$no_build" ]; then
	leave_pinned
	find_lacking
fi
plan >"$scratch/plan"
: >"$scratch/fingerprints"
if [ -z "$no_build" ]; then
	find_fingerprints '' "$chosen_environment"
fi
refreshed=$(while read -r _ _ _ _ _ names _; do printf '%s,' "$names"; done <"$scratch/plan")
if [ -n "$dry_run" ]; then
	find_compose || compose=plugin
	if [ -z "$no_build" ]; then
		show_commands <"$scratch/plan"
	fi
else
	need_compose
	if [ -z "$no_build" ]; then
		references_of_plan >"$scratch/references"
		find_built <"$scratch/references"
		need_own_images "nothing was built; to build all the same: $(build_command)"
		run_builds >"$scratch/built" || fail 'no container was touched'
		while read -r reference; do
			printf 'built %s\n' "$reference"
		done <"$scratch/built"
	fi
fi

choose_running "${refreshed%,}" >"$scratch/running"
if [ ! -s "$scratch/running" ]; then
	say 'no running container to recreate'
	# A service with a profile is started by its name, or by a profile that nobody has chosen here.
	services | names=,$refreshed awk '
		$7 == "mounted" || !index(ENVIRON["names"], "," $3 ",") { next }
		!(($1 "") in names) { project[++count] = $1 }
		{ names[$1 ""] = names[$1 ""] " " $2 }
		$6 != "-" { is_named[$1 ""] = 1 }
		END {
			for (n = 1; n <= count; n++) print project[n] (((project[n] "") in is_named) ? names[project[n] ""] : "")
		}
	' |
		while read -r project named; do
			case " $named" in
			*' -'*) set -- -- ;;
			*) set -- ;;
			esac
			# shellcheck disable=SC2086 # one word a service
			say "to start those of $project: $(beside up.sh "$@" "$project" $named)"
		done
	exit
fi
consumers=$(first_column <"$scratch/running" | each_once)
if [ -n "$dry_run" ]; then
	for consumer in $consumers; do
		targets=$(services_to_recreate)
		printf '%s\n' "$(with_up_words show_compose)"
	done
	exit
fi
# shellcheck disable=SC2086 # one word a project
recreate $consumers
report_containers
if [ -n "$failed" ]; then
	# shellcheck disable=SC2086 # one word a project
	say "Compose failed in: $(printf '%s\n' $failed | commas)"
	no_build=yes
	fail "to repeat: $(again)"
fi
