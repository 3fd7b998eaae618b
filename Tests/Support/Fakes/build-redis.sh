#!/bin/sh
# Builds a fake redis:7-alpine for tests where no registry can be reached: it listens on port 6379 and answers
# PING, inline and as RESP, and every other command with an error. An image that already has this name, the real one
# or an earlier fake, is left as it is. Fakes carry the label io.bayplan.fake.
#
# Needs $ENGINE_BUSYBOX, a static busybox, and a running engine ($DOCKER, default docker).
set -eu

image=redis:7-alpine
docker=${DOCKER:-docker}
: "${ENGINE_BUSYBOX:?set it to a static busybox}"

if "$docker" image inspect "$image" >/dev/null 2>&1; then
	printf '%s: already there, left as it is\n' "$image"
	exit
fi
# A silent engine is not an engine without the image.
"$docker" version >/dev/null

context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
trap 'exit 1' HUP INT TERM

cp "$ENGINE_BUSYBOX" "$context/busybox"
chmod 755 "$context/busybox"

cat >"$context/redis-server" <<'END'
#!/bin/busybox sh
trap 'echo "fake redis: stopping"; exit 0' TERM INT
echo 'fake redis: port 6379'
nc -ll -p 6379 -e /bin/answer &
wait $!
END

cat >"$context/answer" <<'END'
#!/bin/busybox sh
# One connection. A RESP array comes as "*COUNT", then "$LENGTH" and the word for each of its COUNT words.
while IFS= read -r line; do
	line=${line%"$(printf '\r')"}
	case $line in
	'*'[0-9]*)
		words=${line#'*'}
		read -r _
		read -r line
		line=${line%"$(printf '\r')"}
		while [ "$words" -gt 1 ]; do
			read -r _
			read -r _
			words=$((words - 1))
		done
		;;
	esac
	case $line in
	'') ;;
	[Pp][Ii][Nn][Gg]) printf '+PONG\r\n' ;;
	[Qq][Uu][Ii][Tt])
		printf '+OK\r\n'
		exit
		;;
	*) printf '%s\r\n' '-ERR this fake only answers PING' ;;
	esac
done
END

chmod 755 "$context/redis-server" "$context/answer"
cat >"$context/Dockerfile" <<'END'
FROM scratch
LABEL io.bayplan.fake=redis
COPY busybox redis-server answer /bin/
EXPOSE 6379
ENTRYPOINT ["/bin/redis-server"]
END

"$docker" build --quiet --tag "$image" "$context" >/dev/null
printf '%s: fake built\n' "$image"
