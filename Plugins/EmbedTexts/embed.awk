# Writes Swift that has each of these files as its bytes, line by line: plain text as it is, any other line in numbers,
# since a string of Swift holds UTF-8 alone and makes a line end of a carriage return. Needs the locale C; a text holds no
# `"""#####`.
BEGIN {
	for (byte = 1; byte < 256; byte++) number[sprintf("%c", byte)] = byte
	print "enum PackageResources {" >code
}
FNR == 1 {
	end_text()
	name = FILENAME
	sub(/.*\//, "", name)
	gsub(/[^A-Za-z0-9]/, "_", name)
	printf "static let %s: [UInt8] = {\nvar bytes: [UInt8] = []\n", name >code
}
/^[\t -~]*$/ {
	if (!is_plain) print "bytes += #####\"\"\"" >code
	is_plain = 1
	print >code
	next
}
{
	end_string()
	printf "bytes += [" >code
	for (place = 1; place <= length($0); place++) printf "%d, ", number[substr($0, place, 1)] >code
	print "10]" >code
}
END {
	end_text()
	print "}" >code
}
function end_string() {
	if (is_plain) print "\n\"\"\"#####.utf8" >code
	is_plain = 0
}
function end_text() {
	end_string()
	if (name != "") print "return bytes\n}()" >code
}
