# Ends the script unless a name is of an image: need_image NAME ROWS WHAT LIST, where the rows are images and references,
# and the rest is what need_name takes.
need_image() {
	names=$(printf '%s\n' "$2" | first_column)
	if ! printf '%s\n' "$names" | listed "$1"; then
		# What a list of the engine shows is meant: api:latest, registry.example/api:1.0.
		meant=$(printf '%s\n' "$2" | name=$1 awk '
			function repository(text) {
				sub(/@.*/, "", text)
				sub(/:[^\/]*$/, "", text)
				return text ""
			}
			function ends(text, part) {
				return text == part || substr(text, length(text) - length(part)) == "/" part
			}
			BEGIN { name = repository(ENVIRON["name"]) }
			name != "" && (ends(name, $1 "") || ends(name, repository($2))) { print $1 }
		' | commas)
		[ -z "$meant" ] || misuse "$3 '$1'; did you mean '$meant'?"
	fi
	need_name "$1" "$names" "$3" "$4"
}
