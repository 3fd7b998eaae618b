# Sets $definition to $project as Compose reads it, with the profiles in $flags. Ends the script if Compose cannot read it,
# before anything is started. That it can tells, too, that Docker's command has Compose: nothing more is asked than
# otherwise. It stays empty under podman-compose, which prints a project in its own way.
read_definition() {
	definition=
	[ -n "${compose-}" ] || [ "${docker##*/}" != podman ] || need_compose
	[ "${compose-}" != podman-compose ] || return 0
	set -- -f "$(files | path_of "$project")" -p "$project"
	for profile in $flags; do
		set -- "$@" --profile "$profile"
	done
	is_read=yes
	chosen_compose=${compose-}
	compose=${compose:-plugin}
	answer=$( (exec_compose "$@" config) 2>&1 </dev/null) || is_read=
	compose=$chosen_compose
	if [ -z "$compose" ]; then
		# Podman's command says in lines of its own what it calls; those of a project are keys and what they hold.
		case $is_read$(printf '%s\n' "$answer" | awk '!/^( |[A-Za-z_-]+:|$)/') in
		yes*[Pp]odman*) ;;
		yes*) compose=plugin ;;
		esac
		need_compose
		if [ "$compose" != plugin ]; then
			read_definition
			return
		fi
	fi
	if [ -z "$is_read" ]; then
		say "Compose cannot start $project: $(printf '%s\n' "$answer" | harmless_lines)"
		fail "nothing was started; to repeat: $(again)"
	fi
	definition=$answer
}

# Whether the Compose file of $project could name ports of the host, or what somebody else makes.
may_need_others() {
	grep -q -e ports: -e external: -- "$(files | path_of "$project")" 2>/dev/null
}

# Prints what the services to start need that another may have, or must have made: port, project, service, protocol, address
# (- for every one), number; network or volume, project, service, name. Standard input is the project as Compose reads it.
needs_of_others() {
	project=$project starting=$starting awk '
		function plain(text) {
			if (text ~ /^".*"$/ || text ~ /^\047.*\047$/) text = substr(text, 2, length(text) - 2)
			return text
		}
		function keep_port() {
			if (is_port && port ~ /^[0-9]+$/ && port + 0 > 0) ports[++count] = service SUBSEP protocol " " (address == "" ? "-" : address) " " port
			is_port = 0
		}
		BEGIN {
			parts = split(ENVIRON["starting"], list)
			for (n = 1; n <= parts; n++) starts[list[n] ""] = 1
		}
		{
			indent = match($0, /[^ ]/) - 1
			text = substr($0, indent + 1)
			is_item = (text ~ /^- /)
			if (is_item) {
				text = substr(text, 3)
				indent += 2
			}
			if (indent <= 4 || is_item) keep_port()
			if (!match(text, /:( |$)/)) next
			key = plain(substr(text, 1, RSTART - 1))
			value = plain(substr(text, RSTART + 2))
			if (indent == 0) section = key
			else if (section == "services") {
				if (indent == 2) {
					service = key ""
					part = ""
				} else if (indent == 4) {
					part = key
					if (key == "network_mode") is_bound[service] = 1
				} else if (part == "ports" && indent == 8) {
					if (is_item) {
						is_port = 1
						address = port = ""
						protocol = "tcp"
					}
					if (key == "host_ip") address = value
					if (key == "published") port = value
					if (key == "protocol") protocol = value
				} else if (part == "networks" && indent == 6) uses[++used] = "networks" SUBSEP service SUBSEP key
				else if (part == "volumes" && indent == 8 && key == "source") uses[++used] = "volumes" SUBSEP service SUBSEP value
			} else if (indent == 2) object = key ""
			else if (indent == 4 && key == "name") name[section, object] = value
			else if (indent == 4 && key == "external" && value == "true") is_external[section, object] = 1
		}
		END {
			keep_port()
			for (n = 1; n <= count; n++) {
				split(ports[n], cell, SUBSEP)
				if ((cell[1] "") in starts && !((cell[1] "") in is_bound)) print "port", ENVIRON["project"], cell[1], cell[2]
			}
			for (n = 1; n <= used; n++) {
				split(uses[n], cell, SUBSEP)
				if (!((cell[2] "") in starts) || !((cell[1], cell[3]) in is_external)) continue
				if (!told[cell[1], cell[3]]++) print (cell[1] == "networks" ? "network" : "volume"), ENVIRON["project"], cell[2], name[cell[1], cell[3]]
			}
		}
	'
}

