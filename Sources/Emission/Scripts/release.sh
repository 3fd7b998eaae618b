usage() {
	cat <<'END'
usage: release.sh --version V [option]... [image]...

Tags the images that are built, or those named, as REGISTRY/repository:V, and
pushes them in build order. Prints the digests, ready for the manifest. A
version that the registry has already is refused before anything is pushed,
unless it is the same image: a push that was interrupted can be repeated. An
image that is not what its inputs make now is refused: it is compared with them
by the label io.bayplan.fingerprint, if the command bayplan is on the PATH.

  --version V       the tag
  --environment E   push where environment E of the manifest pulls from; without
                    it, the one environment that has a registry
  --registry R      push to registry R instead, such as ghcr.io/owner
  --git-sha         also tag by the commit of the owner's checkout (12 digits);
                    refused while it has changes that are not committed, or an
                    image cannot be compared with its inputs
  --latest          also tag as latest, when every version is there
  --allow-stale     push images whatever their inputs make now
  --overwrite       do not ask whether the version is there
  --platform P      build and push with Buildx and the bake file, for P, such as
                    linux/amd64,linux/arm64 (may be repeated)
  --builder B       the builder for that (default: Buildx's own choice)
  --dry-run         print the commands, and run none; what would be refused is
                    refused all the same. What is not looked at, because the
                    engine or the registry does not answer, is told
  --help            print this

It needs Docker: Podman does not tell the digests that a registry has.

Exit status: 0 released, 1 something failed or was refused, 2 wrong usage.
END
}

# Prints the names of the environments that have a registry.
environment_names() {
	repositories | first_column | each_once | while IFS= read -r name; do
		if [ "$name" != - ]; then
			printf '%s\n' "$name"
		fi
	done
}

# Ends the script unless a text can be a tag.
need_tag() {
	case $1 in
	'' | [!A-Za-z0-9_]* | *[!A-Za-z0-9_.-]*) misuse "'$1' is no tag" ;;
	esac
	[ "${#1}" -le 128 ] || misuse "'$1' is no tag: it is longer than 128"
}

# Settles where to push: $registry, or else $environment.
choose_registry() {
	if [ -n "$registry" ]; then
		return
	fi
	if [ -z "$environment" ]; then
		environment=$(environment_names)
		case $environment in
		'') misuse 'no environment of this workspace has a registry; name one: --registry R' ;;
		*[!A-Za-z0-9._-]*) misuse "more than one environment has a registry; choose one with --environment: $(environment_names | commas)" ;;
		esac
	fi
}

# Has the images and targets of an environment that builds otherwise than development stand for development's.
choose_own_builds() {
	[ -n "$environment" ] || return 0
	own_number=$(own_builds | name=$environment awk '($2 "") == (ENVIRON["name"] "") { print $1; exit }')
	[ -n "$own_number" ] || return 0
	images() { "images_$own_number"; }
	builds() { "builds_$own_number"; }
	targets() { "targets_$own_number"; }
}

# Prints the rows of the chosen images in build order: image, its reference, owner, repository to push to, target of
# the bake file.
chosen_releases() {
	{
		repositories
		printf '%s\n' =
		targets
		printf '%s\n' =
		images
	} | wanted=$wanted environment=$environment registry=$registry awk '
		BEGIN {
			count = split(ENVIRON["wanted"], list, " ")
			for (i in list) chosen[list[i] ""] = 1
			registry = ENVIRON["registry"] ""
			environment = ENVIRON["environment"] ""
		}
		$0 == "=" { part++; next }
		part == 0 {
			if (registry != "" && $1 == "-") repository[$2 ""] = registry "/" $3
			if (registry == "" && environment == ($1 "")) repository[$2 ""] = $3
		}
		part == 1 { target[$1 ""] = $2 }
		part == 2 && (count == 0 || ($2 "") in chosen) {
			build = ($6 == "-" ? $2 : $6) ""
			print $2, $3, $4, (($2 "") in repository ? repository[$2 ""] : "-"), target[build]
		}
	'
}

