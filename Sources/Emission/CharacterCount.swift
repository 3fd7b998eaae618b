/// The Unicode scalars of some UTF-8: what a column of a table is wide.
func characterCount(_ text: some Sequence<UInt8>) -> Int {
    // Of bytes in a row without a branch, so that many are counted at once.
    let counted = text.withContiguousStorageIfAvailable { bytes in
        var count = 0
        for byte in bytes { count &+= byte & 0xC0 != 0x80 ? 1 : 0 }
        return count
    }
    return counted ?? text.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
}
