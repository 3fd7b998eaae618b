/// What a fingerprint is the hash of: texts, each behind its length, so that no two records look the same.
package struct FingerprintRecord: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func append(_ bytes: some Collection<UInt8>) {
        append(UInt64(bytes.count))
        self.bytes += bytes
    }

    package mutating func append(_ text: String) { append(text.utf8) }

    package mutating func append(_ number: some FixedWidthInteger & UnsignedInteger) {
        withUnsafeBytes(of: UInt64(number).bigEndian) { bytes.append(contentsOf: $0) }
    }
}
