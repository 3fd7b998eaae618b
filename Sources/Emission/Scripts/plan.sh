# Prints the builds to run, in order, one a line:
#   number, stage, image, service, owner, all names of that build, bases (with commas), and all references (the rest).
# $wanted are the images to build, $lacking the bases that the engine lacks. With an argument, prints instead
# each base that is not among those builds, and its reference.
plan() {
	images | bases_only=${1-} wanted=$wanted lacking=$lacking dependents=$with_dependents awk '
		{
			name = $2 ""
			stage[name] = $1
			reference[name] = $3
			owner[name] = $4
			service[name] = $7
			b = ($6 == "-" ? $2 : $6) ""
			build[name] = b
			if (b == name) order[++count] = b
			names[b] = names[b] (names[b] == "" ? "" : ",") name
			references[b] = references[b] " " $3
			if ($5 != "-") bases[b] = bases[b] (bases[b] == "" ? "" : ",") $5
		}
		END {
			split(ENVIRON["wanted"], list, " ")
			for (i in list) chosen[build[list[i] ""]] = 1
			split(ENVIRON["lacking"], list, " ")
			for (i in list) absent[list[i] ""] = 1
			# Bases come first in the table, so that one pass down finds all dependents, and one up all bases.
			for (n = 1; ENVIRON["dependents"] != "" && n <= count; n++) {
				split(bases[order[n]], base, ",")
				for (i in base) if (build[base[i] ""] in chosen) chosen[order[n]] = 1
			}
			for (n = count; n >= 1; n--) {
				if (!(order[n] in chosen) && !(order[n] in below)) continue
				split(bases[order[n]], base, ",")
				for (i in base) {
					name = base[i] ""
					below[build[name]] = 1
					if (build[name] in chosen) continue
					candidate[name] = 1
					if (order[n] in chosen && name in absent) chosen[build[name]] = 1
				}
			}
			if (ENVIRON["bases_only"] != "") {
				for (name in candidate) print name, reference[name]
				exit
			}
			for (n = 1; n <= count; n++) {
				b = order[n]
				if (!(b in chosen)) continue
				if (bases[b] == "") bases[b] = "-"
				print ++number, stage[b], b, service[b], owner[b], names[b], bases[b] references[b]
			}
		}
	'
}

# Adds to $lacking the bases of the wanted images that the engine lacks; with --changed all of them, because a base may
# have changed.
find_lacking() {
	candidates=$(plan bases)
	[ -n "$candidates" ] || return 0
	need_engine
	if [ -n "${changed-}" ]; then
		lacking="$lacking $(printf '%s\n' "$candidates" | first_column | tr '\n' ' ')"
		return
	fi
	lacking=$lacking$({
		printf '%s\n' "$candidates" | awk '{ print $2 }' | inspect_images '{{.ID}}'
		printf '%s\n' = "$candidates"
	} | awk '
		$0 == "=" { part++; next }
		!part { found[++count] = $0; next }
		found[++n] == "-" { printf " %s", $1 }
	')
}
