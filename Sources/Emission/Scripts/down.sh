usage() {
	cat <<'END'
usage: down.sh [option]... project...
       down.sh [option]... --all

Stops and removes the containers and networks of projects, in the reverse of the
order in which they start: services of every profile, jobs of a single run, and
what is left of services that a project no longer has. Volumes and images stay.
A project after which another one starts that runs is not stopped without that.

  --all              every project of the workspace, as one environment has them
  --environment E    as environment E has them
  --with-dependents  also the projects that start after them and run
  --only             only these, although others that start after them run
  --volumes          also remove their volumes and what is in them; asks first
  --yes              do not ask
  --help             print this

Containers that another folder's project of this name started, or another
environment, are left alone: then nothing is stopped, with --all none of that
project, and what stays is named. It does not work with Podman.

Exit status: 0 stopped, or nothing to stop, or the answer was no; 1 something
could not be stopped, or there is no terminal to ask on; 2 wrong usage.
END
}

# Prints all projects in the order in which they start.
start_order() {
	{
		after
		printf '%s\n' =
		files | first_column
	} | awk '
		function add(name) { if (!(name in is_added)) { is_added[name] = 1; print name } }
		$0 == "=" { if (last != "") add(last); part++; next }
		part { add($1 ""); next }
		{
			# The rows of a project come after those of all that it needs.
			if (last != "" && last != ($1 "")) add(last)
			last = $1 ""
			add($2 "")
		}
	'
}

# Prints the projects that run and start after these, however far; not those that another folder has started.
running_dependents() {
	{
		printf '%s\n' "$@" =
		after
		printf '%s\n' =
		printf '%s\n' "$containers_there"
	} | awk '
		$0 == "=" { part++; next }
		!part { stops[$0 ""] = 1; next }
		part == 1 { if (($2 "") in stops && !(($1 "") in stops)) { stops[$1 ""] = 1; later[++count] = $1 "" } next }
		{
			split($0, cell, "\t")
			if (cell[1] != "/" && cell[8] ~ /^(running|restarting|paused)$/) runs[cell[2] ""] = 1
		}
		END { for (n = 1; n <= count; n++) if (later[n] in runs) print later[n] }
	'
}

# Prints the projects that have networks, or volumes.
projects_with() {
	"$docker" "$1" ls --filter label=com.docker.compose.project --format '{{.Label "com.docker.compose.project"}}'
}

# Prints the chosen projects that have something to stop, the last to start first.
projects_to_stop() {
	{
		printf '%s\n' "$@" =
		printf '%s\n' "$containers" | cut -f 1
		for kind in network ${volumes:+volume}; do
			projects_with "$kind"
		done
		printf '%s\n' =
		start_order
	} | awk '
		$0 == "=" { part++; next }
		!part { chosen[$0 ""] = 1; next }
		part == 1 { is_there[$0 ""] = 1; next }
		($0 "") in chosen && ($0 "") in is_there { order[++count] = $0 }
		END { for (n = count; n >= 1; n--) print order[n] }
	'
}

