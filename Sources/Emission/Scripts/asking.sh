# Asks a question on the terminal; ends the script if there is none, or if the answer is not yes.
agree() {
	[ -z "$yes" ] || return 0
	[ -t 0 ] || fail 'nothing was removed: there is no terminal to ask on; to remove these: --yes'
	printf '%s: %s [y/N] ' "$program" "$1" >&2
	answer=
	read -r answer || :
	case $answer in
	[Yy] | [Yy][Ee][Ss]) ;;
	*)
		say 'nothing was removed'
		exit
		;;
	esac
}
