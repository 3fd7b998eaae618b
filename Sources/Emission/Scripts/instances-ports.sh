# The variables that were set for the ports of a project, with their values.
taken_ports=

# Prints the numbers of the ports that somebody has: containers, running or not, and whatever listens on this machine.
ports_in_use() {
	# shellcheck disable=SC2046 # identities are words
	set -- $("$docker" container ls --all --quiet --no-trunc)
	if [ $# -gt 0 ]; then
		"$docker" container inspect --format \
			'{{range .HostConfig.PortBindings}}{{range .}}{{.HostPort}} {{end}}{{end}}{{range .NetworkSettings.Ports}}{{range .}}{{.HostPort}} {{end}}{{end}}' \
			-- "$@" 2>/dev/null || :
	fi
	if [ -r /proc/net/tcp ]; then
		cat /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6 2>/dev/null | awk '
			function number(digits, n, value) {
				for (n = 1; n <= length(digits); n++) value = value * 16 + index("123456789ABCDEF", toupper(substr(digits, n, 1)))
				return value
			}
			split($2, address, ":") == 2 && length(address[2]) == 4 { print number(address[2]) }
		'
	elif command -v netstat >/dev/null 2>&1; then
		netstat -an 2>/dev/null | awk '/^(tcp|udp)/ { count = split($4, part, /[.:]/); print part[count] }'
	fi | sort -u
}

# Sets a variable for each published port of a project, for Compose: what it is in the environment, else what the
# containers of this instance remember, else what the .env of the project's folder says, else a free port. A name begins
# to look for one at a place of its own, so that it gets the same again.
take_ports() {
	taken_ports=
	[ -n "$instance" ] || return 0
	file=$(projects | path_of "$1")/.env
	instances_of_folders | listed "$instance$tab_of_instances$file" || file=/dev/null
	taken_ports=$({
		ports | project=$1 awk '($1 "") == (ENVIRON["project"] "") { print $2 }'
		printf '%s\n' =
		"$docker" container ls --all --filter "label=com.docker.compose.project=$1$instance_suffix" \
			--format '{{.Label "io.bayplan.ports"}}' | tr ' ' '\n'
		printf '%s\n' =
		LC_ALL=C sed -n 's/^\(PORT_[A-Z0-9_]*=[0-9]*\)$/\1/p' "$file"
		printf '%s\n' =
		ports | awk '{ print $4 }'
		ports_in_use | tr ' ' '\n'
	} | instance=$instance LC_ALL=C awk '
		function place(name, n, value) {
			for (n = 1; n <= length(name); n++) value = (value * 31 + index(letters, substr(name, n, 1))) % 12000
			return value
		}
		BEGIN { letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-/" }
		part < 3 && $0 == "=" { part++; next }
		!part { variable[++count] = $0; next }
		part < 3 {
			name = $0
			sub(/=.*/, "", name)
			value = substr($0, length(name) + 2)
			if (!(name in known) && value ~ /^[0-9]+$/) known[name] = value
			next
		}
		{ is_taken[$0 ""] = 1 }
		END {
			for (n = 1; n <= count; n++) {
				name = variable[n]
				if (ENVIRON[name] != "") print name "=" ENVIRON[name]
				else if (name in known) print name "=" known[name]
				else {
					first = place(ENVIRON["instance"] "/" name)
					for (i = 0; i < 12000; i++) {
						port = 20000 + (first + i) % 12000
						if (!((port "") in is_taken)) break
					}
					is_taken[port ""] = 1
					print name "=" port
				}
			}
		}
	')
	while read -r assignment; do
		[ -z "$assignment" ] || export "${assignment?}"
	done <<END
$taken_ports
END
}
