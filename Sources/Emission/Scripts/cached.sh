# Prints the targets of the bake file by which Buildx finds the layers that the chosen environment's cache has: a build's
# service, target. Nothing without a cache.
cached_targets() {
	if caches | first_column | listed "$environment_number"; then
		"cached_$environment_number"
	fi
}

# Prints the target that a service is built by; nothing where Compose builds it.
baked_target() {
	if [ -z "$no_cache" ] && [ "${DOCKER_BUILDKIT-1}" != 0 ] && "$docker" buildx version >/dev/null 2>&1; then
		cached_targets | second_column_of "$1"
	fi
}

# Prints all references that the plan has for the build of a service.
references_of_service() {
	service=$1 awk '($4 "") == (ENVIRON["service"] "") { for (i = 8; i <= NF; i++) print $i }' "$scratch/plan"
}

# Gives a command the words that build an image. An image that stands on another is found in the cache only by the way that
# the cache was written: by the bake file, which builds both as one. It writes no cache here, and tags the one image alone.
with_build_words() {
	command=$1
	service=$2
	needs=$3
	target=$(baked_target "$service")
	if [ -z "$target" ]; then
		plain_with_build_words "$@"
		return
	fi
	# shellcheck disable=SC2016 # the words of the inner shell
	set -- sh -c 'cd -- "$0" && exec "$@"' "$workspace" env BUILDX_NO_DEFAULT_LOAD=1 \
		BUILDX_BAKE_ENTITLEMENTS_FS="${BUILDX_BAKE_ENTITLEMENTS_FS-0}" "$docker" buildx bake -f "$(bake_file)" --set '*.cache-to=' \
		--set '*.attest=type=provenance,disabled=true' --set '*.attest=type=sbom,disabled=true'
	for reference in $(references_of_service "$service"); do
		set -- "$@" --set "$target.tags=$reference"
	done
	set -- "$@" --set "$target.labels.io.bayplan.fingerprint=$BAYPLAN_FINGERPRINT" \
		--set "$target.labels.io.bayplan.bases=$BAYPLAN_BASES" --set "$target.output=type=docker"
	if [ -n "$pull" ] && [ "$needs" = - ]; then
		set -- "$@" --set "$target.pull=true"
	fi
	set -- "$@" "$target"
	case $command in
	exec_compose) exec "$@" ;;
	*) quoted "$@" ;;
	esac
}
