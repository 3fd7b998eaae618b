import Diagnostics
import Foundation
import Testing

@Suite struct JSONWriterTests {
    private func text(_ layout: JSONWriter.Layout, _ body: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter(layout)
        body(&json)
        return String(decoding: json.finish(), as: UTF8.self)
    }

    private func document(_ json: inout JSONWriter) {
        json.object { json in
            json.member("text", "a")
            json.member("number", -5)
            json.member("yes", true)
            json.member("none", orNull: nil)
            json.object("empty") { _ in }
            json.array("items", of: [1, 2]) { $0.number($1) }
            json.array("nothing") { _ in }
            json.array("nested") { json in
                json.object { $0.member("k", "v") }
                json.null()
            }
        }
    }

    @Test func compact() {
        let expected =
            #"{"text":"a","number":-5,"yes":true,"none":null,"empty":{},"items":[1,2],"nothing":[],"#
            + #""nested":[{"k":"v"},null]}"#
        #expect(text(.compact, document) == expected)
    }

    @Test func pretty() {
        #expect(
            text(.pretty, document) == """
                {
                  "text": "a",
                  "number": -5,
                  "yes": true,
                  "none": null,
                  "empty": {},
                  "items": [
                    1,
                    2
                  ],
                  "nothing": [],
                  "nested": [
                    {
                      "k": "v"
                    },
                    null
                  ]
                }

                """)
    }

    @Test func everyScalarComesBack() throws {
        var all = String.UnicodeScalarView()
        for value in UInt32(0)...0x2FFF { if let scalar = Unicode.Scalar(value) { all.append(scalar) } }
        all.append(contentsOf: "\u{FEFF}\u{FFFE}\u{FFFF}\u{10FFFF}\u{E0041}😀##[x]##\"\\/".unicodeScalars)
        let bytes = text(.compact) { $0.array { $0.string(String(all)) } }
        let back = try JSONSerialization.jsonObject(with: Data(bytes.utf8)) as? [String]
        #expect(back?.first.map { Array($0.unicodeScalars) } == Array(all))
        #expect(bytes.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } && !bytes.contains("##["))
    }

    @Test func bytesThatAreNoUTF8() {
        #expect(
            text(.compact) { $0.string(utf8: [0x61, 0xFF, 0x62, 0xED, 0xA0, 0x80]) }
                == "\"a\u{FFFD}b\u{FFFD}\u{FFFD}\u{FFFD}\"")
    }
}
