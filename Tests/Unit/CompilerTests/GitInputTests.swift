import Foundation
import TestSupport
import Testing

/// What reaches git from the surroundings in which the program is started.
struct GitInputTests {
    private let checkout: Checkout
    private let home: ScratchFolder

    init() throws {
        checkout = try Checkout(isCompiled: false)
        home = try ScratchFolder()
        for name in ["api", "jobs"] { try checkout.folder.write("core/\(name)/Dockerfile", "FROM scratch\nCOPY . /\n") }
        let made = try checkout.shell(
            "git init -q && git add . && git -c user.name=t -c user.email=t@t commit -qm one && : >core/api/mine")
        try #require(made.status == 0, "\(made.errors)")
    }

    private func changed(input: String? = nil, _ environment: [String: String]) throws -> String {
        let result = try checkout.bayplan("order", "--since", "HEAD", input: input, environment: environment)
        #expect(result.status == 0, "\(result.errors)")
        return result.output
    }

    @Test("What the user's own configuration never wants to see has not changed")
    func ignored() throws {
        let environment = ["HOME": home.url.path, "XDG_CONFIG_HOME": ""]
        #expect(try changed(environment).contains("core/api/mine is sent"))
        try home.write(".gitconfig", "[core]\n\texcludesFile = ~/ignored\n")
        try home.write("ignored", "mine\n")
        #expect(try changed(environment) == "no image is affected\n")
    }

    @Test("Standard input is not git's to read")
    func input() throws {
        try home.write("git", "#!/bin/sh\ncat >>\"$TAKEN\"\nPATH=${PATH#*:}\nexec git \"$@\"\n")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: home.url.appending(path: "git").path)
        let path = try #require(ProcessInfo.processInfo.environment["PATH"])
        _ = try changed(
            input: "text\n", ["PATH": home.url.path + ":" + path, "TAKEN": home.url.appending(path: "taken").path])
        #expect(try home.read("taken").isEmpty)
    }
}