# Takes the projects out of $chosen that another folder or environment has started: $staying, a line for each container:
# owner, project, name.
find_staying() {
	staying=$(printf '%s\n' "$containers_there" | own=${chosen_environment:--} names=" $chosen " awk -F '\t' '
		$2 != "" && index(ENVIRON["names"], " " $2 " ") && $1 != "?" && ($1 "") != (ENVIRON["own"] "") { print $1, $2, $7 }
	')
	chosen=$({
		printf '%s\n' "$staying" =
		# shellcheck disable=SC2086 # one word a project
		printf '%s\n' $chosen
	} | awk '$0 == "=" && !part { part = 1; next } !part { stays[$2 ""] = 1; next } !(($0 "") in stays)')
}

# Says what was left alone, and how to stop it.
tell_staying() {
	for owner in $(printf '%s\n' "$staying" | first_column | each_once); do
		rows=$(printf '%s\n' "$staying" | owner=$owner awk '($1 "") == (ENVIRON["owner"] "")')
		names=$(printf '%s\n' "$rows" | awk '{ print $3 }' | commas)
		if [ "$owner" = / ]; then
			say "another folder's project started these, which were left alone: $names"
		else
			say "started for $(name_of "$owner"), not for ${chosen_environment:-development}, and left alone: $names"
			say "to stop that: $(beside_in "$owner" down.sh --all)"
		fi
	done
}

# Names what runs of projects that the manifest no longer has, and that were started from a folder of this workspace.
tell_former() {
	former=$({
		files
		printf '%s\n' = "$containers_there"
	} | workspace=$workspace/ instances=${instance_suffix+yes} awk -F '\t' '
		$0 == "=" && !part { part = 1; next }
		!part {
			names[++count] = $0
			sub(/ .*/, "", names[count])
			sub(/^[^ ]+ +/, "")
			if (sub(/\/[^\/]*$/, "")) is_folder[(/^\// ? $0 : ENVIRON["workspace"] $0) ""] = 1
			next
		}
		$1 == "?" && $8 ~ /^(running|restarting|paused)$/ && (($13 "") in is_folder || index($13, ENVIRON["workspace"]) == 1) {
			# An instance is of a project that is there.
			for (n = 1; ENVIRON["instances"] != "" && n <= count; n++) if (index($2, names[n] "-") == 1) next
			print $7
		}
	' | commas)
	[ -z "$former" ] || say "of projects that the manifest does not have, these still run: $former; to see what they are, and to remove them: $(beside_in - status.sh)"
}

# Prints the volumes of a project.
volumes_of() {
	"$docker" volume ls --filter "label=com.docker.compose.project=$1" --format '{{.Name}}'
}

# Stops the jobs of a single run, which Compose leaves when they run.
stop_jobs() {
	# shellcheck disable=SC2046 # identities are words
	set -- $(printf '%s\n' "$containers" | project=$1 awk -F '\t' '
		($1 "") == (ENVIRON["project"] "") && $11 == "True" { print $3 }
	')
	[ $# -eq 0 ] || { run "$docker" container stop -- "$@" && run "$docker" container rm --force -- "$@"; } >/dev/null
}

# Becomes Compose, which stops a project.
stop_project() {
	path=$(files | path_of "$project")
	if [ ! -f "$path" ]; then
		# By the name alone it finds what there is, if no file of another project lies where it looks.
		cd / || return
		exec_compose -p "$project" down --remove-orphans ${volumes:+--volumes}
	fi
	set -- -f "$path" -p "$project"
	for profile in $(profile_names "$project"); do
		set -- "$@" --profile "$profile"
	done
	set -- "$@" down --remove-orphans
	if [ -n "$volumes" ]; then
		set -- "$@" --volumes
	fi
	exec_compose "$@"
}

# Prints the command that stops projects with the options of this run.
again() {
	if [ -n "$volumes" ]; then
		set -- --volumes "$@"
	fi
	beside down.sh "$@"
}

chosen=
all=
with_dependents=
only=
volumes=
yes=
while [ $# -gt 0 ]; do
	case $1 in
	--environment=*)
		option=$1
		shift
		set -- --environment "${option#*=}" "$@"
		continue
		;;
	--environment)
		[ $# -ge 2 ] || misuse '--environment needs a value'
		shift
		choose_environment "$1"
		;;
	--all) all=yes ;;
	--with-dependents) with_dependents=yes ;;
	--only) only=yes ;;
	--volumes) volumes=yes ;;
	--yes) yes=yes ;;
	--help | -h)
		usage
		exit
		;;
	-*) misuse_option "$1" ;;
	*)
		! grep -Fqx -e "# Former project $1" "$workspace/bayplan.lock" 2>/dev/null || files | first_column | listed "$1" ||
			misuse "the manifest no longer has the project '$1'; to see what is left of it: $(beside_in - status.sh)"
		need_project "$1" files
		chosen="$chosen $1"
		;;
	esac
	shift
done
if [ -n "$all" ]; then
	[ -z "$chosen" ] || misuse 'choose one of --all and projects'
	chosen=$(files | first_column | tr '\n' ' ')
fi
[ -n "$chosen" ] || misuse "name a project, or --all: $(files | first_column | commas)"
[ -z "$only" ] || [ -z "$with_dependents" ] || misuse 'choose one of --only and --with-dependents'
