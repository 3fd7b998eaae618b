usage() {
	cat <<'END'
usage: clean.sh [option]...

Removes from the engine what builds of this workspace left behind: former images
without a name that build.sh made, and tags of earlier releases at the
registries of the manifest's environments. Shows what it would remove, and asks.
With --left-over it removes instead what status.sh lists as left over: what the
engine has of this workspace and belongs to none of its projects of today.

  --all           also every image that this workspace builds, under each name
                  that the manifest gives it; not one of another workspace
  --left-over     remove containers and networks of projects and services that
                  the manifest no longer has, and images of this workspace of
                  names that it no longer has; no volume
  --volumes       with --left-over: also volumes, and what is in them
  --registry R    also earlier releases at registry R (may be repeated)
  --yes           do not ask
  --dry-run       show what would be removed, and remove nothing
  --help          print this

What build.sh makes is known by its labels io.bayplan.workspace and
io.bayplan.image. An image that a container uses, running or not, stays; so does
whatever the manifest does not name: pulled images, other images, other tags.
Containers are stopped before they are removed, so that they can end their work.

It does not work with Podman.

Exit status: 0 done, or nothing to do, or the answer was no; 1 something could
not be removed, or there is no terminal to ask on; 2 wrong usage.
END
}

# Tells whether a text is a line of another: holds_line LINE TEXT.
holds_line() {
	case "
$2
" in
	*"
$1
"*) return 0 ;;
	*) return 1 ;;
	esac
}

