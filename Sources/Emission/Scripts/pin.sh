usage() {
	cat <<'END'
usage: pin.sh [option]... [image]...

Asks the registries for the digests behind the references of the images that are
pulled, or of those named, and prints a line for each: image, reference, digest.
Nothing is pulled. A reference that holds a variable has no digest of its own,
and is told.

  --environment E  the references of environment E
  --built          also the images that this workspace builds, as they were
                   released at the registry of the environment
  --write          write the digests into the manifest, with 'bayplan pin'; only
                   if every registry has answered
  --help           print this

A private registry may want 'docker login' first.

Exit status: 0 every digest is there, 1 one is not or was not written, 2 wrong
usage.
END
}

# Prints the rows of what is wanted: image, kind, reference.
chosen_pins() {
	pins | wanted=$wanted built=$built awk '
		BEGIN {
			count = split(ENVIRON["wanted"], list, " ")
			for (i in list) chosen[list[i] ""] = 1
		}
		count > 0 ? ($1 "") in chosen : $2 != "built" || ENVIRON["built"] != ""
	'
}

# Prints the digest that a registry has for a reference, or fails and says why: once for a registry that no reference can
# be asked of.
digest_of() {
	host=$(registry_of "$1")
	if listed "$host" <"$scratch/unreached"; then
		say "not asked for: $1"
		return 1
	fi
	if ! "$docker" buildx imagetools inspect -- "$1" >"$scratch/answer" 2>"$scratch/trouble"; then
		trouble=$(registry_trouble)
		tell_registry "$trouble" "$1"
		case $trouble in
		unreachable | untrusted) printf '%s\n' "$host" >>"$scratch/unreached" ;;
		esac
		return 1
	fi
	awk '$1 == "Digest:" { print $2; exit }' "$scratch/answer"
}

# Prints the command that repeats this run.
again() {
	# shellcheck disable=SC2086 # one word an image
	set -- $wanted
	case " $wanted" in
	*' -'*) set -- -- "$@" ;;
	esac
	[ -z "$write" ] || set -- --write "$@"
	[ -z "$built" ] || set -- --built "$@"
	beside pin.sh "$@"
}

# Writes the lines of all that have a digest, and sets $failed if one has none.
find_digests() {
	: >"$scratch/digests"
	: >"$scratch/asked"
	: >"$scratch/unreached"
	while read -r image kind reference; do
		case $kind in
		variable) say "$image is not pinned, since its reference holds a variable: $reference" ;;
		untagged) say "$image is pinned without a tag, so that there is nothing to ask for: $reference" ;;
		*)
			digest=$(second_column_of "$reference" <"$scratch/asked")
			if [ -z "$digest" ]; then
				digest=$(digest_of "$reference") || digest=-
				printf '%s\n' "$reference $digest" >>"$scratch/asked"
			fi
			case $digest in
			*:*) printf '%s\n' "$image $reference $digest" >>"$scratch/digests" ;;
			*) failed=yes ;;
			esac
			;;
		esac
	done <"$scratch/pins"
}

# Has 'bayplan pin' write the lines into the manifest.
write_digests() {
	why=$(why_unasked)
	[ -z "$why" ] || fail "nothing was written: $why"
	bayplan pin --root "$workspace/$(root)" ${chosen_environment:+--environment "$chosen_environment"} \
		-- "$workspace/$(manifest)" <"$scratch/digests"
}

wanted=
built=
write=
failed=
options=yes
while [ $# -gt 0 ]; do
	case $options$1 in
	yes--environment=*)
		option=$1
		shift
		set -- "${option%%=*}" "${option#*=}" "$@"
		continue
		;;
	esac
	case $options$1 in
	yes--environment)
		[ $# -ge 2 ] || misuse "$1 needs a value"
		shift
		choose_environment "$1"
		pins() { "pins_$environment_number"; }
		;;
	yes--built) built=yes ;;
	yes--write) write=yes ;;
	yes--help | yes-h)
		usage
		exit
		;;
	yes--) options=no ;;
	yes-*) misuse_option "$1" ;;
	*) wanted="$wanted $1" ;;
	esac
	shift
done
