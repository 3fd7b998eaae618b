with_up_words() {
	take_ports "$consumer"
	plain_with_up_words "$@"
}
