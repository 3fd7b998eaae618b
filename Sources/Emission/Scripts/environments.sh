# The environment whose images, services and files are meant; empty for development.
chosen_environment=
environment_number=

# Has the tables of an environment, which end in its number, stand for development's.
choose_environment() {
	environment_number=$(environments | name=$1 awk '($2 "") == (ENVIRON["name"] "") { print $1; exit }')
	if [ -z "$environment_number" ]; then
		[ -n "$(environments)" ] || misuse "there is no environment '$1': this workspace has none"
		need_name "$1" "$(environments | while read -r _ name; do printf '%s\n' "$name"; done)" 'there is no environment' 'there are'
	fi
	chosen_environment=$1
	images() { "images_$environment_number"; }
	builds() { "builds_$environment_number"; }
	services() { "services_$environment_number"; }
	files() { "files_$environment_number"; }
}
