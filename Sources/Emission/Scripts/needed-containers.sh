# Sets $containers to all containers. That is the first that the engine is asked: the script ends if it does not answer.
need_containers() {
	containers=$(ask_containers 2>/dev/null) && return
	need_engine
	containers=$(ask_containers) || fail 'the engine does not list its containers'
}
