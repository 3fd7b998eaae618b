import Compiler
import Diagnostics
import Emission
import SourceText
import Testing

/// BP007 for what services come to with the layers under them.
struct MergedLimitTests {
    private let long = String(repeating: "x", count: 5000)

    @Test("The largest part is shown")
    func places() throws {
        let images = "images: { a: { owner: p, build: ./a } }\n"
        let services = "projects: { p: { services: { a: , b: { image: a }, c: { image: a } } } }\n"
        func told(_ text: String, at part: String, _ label: String, _ line: Int = #line) throws {
            #expect(findings(text, 20_000 * 100).isEmpty, "line \(line)")
            let first = try #require(findings(text, 10_000).first, "line \(line)")
            let span = first.primary.location.span
            let shown = String(decoding: Array(text.utf8)[Int(span.start)..<Int(span.end)], as: UTF8.self)
            #expect(shown.hasPrefix(part) && first.primary.text == label, "line \(line): \(shown.prefix(80)), \(first)")
        }
        try told(
            images + services + "defaults: { service: { labels: { k: \(long) } } }\n", at: "{ labels",
            "this lies under every service")
        try told(
            "images: { a: { owner: p, build: ./a, service: { labels: { k: \(long) } } } }\n" + services, at: "a",
            "what stands here lies under each service that runs it")
        for other in ["", "environments: { e: { images: { a: { build: { dockerfile_inline: *text } } } } }\n"] {
            try told(
                "images: { a: { owner: p, build: { context: ./a, dockerfile_inline: &text \(long) } } }\n" + services
                    + other, at: "xxxx", "each image that is built from this writes it out")
        }
        try told(
            images + "projects: { p: { container_name: '{service}\(long)', services: { a: , b: { image: a } } } }\n",
            at: "'{service}x", "this makes the names of all services here")
        try told(
            images + services + "environments: { e: { tag: '${T:-\(long)}' } }\n", at: "e",
            "every image has its registry and tag here")
        try told(
            images + services + "environments: { e: { defaults: { service: { labels: { k: \(long) } } } } }\n",
            at: "{ labels", "this lies over every service")
        try told(
            images + "projects: { p: { services: { a: { labels: { k: \(long) } } } } }\nenvironments: { e: , f: }\n",
            at: "{ p: { services", "every environment has all of it, too")
        try told(
            "x-a: &a \(long)\n" + images + "projects: { p: { services: { a: { labels: { k: *a, l: *a } } } } }\n",
            at: "{ p: { services", "most stands here")
    }

    @Test("Every environment counts all once more, and an alias what it stands for")
    func sum() throws {
        let images = "images: { a: { owner: p, build: b } }\n"
        let services = "projects: { p: { services: { a: { labels: { k: *x, l: [*x] } } } } }\n"
        func bytes(_ length: Int, _ environments: String = "") throws -> Int {
            let anchored = "x-a: &x \(String(repeating: "x", count: length))\n"
            let found = findings(anchored + images + services + environments, 1)
            let first = try #require(found.first)
            #expect(found.count == 1 && first.help == ["`--limit-merged-bytes` raises the limit"])
            let words = "written out with what lies under them, the services come to "
            #expect(first.message.hasPrefix(words) && first.message.hasSuffix(" bytes; the limit is 1"))
            return try #require(Int(first.message.dropFirst(words.count).prefix { $0.isNumber }))
        }
        #expect(try bytes(2000) == bytes(1000) + 2000)
        #expect(try bytes(1000, "environments: { e: , f: }\n") == 3 * bytes(1000))
        let aliased = "environments: { e: { images: { a: { build: { dockerfile_inline: *x } } } } }\n"
        // Two labels and twice what builds the image, in the environment and once more; seven times where it is written.
        #expect(try bytes(2000, aliased) - bytes(1000, aliased) == (2 * 2 + 2 + 1 + 7) * 1000)
    }

    private func findings(_ text: String, _ limit: Int) -> [Diagnostic] {
        var options = PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml"))
        options.limits.mergedBytes = limit
        let source = SourceFile(path: "strategy.yaml", bytes: Array(text.utf8))
        return plan(source, options).diagnostics.sorted().filter { $0.code == .limitExceeded }
    }
}
