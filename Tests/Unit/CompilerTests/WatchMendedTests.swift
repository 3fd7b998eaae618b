import Compiler
import Foundation
import TestSupport
import Testing
import Workspace

/// What `bayplan compile --watch` says of what is mended in the very round that tells it.
struct WatchMendedTests {
    @Test("A manifest that is mended while its fault is told is all right again")
    func mended() throws {
        let desk = try Desk()
        let result = try desk.watch([
            ("Ctrl-C ends\n", { try desk.edit("needs: [base]", "needs: [bas]") }),
            ("did you mean `base`?", { try desk.edit("needs: [bas]", "needs: [base]") }),
            ("all right again\n", {}),
        ])
        #expect(
            result.notes == [
                "watching strategy.yaml; Ctrl-C ends", "strategy.yaml changed", "2 errors in strategy.yaml",
                "strategy.yaml changed", "all right again",
            ])
    }

    @Test("An artifact that somebody edited is written once it is out of the way")
    func refused() throws {
        let desk = try Desk()
        let name = "core/docker-compose.yml"
        var mine: [UInt8] = []
        let result = try desk.watch(
            [
                (
                    "Ctrl-C ends\n",
                    {
                        mine = try desk.folder.read(name) + Array("# mine\n".utf8)
                        try desk.folder.write(name, mine)
                        try desk.edit("8000:80", "8001:80")
                    }
                ),
                (
                    "nothing was written\n",
                    {
                        #expect(try desk.folder.read(name) == mine)
                        try desk.remove(name)
                        try desk.edit("8001:80", "8002:80")
                    }
                ),
                ("created core/docker-compose.yml\n", {}),
            ])
        #expect(result.status == .clean)
        #expect(
            result.notes == [
                "watching strategy.yaml; Ctrl-C ends", "strategy.yaml changed", "1 error in core/docker-compose.yml",
                "nothing was written", "strategy.yaml changed", "all right again",
            ])
        #expect(result.errors.contains("error[BP602]: core/docker-compose.yml was edited since"), "\(result.errors)")
    }

    @Test("What keeps a round from running is told, and the next change awaited")
    func hindered() throws {
        let desk = try Desk()
        var lock: [UInt8] = []
        let result = try desk.watch(
            [
                (
                    "Ctrl-C ends\n",
                    {
                        lock = try desk.folder.read("bayplan.lock")
                        try desk.remove("bayplan.lock")
                        try desk.folder.write("bayplan.lock/x", "")
                        try desk.edit("8000:80", "8001:80")
                    }
                ),
                (
                    "cannot use bayplan.lock",
                    {
                        try desk.remove("bayplan.lock")
                        try desk.folder.write("bayplan.lock", lock)
                        try desk.edit("8001:80", "8002:80")
                    }
                ),
                ("updated core/docker-compose.yml\n", {}),
            ])
        #expect(result.status == .clean)
        #expect(
            result.notes == [
                "watching strategy.yaml; Ctrl-C ends", "strategy.yaml changed",
                "cannot use bayplan.lock: it is a folder", "strategy.yaml changed", "all right again",
            ])
    }
}
