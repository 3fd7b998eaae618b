# Prints the uses of the images of this run and of all that they can stand on: by those that build them, by those that
# build on them, and by those that run them.
uses_of_builds() {
	names=$(
		lacking=$(image_names | tr '\n' ' ')
		plan | while read -r _ _ _ _ _ names _; do printf '%s,' "$names"; done
	)
	images | names=,$names awk '
		{
			owner[$2 ""] = $4
			reference[$2 ""] = $3
		}
		index(ENVIRON["names"], "," $2 ",") {
			if ($3 ~ /[$]/) print $4, $3, $4, $2
			count = split($5, base, ",")
			for (i = 1; i <= count; i++) {
				name = base[i] ""
				if (reference[name] ~ /[$]/) print $4, reference[name], owner[name], name
			}
		}
	'
	services | names=,$names awk '
		$4 ~ /[$]/ && index(ENVIRON["names"], "," $3 ",") { print $1, $4, $5, $3 }
	'
}

values=$(uses_of_builds | ask_compose_alike) || exit 1
