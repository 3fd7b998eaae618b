# Prints the Compose file that builds an owner's images.
compose_file() {
	builds | owner=$1 awk '/^# / { on = ($0 == "# " ENVIRON["owner"]); next } on' | without_idle_contexts
}

# Where BuildKit is not used, Compose builds nothing that has named contexts, and Podman's Compose never uses it: copies
# the file on standard input without those that lead where their names lead anyway.
without_idle_contexts() {
	if [ "${DOCKER_BUILDKIT-1}" != 0 ] && [ "${docker##*/}" != podman ]; then
		cat
		return
	fi
	awk '
		$0 == "      additional_contexts:" { head = $0; next }
		head != "" && /^        / {
			name = $1
			value = $2
			gsub(/:$|"/, "", name)
			gsub(/"/, "", value)
			if (NF == 2 && (value == "docker-image://" name || value == "docker-image://" name ":latest")) next
			if (head != "-") print head
			head = "-"
			print
			next
		}
		{ head = ""; print }
	'
}
