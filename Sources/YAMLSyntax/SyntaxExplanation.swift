/// libyaml's terse problems, said so that the next action is clear.
extension TreeBuilder {
    func explain(
        _ problem: String, context: String?, at offset: Int
    ) -> (message: String, label: String, help: [String]) {
        if byte(at: offset) == 0x09 || lineBefore(offset).contains(0x09) && problem.contains("token") {
            return (
                "a tab cannot indent YAML", "YAML allows only spaces here",
                ["replace the tab by spaces, two a level"]
            )
        }
        switch problem {
        case "mapping values are not allowed in this context":
            return (
                "a `:` stands where no mapping can begin", "this colon makes the value look like a key",
                ["quote the value if the colon belongs to it", "or check the indentation of this line"]
            )
        case "did not find expected key":
            return (
                "this line does not fit the mapping around it", "a key was expected here",
                ["indent it like its neighbours; the line above may be what is indented wrongly"]
            )
        case "did not find expected '-' indicator":
            return (
                "this line does not fit the list around it", "a `-` was expected here",
                ["indent it like the other items"]
            )
        case "could not find expected ':'":
            return ("a key without `:`", "no colon follows it", ["write `key: value`"])
        case "did not find expected ',' or ']'":
            return ("a list in brackets is not closed", "`,` or `]` was expected here", ["close the list with `]`"])
        case "did not find expected ',' or '}'":
            return ("a mapping in braces is not closed", "`,` or `}` was expected here", ["close the mapping with `}`"])
        case "found unexpected end of stream":
            return (
                "this quote is never closed", "everything from here to the end of the file is inside it",
                ["close the quote on this line"]
            )
        case "found character that cannot start any token":
            return (
                "a value cannot begin with this character", "YAML reserves it", ["put the value in quotes"]
            )
        case "found undefined tag handle":
            return ("this tag's handle is not declared", "unknown tag", ["remove the tag"])
        case "block sequence entries are not allowed in this context":
            return (
                "a `-` stands where no list can begin", "this dash begins an item of a list",
                ["begin the list on a line of its own below the key", "or quote the value if the dash belongs to it"]
            )
        case "mapping keys are not allowed in this context":
            return (
                "a `?` stands where no key can begin", "YAML reads it as the beginning of a key",
                ["put the value in quotes"]
            )
        case "did not find expected node content":
            return (
                "a value is missing", "a value was expected here",
                ["write the value, or remove the comma before this", "or close first what was opened last"]
            )
        case "did not find expected <document start>":
            return (
                "this line stands outside of what the lines above began", "it belongs to nothing above it",
                ["indent it like the first key of the file", "or remove it"]
            )
        case "found unknown escape character":
            return (
                "in double quotes `\\` begins an escape, and this is none", "no escape is written so",
                ["write `\\\\` for a backslash", "or put the text in single quotes, where it stands for itself"]
            )
        case "did not find expected hexdecimal number":
            return (
                "this escape lacks digits", "a hexadecimal digit was expected here",
                ["write `\\\\` for a backslash", "or put the text in single quotes, where it stands for itself"]
            )
        case "did not find expected alphabetic or numeric character":
            return (
                "`&` and `*` begin the name of an anchor, and none follows", "a letter or a digit was expected here",
                ["put the value in quotes"]
            )
        case "did not find expected comment or line break":
            return (
                "the text behind `|` or `>` begins on the next line", "nothing but a comment may stand here",
                ["move the text to the next line, and indent it"]
            )
        case "found unexpected document indicator":
            return (
                "a quote is not closed before the end of its document", "this line ends the document",
                ["close the quote"]
            )
        case "did not find the expected '>'":
            return ("this tag is not closed", "`>` was expected here", ["close the tag with `>`, or remove it"])
        default:
            let whole = context.map { "\($0): \(problem)" } ?? problem
            return ("this is not valid YAML: \(whole)", problem, [])
        }
    }

    private func byte(at offset: Int) -> UInt8? {
        let bytes = tree.source.bytes
        return offset < bytes.count ? bytes[offset] : nil
    }

    private func lineBefore(_ offset: Int) -> ArraySlice<UInt8> {
        let bytes = tree.source.bytes
        var start = min(offset, bytes.count)
        while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
        return bytes[start..<min(offset, bytes.count)].prefix { $0 == 0x20 || $0 == 0x09 }
    }
}
