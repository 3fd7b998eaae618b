import SourceText

/// The offset of the first byte that is not part of well-formed UTF-8, or nil; the empty text is well formed.
///
/// libyaml reports such bytes at line 0; checking first gives them a place.
func firstInvalidUTF8(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    let count = bytes.count
    func continues(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
        index + offset < count && range.contains(bytes[index + offset])
    }
    while index < count {
        let byte = bytes[index]
        if byte < 0x80 {
            index = ByteSearch.firstBeyondASCII(in: bytes, from: index)
        } else if byte >= 0xC2 && byte <= 0xDF {
            guard continues(1) else { return index }
            index += 2
        } else if byte & 0xF0 == 0xE0 {
            let second: ClosedRange<UInt8> = byte == 0xE0 ? 0xA0...0xBF : byte == 0xED ? 0x80...0x9F : 0x80...0xBF
            guard continues(1, second), continues(2) else { return index }
            index += 3
        } else if byte >= 0xF0 && byte <= 0xF4 {
            let second: ClosedRange<UInt8> = byte == 0xF0 ? 0x90...0xBF : byte == 0xF4 ? 0x80...0x8F : 0x80...0xBF
            guard continues(1, second), continues(2), continues(3) else { return index }
            index += 4
        } else {
            return index
        }
    }
    return nil
}

/// The character that YAML forbids in a stream and that comes first, in well-formed UTF-8 (YAML 1.2.2, section 5.1):
/// control characters other than tab and line ends, U+FFFE and U+FFFF.
func firstForbiddenCharacter(in bytes: UnsafeBufferPointer<UInt8>) -> (offset: Int, value: UInt32, length: Int)? {
    var next = 0
    while true {
        let index = ByteSearch.firstUnprintable(in: bytes, from: next)
        if index == bytes.count { return nil }
        next = index + 1
        let byte = bytes[index]
        if byte < 0x20 {
            if byte != 0x09, byte != 0x0A, byte != 0x0D { return (index, UInt32(byte), 1) }
        } else if byte == 0x7F {
            return (index, 0x7F, 1)
        } else if byte == 0xC2 {
            let second = bytes[index + 1]
            if second < 0xA0, second != 0x85 { return (index, UInt32(second), 2) }
        } else if byte == 0xEF, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE {
            return (index, 0xFFC0 | UInt32(bytes[index + 2] & 0x3F), 3)
        }
    }
}
