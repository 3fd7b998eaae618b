extension OutputFormat {
    /// Whether a file that begins with these bytes is an earlier report of this format, which a new one may replace.
    ///
    /// What another program laid out anew counts, too: blanks between the values of JSON are passed over.
    package func isBeginning(_ bytes: [UInt8]) -> Bool {
        switch self {
        case .text: Self.isWord(bytes.prefix { $0 != UInt8(ascii: ":") })
        case .concise: Self.isConcise(bytes.prefix { $0 != 0x0A })
        case .json: Self.isJSON(bytes, #"{"schema":1,"summary":{"errors":"#)
        case .sarif:
            Self.isJSON(
                bytes,
                #"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","#
                    + #""runs":[{"tool":{"driver":{"name":"bayplan","#)
        case .github: ["error", "warning", "notice"].contains { bytes.starts(with: "::\($0) file=".utf8) }
        case .gitlab: Self.isJSON(bytes, #"[{"description":""#) || Self.withoutBlanks(bytes) == Array("[]".utf8)
        case .junit:
            bytes.starts(with: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"bayplan\" tests=\"".utf8)
        }
    }

    /// Whether bytes are a severity with a code: `error[BP107]`.
    private static func isWord(_ bytes: ArraySlice<UInt8>) -> Bool {
        [Severity.error, .warning, .info].contains { severity in
            let word = severity.word + "[BP"
            return bytes.starts(with: word.utf8) && bytes.last == UInt8(ascii: "]")
                && bytes.count == word.utf8.count + 4
        }
    }

    /// Whether a line has a place and a severity with a code behind it: `strategy.yaml:3:1: error[BP107] …`.
    private static func isConcise(_ line: ArraySlice<UInt8>) -> Bool {
        var rest = line
        while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            rest = rest[(colon + 1)...]
            if rest.first == UInt8(ascii: " "), isWord(rest.dropFirst().prefix { $0 != UInt8(ascii: " ") }) {
                return true
            }
        }
        return false
    }

    private static func isJSON(_ bytes: [UInt8], _ beginning: String) -> Bool {
        withoutBlanks(bytes).starts(with: beginning.utf8)
    }

    /// The first bytes but blanks; in the beginnings of reports no text has any.
    private static func withoutBlanks(_ bytes: [UInt8]) -> [UInt8] {
        Array(bytes.prefix(4096).filter { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 })
    }
}
