# Prints those of the images on standard input that the chosen environment runs by a digest, each as pinned tells it.
pinned_of() {
	{
		pinned
		printf '%s\n' =
		cat
	} | environment=$chosen_environment awk '
		$0 == "=" { part++; next }
		!part { if (($1 "") == (ENVIRON["environment"] "")) how[$2 ""] = $3 " " $4; next }
		($1 "") in how { print $1, how[$1 ""] }
	'
}

# Prints the commands by which the environment comes to run what is built of images: the one that builds them, and images.
show_release() {
	first=$1
	shift
	rows=$(printf '%s\n' "$@" | pinned_of)
	homeless=$(printf '%s\n' "$rows" | awk '$3 == "-" { print $1 }')
	if [ -n "$homeless" ]; then
		say "$chosen_environment has no registry that these could be released to: $(printf '%s\n' "$homeless" | commas)"
		say 'give it one in the manifest, or take their digests out of it; then: bayplan compile'
		# shellcheck disable=SC2046 # one word an image
		set -- $(printf '%s\n' "$rows" | awk '$3 != "-" { print $1 }')
		[ $# -gt 0 ] || return 0
	fi
	say "to have $chosen_environment run what their inputs make now, raise its tag in the manifest; then:"
	printf '    %s\n' 'bayplan compile' "$first" "$(beside release.sh --version V "$@")" "$(beside pin.sh --built --write "$@")" \
		'bayplan compile' >&2
}

# Takes out of $wanted what the chosen environment runs by a digest, where what it builds is not what is released: no build
# makes the digest. Ends the script if such an image is one of $named.
leave_pinned() {
	[ -n "$chosen_environment" ] || return 0
	# shellcheck disable=SC2086 # one word an image
	held=$(printf '%s\n' $wanted | each_once | pinned_of | awk '$2 == "-" { print $1 }')
	[ -n "$held" ] || return 0
	say "$chosen_environment runs these by the digests that the manifest pins, whatever is built here: $(printf '%s\n' "$held" | commas)"
	# shellcheck disable=SC2086 # one word an image
	show_release "$(beside_in - build.sh $held)" $held
	for image in $held; do
		case " $named " in
		*" $image "*) fail 'nothing was built' ;;
		esac
	done
	# shellcheck disable=SC2086 # one word an image
	wanted=$({
		printf '%s\n' "$held" =
		printf '%s\n' $wanted
	} | awk '$0 == "=" && !part { part = 1; next } !part { is_held[$0 ""] = 1; next } !(($0 "") in is_held)' | tr '\n' ' ')
}

# Says that what was built of the images of the plan does not run yet where the environment runs it by a digest.
tell_pinned() {
	[ -n "$chosen_environment" ] || return 0
	held=$(while read -r _ _ _ _ _ names _; do printf '%s\n' "$names" | tr ',' '\n'; done <"$scratch/plan" | pinned_of | first_column)
	[ -n "$held" ] || return 0
	say "$chosen_environment runs these by the digests that the manifest pins, not what was built: $(printf '%s\n' "$held" | commas)"
	# shellcheck disable=SC2086 # one word an image
	show_release "$(beside build.sh $held)" $held
}