# Prints what containers use: the identity of an image, the name of the container.
find_used() {
	"$docker" container ls --all --quiet --no-trunc >"$scratch/containers"
	# shellcheck disable=SC2046 # identities are words
	set -- $(cat "$scratch/containers")
	# All at once; one that went away since makes that fail.
	if [ $# -gt 0 ] && "$docker" container inspect --format '{{.Image}} {{.Name}}' -- "$@" >"$scratch/users" 2>/dev/null; then
		: >"$scratch/containers"
	else
		: >"$scratch/users"
	fi
	while read -r container; do
		"$docker" container inspect --format '{{.Image}} {{.Name}}' -- "$container" 2>/dev/null && continue
		# A container that went away since it was listed uses nothing any more.
		left=$("$docker" container ls --all --quiet --no-trunc)
		if holds_line "$container" "$left"; then
			fail "the engine does not say what the container $container uses; nothing was removed"
		fi
	done <"$scratch/containers" >>"$scratch/users"
	while read -r identity name; do
		printf '%s\n' "sha256:${identity#sha256:} ${name#/}"
	done <"$scratch/users"
}

# What is asked of an image that carries this workspace's label.
image_facts='{{.Id}} {{index .Config.Labels "io.bayplan.image"}} {{json .RootFS.Layers}}'

# Prints the images that build.sh made: identity, image, repository, tag; each as often as it has tags. An image that
# someone else built from one of ours has its labels too, and is told by its layers: they go on where those of ours end.
find_made() {
	name=$(workspace_name)
	list_images --filter "label=io.bayplan.workspace=$name" \
		--format '{{.ID}} {{.Repository}} {{.Tag}}' | each_once >"$scratch/labelled"
	first_column <"$scratch/labelled" | each_once >"$scratch/identities"
	# shellcheck disable=SC2046 # identities are words
	set -- $(cat "$scratch/identities")
	if [ $# -gt 0 ] && "$docker" image inspect --format "$image_facts" -- "$@" >"$scratch/facts" 2>/dev/null; then
		: >"$scratch/identities"
	else
		: >"$scratch/facts"
	fi
	while read -r identity; do
		"$docker" image inspect --format "$image_facts" -- "$identity" 2>/dev/null && continue
		left=$(list_images --all --format '{{.ID}}')
		if holds_line "$identity" "$left"; then
			fail "the engine does not say what the image $identity is; nothing was removed"
		fi
	done <"$scratch/identities" >>"$scratch/facts"
	{
		image_names
		printf '%s\n' =
		cat "$scratch/facts"
		printf '%s\n' =
		cat "$scratch/labelled"
	} | awk '
		function bare(identity) { sub(/^sha256:/, "", identity); return identity "" }
		$0 == "=" { part++; next }
		part == 0 { ours[$0 ""] = 1; next }
		part == 1 && NF == 3 && ($2 "") in ours {
			id = bare($1)
			order[++count] = id
			image[id] = $2 ""
			layers[id] = substr($3, 1, length($3) - 1)
			next
		}
		part == 2 {
			id = bare($1)
			if (!(id in image)) next
			for (n = 1; n <= count; n++) {
				other = order[n]
				if (image[other] == image[id] && index(layers[id], layers[other] ",") == 1) next
			}
			print "sha256:" id, image[id], $2, $3
		}
	'
}

# Prints the repositories that releases are tagged in, and their images.
release_repositories() {
	repositories | while read -r environment image repository; do
		if [ "$environment" != - ]; then
			printf '%s\n' "$repository $image"
			continue
		fi
		for registry in $registries; do
			printf '%s\n' "$registry/$repository $image"
		done
	done
}

# Prints the references that the manifest gives to the images, each once.
named_references() {
	{
		images | while read -r _ _ reference _; do
			printf '%s\n' "$reference"
		done
		references | while read -r _ reference; do
			printf '%s\n' "$reference"
		done
	} | each_once
}

# Prints what may go: what to remove, identity of its image, what it is. Tags come before former images.
find_rubbish() {
	if [ -n "$all" ]; then
		named_references | awk '!/[^A-Za-z0-9._:\/@-]/' | find_built
		foreign_images >"$scratch/foreign"
		{
			cat "$scratch/foreign"
			printf '%s\n' =
			cat "$scratch/built-before"
		} | awk '
			$0 == "=" { part++; next }
			!part { is_foreign[$1 ""] = 1; next }
			$2 != "-" && !(($1 "") in is_foreign) {
				sub(/^sha256:/, "", $2)
				print $1, "sha256:" $2, "image"
			}
		'
	fi
	# The image that a reference of the table means now is no earlier release, whatever its tags.
	{
		release_repositories
		printf '%s\n' =
		named_references
		printf '%s\n' =
		{
			images | awk '{ print $3 }' | inspect_images '{{.Id}}'
			printf '%s\n' =
			images
		} | awk '
			$0 == "=" { part++; next }
			!part { sub(/^sha256:/, ""); identity[++count] = $0; next }
			{ print $2, "sha256:" identity[++n], $6 }
		'
		printf '%s\n' =
		cat "$scratch/made"
	} | all=$all awk '
		function is_later(one, other, m, n, i, a, b) {
			sub(/^v/, "", one)
			sub(/^v/, "", other)
			if ((one " " other) !~ /^[0-9]+(\.[0-9]+)* [0-9]+(\.[0-9]+)*$/) return 0
			m = split(one, a, ".")
			n = split(other, b, ".")
			for (i = 1; i <= m || i <= n; i++) if (a[i] + 0 != b[i] + 0) return a[i] + 0 > b[i] + 0
			return 0
		}
		$0 == "=" { part++; next }
		part == 0 { released[$1 ""] = released[$1 ""] " " $2 " "; next }
		part == 1 {
			named[$0 ""] = 1
			repository = $0
			sub(/:[^:\/]*$/, "", repository)
			text = substr($0, length(repository) + 2)
			if (!((repository "") in tag) || is_later(text, tag[repository ""])) tag[repository ""] = text
			next
		}
		part == 2 {
			current[$2 ""] = 1
			made = ($3 == "-" ? $1 : $3) ""
			build[$1 ""] = made
			names[made] = names[made] " " $1 " "
			next
		}
		$3 == "<none>" && $4 == "<none>" { former[++count] = $1; next }
		$3 != "<none>" && $4 != "<none>" && ($3 "") in released && !(($3 ":" $4) in named) {
			# A version above the one that the manifest names is no earlier one.
			if (is_later($4, tag[$3 ""])) next
			if (($1 "") in current && ENVIRON["all"] == "") next
			split(names[build[$2 ""]], list, " ")
			for (i in list) if (index(released[$3 ""], " " list[i] " ")) {
				print $3 ":" $4, $1, "release"
				break
			}
		}
		END { for (n = 1; n <= count; n++) print former[n], former[n], "former" }
	'
}

# Takes out what containers use, and names it.
spare_used() {
	while read -r target identity kind; do
		user=$(second_column_of "$identity" <"$scratch/used")
		if [ -n "$user" ]; then
			say "$target stays: the container $user uses it"
		else
			printf '%s\n' "$target $identity $kind"
		fi
	done
}

show_rubbish() {
	printf 'REMOVE\tWHAT\tSIZE\tCREATED\n'
	while read -r target identity kind; do
		facts=$(size_and_age "${identity#sha256:}")
		case $kind in
		former) kind='former image' ;;
		release) kind='earlier release' ;;
		esac
		printf '%s\t' "$target" "$kind" "${facts%%/*}"
		printf '%s\n' "${facts#*/}"
	done
}

all=
yes=
dry_run=
left_over=
volumes=
registries=
while [ $# -gt 0 ]; do
	case $1 in
	--registry=*)
		option=$1
		shift
		set -- --registry "${option#*=}" "$@"
		continue
		;;
	--registry)
		[ $# -ge 2 ] || misuse '--registry needs a value'
		shift
		need_registry "$1"
		registries="$registries $1"
		;;
	--all) all=yes ;;
	--left-over) left_over=yes ;;
	--volumes) volumes=yes ;;
	--yes) yes=yes ;;
	--dry-run) dry_run=yes ;;
	--help | -h)
		usage
		exit
		;;
	-*) misuse_option "$1" ;;
	*) misuse "there is nothing to do with '$1'" ;;
	esac
	shift
done
if [ -n "$left_over" ]; then
	[ -z "$all$registries" ] || misuse '--left-over goes with neither --all nor --registry'
elif [ -n "$volumes" ]; then
	misuse '--volumes goes with --left-over'
fi
