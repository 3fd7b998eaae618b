/// Turns libyaml's code point indices into byte offsets.
///
/// libyaml's marks count code points behind a byte order mark; for an ASCII file that is the byte offset at once.
/// The marks of successive events lie close together, so a cursor that walks to the next one makes the whole
/// conversion linear.
struct CodePointCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let isASCII: Bool
    private var offset: Int
    private var index = 0
    /// The length of a byte order mark, which libyaml is not shown.
    private let start: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        isASCII = !bytes.contains { $0 >= 0x80 }
        start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        offset = start
    }

    mutating func offset(of target: Int) -> UInt32 {
        if isASCII { return UInt32(min(target, bytes.count)) }
        while index < target, offset < bytes.count {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            index += 1
        }
        while index > target, offset > start {
            offset -= 1
            while offset > 0, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
            index -= 1
        }
        return UInt32(offset)
    }
}
