import Diagnostics
import Foundation
import Testing

/// Which files a report may replace: earlier ones of its format alone.
struct ReportBeginningTests {
    private static let some = MachineFormatTests.some

    @Test("A report of each format is one of that format, and of no other", arguments: OutputFormat.allCases)
    func reports(_ format: OutputFormat) {
        for diagnostics in [Self.some, Array(Self.some.dropFirst()), MachineFormatTests.hostile, []] {
            let bytes = render(diagnostics, as: format)
            if bytes.isEmpty { continue }
            for other in OutputFormat.allCases {
                #expect(other.isBeginning(bytes) == (other == format), "\(other) for \(format)")
            }
        }
    }

    @Test("Blanks between the values of JSON do not matter")
    func laidOutAnew() throws {
        for format in [OutputFormat.json, .sarif, .gitlab] {
            let bytes = render(Self.some, as: format)
            #expect(format.isBeginning(bytes.filter { $0 != 0x0A }))
            #expect(format.isBeginning(Array(String(decoding: bytes, as: UTF8.self).replacing("  ", with: "\t").utf8)))
        }
    }

    @Test(
        "Nothing else is one",
        arguments: [
            "version: 1\nname: sample\n", "services:\n  api:\n    image: api\n", "# bayplan\n", "{}", "[", "null\n",
            "{\"a\": 1}",
            "{\"schema\": 1, \"images\": []}", "[{\"name\": \"x\"}]", "[1]", "FROM scratch\n", "#!/bin/sh\n",
            "error: x\n",
            "error[BP1]: x\n", "a: b: error\n", "::set-output name=x::y\n", "<?xml version=\"1.0\"?>\n<project/>\n",
            "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\", "
                + "\"runs\": [{\"tool\": {\"driver\": {\"name\": \"another\"}}}]}",
        ])
    func others(_ text: String) {
        for format in OutputFormat.allCases {
            #expect(!format.isBeginning(Array(text.utf8)), "\(format)")
        }
    }
}
