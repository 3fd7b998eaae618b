# What is asked of an image, parted by tabs: identity, and the labels of its workspace and of what it was built from.
label_facts='{{.ID}}'
for label in workspace fingerprint bases; do
	label_facts=$label_facts"{{\"\\t\"}}{{json (index .Config.Labels \"io.bayplan.$label\")}}"
done

# Writes what the engine has of the references on standard input, each once: reference, identity, workspace, fingerprint,
# identities of bases; - for what there is none of. A label that is no word is ?.
find_built() {
	each_once >"$scratch/asked"
	inspect_images "$label_facts" <"$scratch/asked" >"$scratch/answers"
	awk '
		FNR == NR { reference[FNR] = $0; next }
		{
			count = split($0, cell, "\t")
			line = reference[FNR]
			for (n = 1; n <= 4; n++) {
				text = (n > count ? "" : cell[n])
				if (text ~ /^".*"$/) text = substr(text, 2, length(text) - 2)
				if (text ~ /[ \t]/) text = "?"
				line = line " " (text == "" ? "-" : text)
			}
			print line
		}
	' "$scratch/asked" "$scratch/answers" >"$scratch/built-before"
}

# Prints the references that mean images of other workspaces, each with its workspace.
foreign_images() {
	own=$(workspace_name) awk '$3 != "-" && ($3 "") != (ENVIRON["own"] "") { print $1, $3 }' "$scratch/built-before"
}

# Ends the script if a reference means an image of another workspace. The argument says what was not done, and what to do.
need_own_images() {
	foreign=$(foreign_images)
	[ -n "$foreign" ] || return 0
	printf '%s\n' "$foreign" | while read -r reference other; do
		say "$reference is an image of the workspace $other"
	done
	say 'give the images of one of the two another name, tag or registry'
	fail "$1"
}
