import Foundation
import TestSupport
import Testing

@testable import Workspace

/// The lock's hash is the one that everybody computes.
struct SHA256Tests {
    @Test("The examples of FIPS 180-4")
    func examples() {
        #expect(SHA256.hex(of: []) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            SHA256.hex(of: Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("A message taken in by pieces of any length has the digest of the whole")
    func pieces() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        for length in [1, 2, 63, 64, 65, 127, 128, 500] {
            var hash = SHA256()
            var early = ""
            for start in stride(from: 0, to: bytes.count, by: length) {
                hash.append(Array(bytes[start..<min(start + length, bytes.count)]))
                hash.append([])
                // To ask for a digest ends nothing.
                early = hash.hex()
            }
            #expect(hash.hex() == SHA256.hex(of: bytes) && early == hash.hex(), "\(length)")
        }
    }

    @Test(
        "Every length to 300 and some long ones, as sha256sum says",
        .enabled(if: Tool.sha256sum.isExpected, "sha256sum is not installed"))
    func random() throws {
        var generator = SystemRandomNumberGenerator()
        let folder = try ScratchFolder()
        var expected: [String: String] = [:]
        for size in Array(0...300) + [4095, 4096, 65_537, 1_000_003] {
            let bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
            try folder.write("\(size)", bytes)
            expected["\(size)"] = SHA256.hex(of: bytes)
            // Where the processor has instructions for it, this is the other way to the same digest.
            #expect(SHA256.hex(of: bytes, portably: true) == expected["\(size)"])
        }
        let result = try Tool.sha256sum.run(expected.keys.sorted(), in: folder.url)
        #expect(result.status == 0)
        var found: [String: String] = [:]
        for line in result.output.split(separator: "\n") {
            let words = line.split(separator: " ")
            found[String(words[1])] = String(words[0])
        }
        #expect(found == expected)
    }
}
