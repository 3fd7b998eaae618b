observe_or_fail
if [ -n "$planned" ]; then
	need_compose
	show_plan "$planned"
	exit
fi
left=$({
	ask_resources volume
	ask_resources network
} | find_left | chosen_left)
if [ -z "$chosen" ]; then
	images_left=$(find_left_images)
	left=$left${left:+${images_left:+
}}$images_left
fi
if [ -n "$as_json" ]; then
	show_json "$(json_left "$left")"
	exit
fi
show_images | aligned
printf '\n'
show_containers | aligned
show_order
show_stale
show_ended
if [ -n "$left" ]; then
	printf '\n'
	printf '%s\n' "$left" | show_left | aligned
	printf '\n'
	show_ways "$left"
fi
sum_up "; left over: $(printf '%s\n' "$left" | awk 'NF { n++ } END { print n + 0 }')"
