# Ends the script unless a text can be the registry part of a reference.
need_registry() {
	case $1 in
	'' | [!a-zA-Z0-9]* | *[!a-zA-Z0-9._:/-]* | */ | *//* | *:) misuse "'$1' is no registry" ;;
	esac
}
