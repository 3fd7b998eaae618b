/// A port in short form taken apart, `[ADDRESS:][PUBLISHED:]CONTAINER[/PROTOCOL]`: where each part stands in the text.
///
/// Colons and slashes inside `${…}` separate nothing: of `${PORT:-8080}:80` the host's port is `${PORT:-8080}`.
package struct PortParts {
    /// With its brackets, if it has any; empty for `::80`.
    package let address: Range<Int>?
    /// Empty for `127.0.0.1::80`, where the engine chooses; nil for `80`.
    let published: Range<Int>?
    let container: Range<Int>
    let transport: Range<Int>?

    package init(_ text: UnsafeBufferPointer<UInt8>) {
        var nesting = 0
        var end = text.count
        var colon: Int?
        var colonBefore: Int?
        var index = 0
        scan: while index < text.count {
            switch text[index] {
            case UInt8(ascii: "$") where index + 1 < text.count && text[index + 1] == UInt8(ascii: "{"):
                nesting += 1
            case UInt8(ascii: "}") where nesting > 0: nesting -= 1
            case UInt8(ascii: ":") where nesting == 0: (colonBefore, colon) = (colon, index)
            case UInt8(ascii: "/") where nesting == 0:
                end = index
                break scan
            default: break
            }
            index += 1
        }
        transport = end < text.count ? end + 1..<text.count : nil
        container = (colon.map { $0 + 1 } ?? 0)..<end
        published = colon.map { (colonBefore.map { $0 + 1 } ?? 0)..<$0 }
        address = colonBefore.map { 0..<$0 }
    }
}
