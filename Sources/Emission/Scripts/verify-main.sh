if [ -n "$checks" ]; then
	check_builds || exit 1
	exit
fi
observe_or_fail
if [ -n "$as_json" ]; then
	show_json ''
else
	if [ -z "$quiet" ]; then
		show_images | aligned
	fi
	show_missing
	show_foreign
	show_stale
	[ -n "$quiet" ] || sum_up ''
fi
if [ "$missing" -gt 0 ] || [ -n "$(show_foreign)" ]; then
	exit 1
fi
