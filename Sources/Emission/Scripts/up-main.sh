need_engine
need_compose
missing=$(find_missing)
if [ -n "$missing" ]; then
	set --
	while read -r image reference owner; do
		say "$reference is missing; $owner builds it"
		set -- "$@" "$image"
	done <<END
$missing
END
	fail "nothing was started; to build what is missing: $(beside build.sh "$@")"
fi
(start) || fail "$project did not start; to repeat: $(again)"
