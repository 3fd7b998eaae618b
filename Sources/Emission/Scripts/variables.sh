# What Compose makes of references that hold variables, once it has been asked: a project, a reference as the tables show
# it, and its value, a line each.
values=

# Copies the table on standard input with those values in the place of the references: the columns of the project and of
# the reference are told by their numbers. With a third argument the first of them holds images, whose owners count.
settled() {
	if [ -z "$values" ]; then
		cat
		return
	fi
	{
		printf '%s\n' "$values" =
		if [ $# -gt 2 ]; then
			images
		fi
		printf '%s\n' =
		cat
	} | project=$1 reference=$2 awk '
		BEGIN {
			p = ENVIRON["project"] + 0
			r = ENVIRON["reference"] + 0
		}
		part < 2 && $0 == "=" { part++; next }
		part == 0 { value[$1 " " $2] = $3; next }
		part == 1 { owner[$2 ""] = $4; next }
		{
			name = (($p "") in owner ? owner[$p ""] : $p) " " $r
			if (name in value) $r = value[name]
			print
		}
	'
}

# Prints the Compose text that asks for the references of a project: a service for each. Standard input is what it asks
# for, a reference a line.
question() {
	printf "name: '%s'\nservices:\n" "$1"
	{
		variables
		printf '%s\n' =
		cat
	} | quote=\' awk '
		$0 == "=" { part++; next }
		part == 0 {
			shown = $0
			gsub(/ /, "_", shown)
			gsub(ENVIRON["quote"], ENVIRON["quote"] ENVIRON["quote"])
			text[shown ""] = $0
			next
		}
		{ print "  r" ++n ":\n    image: " ENVIRON["quote"] "i/" text[$0 ""] ENVIRON["quote"] }
	'
}

# Prints the values in what Compose says of such a text, in its order, and - for one that is no word.
answers() {
	awk '
		/^  r[0-9]+:$/ {
			n = substr($1, 2) + 0
			if (n > count) count = n
		}
		/^    image: i\// && NF == 2 { value[n] = substr($2, 3) }
		END { for (i = 1; i <= count; i++) print (value[i] == "" ? "-" : value[i]) }
	'
}

# Prints the references that a project is asked for: those that stand in its lines of $uses.
references_of() {
	printf '%s\n' "$uses" | project=$1 awk '
		($1 "") == (ENVIRON["project"] "") && !seen[$2 ""]++ { print $2 }
		($3 "") == (ENVIRON["project"] "") && !seen[$2 ""]++ { print $2 }
	'
}

# Whether a text can be an image reference, as far as the shell can tell.
is_reference() {
	case $1 in
	'' | *[!]A-Za-z0-9._/:@[-]* | [./:@-]* | *[./:@-] | *//* | *::[!:0-9a-fA-F]*) return 1 ;;
	esac
}

# Asks Compose, once for each project, what it makes of references. Standard input is the uses of images: a project, the
# reference, the project that builds the image or -, and the image, a line each. Prints project, reference and value.
ask_compose() {
	uses=$(each_once)
	[ -n "$uses" ] || return 0
	need_compose
	for asked in $(printf '%s\n' "$uses" | awk '{ print $1; if ($3 != "-") print $3 }' | each_once); do
		directory=$(projects | path_of "$asked")
		[ -d "$directory" ] || fail "the folder of $asked is not there: $directory"
		answer=$(references_of "$asked" | question "$asked" |
			(exec_compose --project-directory "$directory" -f - config) 2>&1) ||
			fail "Compose cannot tell what $asked runs: $(printf '%s\n' "$answer" | made_visible)"
		{
			references_of "$asked"
			printf '%s\n' =
			printf '%s\n' "$answer" | answers
		} | asked=$asked awk '
			$0 == "=" { part++; next }
			part == 0 { reference[++count] = $0; next }
			{ print ENVIRON["asked"], reference[++n], $0 }
		' | while read -r name reference value; do
			is_reference "$value" ||
				fail "$(printf '%s' "$reference" | made_visible) of $name is no image reference: set its variables in $directory/.env or in the environment"
			printf '%s\n' "$name $reference $value"
		done || return 1
	done
}

# Copies a text of others without what a terminal could obey, and without the names of the services that it was asked by.
made_visible() {
	LC_ALL=C tr -c '\n -~' '?' | sed 's/error while interpolating services\.r[0-9]*\.image: //'
}

# Asks Compose, and fails if a project gives an image another reference than the project that builds it: nobody would
# build what it runs.
ask_compose_alike() {
	uses=$(each_once)
	values=$(printf '%s\n' "$uses" | ask_compose) || return 1
	[ -n "$values" ] || return 0
	differing=$(
		{
			printf '%s\n' "$values" =
			printf '%s\n' "$uses"
		} | awk '
			$0 == "=" { part++; next }
			part == 0 { value[$1 " " $2] = $3; next }
			$3 != "-" && value[$1 " " $2] != value[$3 " " $2] { print $4, $1, value[$1 " " $2], $3, value[$3 " " $2] }
		'
	)
	if [ -n "$differing" ]; then
		printf '%s\n' "$differing" | while read -r image taker value owner built; do
			say "$taker takes $image as $value, but $owner builds $built"
		done
		fail 'give their variables one value, in the .env files of both or in the environment'
	fi
	printf '%s\n' "$values"
}
