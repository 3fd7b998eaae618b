import Compiler
import Diagnostics
import Emission
import SourceText
import Testing

/// BP007 for what a manifest declares.
struct DeclarationLimitTests {
    @Test(
        "Every environment counts all images, projects and services once more, and as forty by itself",
        arguments: [47, 48])
    func environments(limit: Int) {
        let findings = findings(
            """
            version: 1
            images: { a: { pull: "redis:7" } }
            projects: { p: { services: { a: , b: { image: a } } } }
            environments: { e: { tag: x } }
            """, limit)
        let told = findings.filter { $0.code == .limitExceeded }
        #expect(told.isEmpty == (limit == 48))
        if let first = told.first {
            #expect(
                first.message
                    == "4 images, projects and services, in development and in every environment, come to 48; the limit is 47"
            )
            #expect(findings.count == 1)
        }
    }

    @Test("Where the most stands is shown")
    func place() {
        let findings = findings("version: 1\nimages: {}\nprojects: { p: { services: { a: , b: , c: } } }\n", 3)
        #expect(findings.map(\.message) == ["4 images, projects and services are declared; the limit is 3"])
        #expect(findings.first?.primary.location.span == Span(22, 30))
    }

    private func findings(_ text: String, _ limit: Int) -> [Diagnostic] {
        var options = PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml"))
        options.limits.declarations = limit
        return plan(SourceFile(path: "strategy.yaml", bytes: Array(text.utf8)), options).diagnostics.sorted()
    }
}
