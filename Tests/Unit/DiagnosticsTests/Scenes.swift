import Diagnostics
import SourceText

/// Diagnostics that show each habit of the renderer once; the goldens hold them whole.
enum Scenes {
    static let manifest: Sample = {
        var lines = ["version: 1", "projects:", "  zixly:", "    services:"]
        lines += (5...47).map { "      # line \($0)" }
        lines += ["      trading-api:", "        image: trading-api"]
        lines += (50...70).map { "      # line \($0)" }
        lines += ["      container_name: zixly-trading-api", ""]
        return Sample("strategy.yaml", lines.joined(separator: "\n"))
    }()

    /// Two containers of one name, of which one states it.
    static let containerName = Diagnostic(
        .containerNameTaken, "two containers would be named `zixly-trading-api`",
        at: manifest.label("trading-api", 1, "project `zixly` names its container `zixly-trading-api`"),
        also: [manifest.label("zixly-trading-api", 1, "and so does `staging` here")],
        why: "one Docker engine allows one container of a name, whatever its project",
        help: ["remove this override, or give `staging` its own name"])

    private static let images = Sample(
        "strategy.yaml",
        """
        images:
          base: { build: ., needs: [worker] }
          # between
          worker:
            needs: [api]
            build: worker


          api: { needs: [base], build: api }
        """)

    private static let dockerfile = Sample("worker/Dockerfile", "FROM api:latest AS run\nRUN true\n")

    /// Labels in line order, one line and several lines apart, and a label in another file.
    static let cycle = Diagnostic(
        .imageCycle, "images are built on each other: `base` → `worker` → `api` → `base`",
        at: images.label("worker", 1, "`base` needs `worker`"),
        also: [
            images.label("api", 2, "declared here"), images.label("api", 1, "`worker` needs `api`"),
            Diagnostic.Label(dockerfile.place("api:latest"), "and is built FROM it"),
            images.label("base", 2, "`api` needs `base`"), images.label("base", 1),
        ],
        why: "none of them can be built first")

    private static let ports = Sample(
        "strategy.yaml", "    ports: [\"8080:80\", \"9090:90\", \"8080:81\"]\n")

    /// Labels that stack below their line, with a fix.
    static let stacked = Diagnostic(
        .wrongComposeType, "port 8080 is published twice",
        at: ports.label("8080", 2, "published again"),
        also: [
            ports.label("\"8080:80\"", 1, "first published here"),
            ports.label("9090", 1, "this one is free of trouble"),
            ports.label("ports", 1, "in this list"),
        ],
        help: ["publish each port once"],
        fix: Fix(
            title: "publish 8081 instead",
            edits: [Fix.Edit(Span(ports.span("8080", 2).start, ports.span("8080", 2).end), "8081")]))

    private static let compose = Sample(
        "strategy.yaml",
        "services:\n  web:\n    image: web\n    build: .\n    restart: always\n  db:\n    image: db\n")

    /// A fix that removes a whole line and one that adds lines.
    static let moved = Diagnostic(
        .buildInService, "service `web` carries a `build`", at: compose.label("build", 1, "builds belong to images"),
        fix: Fix(
            title: "move it to the image",
            edits: [
                Fix.Edit(Span(0, 0), "images:\n  web: { build: . }\n"),
                Fix.Edit(
                    Span(compose.span("    build: .\n").start, compose.span("    build: .\n").end), ""),
            ]))

    private static let odd = Sample(
        "odd.yaml",
        bytes: [0xEF, 0xBB, 0xBF]
            + Array(
                "\tkey:\tvalue\r\n名前: 東京サーバー # e\u{301}te\u{301}\r\nbad: \u{1B}[31mred\u{202E}\u{0} end\r\n".utf8)
            + [0xFF, 0xFE, 0x0D, 0x0A] + Array("last: x".utf8))

    /// Byte order mark, CRLF, tabs, wide and combining characters, controls, bytes that are no UTF-8, end of file.
    static let oddities: [Diagnostic] = [
        Diagnostic(.yamlSyntax, "a tab cannot indent YAML", at: odd.at(0, 4, "YAML allows only spaces here")),
        Diagnostic(.wrongType, "a tab inside", at: odd.label("value", 1, "after two tabs")),
        Diagnostic(
            .invalidImageName, "`東京サーバー` is no image name", at: odd.label("東京サーバー", 1, "wide: 名"),
            also: [odd.label("te\u{301}", 1, "combining")]),
        Diagnostic(
            .unknownKey, "a \u{1B}[31mred\u{1B}[0m message\r\nof two lines", at: odd.label("red", 1, "\u{202E}label"),
            also: [odd.label("end", 1, "after an override and a NUL")], why: "tab\there, \u{9B}2J there"),
        Diagnostic(.notUTF8, "these bytes are no UTF-8", at: odd.label("end\r\n", 1, "the line before")),
        Diagnostic(
            .missingKey, "a key is missing", at: odd.at(odd.file.bytes.count, odd.file.bytes.count, "at the end")),
    ]

    /// Empty files, spans over several lines, spans beyond the end.
    static let edges: [Diagnostic] = [
        Diagnostic(.missingKey, "`version` is missing", at: Sample("empty.yaml", "").at(0, 0, "nothing here")),
        Diagnostic(
            .missingKey, "`images` is missing", at: Sample("end.yaml", "version: 1\n").at(11, 11, "expected here")),
        Diagnostic(.limitExceeded, "beyond the end", at: Sample("end.yaml", "version: 1\n").at(90, 99, "clamped")),
        Diagnostic(
            .wrongType, "a mapping is no string", at: compose.at(10, 60, "this mapping begins here")),
        Diagnostic(.fileNotFound, "no such file", at: Sample("<stdin>", "x").at(0, 1)).with(.info),
    ]

    /// A line of a megabyte with two spans that no window holds together.
    static let megabyte: Diagnostic = {
        let filler = String(repeating: "名前 text, ", count: 40_000)
        let line = Sample("long.yaml", "short: 1\nkey: [\(filler)culprit, \(filler)accomplice, \(filler)]\n")
        return Diagnostic(
            .duplicateKey, "`culprit` is named twice", at: line.label("culprit", 1, "here first"),
            also: [line.label("accomplice", 1, "then here"), line.label("key", 1, "in this list")])
    }()
}
