# Git runs what a repository's configuration names (filters, a file watcher, hooks), and takes every folder for a
# repository that holds what a bare one does. So it is asked only about the repository of a real .git, and through a
# directory of this run, which borrows objects, references and index and has its own configuration and attributes.

# Sets $top, the folder of the checkout that a folder lies in, $own, which has its HEAD and index, and $common, which has
# objects and references. Fails if there is no checkout.
find_checkout() {
	top=$(CDPATH='' cd -- "$1" 2>/dev/null && pwd -P) || return 1
	until has_repository "$top"; do
		[ "$top" != / ] || return 1
		top=${top%/*}
		top=${top:-/}
	done
}

# Whether a folder holds a .git that leads to a repository: a folder, or the file of a linked worktree or a submodule.
has_repository() {
	own=${1%/}/.git
	if [ -f "$own" ]; then
		read_line "$own"
		case $line in
		'gitdir: /'*) own=${line#gitdir: } ;;
		'gitdir: '?*) own=${1%/}/${line#gitdir: } ;;
		*) return 1 ;;
		esac
	fi
	common=$own
	if [ -f "$own/commondir" ]; then
		read_line "$own/commondir"
		case $line in
		/*) common=$line ;;
		*) common=$own/$line ;;
		esac
	fi
	[ -f "$own/HEAD" ] && [ -d "$common/objects" ] && [ -d "$common/refs" ]
}

# Sets $line to the first line of a file, which may lack its end.
read_line() {
	IFS= read -r line <"$1" || [ -n "$line" ]
}

# Makes the directory that borrows the repository of $top.
borrow_repository() {
	borrowed=$scratch/git
	rm -rf -- "$borrowed"
	mkdir -- "$borrowed" "$borrowed/own" "$borrowed/common" "$borrowed/common/info"
	printf '../common\n' >"$borrowed/own/commondir"
	cat "$own/HEAD" >"$borrowed/own/HEAD"
	cat "$own/HEAD" >"$borrowed/common/HEAD"
	set +f
	for file in "$own/index" "$own"/sharedindex.* "$own/refs" "$own/reftable"; do
		borrow "$file" own
	done
	set -f
	for file in refs packed-refs reftable shallow; do
		borrow "$common/$file" common
	done
	printf '* -text -eol -crlf -ident -filter -working-tree-encoding -diff -merge\n' >"$borrowed/common/info/attributes"
	if [ -f "$common/info/exclude" ]; then
		cat "$common/info/exclude" >"$borrowed/common/info/exclude"
	fi
	cat >"$borrowed/common/config" <<'END'
[core]
	repositoryformatversion = 1
	bare = false
	fsmonitor = false
	untrackedcache = false
	hookspath = /dev/null
	attributesfile = /dev/null
	autocrlf = false
[protocol]
	allow = never
[status]
	renames = false
[gc]
	auto = 0
END
	# How the files are to be read, each value a known word. Nothing else of the repository's configuration counts.
	{
		ask_git config --file "$common/config" --no-includes --bool --get-regexp \
			'^core\.(filemode|symlinks|ignorecase|precomposeunicode|trustctime)$' || :
		ask_git config --file "$common/config" --no-includes --get-regexp \
			'^(core\.checkstat|extensions\.(objectformat|refstorage))$' || :
	} >"$scratch/settings"
	while read -r key value; do
		case $key=$value in
		core.checkstat=default | core.checkstat=minimal | core.*=true | core.*=false) ;;
		extensions.objectformat=sha1 | extensions.objectformat=sha256) ;;
		extensions.refstorage=files | extensions.refstorage=reftable) ;;
		*) continue ;;
		esac
		printf '[%s]\n\t%s = %s\n' "${key%%.*}" "${key#*.}" "$value" >>"$borrowed/common/config"
	done <"$scratch/settings"
	# Which files the user never wants to see is for the user's own configuration to say.
	ignored=$(
		forget_git
		GIT_DIR=$borrowed/own git config --path --get core.excludesFile 2>/dev/null </dev/null
	) || ignored=${XDG_CONFIG_HOME:-${HOME-}/.config}/git/ignore
	ask_git config --file "$borrowed/common/config" core.excludesFile "$ignored"
}

# Makes a link to what is there; none to what is not.
borrow() {
	if [ -e "$1" ]; then
		ln -s -- "$1" "$borrowed/$2/${1##*/}"
	fi
}

# Forgets the variables that git listens to.
forget_git() {
	names=$(awk 'BEGIN { for (name in ENVIRON) if (name ~ /^GIT_[A-Za-z0-9_]*$/) print name }' </dev/null)
	for name in $names; do
		unset -v "$name"
	done
}

# Runs git on the borrowed repository.
ask_git() (
	forget_git
	export GIT_DIR="$borrowed/own" GIT_WORK_TREE="$top" GIT_OBJECT_DIRECTORY="$common/objects"
	export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_ATTR_NOSYSTEM=1 HOME="$borrowed" XDG_CONFIG_HOME="$borrowed"
	export GIT_OPTIONAL_LOCKS=0 GIT_TERMINAL_PROMPT=0 GIT_NO_LAZY_FETCH=1 GIT_NO_REPLACE_OBJECTS=1 GIT_ALLOW_PROTOCOL='' LC_ALL=C
	exec git -C "$top" --no-pager "$@" </dev/null
)

# Prints what the checkout of $top has that its commit lacks, and what its submodules have that theirs lack, those after
# the submodule's path.
print_changes() {
	tab=$(printf '\t')
	first=$top
	printf '%s\n' "$top" >"$scratch/pending"
	while [ -s "$scratch/pending" ]; do
		: >"$scratch/submodules"
		while IFS= read -r top; do
			has_repository "$top" && borrow_repository || return 1
			within=${top#"$first"}
			within=${within:+"${within#/}: "}
			ask_git status --porcelain --untracked-files=normal --ignore-submodules=dirty >"$scratch/status" || return 1
			while IFS= read -r line; do
				printf '%s\n' "$within$line"
			done <"$scratch/status"
			ask_git -c core.quotePath=false ls-files --stage >"$scratch/files" || return 1
			grep '^160000 ' "$scratch/files" >"$scratch/links" || :
			while IFS= read -r line; do
				module=${line#*"$tab"}
				case $module in
				'"'*) printf '%s\n' "$within?? $module: a submodule whose name git quotes is not looked into" ;;
				*) print_submodule "${top%/}/$module" >>"$scratch/submodules" ;;
				esac
			done <"$scratch/links"
		done <"$scratch/pending"
		mv -- "$scratch/submodules" "$scratch/pending"
	done
}

# Prints the folder of a submodule if it is checked out. A link on the way could lead anywhere: it is none then.
print_submodule() {
	if has_repository "$1" && [ "$(CDPATH='' cd -- "$1" && pwd -P)" = "$1" ]; then
		printf '%s\n' "$1"
	fi
}
