# Prints the references that the plan makes, and those of its bases.
references_of_plan() {
	{
		cat "$scratch/plan"
		printf '%s\n' =
		images
	} | awk '
		$0 == "=" { part++; next }
		!part {
			for (n = 8; n <= NF; n++) print $n
			count = split($7, base, ",")
			for (i = 1; i <= count; i++) is_base[base[i] ""] = 1
			next
		}
		($2 "") in is_base { print $3 }
	'
}
