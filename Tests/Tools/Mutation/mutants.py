"""Finds the places of Swift sources that can be wrong in one way, and writes each so that a variable makes it wrong.

A mutant is one such change: a condition turned round, a comparison off by one, a statement left out, an optional that is
nil. All of them are compiled at once, and the one that the environment names is active, so that a run costs no build.
Where two bounds say the same, and where an optional is nil anyway, the mutant does not differ: a test that sees no more of
it does not reach it. No line is added or taken away: what the compiler says of a line is said of its mutants.
"""

import re
from dataclasses import dataclass

# A name of an argument, `prefix(while: …)`, is no statement.
STATEMENT = re.compile(r"\b(?:if|while|guard)\b(?!:)|\bfor\b[^{}\n]*\bwhere\b")
COMPARISON = re.compile(r" (<|<=|>|>=) ")
OTHER_BOUND = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
CALL = re.compile(r"^(?:try )?[A-Za-z_][\w.]*(?:\[[^\]\n]*\])?(?:[.?!\w]*)\(.*\)$")
ADDED = re.compile(r"^[A-Za-z_][\w.\[\]]* (?:\+=|-=|\|=) [^{}]+$")
NO_CALL = re.compile(
    r"(?:try )?(?:if|guard|for|while|switch|case|return|let|var|func|init|super|self\.init|precondition|fatalError|assert|"
    r"defer|throw|import|package|public|private|static|subscript|withUnsafe\w*)\b")
# A hint of how much room is needed: what a program does is the same without it.
ROOM = re.compile(r"\.reserveCapacity\(")


@dataclass
class Mutant:
    file: str
    line: int
    kind: str
    start: int
    end: int
    text: str  # {id} stands for its number, {0} for the source between start and end with the mutants in it


def masked(source):
    """The source with comments and texts as blanks, of the same length: what is left is code."""
    out, at, end = list(source), 0, len(source)

    def blank(start, stop):
        for index in range(start, min(stop, end)):
            if out[index] != "\n":
                out[index] = " "

    def string(at):
        hashes = re.match(r"#*", source[at:]).group()
        quote = '"""' if source.startswith('"""', at + len(hashes)) else '"'
        at += len(hashes) + len(quote)
        while at < end:
            if source.startswith("\\" + hashes + "(", at):
                depth, at = 1, at + 2 + len(hashes)
                while at < end and depth:
                    if source[at] == '"':
                        at = string(at)
                        continue
                    depth += {"(": 1, ")": -1}.get(source[at], 0)
                    at += 1
            elif source.startswith("\\" + hashes, at):
                at += 2 + len(hashes)
            elif source.startswith(quote + hashes, at):
                return at + len(quote) + len(hashes)
            else:
                at += 1
        return at

    while at < end:
        if source.startswith("//", at):
            stop = source.find("\n", at)
            stop = end if stop < 0 else stop
            blank(at, stop)
        elif source.startswith("/*", at):
            stop = source.find("*/", at) + 2
            blank(at, stop)
        elif re.match(r'#*"', source[at : at + 8]):
            stop = string(at)
            blank(at + 1, stop - 1)
            out[at] = out[stop - 1] = '"'
        else:
            at += 1
            continue
        at = stop
    return "".join(out)


def flat(code, start, end):
    """Each place between two that no bracket encloses, with its character."""
    depth = 0
    for at in range(start, end):
        if code[at] in ")]}":
            depth -= 1
        if depth == 0:
            yield at, code[at]
        if code[at] in "([{":
            depth += 1


def parts(code, start, end, separator):
    """The stretches between separators that no bracket encloses."""
    begin, found = start, []
    for at, _ in flat(code, start, end):
        if at >= begin and code.startswith(separator, at):
            found.append((begin, at))
            begin = at + len(separator)
    return found + [(begin, end)]


def trimmed(code, start, end):
    while start < end and code[start].isspace():
        start += 1
    while end > start and code[end - 1].isspace():
        end -= 1
    return start, end


