import CSHA256

/// SHA-256 (FIPS 180-4), the hash of the lock and of fingerprints.
///
/// Written out here because it is eighty lines, while swift-crypto 4.5 costs three minutes of build and does not link
/// into the static executable.
package struct SHA256 {
    private var state: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    /// Whether the processor's own instructions may be used where it has them.
    private let isPortable: Bool

    package init() { self.init(isPortable: false) }

    private init(isPortable: Bool) { self.isPortable = isPortable }

    private static let constants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]

    /// What has been taken in and does not fill a block yet.
    private var rest: [UInt8] = []
    /// How many bytes have been taken in.
    private var count: UInt64 = 0

    /// The digest of some bytes in lower-case hexadecimal.
    ///
    /// - Parameter isPortable: whether to pass over the processor's own instructions; the digest is the same.
    package static func hex(of bytes: [UInt8], portably isPortable: Bool = false) -> String {
        var hash = SHA256(isPortable: isPortable)
        hash.append(bytes)
        return hash.hex()
    }

    /// Takes in the next bytes of the message.
    package mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

    /// Takes in the next bytes of the message.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        count &+= UInt64(bytes.count)
        var start = 0
        if !rest.isEmpty {
            start = min(64 - rest.count, bytes.count)
            rest += bytes[..<start]
            guard rest.count == 64 else { return }
            rest.withUnsafeBytes { compress($0) }
            rest.removeAll(keepingCapacity: true)
        }
        let whole = (bytes.count - start) / 64 * 64
        compress(UnsafeRawBufferPointer(rebasing: bytes[start..<start + whole]))
        rest += bytes[(start + whole)...]
    }

    /// The digest of all that was taken in: 32 bytes.
    package func digest() -> [UInt8] {
        var hash = self
        // A bit, zeros, and the length of the message in bits: to the end of a block.
        let size = rest.count < 56 ? 64 : 128
        withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { tail in
            tail.initializeMemory(as: UInt8.self, repeating: 0)
            tail.copyBytes(from: rest)
            tail[rest.count] = 0x80
            tail.storeBytes(of: (count &* 8).bigEndian, toByteOffset: size - 8, as: UInt64.self)
            hash.compress(UnsafeRawBufferPointer(tail))
        }
        return [UInt8](unsafeUninitializedCapacity: 32) { bytes, initialized in
            for place in 0..<32 {
                bytes[place] = UInt8(truncatingIfNeeded: hash.state[place >> 2] >> UInt32(24 - (place & 3) * 8))
            }
            initialized = 32
        }
    }

    /// The digest in lower-case hexadecimal.
    package func hex() -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: digest().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Takes in blocks of 64 bytes; the count is a multiple of that.
    ///
    /// Every run hashes all that it emits, which would be a fifth of its work: the processor's instructions do it in
    /// a hundredth. Without them this goes through plain pointers, and eight rounds stand in a row: each names the
    /// registers one place on instead of moving all eight.
    private mutating func compress(_ blocks: UnsafeRawBufferPointer) {
        guard var block = blocks.baseAddress, !blocks.isEmpty else { return }
        if !isPortable, csha256_compress(&state, block, blocks.count / 64, Self.constants) != 0 { return }
        let end = block + blocks.count
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
            Self.constants.withUnsafeBufferPointer { constants in
                guard let w = schedule.baseAddress, let k = constants.baseAddress else { return }
                while block < end {
                    Self.expand(block, into: w)
                    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
                    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
                    var t = 0
                    while t < 64 {
                        round(a, b, c, &d, e, f, g, &h, k[t] &+ w[t])
                        round(h, a, b, &c, d, e, f, &g, k[t &+ 1] &+ w[t &+ 1])
                        round(g, h, a, &b, c, d, e, &f, k[t &+ 2] &+ w[t &+ 2])
                        round(f, g, h, &a, b, c, d, &e, k[t &+ 3] &+ w[t &+ 3])
                        round(e, f, g, &h, a, b, c, &d, k[t &+ 4] &+ w[t &+ 4])
                        round(d, e, f, &g, h, a, b, &c, k[t &+ 5] &+ w[t &+ 5])
                        round(c, d, e, &f, g, h, a, &b, k[t &+ 6] &+ w[t &+ 6])
                        round(b, c, d, &e, f, g, h, &a, k[t &+ 7] &+ w[t &+ 7])
                        t &+= 8
                    }
                    state[0] &+= a
                    state[1] &+= b
                    state[2] &+= c
                    state[3] &+= d
                    state[4] &+= e
                    state[5] &+= f
                    state[6] &+= g
                    state[7] &+= h
                    block += 64
                }
            }
        }
    }

    /// The message schedule of a block: 64 words.
    @inline(__always)
    private static func expand(_ block: UnsafeRawPointer, into w: UnsafeMutablePointer<UInt32>) {
        for t in 0..<16 {
            w[t] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: t &* 4, as: UInt32.self))
        }
        for t in 16..<64 {
            let a = w[t &- 15]
            let b = w[t &- 2]
            let s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a &>> 3)
            let s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b &>> 10)
            w[t] = w[t &- 16] &+ s0 &+ w[t &- 7] &+ s1
        }
    }
}

/// One round: of the eight registers two change.
///
/// - Parameter word: the round's constant plus its word of the schedule.
@inline(__always)
private func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
    _ h: inout UInt32, _ word: UInt32
) {
    let first = h &+ (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) &+ (g ^ (e & (f ^ g))) &+ word
    d = d &+ first
    h = first &+ (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) &+ ((a & b) | (c & (a | b)))
}

@inline(__always)
private func rotate(_ value: UInt32, _ count: UInt32) -> UInt32 { value &>> count | value &<< (32 &- count) }
