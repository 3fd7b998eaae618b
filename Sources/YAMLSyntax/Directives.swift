import CLibYAML

/// The lines that a text may have beginning with `%`, as directives do.
///
/// libyaml compares each directive, and each tag, with all directives before it: their number would count squared.
let directiveLimit = 100

/// Where a line begins that is one more than may begin with `%`, in well-formed UTF-8; nil where there is none.
func directiveBeyondLimit(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let start = bytes.baseAddress else { return nil }
    var (index, count) = (0, 0)
    while let found = memchr(start + index, Int32(UInt8(ascii: "%")), bytes.count - index) {
        let offset = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - start
        if beginsLine(offset, in: bytes) {
            count += 1
            if count > directiveLimit { return offset }
        }
        index = offset + 1
    }
    return nil
}

/// Whether a place is the first of the text or behind a line's end, to YAML 1.1: LF, CR, NEL, LS or PS.
private func beginsLine(_ offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard offset > 0 else { return true }
    switch bytes[offset - 1] {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return true
    case 0x85: return offset > 1 && bytes[offset - 2] == 0xC2
    case 0xA8, 0xA9: return offset > 2 && bytes[offset - 2] == 0x80 && bytes[offset - 3] == 0xE2
    // A byte order mark, which libyaml takes for none of the line.
    case 0xBF: return offset == 3 && bytes[0] == 0xEF && bytes[1] == 0xBB
    default: return false
    }
}
