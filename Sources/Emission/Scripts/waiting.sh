# Prints how the containers of some services of a project are, and of what those depend on: ok, or what is the matter
# (absent, waiting or failed) and in words why. Standard input is all containers; the services are parted by blanks.
judge() {
	project=$1 services=$2 LC_ALL=C awk -F '\t' '
		function tell(what, why) { if (!(what in reason)) reason[what] = why }
		($1 "") == (ENVIRON["project"] "") && $11 != "True" {
			service = $2 ""
			n = ++count[service]
			name[service, n] = $6
			state[service, n] = $7
			code[service, n] = $8
			health[service, n] = $9
			policy[service, n] = $10
			depends[service] = $14
			parts = split($14, part, ",")
			for (p = 1; p <= parts; p++) {
				split(part[p], word, ":")
				if (word[2] == "service_completed_successfully") is_job[word[1] ""] = 1
			}
		}
		END {
			length_of_queue = split(ENVIRON["services"], queue, " ")
			for (i = 1; i <= length_of_queue; i++) is_known[queue[i] ""] = 1
			for (i = 1; i <= length_of_queue; i++) {
				service = queue[i] ""
				# As Compose writes it: database:service_healthy:true,cache:service_started:false
				parts = split(depends[service], part, ",")
				for (p = 1; p <= parts; p++) {
					split(part[p], word, ":")
					other = word[1] ""
					if (!(other in count) || (other in is_known)) continue
					is_known[other] = 1
					queue[++length_of_queue] = other
				}
				if (!(service in count)) tell("absent", service " has no container")
				for (n = 1; n <= count[service]; n++) {
					who = name[service, n]
					how = state[service, n]
					if (how == "running") {
						if (health[service, n] == "unhealthy") tell("failed", who " is unhealthy")
						if (health[service, n] == "starting") tell("waiting", who " is not healthy yet")
						if (service in is_job) tell("waiting", who " has not done its work yet")
					} else if (how == "exited" || how == "dead" || how == "stopped") {
						may_end = policy[service, n] ~ /^(-|no|on-failure)$/
						if (!may_end) tell("waiting", who " has ended with exit status " code[service, n])
						else if (code[service, n] != 0) tell("failed", who " ended with exit status " code[service, n])
					} else tell("waiting", who " is " how)
				}
			}
			if ("failed" in reason) print "failed", reason["failed"]
			else if ("absent" in reason) print "absent", reason["absent"]
			else if ("waiting" in reason) print "waiting", reason["waiting"]
			else print "ok"
		}
	'
}

# What is asked of the containers of one project while it starts: see ask_started.
started_facts='{{.Label "com.docker.compose.service"}}{{"\t"}}{{.Names}}{{"\t"}}{{.State}}{{"\t"}}{{.Status}}{{"\t"}}'
started_facts=$started_facts'{{.Label "com.docker.compose.oneoff"}}{{"\t"}}{{.Label "com.docker.compose.depends_on"}}'

# Prints the containers of a project as ask_containers does, as far as judge looks at them. A list tells all of what runs, by
# one question. How an ended one was to end it does not tell, and Podman's has other words.
ask_started() {
	rows=
	if [ "${docker##*/}" != podman ]; then
		rows=$("$docker" container ls --all --filter "label=com.docker.compose.project=$1${instance_suffix-}" --format "$started_facts")
	fi
	case $rows in
	'' | *"$tab"exited"$tab"* | *"$tab"dead"$tab"* | *"$tab"stopped"$tab"*) ask_containers ;;
	*)
		printf '%s\n' "$rows" | project=$1 LC_ALL=C awk -F '\t' '{
			health = "-"
			if ($4 ~ /\(healthy\)/) health = "healthy"
			if ($4 ~ /\(unhealthy\)/) health = "unhealthy"
			if ($4 ~ /\(health: starting\)/) health = "starting"
			print ENVIRON["project"] "\t" $1 "\t-\t-\t-\t" $2 "\t" $3 "\t0\t" health "\t-\t" $5 "\t-\t-\t" $6
		}'
		;;
	esac
}

# Waits until the services of a project run, are healthy if that is checked, or have done their work, which holds when it
# holds twice: what ends at once has run, too. Fails, and says why, if one ends with an error or the time is up.
await() {
	waited=0
	held=
	while :; do
		verdict=$(ask_started "$1" | judge "$1" "$2")
		case $verdict in
		ok | absent*)
			[ -z "$held" ] || return 0
			held=yes
			sleep 1
			continue
			;;
		failed*)
			say "${verdict#* }"
			return 1
			;;
		esac
		held=
		if [ "$waited" -ge "$limit" ]; then
			say "${verdict#* }, after $limit seconds; to wait longer: --wait-timeout"
			return 1
		fi
		sleep 1
		waited=$((waited + 1))
	done
}
