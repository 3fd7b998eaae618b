observe_or_fail
if [ -n "$as_json" ]; then
	show_json
	exit
fi
show_images | aligned
printf '\n'
show_containers | aligned
show_order
show_stale
show_ended
