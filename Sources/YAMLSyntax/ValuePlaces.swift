import CLibYAML
import SourceText

/// Where values begin and end, which libyaml does not always say.
extension TreeBuilder {
    /// Whether the source holds this text at an offset; the caller has checked that it is long enough.
    func isSame(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        guard let left = text.baseAddress, let right = bytes.baseAddress else { return text.isEmpty }
        return memcmp(left, right + offset, text.count) == 0
    }

    /// The end of a scalar: libyaml puts that of a block scalar at the next token.
    func trimmedEnd(_ end: UInt32, from start: UInt32) -> UInt32 {
        var end = Int(end)
        while end > Int(start), isBlankOrBreak(bytes[end - 1]) { end -= 1 }
        return UInt32(end)
    }

    /// The first byte of a value behind its tag and anchor, which libyaml counts to it.
    func skipProperties(_ start: UInt32, upTo end: UInt32) -> UInt32 {
        var index = Int(start)
        let end = Int(end)
        while index < end, bytes[index] == UInt8(ascii: "&") || bytes[index] == UInt8(ascii: "!") {
            while index < end, !isBlankOrBreak(bytes[index]) { index += 1 }
            while index < end {
                if bytes[index] == UInt8(ascii: "#") {
                    while index < end, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
                } else if isBlankOrBreak(bytes[index]) {
                    index += 1
                } else {
                    break
                }
            }
        }
        return UInt32(index)
    }

    private func isBlankOrBreak(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}
