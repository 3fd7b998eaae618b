# Prints this instance's projects that have networks or volumes, by the projects' own names.
projects_with() {
	plain_projects_with "$1" | suffix=$instance_suffix awk '
		{
			length_of_name = length($0) - length(ENVIRON["suffix"])
			if (length_of_name > 0 && substr($0, length_of_name + 1) == (ENVIRON["suffix"] "")) print substr($0, 1, length_of_name)
		}
	'
}

volumes_of() {
	plain_volumes_of "$1$instance_suffix"
}
