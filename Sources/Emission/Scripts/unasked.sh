# Prints why bayplan cannot be asked about the manifest; nothing where it can.
why_unasked() {
	if ! command -v bayplan >/dev/null 2>&1; then
		printf 'there is no command bayplan on the PATH'
	elif [ ! -f "$workspace/$(manifest)" ]; then
		printf 'the manifest is not at %s' "$workspace/$(manifest)"
	fi
}
