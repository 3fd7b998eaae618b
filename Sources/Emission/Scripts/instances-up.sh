# Takes --write-env out of the command line.
writes_env=
words=$#
options=yes
while [ "$words" -gt 0 ]; do
	words=$((words - 1))
	word=$1
	shift
	case $options$word in
	yes--write-env) writes_env=yes ;;
	yes--)
		options=no
		set -- "$@" "$word"
		;;
	*) set -- "$@" "$word" ;;
	esac
done

more_usage="$more_usage
--write-env	also write the instance and its ports into each project's
	.env, so that 'docker compose' follows there"

# Prints what of a project is the same in every instance, so that a second one cannot start: in words, a line each.
hindrances() {
	if [ -n "$environment_number" ]; then
		"fixed_$environment_number"
	else
		fixed
	fi | project=$1 awk '($1 "") == (ENVIRON["project"] "") {
		sub(/^[^ ]+ +/, "")
		print
	}'
}

# Ends the script where another instance of the project has what this one needs, too.
need_room() {
	hindering=$(hindrances "$1")
	[ -n "$hindering" ] || return 0
	other=$("$docker" container ls --all --filter label=com.docker.compose.project \
		--format '{{.Label "com.docker.compose.project"}}={{.Label "io.bayplan.instance"}}' | project=$1 own=$instance awk -F = '
			{ suffix = ($2 == "" ? "" : "-" $2) }
			($1 "") == (ENVIRON["project"] suffix "") && ($2 "") != (ENVIRON["own"] "") { print ($2 == "" ? "-" : $2); exit }
		')
	case $other in
	'') return 0 ;;
	-) other='the checkout without an instance' ;;
	*) other="the instance $other" ;;
	esac
	printf '%s\n' "$hindering" | while IFS= read -r line; do
		say "every instance of $1 has $line"
	done
	fail "nothing was started, for $other has containers of $1, and two of them cannot have that"
}

need_own_containers() {
	plain_need_own_containers "$1" || exit
	need_room "$1"
}

# Says what ports the services to start have.
show_ports() {
	{
		printf '%s\n' "$taken_ports" =
		ports
	} | project=$project services=$starting awk '
		BEGIN {
			count = split(ENVIRON["services"], list)
			for (n = 1; n <= count; n++) starts[list[n] ""] = 1
		}
		!part && $0 == "=" { part = 1; next }
		!part {
			name = $0
			sub(/=.*/, "", name)
			value[name] = substr($0, length(name) + 2)
			next
		}
		($1 "") == (ENVIRON["project"] "") && ($3 "") in starts { print $1 "/" $3 ": port " $5 " is " value[$2 ""] " of the host (" $2 ")" }
	' | while IFS= read -r line; do
		say "$line"
	done
}

# Writes the instance and the ports of the project into the .env of its folder, between two lines of its own, so that
# 'docker compose' follows there.
write_env() {
	file=$(projects | path_of "$project")/.env
	if [ -h "$file" ] || { [ -e "$file" ] && [ ! -f "$file" ]; }; then
		fail "$file is no plain file, and was left as it is"
	fi
	[ -e "$file" ] || : >"$file"
	first='# The instance of this checkout, written by up.sh --write-env:'
	last='# end of what up.sh --write-env wrote'
	kept=$(first=$first last=$last awk '
		($0 "") == (ENVIRON["first"] "") { inside = 1; next }
		inside && ($0 "") == (ENVIRON["last"] "") { inside = 0; next }
		!inside
	' <"$file")
	{
		[ -z "$kept" ] || printf '%s\n' "$kept"
		if [ -n "$instance" ]; then
			printf '%s\n' "$first" "$(instance_variable)=$instance"
			[ -z "$taken_ports" ] || printf '%s\n' "$taken_ports"
			printf '%s\n' "$last"
		fi
	} >"$file"
	say "wrote the instance into $file"
}

# What Compose reads has the ports of this instance.
read_definition() {
	take_ports "$project"
	ports_are_of=$project
	plain_read_definition
}

start() {
	[ "${ports_are_of-}" = "$project" ] || take_ports "$project"
	ports_are_of=
	if [ -n "$instance" ]; then
		show_ports
	fi
	if [ -n "$writes_env" ]; then
		write_env
	fi
	plain_start
}

at_once='give this one an instance of its own: --instance NAME, or --instance auto in a git worktree'
