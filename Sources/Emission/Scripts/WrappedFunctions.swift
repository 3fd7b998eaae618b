/// Functions of fragments that a later fragment puts something around.
enum WrappedFunctions {
    /// Fragments whose functions of these names are called `plain_` and the name, so that a later one of that name can call
    /// them.
    static func of(_ names: Set<String>, in fragments: [[UInt8]]) -> [[UInt8]] {
        fragments.map { fragment in
            let lines = fragment.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
                guard line.suffix(4).elementsEqual("() {".utf8),
                    names.contains(String(decoding: line.dropLast(4), as: UTF8.self))
                else { return line }
                return "plain_".utf8 + line
            }
            return Array(lines.joined(separator: [0x0A]))
        }
    }
}
