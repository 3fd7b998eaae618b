if [ "$action" = build ]; then
	need_variables
fi
