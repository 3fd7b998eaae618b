# Attestations are made while an image is built: without --platform, for the engine's own.
if [ -z "$platforms" ] && [ -z "$registry" ] && attesting | listed "$environment"; then
	platforms=$("$docker" version --format '{{.Server.Os}}/{{.Server.Arch}}' 2>/dev/null) ||
		fail "the engine does not answer, whose platform is released; or name one: --platform linux/amd64"
fi