class Finder:
    def __init__(self, file, source):
        self.file, self.source, self.code = file, source, masked(source)
        self.found = []

    def add(self, kind, start, end, text):
        self.found.append(Mutant(self.file, self.source.count("\n", 0, start) + 1, kind, start, end, text))

    def truth(self, start, end):
        """The mutants of an expression that is true or false."""
        start, end = trimmed(self.code, start, end)
        top = "".join(char for _, char in flat(self.code, start, end))
        is_tuple = top == "()" and len(parts(self.code, start + 1, end - 1, ",")) > 1
        if is_tuple or self.code[start:end] in ("", "true", "false") or re.search(r"\s\?\s|\s\?\?\s|\btry\b|\bawait\b|\bas\b|\bis\b", top):
            return
        for operator in "||", "&&":
            operands = parts(self.code, start, end, operator)
            if len(operands) > 1:
                for operand in operands:
                    self.truth(*operand)
                return
        self.add("condition", start, end, "mutant_not({id}, {0})")
        bounds = [at for at, _ in flat(self.code, start, end) if COMPARISON.match(self.code, at)]
        if len(bounds) == 1:
            sign = COMPARISON.match(self.code, bounds[0])
            left, right = self.source[start : bounds[0]], self.source[sign.end() : end]
            if "\n" not in left + right:
                self.add("bound", start, end, "mutant_bound({id}, {0}, mutant_asks({id}) && ("
                         + quoted(f"{left} {OTHER_BOUND[sign.group(1)]} {right}") + "))")

    def conditions(self):
        for match in STATEMENT.finditer(self.code):
            if match.start() and self.code[match.start() - 1] in "#`.":
                continue
            start = match.end()
            end = None
            for at, char in flat(self.code, start, len(self.code)):
                ends = self.code.startswith("else", at) if match.group() == "guard" else char == "{"
                if ends:
                    end = at
                    break
                if char == "}":
                    break
            if end is None or self.code.count("\n", start, end) > 12:
                continue
            for clause in parts(self.code, start, end, ","):
                first, last = trimmed(self.code, *clause)
                binding = re.match(r"let \w+ = ", self.code[first:last])
                if binding:
                    if not re.search(r"\btry\b", self.code[first:last]):
                        self.add("optional", first + binding.end(), last, "mutant_nil({id}, {0})")
                elif not re.match(r"(?:let|var|case|#)\b|#", self.code[first:last]):
                    self.truth(first, last)

    def results(self):
        """What a function returns as true or false, where its text says so."""
        for match in re.finditer(r"-> Bool \{\s*([^\n{}]+?)\s*\}", self.code):
            if not re.match(r"(?:return|let|var|guard|if|switch|for|get|borrowing|while)\b", match.group(1)):
                self.truth(*match.span(1))
        for match in re.finditer(r"\breturn ([^\n{}]+)$", self.code, re.MULTILINE):
            if re.search(r" (?:==|!=|<|<=|>|>=|&&|\|\|) |^!", match.group(1)) and "?" not in match.group(1):
                self.truth(*match.span(1))

    def statements(self):
        lines, at = self.code.split("\n"), 0
        places = []
        for line in lines:
            places.append(at)
            at += len(line) + 1
        written = [index for index, line in enumerate(lines) if line.strip()]
        for place, index in enumerate(written):
            line = lines[index].strip()
            before = lines[written[place - 1]].rstrip() if place else ""
            after = lines[written[place + 1]].strip() if place + 1 < len(written) else ""
            if NO_CALL.match(line) or ROOM.search(line) or not before.endswith((")", "}", '"', "{")) and not re.search(r"[\w\]?]$", before):
                continue
            if before.endswith("{") and after.startswith("}") or re.match(r"[.?:+\-*/&|]", after) or re.search(r"\b(?:in|else|return)$", before):
                continue
            if not (CALL.match(line) and line.count("(") == line.count(")") and balanced(line) or ADDED.match(line)):
                continue
            start = places[index] + len(lines[index]) - len(lines[index].lstrip())
            self.add("statement", start, start + len(line), "if !mutant_on({id}) {{ {0} }}")

    def mutants(self):
        self.conditions()
        self.results()
        self.statements()
        return self.found


def quoted(text):
    return text.replace("{", "{{").replace("}", "}}")


def balanced(line):
    depth = 0
    for at, char in enumerate(line):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth == 0 and char == ")" and at + 1 < len(line) and line[at + 1] not in ".?!)[":
            return False
    return depth == 0


def written(source, mutants):
    """The source with mutants, by number, in it; of two that cross each other the later is left out."""
    edits = {}
    for number, mutant in mutants:
        edits.setdefault((mutant.start, -mutant.end), []).append((number, mutant))

    def render(start, end, inner):
        out, at = [], start
        while inner:
            (first, last), same = inner[0]
            last = -last
            within = [entry for entry in inner[1:] if -entry[0][1] <= last]
            rest = [entry for entry in inner[1:] if entry[0][0] >= last]
            text = render(first, last, within)
            for number, mutant in same:
                text = mutant.text.format(text, id=number)
            out += [source[at:first], text]
            at, inner = last, rest
        return "".join(out) + source[at:end]

    return render(0, len(source), sorted(edits.items()))
