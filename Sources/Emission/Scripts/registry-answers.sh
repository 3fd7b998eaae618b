# Prints the registry of a reference.
registry_of() {
	case ${1%%/*} in
	"$1") printf 'docker.io' ;;
	*.* | *:* | localhost) printf '%s' "${1%%/*}" ;;
	*) printf 'docker.io' ;;
	esac
}

# Tells by its own words, in a file, why a registry gave no digest: unreachable, untrusted, absent, denied, or other.
registry_trouble() {
	case $(cat "$scratch/trouble") in
	*'server gave HTTP response'* | *'x509: '* | *'tls: '*) printf 'untrusted\n' ;;
	*'failed to do request'* | *'dial tcp'* | *'no such host'* | *'connection refused'* | *'i/o timeout'* | *'deadline exceeded'* | *': EOF'*)
		printf 'unreachable\n'
		;;
	*': not found'* | *'no such manifest'* | *'manifest unknown'* | *'name unknown'*) printf 'absent\n' ;;
	*denied* | *'401 Unauthorized'* | *'403 Forbidden'* | *nauthorized:* | *'uthentication required'*) printf 'denied\n' ;;
	*) printf 'other\n' ;;
	esac
}

# Says why a registry does not tell of a reference, in its own words, and what to do: tell_registry TROUBLE REFERENCE.
tell_registry() {
	host=$(registry_of "$2")
	case $1 in
	unreachable) say "the registry $host cannot be reached:" ;;
	untrusted) say "the registry $host has no certificate that is trusted here:" ;;
	absent) say "the registry $host has no $2:" ;;
	denied) say "the registry $host does not let this user ask for $2:" ;;
	*) say "the registry $host does not tell whether it has $2:" ;;
	esac
	harmless_lines <"$scratch/trouble" >&2
	case $1 in
	unreachable) say "look whether it runs, whether '$host' is its name and port, and whether a proxy lies between (HTTPS_PROXY, NO_PROXY)" ;;
	untrusted) say "to trust it, name it in the engine's insecure-registries, or put its certificate into /etc/docker/certs.d/$host" ;;
	denied)
		[ "$host" != docker.io ] || host=
		say "to log in: $docker login${host:+ $host}"
		;;
	esac
}
