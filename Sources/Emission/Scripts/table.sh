# Aligns the columns of standard input, which tabs part.
aligned() {
	awk -F '\t' '
		{
			row[NR] = $0
			for (i = 1; i < NF; i++) if (length($i) > width[i]) width[i] = length($i)
		}
		END {
			for (n = 1; n <= NR; n++) {
				count = split(row[n], cell, "\t")
				for (i = 1; i < count; i++) printf "%-" width[i] "s  ", cell[i]
				print cell[count]
			}
		}
	'
}
