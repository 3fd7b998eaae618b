# The instance that this run is of, and what ends its names: a hyphen and the instance; both empty for none.
instance=
instance_suffix=

# Takes --instance out of the command line, wherever it stands before --: what is left is for the script itself.
stated_instance=
states_instance=
words=$#
options=yes
while [ "$words" -gt 0 ]; do
	words=$((words - 1))
	word=$1
	shift
	case $options$word in
	yes--instance)
		[ "$words" -gt 0 ] || misuse '--instance needs a value'
		words=$((words - 1))
		stated_instance=$1
		states_instance=yes
		shift
		;;
	yes--instance=*)
		stated_instance=${word#*=}
		states_instance=yes
		;;
	yes--)
		options=no
		set -- "$@" "$word"
		;;
	*) set -- "$@" "$word" ;;
	esac
done

# What the help says of the options that the script does not know itself: option and text, parted by a tab.
more_usage="--instance I	under the names of instance I; auto for the worktree's"

# The script's own help, with these before the last option.
usage() {
	plain_usage | more=$more_usage awk '
		/^  --help / && !done {
			done = 1
			width = index($0, "print this") - 3
			count = split(ENVIRON["more"], line, "\n")
			for (n = 1; n <= count; n++) {
				split(line[n], cell, "\t")
				while (length(cell[1]) < width) cell[1] = cell[1] " "
				print "  " cell[1] cell[2]
			}
		}
		{ print }
	'
}

# Copies a table with names as this instance has them.
instanced() {
	variable=$(instance_variable) suffix=$instance_suffix awk '
		BEGIN {
			name = ENVIRON["variable"]
			mark = "${" name ":+-${" name ":-}}"
		}
		{
			line = ""
			while ((place = index($0, mark)) > 0) {
				line = line substr($0, 1, place - 1) ENVIRON["suffix"]
				$0 = substr($0, place + length(mark))
			}
			print line $0
		}
	'
}

# Gives such a table to a command.
instanced_for() {
	instanced | "$@"
}

# Prints the command line that runs a script of this folder, for the instance that this one was told.
beside_in() {
	environment=$1
	called=$2
	shift 2
	if [ -n "$states_instance" ] && [ -n "$instance" ]; then
		set -- --instance "$instance" "$@"
	fi
	plain_beside_in "$environment" "$called" "$@"
}

# Gives a command the words for Compose with the instance's name for the project.
with_instance() {
	command=$1
	shift
	words=$#
	before=
	while [ "$words" -gt 0 ]; do
		words=$((words - 1))
		word=$1
		shift
		if [ "$before" = -p ]; then
			word=$word$instance_suffix
			before=named
		elif [ "$before" != named ]; then
			before=$word
		fi
		set -- "$@" "$word"
	done
	"$command" "$@"
}

exec_compose() {
	with_instance plain_exec_compose "$@"
}

show_compose() {
	if [ -n "$instance" ]; then
		printf '%s=%s ' "$(instance_variable)" "$instance"
		printf '%s ' "${taken_ports-}" | awk '{ for (n = 1; n <= NF; n++) printf "%s ", $n }'
	fi
	with_instance plain_show_compose "$@"
}

without_idle_contexts() {
	instanced | plain_without_idle_contexts
}

# Prints the containers of this instance, each behind the project's own name.
ask_containers() {
	if [ -z "$instance" ]; then
		plain_ask_containers
		return
	fi
	everywhere=$(plain_ask_containers) || return 1
	{
		projects | first_column
		printf '%s\n' = "$everywhere"
	} | suffix=$instance_suffix LC_ALL=C awk '
		!part && $0 == "=" { part = 1; next }
		!part { is_ours[$0 ""] = 1; next }
		{
			tab = index($0, "\t")
			length_of_name = tab - 1 - length(ENVIRON["suffix"])
			name = substr($0, 1, length_of_name) ""
			if (length_of_name < 1 || substr($0, 1, tab - 1) != (name ENVIRON["suffix"])) next
			if (name in is_ours) print name substr($0, tab)
		}
	'
}

# Nothing is known to be left over of an instance but its containers: another one's networks and volumes are not former ones.
ask_resources() {
	if [ -z "$instance" ]; then
		plain_ask_resources "$1"
	fi
}

# Copies a text of others without what a terminal could obey.
without_controls() {
	printf '%s' "$1" | LC_ALL=C tr '\001-\037\177' '?'
}

