/// Identities of findings that outlive the lines above them: made of the rule, the file, the message and the text at
/// fault, never of a line number.
struct Fingerprints {
    private var seen: [String: Int] = [:]

    /// 32 hexadecimal digits, and `-2`, `-3` for findings that are otherwise alike.
    mutating func next(for diagnostic: Diagnostic) -> String {
        let location = diagnostic.primary.location
        let bytes = location.file.bytes
        let lower = min(Int(location.span.start), bytes.count)
        let upper = min(Int(location.span.end), bytes.count, lower + 256)
        var hash = Hash()
        hash.add(diagnostic.code.label.utf8)
        hash.add(location.file.path.utf8)
        hash.add(diagnostic.message.utf8)
        hash.add(bytes[lower..<max(lower, upper)])
        let count = (seen[hash.text] ?? 0) + 1
        seen[hash.text] = count
        return count == 1 ? hash.text : "\(hash.text)-\(count)"
    }

    /// Two runs of FNV-1a over the same parts from different beginnings: an identity, no protection against forgery.
    private struct Hash {
        private var low: UInt64 = 0xCBF2_9CE4_8422_2325
        private var high: UInt64 = 0x6C62_272E_07BB_0142

        mutating func add(_ part: some Sequence<UInt8>) {
            for byte in part { mix(byte) }
            // No UTF-8 holds this byte, so no two lists of parts read alike.
            mix(0xFF)
        }

        private mutating func mix(_ byte: UInt8) {
            low = (low ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            high = (high ^ UInt64(byte) ^ (low >> 56)) &* 0x0000_0100_0000_01B3
        }

        var text: String { padded(low) + padded(high) }

        private func padded(_ value: UInt64) -> String {
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }
    }
}
