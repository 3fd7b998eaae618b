more_usage='--instance I	also every image of instance I, and what is left of it if its
	folder is gone: containers, networks and volumes'

# Prints the containers that the instance left behind: those whose folder is gone. Project, identity and name.
left_containers() {
	{
		projects | first_column
		printf '%s\n' = "$(workspace_name)"
		"$docker" container ls --all --no-trunc --filter "label=io.bayplan.instance=$instance" --format \
			"{{.Label \"com.docker.compose.project\"}}$tab_of_instances{{.Label \"io.bayplan.workspace\"}}$tab_of_instances{{.ID}}$tab_of_instances{{.Names}}$tab_of_instances{{.Label \"com.docker.compose.project.working_dir\"}}"
	} | suffix=$instance_suffix LC_ALL=C awk -F '\t' '
		!part && $0 == "=" { part = 1; next }
		!part { is_ours[$0 ENVIRON["suffix"]] = 1; next }
		part == 1 { workspace = $0 ""; part = 2; next }
		($1 "") in is_ours && ($2 "") == workspace { print $1 "\t" $3 "\t" $4 "\t" $5 }
	' | while IFS=$tab_of_instances read -r project identity name folder; do
		[ -d "$folder" ] || printf '%s\t%s\t%s\n' "$project" "$identity" "$name"
	done
}

# Removes what the instance left behind whose checkout is gone: containers, networks and volumes.
clean_instance() {
	left=$(left_containers)
	[ -n "$left" ] || return 0
	gone=$(printf '%s\n' "$left" | cut -f 1 | each_once)
	networks=$(for project in $gone; do
		"$docker" network ls --filter "label=com.docker.compose.project=$project" --format '{{.Name}}'
	done)
	volumes=$(for project in $gone; do
		"$docker" volume ls --filter "label=com.docker.compose.project=$project" --format '{{.Name}}'
	done)
	printf '%s\n' "$left" | cut -f 3 | sed 's/^/container /'
	[ -z "$networks" ] || printf '%s\n' "$networks" | sed 's/^/network /'
	[ -z "$volumes" ] || printf '%s\n' "$volumes" | sed 's/^/volume /'
	[ -z "$dry_run" ] || return 0
	agree "the folder of the instance $instance is gone: remove these, and all that is in the volumes?"
	printf '%s\n' "$left" | cut -f 2 | remove_each container --force
	printf '%s\n' "$networks" | remove_each network
	printf '%s\n' "$volumes" | remove_each volume
}

# Removes the containers, networks or volumes that standard input names.
remove_each() {
	kind=$1
	shift
	while IFS= read -r name; do
		[ -n "$name" ] || continue
		"$docker" "$kind" rm "$@" -- "$name" >/dev/null </dev/null || fail "the $kind $name could not be removed"
	done
}

# Prints the references that the manifest gives to the images, with the further ones of their builds.
named_references() {
	{
		plain_named_references
		further_references
	} | each_once
}

# A tag of the instance can go although a container of another one uses the same image, which then has other tags.
spare_used() {
	if [ -z "$states_instance" ] || [ -z "$instance" ]; then
		plain_spare_used
		return
	fi
	"$docker" container ls --all --no-trunc --format '{{.Image}} {{.Names}}' >"$scratch/started"
	while read -r target identity kind; do
		if [ "$kind" = image ]; then
			user=$(second_column_of "$target" <"$scratch/started")
			tags=$("$docker" image inspect --format '{{len .RepoTags}}' -- "$target" 2>/dev/null) || tags=0
			if [ -z "$user" ] && [ "$tags" -gt 1 ]; then
				printf '%s\n' "$target $identity $kind"
				continue
			fi
		fi
		printf '%s\n' "$target $identity $kind" | plain_spare_used
	done
}

clean_chosen_instance() {
	[ -n "$states_instance" ] && [ -n "$instance" ] || return 0
	all=yes
	need_docker
	need_engine
	clean_instance
}
