/// The Unicode scalars of some UTF-8: what a column of a table is wide.
func characterCount(_ text: some Sequence<UInt8>) -> Int {
    var count = 0
    for byte in text where byte & 0xC0 != 0x80 { count += 1 }
    return count
}