# Ends the script unless each image has a repository to push to.
need_repositories() {
	while read -r image _ _ repository _; do
		[ "$repository" != - ] ||
			fail "environment $environment has no registry for $image; name one: --registry R"
	done <"$scratch/releases"
}

# Ends the script unless the engine has each image.
need_images() {
	set --
	while read -r image reference _; do
		[ "$(second_column_of "$reference" <"$scratch/built-before")" != - ] || set -- "$@" "$image"
	done <"$scratch/releases"
	[ $# -gt 0 ] || return 0
	fail "not built: $(printf '%s\n' "$@" | commas); to build: $(build_command "$@")"
}

# Prints the command that builds images.
build_command() {
	if [ -n "$own_number" ]; then
		set -- --environment "$environment" "$@"
	fi
	beside build.sh "$@"
}

# Prints the images that are not what their inputs make now, or of which nobody can tell: image, reference, stale or
# unknown. One is stale if its fingerprint is another one, or the engine has others of its bases.
find_stale() {
	{
		cat "$scratch/fingerprints"
		printf '%s\n' =
		cat "$scratch/built-before"
		printf '%s\n' =
		images
		printf '%s\n' =
		cat "$scratch/releases"
	} | awk '
		$0 == "=" { part++; next }
		!part { fingerprint[$1 ""] = $2; next }
		part == 1 { identity[$1 ""] = $2; made[$1 ""] = $4; on[$1 ""] = $5; next }
		part == 2 {
			name = $2 ""
			order[++count] = name
			reference[name] = $3
			build[name] = ($6 == "-" ? $2 : $6) ""
			if ($5 != "-") needs[build[name]] = needs[build[name]] "," $5
			next
		}
		{
			b = build[$1 ""]
			state = ""
			if (!(b in fingerprint) || made[$2 ""] == "-") state = "unknown"
			else if ((made[$2 ""] "") != (fingerprint[b] "")) state = "stale"
			else {
				bases = ""
				is_known = 1
				for (n = 1; n <= count; n++) if (index(needs[b] ",", "," order[n] ",")) {
					its = identity[reference[order[n]] ""]
					if (its == "" || its == "-") is_known = 0
					bases = bases (bases == "" ? "" : ",") its
				}
				if (is_known && bases != "" && (bases "") != (on[$2 ""] "")) state = "stale"
			}
			if (state != "") print $1, $2, state
		}
	'
}

# Ends the script if an image is not what its inputs make now; by commit also if nobody can tell.
need_fresh() {
	[ -z "$allow_stale" ] || return 0
	find_stale >"$scratch/stale"
	set --
	unknown=
	while read -r image reference state; do
		if [ "$state" = stale ]; then
			say "$reference is not what its inputs make now"
			set -- "$@" "$image"
		else
			unknown="$unknown $image"
		fi
	done <"$scratch/stale"
	if [ -n "$unknown" ]; then
		cat "$scratch/trouble" >&2
		# shellcheck disable=SC2086 # one word an image
		say "cannot be compared with their inputs: $(printf '%s\n' $unknown | commas)"
		if [ -n "$git_sha" ]; then
			# shellcheck disable=SC2086 # one word an image
			set -- "$@" $unknown
		fi
	fi
	[ $# -gt 0 ] || return 0
	say "to build what their inputs make: $(build_command "$@")"
	# An image of other inputs is not what the commit says.
	allow_stale=yes git_sha=
	fail "nothing was pushed; to push what is there: $(again)"
}

# Ends the script unless the engine has the images, as this workspace's inputs make them.
look_at_images() {
	images | awk '{ print $3 }' | find_built
	need_images
	keep_released
	need_own_images 'nothing was pushed'
	need_fresh
}

# Leaves of what is known of images those that are released, and their bases' identities alone.
keep_released() {
	{
		cat "$scratch/releases"
		printf '%s\n' =
		cat "$scratch/built-before"
	} | awk '
		$0 == "=" { part++; next }
		!part { is_released[$2 ""] = 1; next }
		{ if (!(($1 "") in is_released)) $3 = "-"; print }
	' >"$scratch/kept"
	mv -- "$scratch/kept" "$scratch/built-before"
}

# Prints the fingerprint of what makes an image.
fingerprint_of_image() {
	build=$(images | image=$1 awk '($2 "") == (ENVIRON["image"] "") { print ($6 == "-" ? $2 : $6); exit }')
	fingerprint_of "$build"
}

# Prints the owners of the chosen images, behind own, and of what those stand on, behind base.
owners_released() {
	{
		images
		printf '%s\n' =
		cat "$scratch/releases"
	} | awk '
		$0 == "=" { part++; next }
		!part {
			name[++count] = $2 ""
			owner[count] = $4 ""
			bases[count] = $5
			next
		}
		{
			stands[$1 ""] = 1
			if (!told[$3 ""]++) print "own", $3
		}
		END {
			# What an image stands on is built before it.
			for (n = count; n >= 1; n--) {
				if (!(name[n] in stands)) continue
				if (!told[owner[n]]++) print "base", owner[n]
				parts = split(bases[n], base, ",")
				for (i = 1; i <= parts; i++) stands[base[i] ""] = 1
			}
		}
	'
}

# Writes the commit of each owner's checkout: owner, commit. Ends the script if one has changes.
find_commits() {
	command -v git >/dev/null 2>&1 || fail '--git-sha needs git, and there is no command git'
	owners_released >"$scratch/owners"
	while read -r kind owner; do
		directory=$(projects | path_of "$owner")
		if ! find_checkout "$directory"; then
			[ "$kind" = own ] || continue
			fail "no commit of $owner: $directory does not lie in a git checkout"
		fi
		borrow_repository
		commit=$(ask_git rev-parse --verify --short=12 'HEAD^{commit}' 2>&1) ||
			fail "no commit of $owner in $top: $commit"
		print_changes >"$scratch/changes" 2>"$scratch/trouble" ||
			fail "no state of $owner in $directory: $(cat "$scratch/trouble")"
		if [ -s "$scratch/changes" ]; then
			say "the checkout of $owner has changes that are not committed:"
			head -n 10 "$scratch/changes" >&2
			fail "nothing was pushed: an image is not what commit $commit says"
		fi
		printf '%s\n' "$owner $commit"
	done <"$scratch/owners" >"$scratch/commits"
}

commit_of() {
	second_column_of "$1" <"$scratch/commits"
}

# Whether Buildx can be asked about a registry.
has_buildx() {
	"$docker" buildx version >/dev/null 2>&1
}

# Prints the digest that a reference has in its registry, or nothing if it is not there. Fails if the registry does not
# tell, whose words are then in a file.
remote_digest() {
	if [ -n "$buildx" ]; then
		if "$docker" buildx imagetools inspect -- "$1" >"$scratch/answer" 2>"$scratch/trouble"; then
			awk '$1 == "Digest:" { print $2; exit }' "$scratch/answer"
			return
		fi
	elif "$docker" manifest inspect -- "$1" >/dev/null 2>"$scratch/trouble"; then
		printf 'there\n'
		return
	fi
	[ "$(registry_trouble)" = absent ]
}

# Ends the script for a registry that did not tell of a reference, before anything was pushed.
fail_untold() {
	trouble=$(registry_trouble)
	tell_registry "$trouble" "$1"
	# Some registries answer so for a repository that is not there yet.
	[ "$trouble" != denied ] || say "if the repository is a new one, to push without asking: $(again) --overwrite"
	fail "nothing was pushed; to repeat, once that is mended: $(again)"
}

# Writes what a registry tells of a reference, in a form of Buildx, into a file, on one line.
ask_more() {
	"$docker" buildx imagetools inspect "$1" ${3:+"$3"} -- "$2" >"$scratch/told" 2>"$scratch/trouble" || fail_untold "$2"
	tr -d ' \n\t' <"$scratch/told" >"$scratch/answer"
}

# Whether the image that is in the registry is the one that the engine has: engines name an image by its manifest, or
# by its configuration.
is_same() {
	identity=$(second_column_of "$1" <"$scratch/built-before")
	identity=sha256:${identity#sha256:}
	[ "$identity" != "$3" ] || return 0
	[ -n "$buildx" ] || return 1
	ask_more --raw "$2"
	grep -F "\"config\":{" "$scratch/answer" | grep -Fq "\"digest\":\"$identity\""
}

# Whether what is in the registry was built for these platforms from what the inputs are now.
is_baked() {
	fingerprint=$(fingerprint_of_image "$1")
	[ -n "$fingerprint" ] || return 1
	ask_more --format "$2" '{{json .Image}}'
	grep -Fq "\"io.bayplan.fingerprint\":\"$fingerprint\"" "$scratch/answer" || return 1
	# shellcheck disable=SC2086 # one word a platform
	set -- $platforms
	for platform in "$@"; do
		architecture=${platform#*/}
		if ! grep -Fq "\"$platform\":{" "$scratch/answer"; then
			# What is there for one platform alone has no list of them.
			[ $# -eq 1 ] || return 1
			grep -Fq "\"architecture\":\"${architecture%%/*}\"" "$scratch/answer" || return 1
		fi
	done
}

# Says of a registry that a dry run cannot reach that it was not asked. Fails if it was not that which went wrong.
tell_silent() {
	[ -n "$dry_run" ] && [ "$(registry_trouble)" = unreachable ] || return 1
	tell_registry unreachable "$1/"
	say "whether $1 has these images as $version already was not asked"
}

# Writes which images the registry has already. Ends the script if it has the version of another image.
ask_registry() {
	: >"$scratch/there"
	[ -z "$overwrite" ] || return 0
	refused=
	others=
	silent=
	while read -r image reference _ repository _; do
		host=$(registry_of "$repository")
		! printf '%s' "$silent" | listed "$host" || continue
		if ! digest=$(remote_digest "$repository:$version"); then
			tell_silent "$host" || fail_untold "$repository:$version"
			silent="$silent$host
"
		elif [ -z "$digest" ]; then
			others="$others $image"
		elif [ -z "$platforms$looked_at_images" ]; then
			say "$repository:$version is in its registry already; whether it is the same image was not looked at"
		elif { [ -z "$platforms" ] && is_same "$reference" "$repository:$version" "$digest"; } ||
			{ [ -n "$platforms" ] && is_baked "$image" "$repository:$version"; }; then
			printf '%s\n' "$image" >>"$scratch/there"
			others="$others $image"
		else
			if [ -n "$platforms" ] && [ -z "$(fingerprint_of_image "$image")" ]; then
				say "$repository:$version is in its registry already; whether it is the same image cannot be told without its fingerprint"
			else
				say "$repository:$version is in its registry already, as another image"
			fi
			refused=yes
		fi
	done <"$scratch/releases"
	[ -n "$refused" ] || return 0
	overwrite=yes
	replacing=$(again)
	overwrite=
	if [ -n "$others" ]; then
		wanted=$others
		say "to push the others alone: $(again)"
	fi
	say 'nothing was pushed. What is there may run somewhere: release under a version of its own, with --version'
	fail "or, if nobody uses it yet, replace it: $replacing"
}

# Prints the command that repeats this run.
again() {
	set -- --version "$version"
	if [ -n "$registry" ]; then
		set -- "$@" --registry "$registry"
	else
		set -- "$@" --environment "$environment"
	fi
	for platform in $platforms; do
		set -- "$@" --platform "$platform"
	done
	if [ -n "$builder" ]; then
		set -- "$@" --builder "$builder"
	fi
	if [ -n "$git_sha" ]; then
		set -- "$@" --git-sha
	fi
	if [ -n "$latest" ]; then
		set -- "$@" --latest
	fi
	if [ -n "$allow_stale" ]; then
		set -- "$@" --allow-stale
	fi
	if [ -n "$overwrite" ]; then
		set -- "$@" --overwrite
	fi
	if [ -n "$dry_run" ]; then
		set -- "$@" --dry-run
	fi
	for image in $wanted; do
		set -- "$@" "$image"
	done
	beside release.sh "$@"
}

# Runs the engine's command, or prints it.
engine() {
	if [ -n "$dry_run" ]; then
		printf '%s\n' "$(quoted "$docker" "$@")"
	else
		run "$docker" "$@" >&2
	fi
}

# Tags an image and pushes that.
push() {
	pushed=$((pushed + 1))
	say "pushing $2 ($pushed of $pushes)"
	if engine tag -- "$1" "$2" && engine push -- "$2"; then
		return
	fi
	fail "$2 was not pushed; to repeat, which pushes what is not there: $(again)"
}

# Pushes each image under every tag; latest comes last, when all versions are there.
push_all() {
	pushed=0
	pushes=$({
		awk 'FILENAME == ARGV[1] { is_there[$1 ""] = 1; next } !(($1 "") in is_there)' "$scratch/there" "$scratch/releases"
		[ -z "$git_sha" ] || cat "$scratch/releases"
		[ -z "$latest" ] || cat "$scratch/releases"
	} | awk 'END { print NR }')
	while read -r image reference owner repository _; do
		if listed "$image" <"$scratch/there"; then
			say "$repository:$version is in its registry already, and the same"
		else
			push "$reference" "$repository:$version"
		fi
		if [ -n "$git_sha" ]; then
			push "$reference" "$repository:$(commit_of "$owner")"
		fi
	done <"$scratch/releases"
	if [ -n "$latest" ]; then
		while read -r _ reference _ repository _; do
			push "$reference" "$repository:latest"
		done <"$scratch/releases"
	fi
}

# Has a repetition replace what this run pushed: without fingerprints nobody can tell then that it is the same. Nothing of
# another run is replaced, for this one would have ended at it.
overwrite_own() {
	[ -s "$scratch/fingerprints" ] || overwrite=yes
}

# Builds and pushes all images for the platforms, with Buildx and the bake file.
bake_all() {
	set -- buildx bake -f "$(bake_file)"
	if [ -n "$builder" ]; then
		set -- "$@" --builder "$builder"
	fi
	for platform in $platforms; do
		set -- "$@" --set "*.platform=$platform"
	done
	: >"$scratch/baking"
	while read -r image _ _ repository target; do
		if listed "$image" <"$scratch/there"; then
			say "$repository:$version is in its registry already, and the same"
			continue
		fi
		set -- "$@" --set "$target.tags=$repository:$version"
		fingerprint=$(fingerprint_of_image "$image")
		[ -z "$fingerprint" ] || set -- "$@" --set "$target.labels.io.bayplan.fingerprint=$fingerprint"
		printf '%s\n' "$target" >>"$scratch/baking"
	done <"$scratch/releases"
	set -- "$@" --push
	each_once <"$scratch/baking" >"$scratch/targets"
	while read -r target; do
		set -- "$@" "$target"
	done <"$scratch/targets"
	if [ -n "$dry_run" ]; then
		printf '(cd -- %s && ' "$(quoted "$workspace")"
		printf 'BUILDX_BAKE_ENTITLEMENTS_FS=%s ' "$(quoted "$BUILDX_BAKE_ENTITLEMENTS_FS")"
		printf '%s)\n' "$(quoted "$docker" "$@")"
	elif [ -s "$scratch/targets" ]; then
		cd -- "$workspace"
		baked=yes
		run "$docker" "$@" >&2 || baked=
		cd -- "$origin"
		if [ -z "$baked" ]; then
			ask_engine
			[ -n "$engine_answers$builder" ] || fail_without_engine
			overwrite_own
			fail "Buildx failed; to repeat: $(again)"
		fi
	fi
	while read -r _ _ owner repository _; do
		if [ -n "$git_sha" ]; then
			copy "$repository" "$(commit_of "$owner")"
		fi
	done <"$scratch/releases"
	while read -r _ _ _ repository _; do
		if [ -n "$latest" ]; then
			copy "$repository" latest
		fi
	done <"$scratch/releases"
}

# Gives the version in a registry another tag there.
copy() {
	engine buildx imagetools create --tag "$1:$2" -- "$1:$version" && return
	overwrite_own
	fail "$1:$2 was not tagged; to repeat: $(again)"
}

# Prints the digest of what was pushed, if the registry has it.
pushed_digest() {
	if [ -n "$buildx" ]; then
		remote_digest "$1:$version" || tell_registry "$(registry_trouble)" "$1:$version"
		return
	fi
	"$docker" image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' -- "$1:$version" |
		while read -r pushed; do
			if [ "${pushed%@*}" = "$1" ] && "$docker" manifest inspect -- "$pushed" >/dev/null 2>&1; then
				printf '%s\n' "${pushed#*@}"
			fi
		done | head -n 1
}

# Prints the digests as they stand in a manifest.
show_digests() {
	indent=
	if [ -z "$registry" ]; then
		printf 'environments:\n  %s:\n' "$environment"
		indent='    '
	fi
	printf '%simages:\n' "$indent"
	while read -r image _ _ repository _; do
		digest=$(pushed_digest "$repository")
		[ -n "$digest" ] || fail "all is pushed, but the digest of $repository:$version cannot be told; to ask again: $(again)"
		printf '%s  %s:\n%s    digest: %s\n' "$indent" "$image" "$indent" "$digest"
	done <"$scratch/releases"
}

version=
environment=
own_number=
registry=
wanted=
git_sha=
latest=
allow_stale=
overwrite=
platforms=
builder=
dry_run=
options=yes
while [ $# -gt 0 ]; do
	case $options$1 in
	yes--version=* | yes--environment=* | yes--registry=* | yes--platform=* | yes--builder=*)
		option=$1
		shift
		set -- "${option%%=*}" "${option#*=}" "$@"
		continue
		;;
	yes--version | yes--environment | yes--registry | yes--platform | yes--builder)
		[ $# -ge 2 ] || misuse "$1 needs a value"
		;;
	esac
	case $options$1 in
	yes--version)
		shift
		need_tag "$1"
		version=$1
		;;
	yes--environment)
		shift
		need_name "$1" "$(environment_names)" 'no environment with a registry is called' 'those with one'
		environment=$1
		;;
	yes--registry)
		shift
		need_registry "$1"
		registry=$1
		;;
	yes--platform)
		shift
		case ,$1, in
		*[!A-Za-z0-9_./,-]* | *,,* | *,-*) misuse "'$1' is no platform" ;;
		esac
		platforms="$platforms $(printf '%s\n' "$1" | tr ',' ' ')"
		;;
	yes--builder)
		shift
		case $1 in
		'' | [!A-Za-z0-9]* | *[!A-Za-z0-9._-]*) misuse "'$1' is no builder" ;;
		esac
		builder=$1
		;;
	yes--git-sha) git_sha=yes ;;
	yes--latest) latest=yes ;;
	yes--allow-stale) allow_stale=yes ;;
	yes--overwrite) overwrite=yes ;;
	yes--dry-run) dry_run=yes ;;
	yes--help | yes-h)
		usage
		exit
		;;
	yes--) options=no ;;
	yes-*) misuse_option "$1" ;;
	*)
		need_image "$1" "$(images | awk '{ print $2, $3 }')" 'this workspace builds no image' 'it builds'
		wanted="$wanted $1"
		;;
	esac
	shift
done
[ -n "$version" ] || misuse 'name a version: --version V'
[ -z "$builder" ] || [ -n "$platforms" ] || misuse '--builder goes with --platform'
[ -z "$registry" ] || [ -z "$environment" ] || misuse 'choose one of --registry and --environment'
choose_registry
choose_own_builds
origin=$(pwd -P)
export BUILDX_BAKE_ENTITLEMENTS_FS="${BUILDX_BAKE_ENTITLEMENTS_FS-0}"
