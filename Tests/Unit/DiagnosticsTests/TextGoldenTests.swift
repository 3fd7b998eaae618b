import Diagnostics
import Testing

@Suite struct TextGoldenTests {
    static let scenes: [(name: String, diagnostics: [Diagnostic])] = [
        ("container-name", [Scenes.containerName]),
        ("cycle", [Scenes.cycle]),
        ("stacked", [Scenes.stacked]),
        ("moved", [Scenes.moved]),
        ("oddities", Scenes.oddities),
        ("edges", Scenes.edges),
        ("megabyte", [Scenes.megabyte]),
    ]

    @Test(arguments: scenes.map(\.name), [80, 40])
    func text(_ name: String, width: Int) throws {
        let scene = try #require(Self.scenes.first { $0.name == name })
        try expectGolden(rendered(scene.diagnostics, .text, RenderingOptions(width: width)), "\(name)-\(width).txt")
    }

    /// The first scene, to the byte, and the summary.
    @Test func specificationExample() {
        let expected = """
            error[BP107]: two containers would be named `zixly-trading-api`
              --> strategy.yaml:48:7
               |
            48 |       trading-api:
               |       ^^^^^^^^^^^ project `zixly` names its container `zixly-trading-api`
               |
              ::: strategy.yaml:71:23
               |
            71 |       container_name: zixly-trading-api
               |                       ----------------- and so does `staging` here
               = why: one Docker engine allows one container of a name, whatever its project
               = help: remove this override, or give `staging` its own name

            bayplan: 1 error in strategy.yaml

            """
        #expect(rendered([Scenes.containerName], .text, RenderingOptions(width: 80)) == expected)
        #expect(rendered([Scenes.containerName], .text) == expected)
    }

    @Test func nothingToSay() { #expect(rendered([], .text).isEmpty) }

    @Test func colourIsApartFromLayout() {
        for (_, diagnostics) in Self.scenes {
            for width in [nil, 80, 40] {
                let plain = rendered(diagnostics, .text, RenderingOptions(width: width))
                let colored = rendered(diagnostics, .text, RenderingOptions(width: width, useColor: true))
                #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
                #expect(colored.contains("\u{1B}[1;31m") || diagnostics.allSatisfy { $0.severity != .error })
                #expect(!plain.contains("\u{1B}"))
            }
        }
    }

    @Test func colourGolden() throws {
        let text = rendered([Scenes.stacked], .text, RenderingOptions(width: 80, useColor: true))
        try expectGolden(text.replacing("\u{1B}", with: "␛"), "stacked-colour.txt")
    }
}
