import Foundation
import TestSupport
import Testing

@testable import Workspace

/// Programs that are run: what they are given, and what is told of them.
struct SubprocessTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test(
        "A program's status and output; a signal counts from 128",
        arguments: [
            ("printf out; echo err >&2; exit 3", 3, "out"), ("kill -9 $$", 137, ""), ("true", 0, ""),
            ("printf \"$ONE.$TWO.$BAYPLAN_T\"", 0, "1..set"), ("cat", 0, ""),
            ("head -c 70000 /dev/zero | tr '\\0' x", 0, String(repeating: "x", count: 70_000)),
        ])
    func programs(_ line: String, _ status: Int32, _ output: String) throws {
        setenv("OUT_OF_IT", "1", 1)
        let result = try Subprocess.run(
            ["sh", "-c", line], variables: ["ONE=1", "BAYPLAN_T=set"], without: "OUT_",
            errors: folder.url.path + "/errors",
            limit: 1 << 20)
        #expect(result.status == status && String(decoding: result.output, as: UTF8.self) == output)
        #expect(try String(decoding: folder.read("errors"), as: UTF8.self) == (status == 3 ? "err\n" : ""))
    }

    @Test("Variables come in place of the process's own; those of a prefix do not come")
    func environment() throws {
        setenv("OUT_OF_IT", "1", 1)
        setenv("TEST_OF_IT", "old", 1)
        let result = try Subprocess.run(
            ["env"], variables: ["TEST_OF_IT=new"], without: "OUT_", errors: "/dev/null", limit: 1 << 20)
        let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("TEST_OF_IT=") || $0.hasPrefix("OUT_") } == ["TEST_OF_IT=new"])
        #expect(lines.contains { $0.hasPrefix("PATH=") })
    }

    @Test("A program is ended by a signal that whoever starts it holds back")
    func signals() throws {
        let result = try Interruption.hold { () throws(SystemFailure) in
            try Subprocess.run(
                ["sh", "-c", "kill -TERM $$; echo alive"], variables: [], without: "OUT_", errors: "/dev/null",
                limit: 1 << 20)
        }
        #expect(result.status == 128 + SIGTERM && result.output.isEmpty)
    }

    @Test("Of the pipe that a program writes to it has standard output and no other descriptor")
    func descriptors() throws {
        let line = "for file in /dev/fd/*; do if [ $file -ef /dev/fd/1 ]; then echo $file; fi; done"
        let result = try Subprocess.run(
            ["sh", "-c", line], variables: [], without: "OUT_", errors: "/dev/null", limit: 1 << 20)
        #expect(String(decoding: result.output, as: UTF8.self) == "/dev/fd/1\n")
    }

    @Test("A program that says too much, or is not there, is a failure")
    func failures() throws {
        func failure(_ words: String..., limit: Int = 4) -> String? {
            #expect(throws: SystemFailure.self) {
                try Subprocess.run(words, variables: [], without: "GIT_", errors: "/dev/null", limit: limit)
            }?.message
        }
        #expect(failure("sh", "-c", "printf 12345; exec sleep 1000") == "sh says more than 4 bytes")
        #expect(failure("/nosuch/program") == "cannot run /nosuch/program: No such file or directory")
        #expect(
            try Subprocess.run(["printf", "1234"], variables: [], without: "GIT_", errors: "/dev/null", limit: 4).output
                .count
                == 4)
    }
}