# Whether the engine has the network of this machine: its socket is one of those that this network knows. Then what listens
# here has ports that no container can get.
is_engine_here() {
	[ -r /proc/net/unix ] && [ -r /proc/net/tcp ] || return 1
	if [ -z "${DOCKER_HOST-}" ]; then
		case ${DOCKER_CONTEXT-} in
		'' | default) ;;
		*) return 1 ;;
		esac
		! grep '"currentContext"' "${DOCKER_CONFIG:-${HOME-}/.docker}/config.json" 2>/dev/null | grep -qv '"default"' || return 1
	fi
	case ${DOCKER_HOST:-unix:///var/run/docker.sock} in
	unix://*) ;;
	*) return 1 ;;
	esac
	socket=${DOCKER_HOST:-unix:///var/run/docker.sock}
	socket=${socket#unix://}
	folder=$(CDPATH='' cd -- "${socket%/*}" 2>/dev/null && pwd -P) || return 1
	one=$socket other=$folder/${socket##*/} awk '
		$4 == "00010000" && (($8 "") == (ENVIRON["one"] "") || ($8 "") == (ENVIRON["other"] "")) { found = 1 }
		END { exit !found }
	' /proc/net/unix
}

# Prints what listens on this machine: protocol, address, port.
listeners() {
	for protocol in tcp tcp6 udp udp6; do
		sed "s/^/$protocol /" "/proc/net/$protocol" 2>/dev/null || :
	done | awk '
		function number(digits, n, value) {
			for (n = 1; n <= length(digits); n++) value = value * 16 + index("123456789ABCDEF", toupper(substr(digits, n, 1)))
			return value + 0
		}
		# TCP that listens, UDP that is connected to nobody.
		$5 == ($1 ~ /^tcp/ ? "0A" : "07") && split($3, part, ":") == 2 {
			address = part[1]
			if (address ~ /^0+$/) address = ($1 ~ /6$/ ? "::" : "0.0.0.0")
			else if (length(address) == 8) {
				address = number(substr(address, 7, 2)) "." number(substr(address, 5, 2)) "." number(substr(address, 3, 2)) "." number(substr(address, 1, 2))
			} else next
			print substr($1, 1, 3), address, number(part[2])
		}
	'
}

# Prints the ports that running containers have: protocol, address, port, container, project or -.
held_ports() {
	"$docker" container ls --format '{{.Names}}{{"\t"}}{{.Label "com.docker.compose.project"}}{{"\t"}}{{.Ports}}' | awk -F '\t' '
		{
			count = split($3, part, ", ")
			for (n = 1; n <= count; n++) {
				if (!match(part[n], /:[0-9]+(-[0-9]+)?->/)) continue
				address = substr(part[n], 1, RSTART - 1)
				gsub(/[][]/, "", address)
				numbers = substr(part[n], RSTART + 1, RLENGTH - 3)
				protocol = part[n]
				sub(/.*\//, "", protocol)
				last = (split(numbers, bound, "-") > 1 ? bound[2] : bound[1])
				for (port = bound[1] + 0; port <= last + 0; port++) print protocol, (address == "" ? "0.0.0.0" : address), port, $1, ($2 == "" ? "-" : $2)
			}
		}
	'
}

# Copies the ports that are wanted, which stand behind =, if one of those before it is in their way; with what has it: its
# container and project, or - for what is none. A wildcard is in the way of every address, and every address in that of one.
wanted_of() {
	awk '
		function is_any(address) { return address == "0.0.0.0" || address == "::" }
		# Without an address Docker takes all, or the one that it was given for that.
		function meets(one, other) {
			if (one == "-") return other == "127.0.0.1" || is_any(other)
			if ((one ~ /:/) != (other ~ /:/)) return 0
			return (one "") == (other "") || is_any(one) || is_any(other)
		}
		$0 == "=" { part++; next }
		!part { there[++count] = $0; next }
		NF {
			for (n = 1; n <= count; n++) {
				split(there[n], cell, " ")
				if ((cell[1] "") != ($4 "") || (cell[3] "") != ($6 "") || !meets($5, cell[2])) continue
				print $1, $2, $3, $4, $5, $6, (cell[4] == "" ? "-" : cell[4]), (cell[5] == "" ? "-" : cell[5])
				break
			}
		}
	'
}

# Says who has a port that a container needs: tell_port WHO PORT HOLDER PROJECT; without a holder it is another program, and
# without a project the container is not one that Compose made.
tell_port() {
	if printf '%s\n' "$left" | awk -F '\t' '$1 == "container" { print $4 }' | listed "${3:--}"; then
		say "$1 needs port $2, which $3 has, left over from before; to remove what is left over, but no volume: $(beside_in - clean.sh --left-over)"
	elif [ -z "$3" ]; then
		say "$1 needs port $2, which no container of this engine has, but another program; to see which: lsof -i :$2"
	elif [ -n "$4" ] && files | first_column | listed "$4"; then
		say "$1 needs port $2, which $3 has; to stop its project: $(beside_in - down.sh "$4")"
	else
		say "$1 needs port $2, which $3 has; to stop it: $(quoted "$docker" stop "$3")"
	fi
}

# Says which ports of the host are taken that the steps need: $refused. What a container of the steps has, it gives back or
# keeps.
find_taken_ports() {
	wanted_ports=$(printf '%s\n' "$needs" | awk '$1 == "port"')
	is_here=
	if [ -n "$wanted_ports" ] && is_engine_here; then
		is_here=yes
		wanted_ports=$({
			listeners
			printf '%s\n' = "$wanted_ports"
		} | wanted_of | awk '{ print $1, $2, $3, $4, $5, $6 }')
	fi
	[ -n "$wanted_ports" ] || return 0
	held=$(held_ports) || return 0
	while read -r _ project service protocol address port; do
		row=$({
			printf '%s\n' "$held" = "port $project $service $protocol $address $port"
		} | wanted_of)
		holder=$(printf '%s\n' "$row" | awk '{ print $7 }')
		whose=$(printf '%s\n' "$row" | awk '{ print $8 }')
		if [ -z "$row" ]; then
			[ -n "$is_here" ] || continue
		elif printf '%s\n' "$steps" | first_column | sed "s/\$/${instance_suffix-}/" | listed "$whose"; then
			continue
		fi
		tell_port "$service of $project" "$port" "$holder" "${whose#-}"
		refused=yes
	done <<END
$wanted_ports
END
}

# Says which networks or volumes the steps need that somebody else makes, and nobody has made: $refused.
find_absent() {
	absent=$({
		resources
		printf '%s\n' = "$steps" = "$needs"
	} | kind=$1 awk '
		$0 == "=" { part++; next }
		!part { if (($1 "") == (ENVIRON["kind"] "") && $4 != "external") maker[$5 ""] = maker[$5 ""] " " $2; next }
		part == 1 { if (NF) is_step[$1 ""] = 1; next }
		($1 "") == (ENVIRON["kind"] "") {
			first = "-"
			count = split(maker[$4 ""], made_by)
			for (n = 1; n <= count; n++) {
				if ((made_by[n] "") in is_step) next
				if (first == "-") first = made_by[n]
			}
			if (!told[$4 ""]++) print $2, $3, $4, first
		}
	')
	[ -n "$absent" ] || return 0
	there=$("$docker" "$1" ls --format '{{.Name}}') || return 0
	while read -r project service name maker; do
		! printf '%s\n' "$there" | listed "$name" || continue
		# A node of a swarm learns of a network when a container of it begins to use that.
		if [ "$1" = network ]; then
			case $("$docker" info --format '{{.Swarm.LocalNodeState}}' 2>/dev/null) in
			active) continue ;;
			esac
		fi
		refused=yes
		if [ "$maker" = - ]; then
			say "$service of $project needs the $1 $name, which is not there; to create it: $(quoted "$docker" "$1" create "$name")"
		else
			say "$service of $project needs the $1 $name, which $maker creates; to start that first: $(beside up.sh "$maker")"
		fi
	done <<END
$absent
END
}

# Ends the script, before anything is started, if the steps need what another has, or what nobody has made.
need_others() {
	refused=
	find_taken_ports
	find_absent network
	find_absent volume
	[ -z "$refused" ] || fail "nothing was started; to repeat: $(again)"
}
