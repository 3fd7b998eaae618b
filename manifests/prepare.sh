#!/bin/sh
# Puts a static busybox into the build contexts of these workspaces, which build FROM scratch.
#
#   manifests/prepare.sh                    for this machine's architecture
#   manifests/prepare.sh --all-platforms    and for the release workspace, for amd64 and arm64
#
# It takes $ENGINE_BUSYBOX, else an installed busybox-static, else that package from Debian's archive, unpacked
# and not installed. Needs neither root nor an engine; what is already in place stays untouched.
set -eu

# One file a line, relative to this folder; "busybox-*" stands for one file for each architecture.
targets() {
	cat <<'END'
fleet/workshop/busybox
monorepo/platform/userland/busybox
release/accounts/runtime/busybox-*
zixly/trading/busybox
zixly/zixly/services/pipeline-worker/busybox
zixly/zixly/services/webhook-receiver/busybox
END
}

fail() {
	printf 'prepare.sh: %s\n' "$1" >&2
	exit "${2:-1}"
}

case $#${1-} in
0) all=false ;;
1--all-platforms) all=true ;;
*) fail 'usage: prepare.sh [--all-platforms]' 2 ;;
esac

case $(uname -m) in
x86_64 | amd64) native=amd64 ;;
aarch64 | arm64) native=arm64 ;;
*) fail "no image here is built for $(uname -m)" ;;
esac

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# unpack ARCHITECTURE: Debian's busybox-static as $work/busybox-ARCHITECTURE, with package lists of its own.
unpack() {
	command -v apt-get >/dev/null ||
		fail 'no apt-get here: set ENGINE_BUSYBOX to a static busybox for Linux'
	mkdir -p "$work/$1/lists/partial" "$work/$1/cache/archives/partial"
	(
		cd "$work/$1"
		apt() {
			apt-get -qq -o "Dir::State::Lists=$PWD/lists" -o "Dir::Cache=$PWD/cache" \
				-o APT::Architecture="$architecture" -o APT::Architectures="$architecture" \
				-o APT::Sandbox::User=root "$@"
		}
		architecture=$1
		apt update && apt download busybox-static && dpkg-deb -x ./*.deb root
	) >"$work/$1/log" 2>&1 || {
		cat "$work/$1/log" >&2
		fail "cannot fetch Debian's busybox-static for $1: set ENGINE_BUSYBOX to a static busybox"
	}
	find "$work/$1/root" -type f -name busybox -exec cp {} "$work/busybox-$1" \;
	printf 'busybox for %s: Debian package busybox-static, unpacked\n' "$1"
}

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# obtain ARCHITECTURE: $work/busybox-ARCHITECTURE from the nearest place.
obtain() {
	[ ! -e "$work/busybox-$1" ] || return 0
	if [ "$1" = "$native" ] && [ -n "${ENGINE_BUSYBOX-}" ]; then
		cp "$ENGINE_BUSYBOX" "$work/busybox-$1" || fail 'ENGINE_BUSYBOX names no readable file'
		printf 'busybox for %s: %s\n' "$1" "$ENGINE_BUSYBOX"
	elif [ "$1" = "$native" ] && installed busybox-static; then
		cp /bin/busybox "$work/busybox-$1"
		printf 'busybox for %s: installed package busybox-static\n' "$1"
	else
		unpack "$1"
	fi
}

# put ARCHITECTURE FILE
put() {
	obtain "$1"
	if cmp -s "$work/busybox-$1" "$here/$2"; then
		printf 'in place  %s\n' "$2"
	else
		cp "$work/busybox-$1" "$here/$2"
		chmod 755 "$here/$2"
		printf 'wrote     %s\n' "$2"
	fi
}

targets | while read -r target; do
	case $target in
	*'-*')
		for architecture in amd64 arm64; do
			if "$all" || [ "$architecture" = "$native" ]; then put "$architecture" "${target%'*'}$architecture"; fi
		done
		;;
	*) put "$native" "$target" ;;
	esac
done
