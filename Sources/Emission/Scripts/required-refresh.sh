if [ -z "$no_build$dry_run" ]; then
	need_variables
fi
