# Writes what 'bayplan fingerprint' says for an environment, or of development without a second argument: image,
# fingerprint. With a first argument, says why it does not.
find_fingerprints() {
	: >"$scratch/fingerprints"
	: >"$scratch/trouble"
	why=$(why_unasked)
	if [ -n "$why" ]; then
		printf '%s\n' "$program: $why" >"$scratch/trouble"
	else
		# It compares these tables with what the manifest says now: an older script must not vouch for a newer one.
		{
			images
			builds
		} | bayplan fingerprint --root "$workspace/$(root)" --manifest "$workspace/$(manifest)" --script-tables \
			${2:+--environment "$2"} \
			>"$scratch/fingerprints" 2>"$scratch/trouble" || :
	fi
	[ -n "$1" ] || return 0
	cat "$scratch/trouble" >&2
	[ -s "$scratch/fingerprints" ] || say 'there are no fingerprints: everything is built'
}

fingerprint_of() {
	second_column_of "$1" <"$scratch/fingerprints"
}

# Writes what the engine has of the bases of the builds on standard input: reference, identity, or - for one that it lacks.
# Nothing without fingerprints, as those alone are kept beside them.
find_identities() {
	: >"$scratch/identities"
	[ -s "$scratch/fingerprints" ] || return 0
	{
		cat
		printf '%s\n' =
		images
	} | awk '
		$0 == "=" { part++; next }
		!part {
			count = split($7, base, ",")
			for (i = 1; i <= count; i++) is_base[base[i] ""] = 1
			next
		}
		($2 "") in is_base { print $3 }
	' | each_once >"$scratch/bases"
	inspect_images '{{.Id}}' <"$scratch/bases" >"$scratch/answers"
	awk 'FNR == NR { reference[FNR] = $0; next } { print reference[FNR], $0 }' "$scratch/bases" "$scratch/answers" >"$scratch/identities"
}

# Sets what Compose writes into the labels of an image: what it is built from. Without a fingerprint they are empty.
set_labels() {
	BAYPLAN_FINGERPRINT=$(fingerprint_of "$1")
	BAYPLAN_BASES=
	if [ -n "$BAYPLAN_FINGERPRINT" ]; then
		BAYPLAN_BASES=$(identities_in "$scratch/identities" "$2")
	fi
	export BAYPLAN_FINGERPRINT BAYPLAN_BASES
}

# Prints the identities that some bases (with commas) have in what the engine has said: identities_in FILE BASES.
identities_in() {
	if [ "$2" != - ]; then
		{
			cat "$1"
			printf '%s\n' =
			images
		} | names=$2 awk '
			BEGIN {
				count = split(ENVIRON["names"], list, ",")
				for (i in list) wanted[list[i] ""] = 1
			}
			$0 == "=" { part++; next }
			!part { identity[$1 ""] = $2; next }
			($2 "") in wanted { print (($3 "") in identity ? identity[$3 ""] : "-") }
		' | commas | tr -d ' '
	fi
}

# Whether the engine has what a build would make: its image, bases, and all references.
is_current() {
	fingerprint=$(fingerprint_of "$1")
	[ -n "$fingerprint" ] || return 1
	identities=$(identities_in "$scratch/built-before" "$2")
	shift 2
	{
		printf '%s\n' "$@" =
		cat "$scratch/built-before"
	} | fingerprint=$fingerprint bases=${identities:--} awk '
		$0 == "=" && !part { part++; next }
		!part { asked[$0 ""] = 1; count++; next }
		($1 "") in asked {
			if (identity == "") identity = $2
			if ($2 == identity && ($4 "") == (ENVIRON["fingerprint"] "") && ($5 "") == (ENVIRON["bases"] "")) same++
		}
		END { exit same != count }
	'
}

# Copies the plan on standard input without the builds whose images are current; what stands on another is none.
leave_unchanged() {
	rebuilt=
	while read -r number stage image service owner names bases references; do
		# shellcheck disable=SC2086 # one word a reference
		if ! share_a_name "$bases" "$rebuilt" && is_current "$image" "$bases" $references; then
			say "unchanged: $names"
			continue
		fi
		rebuilt=$rebuilt,$names
		printf '%s\n' "$number $stage $image $service $owner $names $bases $references"
	done | awk '{ $1 = NR; print }'
}
