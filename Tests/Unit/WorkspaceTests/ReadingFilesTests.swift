import Foundation
import SourceText
import TestSupport
import Testing

@testable import Workspace

/// Files that are named or found: what each is, and why it is none.
struct ReadingFilesTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        let made = try Tool.run(
            [
                "sh", "-ec",
                """
                mkdir -p top/in/.git-not top/.git out d.yaml; printf abc >top/real.yaml; printf abc >top/real.txt
                printf abc >out/x.yaml; printf abc >top/.git/c.yaml; mkfifo pipe
                cd top/in; ln -s ../real.yaml good.yaml; ln -s ../real.txt text.yaml; ln -s ../../out/x.yaml away.yaml
                ln -s ../.git/c.yaml git.yaml; ln -s nowhere none.yaml; ln -s good.yaml twice.yaml
                ln -s /proc/self/environ proc.yaml; : >empty.yaml
                """,
            ], in: folder.url)
        try #require(made.status == 0, "\(made.errors)")
    }

    private static let outside = "it is a symbolic link to a file outside"

    @Test(
        "A manifest is a file; a link is followed to one below the root, with a name of YAML",
        arguments: [
            ("top/real.yaml", nil, "abc"), ("top/real.txt", nil, "abc"), ("top/in/empty.yaml", nil, ""),
            ("top/in/good.yaml", nil, "abc"), ("top/in/twice.yaml", nil, "abc"),
            ("top/in/good.yaml", "top/in", "P: \(outside) R, and a manifest may not lead there"),
            ("top/in/away.yaml", nil, "P: \(outside) "), ("top/in/away.yaml", "", "abc"),
            ("top/in/git.yaml", nil, "P: it is a symbolic link into git's own folder"),
            (
                "top/in/text.yaml", nil,
                "P: it is a symbolic link to a file whose name does not end in `.yaml` or `.yml`"
            ),
            ("top/in/none.yaml", nil, "P: No such file or directory"), ("top/in/proc.yaml", nil, "P: \(outside) "),
            ("d.yaml", nil, "P: it is a folder, not a file"), ("pipe", nil, "P: it is a pipe, not a file"),
            ("/dev/null", nil, "P: it is a device, not a file"),
            ("/proc/self/environ", nil, "P: it is no file of a disk, but tells of a process"),
            ("top/reel.yaml", nil, "P: No such file or directory; did you mean `real.yaml`, which lies there?"),
        ] as [(String, String?, String)])
    func manifests(_ name: String, _ root: String?, _ expected: String) throws {
        let path = name.hasPrefix("/") ? name : folder.url.path + "/" + name
        let root = root.map { folder.url.path + "/" + $0 }
        do {
            let bytes = try readManifest(path, below: root, limit: 3)
            #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == expected)
        } catch {
            let message = expected.replacing("P:", with: "cannot read \(path):").replacing(
                " R,", with: " \(root ?? ""),")
            #expect(error.message.hasPrefix(message), "\(error.message)")
        }
    }

    @Test("A file is read to the limit, whatever size it tells")
    func limits() throws {
        let path = folder.url.path + "/top/real.yaml"
        #expect(try readManifest(path, below: nil, limit: 2) == nil)
        #expect(try readManifest(path, below: nil, limit: 3)?.count == 3)
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        try folder.write("large", bytes)
        for (hint, limit, isAll) in [
            (0, 1 << 20, true), (-1, 1 << 20, true), (300_000, 300_000, true), (1 << 20, 1 << 20, true),
            (299_999, 300_000, true), (300_000, 299_999, false), (0, 299_999, false), (0, 0, false),
        ] {
            let descriptor = systemOpen(folder.url.path + "/large", O_RDONLY)
            defer { close(descriptor) }
            let found = try readAll(descriptor, sizeHint: hint, limit: limit, path: "large")
            #expect(found == (isAll ? bytes : nil), "\(hint) \(limit)")
        }
        let error = #expect(throws: SystemFailure.self) { try readAll(-1, sizeHint: 0, limit: 1, path: "it") }
        #expect(error?.message == "cannot read it: Bad file descriptor")
    }

    @Test func same() {
        #expect(isSame([], []) && isSame([1, 2], [1, 2]))
        #expect(!isSame([1, 2], [1, 3]) && !isSame([1], [1, 2]) && !isSame([], [1]))
    }

    @Test("A stamp differs once something else is there, and follows a link if it is asked to")
    func stamps() throws {
        func path(_ name: String) -> String { folder.url.path + "/" + name }
        func stamp(_ name: String, _ follows: Bool = true) -> FileStamp {
            FileStamp(ofFile: path(name), followsLinks: follows)
        }
        let real = stamp("top/real.yaml")
        #expect(real.isThere && real.hasContent && real.size == 3 && real == stamp("top/in/good.yaml"))
        #expect(stamp("top/in/good.yaml", false) != real && stamp("top/in/none.yaml", false).isThere)
        #expect(!stamp("top/in/none.yaml").isThere && !stamp("nosuch").hasContent)
        #expect(stamp("top/in/empty.yaml").isThere && !stamp("top/in/empty.yaml").hasContent)
        let (loose, strict) = (
            FileStamp(ofFolder: path("out"), noticesNames: false), FileStamp(ofFolder: path("out"), noticesNames: true)
        )
        try folder.write("out/new", "")
        #expect(FileStamp(ofFolder: path("out"), noticesNames: false) == loose && loose.isThere)
        #expect(FileStamp(ofFolder: path("out"), noticesNames: true) != strict)
        #expect(!FileStamp(ofFolder: path("nosuch"), noticesNames: false).isThere)
        try folder.write("top/real.yaml", "abcd")
        #expect(stamp("top/real.yaml") != real)
    }

    @Test("A report goes over an empty file, a report of its kind, and into a pipe or a device; over nothing else")
    func reports() throws {
        func write(_ name: String) throws {
            try writeReport(Array("new\n".utf8), "json", to: folder.url.path + "/" + name) {
                $0.count <= 64 << 10 && $0.starts(with: Array("old".utf8))
            }
        }
        let long = "old" + String(repeating: "x", count: 200_000)
        for (name, old) in [("r1", nil), ("r2", ""), ("r3", "old and longer"), ("r4", long)] as [(String, String?)] {
            if let old { try folder.write(name, old) }
            try write(name)
            #expect(try folder.read(name) == Array("new\n".utf8), "\(name)")
        }
        try folder.write("other", "mine")
        for (name, message) in [
            ("other", "it is there and is no json report of bayplan's; name another file, or remove it"),
            ("top/in/none.yaml", "it is a symbolic link to nothing; name another file, or remove it"),
            ("out", "Is a directory"), ("nosuch/x", "No such file or directory"),
        ] {
            let error = #expect(throws: SystemFailure.self) { try write(name) }
            #expect(error?.message == "cannot write \(folder.url.path)/\(name): \(message)")
        }
        #expect(try folder.read("other") == Array("mine".utf8))
        #expect(Discovery.names(in: folder.url.path + "/top/in").filter { $0 == "nowhere" } == [])
    }
}
