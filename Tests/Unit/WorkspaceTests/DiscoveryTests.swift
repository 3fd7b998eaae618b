import Foundation
import TestSupport
import Testing

@testable import Workspace

/// Roots, places below them and names that lie near, as a command line means them.
struct DiscoveryTests {
    private let folder: ScratchFolder
    private var top: String { folder.url.path }

    init() throws {
        folder = try ScratchFolder()
        let made = try Tool.run(
            [
                "sh", "-ec",
                "mkdir -p a/b/.git a/b/c d; : >d/.git; : >d/file; ln -s ../a/b d/link; ln -s nosuch e; ln -s x a/.git",
            ],
            in: folder.url)
        try #require(made.status == 0)
    }

    @Test("The nearest .git above makes the root, whatever it is; else the manifest's folder")
    func checkouts() throws {
        #expect(Discovery.checkoutTop(of: top + "/a/b/c") == top + "/a/b")
        #expect(Discovery.checkoutTop(of: top + "/a/b") == top + "/a/b")
        #expect(Discovery.checkoutTop(of: top + "/a") == top + "/a")
        #expect(Discovery.checkoutTop(of: top + "/d/link/c") == top + "/a/b")
        #expect(Discovery.checkoutTop(of: "/") == nil && Discovery.checkoutTop(of: top + "/nosuch") == nil)
        #expect(try Discovery.root(nil, of: top + "/a/b/c") == top + "/a/b")
        #expect(try Discovery.root(top + "/d/link", of: top + "/d") == top + "/a/b")
        #expect(try Discovery.root(nil, of: top + "/a/b/c", holding: top + "/d") == top)
        for (stated, held) in [("/nosuch", nil), (nil, "/nosuch")] as [(String?, String?)] {
            let error = #expect(throws: SystemFailure.self) { try Discovery.root(stated, of: top, holding: held) }
            #expect(error?.message == "there is no folder /nosuch, which is to be the root")
        }
        #expect(Discovery.common("/a/b", "/a/bc") == "/a" && Discovery.common("/a", "/b") == "/")
    }

    @Test(
        "A path below the root resolves the links of folders that are there, and not its last part",
        arguments: [
            ("a/b/c", "a/b/c"), ("d/link", "d/link"), ("d/link/x", "a/b/x"), ("d/link/c/x/y", "a/b/c/x/y"), ("e", "e"),
            ("e/x", "e/x"), ("nosuch/x/../y", "nosuch/y"), ("..", nil), ("../x", nil), (".", ""),
            ("d/link/../x", "d/x"),
            (String(repeating: "a/", count: 300), nil),
        ] as [(String, String?)])
    func places(_ path: String, _ place: String?) {
        #expect(Discovery.place(of: top + "/" + path, below: top)?.joined(separator: "/") == place)
    }

    @Test func kinds() {
        #expect(Discovery.isFile(top + "/d/file") && !Discovery.isFile(top + "/d") && !Discovery.isFile(top + "/e"))
        #expect(
            Discovery.isFolder(top + "/d/link") && !Discovery.isFolder(top + "/d/file")
                && !Discovery.isFolder(top + "/e"))
        #expect(Discovery.names(in: top) == ["a", "d", "e"] && Discovery.names(in: top + "/nosuch") == [])
        #expect(Discovery.names(in: top + "/d") == [".git", "file", "link"])
        #expect(Discovery.canonical("") == Discovery.canonical(".") && Discovery.canonical(top + "/e") == nil)
        #expect(Discovery.components(from: top, to: top + "/a/b") == ["a", "b"])
        #expect(Discovery.components(from: top + "/a", to: top) == nil)
    }

    @Test func suggestions() {
        #expect(Discovery.suggestion(for: top + "/d/flie") == "; did you mean `file`, which lies there?")
        #expect(Discovery.suggestion(for: top + "/d/other") == "")
        #expect(Discovery.suggestion(for: top + "/nosuch/file") == "")
    }

    @Test func readable() throws {
        try Discovery.expectReadable(nil, "the root")
        try Discovery.expectReadable("a", "the root")
        let long = String(repeating: "a", count: 4097)
        let error = #expect(throws: SystemFailure.self) { try Discovery.expectReadable(long, "the root") }
        #expect(error?.message == "the root has a path that is not read: it is longer than 4096 bytes")
    }
}
