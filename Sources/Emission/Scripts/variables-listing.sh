# Prints the uses of the images of the chosen projects.
chosen_uses() {
	chosen_services | awk '$4 ~ /[$]/ { print $1, $4, $5, $3 }'
}

# Takes what a command makes of those, or tells why it cannot, as JSON where that is asked for.
find_values() {
	values=$(chosen_uses | "$1" 2>&1) || {
		if [ -n "$as_json" ]; then
			printf '{\n  "error": %s\n}\n' "$(json "$values")"
		else
			printf '%s\n' "$values" >&2
		fi
		exit 1
	}
}