# Ends the script for a text that is no instance's name, or whose names others have.
need_instance() {
	shown=$(without_controls "$1")
	case $1 in
	'' | -* | *[!abcdefghijklmnopqrstuvwxyz0123456789-]*)
		misuse "$2 is '$shown', which is no instance's name: lower-case letters, digits and hyphens, a letter or digit first"
		;;
	auto) misuse "$2 is 'auto', which is no instance's name: --instance auto takes the git worktree's" ;;
	esac
	[ "${#1}" -le 32 ] || misuse "$2 is '$shown', which is no instance's name: it is longer than 32 characters"
	other=$(projects | suffix=-$1 awk '
		{
			name[NR] = $1 ""
			is_there[$1 ""] = 1
		}
		END {
			for (n = 1; n <= NR; n++) if ((name[n] ENVIRON["suffix"]) in is_there) {
				print name[n]
				exit
			}
		}
	')
	[ -z "$other" ] ||
		misuse "$2 is '$shown', and $other-$1 is a project of this workspace, as $other would be called: choose another name"
}

# Prints the name of the git worktree that the workspace lies in; nothing for the repository's main one. No git is run:
# a worktree says in a file .git where the repository keeps it.
worktree() {
	folder=$workspace
	while [ -n "$folder" ]; do
		[ ! -d "$folder/.git" ] || return 0
		if [ -f "$folder/.git" ]; then
			IFS= read -r line <"$folder/.git" || [ -n "$line" ] || line=
			path=${line#gitdir: }
			case ${path%/*}/ in
			# A submodule of a worktree, and one of the main worktree.
			*/.git/worktrees/*/modules/*)
				path=${path#*/.git/worktrees/}
				printf '%s\n' "${path%%/*}"
				return
				;;
			*/.git/modules/*) ;;
			*/worktrees/)
				printf '%s\n' "${path##*/}"
				return
				;;
			esac
		fi
		folder=${folder%/*}
	done
	fail "--instance auto takes the name of the git worktree, and $workspace is in none; to name the instance: --instance NAME"
}

# Prints a text as an instance's name.
as_instance() {
	printf '%s' "$1" | LC_ALL=C tr '[:upper:]' '[:lower:]' | LC_ALL=C tr -c '[:lower:][:digit:]' - | LC_ALL=C sed 's/^-*//' | cut -c 1-32
}

# Prints what the .env of each project's folder sets the variable to, and the file, parted by a tab.
instances_of_folders() {
	projects | while IFS= read -r line; do
		folder=${line#"${line%% *}"}
		folder=${folder#"${folder%%[! ]*}"}
		case $folder in
		/*) ;;
		*) folder=$workspace/$folder ;;
		esac
		[ -f "$folder/.env" ] || continue
		value=$(variable=$(instance_variable) LC_ALL=C awk '
			{ sub(/\r$/, "") }
			{
				line = $0
				sub(/^[ \t]*(export[ \t]+)?/, "", line)
				name = ENVIRON["variable"]
				if (substr(line, 1, length(name)) != name) next
				line = substr(line, length(name) + 1)
				if (line !~ /^[ \t]*[=:]/) next
				sub(/^[ \t]*[=:][ \t]*/, "", line)
				if (line ~ /^"[^"]*"/ || line ~ /^\047[^\047]*\047/) {
					quote = substr(line, 1, 1)
					line = substr(line, 2)
					line = substr(line, 1, index(line, quote) - 1)
				} else {
					sub(/[ \t]#.*$/, "", line)
					sub(/[ \t]+$/, "", line)
				}
				value = line
			}
			END { print value }
		' <"$folder/.env")
		[ -z "$value" ] || printf '%s\t%s\n' "$value" "$folder/.env"
	done
}

# Chooses the instance: the one that the command line names, else the variable's, else that of the projects' .env files.
# The variable is then set for Compose, too, so that all projects follow one.
choose_instance() {
	variable=$(instance_variable)
	in_environment=$(variable=$variable awk 'BEGIN {
		if (ENVIRON["variable"] in ENVIRON) print "=" ENVIRON[ENVIRON["variable"]] "="
	}')
	if [ "$states_instance$stated_instance" = yesauto ]; then
		name=$(worktree) || exit
		if [ -n "$name" ]; then
			instance=$(as_instance "$name")
			need_instance "$instance" "the git worktree's name"
		fi
	elif [ -n "$states_instance" ]; then
		need_instance "$stated_instance" --instance
		instance=$stated_instance
	elif [ -n "$in_environment" ]; then
		instance=${in_environment#=}
		instance=${instance%=}
		[ -z "$instance" ] || need_instance "$instance" "$variable"
	else
		found=$(instances_of_folders)
		if [ -n "$found" ]; then
			instance=${found%%"$tab_of_instances"*}
			file=${found#*"$tab_of_instances"}
			file=${file%%"
"*}
			need_instance "$instance" "$variable of $file"
			differing=$(printf '%s\n' "$found" | name=$instance awk -F '\t' '($1 "") != (ENVIRON["name"] "") { print $2; exit }')
			[ -z "$differing" ] || fail "$file and $differing set $variable to different values; give them one"
		fi
	fi
	instance_suffix=${instance:+-$instance}
	export "$variable=$instance"
}

tab_of_instances=$(printf '\t')
