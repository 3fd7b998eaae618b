#!/usr/bin/env python3
"""Prints the rows that run has measured as one aligned table with ratios to the floor F and the goals.

    table.py ROWS

A row is SIZE, WHAT, MEDIAN, LEAST, CPU, RUNS, KILOBYTES, NOTE, parted by tabs; a row whose WHAT is `size` opens a size:
its input's lines and bytes, and its output's files and bytes.
"""

import re
import sys

HEAD = ["", "seconds", "least", "cpu", "x F", "MB", "x input", "runs", "goal", ""]


def goals(size, what, median, floor, megabytes, input_bytes, others):
    """The specification's goals for a row, each as (text, whether it is met)."""
    if size == "tiny" and what.startswith("bayplan") and "validate" not in what and "--check" not in what:
        yield "3 ms", median <= 0.003
        if megabytes is not None:
            yield "12 MB", megabytes <= 12
    if size == "large" and what.startswith("bayplan compile,"):
        yield "4 F", floor is not None and median <= 4 * floor
        if "Go + yaml.v3" in others:
            yield "a fifth of Go", median < others["Go + yaml.v3"] / 5
        if megabytes is not None:
            yield "12 x input", megabytes * 1e6 <= 12 * input_bytes
    if size == "large" and what == "bayplan validate":
        yield "2.5 F", floor is not None and median <= 2.5 * floor
    if what == "bayplan compile --check" and "bayplan compile, same" in others:
        yield "no slower than compile", median <= others["bayplan compile, same"] * 1.02


def line(fields, sizes, medians):
    """One row of the table from one of the file."""
    size, what, median, least, cpu, runs, kilobytes, note = fields
    if median == "-":
        return [what, "-", "-", "-", "-", "-", "-", "-", "", note]
    median, least, cpu = float(median), float(least), float(cpu)
    sample = re.match(r"(\d+) of (\d+) files", note)
    if sample and sample[1] != sample[2]:
        factor = int(sample[2]) / int(sample[1])
        median, least, cpu = median * factor, least * factor, cpu * factor
        note = "EXTRAPOLATED from " + note
    medians[size, what] = median
    floor = medians.get((size, "floor F"))
    megabytes = None if kilobytes == "-" else int(kilobytes) * 1024 / 1e6
    input_bytes = sizes[size][1]
    others = {name: value for (where, name), value in medians.items() if where == size}
    met = goals(size, what, median, floor, megabytes, input_bytes, others)
    return [
        what, "%.4f" % median, "%.4f" % least, "%.4f" % cpu, "-" if floor is None else "%.2f" % (median / floor),
        "-" if megabytes is None else "%.1f" % megabytes,
        "-" if megabytes is None else "%.1f" % (megabytes * 1e6 / input_bytes),
        runs, ", ".join("%s %s" % (text, "met" if yes else "MISSED") for text, yes in met), note]


def growth(sizes, medians):
    """How far huge over large is from linear, for each row that both have."""
    if "huge" not in sizes or "large" not in sizes:
        return
    print("\ngrowth from large to huge, against %.2f times the input" % (sizes["huge"][1] / sizes["large"][1]))
    for size, what in sorted(medians):
        if size == "huge" and ("large", what) in medians:
            ratio = medians[size, what] / medians["large", what]
            departs = ratio * sizes["large"][1] / sizes["huge"][1] - 1
            print("  %-30s %6.2f  %+4.0f %%%s" % (
                what, ratio, 100 * departs, "  goal 15 % MISSED" if what[:7] == "bayplan" and departs > 0.15 else ""))


def printed(rows):
    """Prints headings and rows, every column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(HEAD, *(row for row in rows if isinstance(row, list)))]
    for row in [HEAD] + rows:
        if isinstance(row, str):
            print("\n" + row)
            continue
        cells = [cell.ljust(width) if index in (0, 8, 9) else cell.rjust(width)
                 for index, (cell, width) in enumerate(zip(row, widths))]
        print(("  " + "  ".join(cells)).rstrip())


def main(path):
    sizes, medians, groups = {}, {}, {}
    for text in open(path, encoding="utf-8"):
        fields = text.rstrip("\n").split("\t")
        heading, rows = groups.setdefault(fields[0], ([fields[0]], []))
        if fields[1] == "size":
            sizes[fields[0]] = [int(field) for field in fields[2:6]]
            heading[0] += ": in {:,} lines, {:,} bytes; out {:,} files, {:,} bytes".format(*sizes[fields[0]])
        else:
            rows.append(line(fields, sizes, medians))
    printed([row for heading, rows in groups.values() for row in heading + rows])
    growth(sizes, medians)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: table.py ROWS")
    main(sys.argv[1])
