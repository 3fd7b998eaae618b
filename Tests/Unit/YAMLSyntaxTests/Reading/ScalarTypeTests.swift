import Foundation
import TestSupport
import Testing

@testable import YAMLSyntax

/// What plain scalars are to Compose, measured with 2.26.1.
struct ScalarTypeTests {
    @Test(arguments: [
        (ScalarType.integer, "0 12 -3 +1 010 0o14 0O14 -0o14 0x1F +0x1F 0b11 -0b11 0B11 1_000 1_ 18446744073709551615"),
        (.integer, "-9223372036854775808 9223372036854775808"),
        (.float, "1.10 1e3 08 0_8 .5 -.5e3 .5_5 .1_0e3 1_.5 .inf -.INF .NaN 123456789012345678901234567890 1e-1000"),
        (.float, "18446744073709551616 018446744073709551616"),
        (
            .string,
            "1e1000 0xFFFFFFFFFFFFFFFFFF 0b 0b2 0xG 22:22 on yes no y n OFF nULL tRUE . .. + - -- ._1 .5_ .1__0 1.2.3 e3"
        ),
        (.boolean, "true True TRUE false False FALSE"), (.null, "~ null Null NULL"),
        (.timestamp, "2024-01-01 2024-1-1 0000-01-01 2024-02-29 2001-12-14t21:59:43.10-05:00 2001-12-14T21:59:43Z"),
        (.timestamp, "2016-12-31T23:59:59+01:00"),
        (.string, "2023-02-29 2024-13-45 2024-01 2001-12-14T2:9:3+1 2001-12-14T21:59:43 2016-12-31T24:00:00Z 24-01-01"),
    ])
    func words(_ type: ScalarType, _ words: String) {
        for word in words.split(separator: " ") {
            let found = Array(word.utf8).withUnsafeBufferPointer { plainScalarType($0) }
            #expect(found == type, "\(word)")
        }
    }

    @Test(arguments: [
        (ScalarType.timestamp, "2016-12-31 23:59:59.5"), (.timestamp, "2024-01-01 0:0:0"),
        (.string, "2016-12-31 23:59:59."), (.string, "2024-01-01 00:00:00 +1"), (.string, "2001-12-14 21:59:43Z"),
        (.null, ""),
    ])
    func withBlanks(_ type: ScalarType, _ text: String) {
        #expect(Array(text.utf8).withUnsafeBufferPointer { plainScalarType($0) } == type, "\(text)")
    }

    /// Random numbers and times, plain, are to us what they are to Compose.
    @Test(.enabled(if: Tool.compose.isExpected, "docker compose is not installed"))
    func compose() throws {
        // Between letters and signs, so that none begins with an indicator or ends in one.
        let texts = ScalarCorpus.random(6000, of: ScalarCorpus.numericPieces)
            .map { String(decoding: $0, as: UTF8.self) }
            .filter { text in
                !text.hasPrefix(" ") && !text.hasPrefix(",") && !text.hasPrefix(":") && !text.hasPrefix("- ")
                    && text != "-" && !text.hasSuffix(" ") && !text.hasSuffix(":") && !text.contains(": ")
            }
        let scratch = try ScratchFolder()
        let document = "name: types\nx-all:\n" + texts.map { "  - \($0)\n" }.joined()
        try scratch.write("document.yaml", Array(document.utf8))
        let read = try Tool.compose.run(
            ["-f", "document.yaml", "config", "--no-interpolate", "--format", "json"], in: scratch.url)
        #expect(read.status == 0, "\(read.errors.prefix(2000))")
        let found = try JSONSerialization.jsonObject(with: Data(read.output.utf8)) as? [String: Any]
        let values = try #require(found?["x-all"] as? [Any])
        try #require(values.count == texts.count)
        var counts: [ScalarType: Int] = [:]
        for (text, value) in zip(texts, values) {
            let type = Array(text.utf8).withUnsafeBufferPointer { plainScalarType($0) }
            counts[type, default: 0] += 1
            switch type {
            case .string: #expect(value as? String == text)
            case .timestamp:
                #expect((value as? String).map { $0.wholeMatch(of: /\d{4}-\d\d-\d\dT.*/) != nil } == true, "\(text)")
            case .integer, .float: #expect(value is NSNumber, "\(text)")
            case .boolean, .null: Issue.record("\(text) is \(type)")
            }
        }
        print(
            "Types as Compose reads them:", counts.sorted { "\($0.key)" < "\($1.key)" }.map { "\($0.key) \($0.value)" })
    }
}
