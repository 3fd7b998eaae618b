observe_or_fail
if [ -n "$as_json" ]; then
	show_json
else
	if [ -z "$quiet" ]; then
		show_images | aligned
	fi
	show_missing
	show_stale
fi
if [ "$missing" -gt 0 ]; then
	exit 1
fi
