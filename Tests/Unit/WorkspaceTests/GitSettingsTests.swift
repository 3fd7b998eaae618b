import Testing

@testable import Workspace

/// What of a repository's configuration is taken over: words that are known, and names.
struct GitSettingsTests {
    private func settings(_ entries: String...) -> GitSettings {
        GitSettings(Array(entries.joined(separator: "\0").utf8) + [0])
    }

    @Test(
        "A truth value in each spelling of git's; what is none is left out",
        arguments: [
            ("core.filemode\nfalse", "false"), ("core.filemode\nNO", "false"), ("core.filemode\noff", "false"),
            ("core.filemode\n0", "false"), ("core.filemode\n", "false"), ("core.filemode", "true"),
            ("core.filemode\nyes", "true"), ("core.filemode\nOn", "true"), ("core.filemode\n1", "true"),
            ("core.filemode\nmaybe", nil), ("core.other\ntrue", nil), ("core.fsmonitor\ntrue", nil),
        ] as [(String, String?)])
    func booleans(_ entry: String, _ value: String?) {
        #expect(settings(entry).text == (value.map { "[core]\n\tfilemode = \"\($0)\"\n" } ?? ""))
    }

    @Test(
        "Words are those that are known; what `@{upstream}` means is kept, and what is run is not",
        arguments: [
            ("core.checkstat\nMinimal", "[core]\n\tcheckstat = \"minimal\"\n"), ("core.checkstat\nelse", ""),
            ("extensions.objectformat\nsha256", "[extensions]\n\tobjectformat = \"sha256\"\n"),
            ("extensions.refstorage\nreftable", "[extensions]\n\trefstorage = \"reftable\"\n"),
            ("branch.main.remote\norigin", "[branch \"main\"]\n\tremote = \"origin\"\n"),
            ("branch.a.b.merge\nrefs/heads/x", "[branch \"a.b\"]\n\tmerge = \"refs/heads/x\"\n"),
            ("branch.main.rebase\ntrue", ""),
            ("remote.origin.fetch\n+a:b", "[remote \"origin\"]\n\tfetch = \"+a:b\"\n"),
            ("remote.origin.url\nx", ""), ("remote.origin.uploadpack\nrm", ""), ("filter.f.clean\nrm", ""),
            ("branch.q\"u\\o.remote\na\nb", "[branch \"q\\\"u\\\\o\"]\n\tremote = \"a\\nb\"\n"),
            ("nodot\nx", ""),
        ])
    func texts(_ entry: String, _ text: String) { #expect(settings(entry).text == text) }

    @Test func kinds() {
        #expect(settings("core.bare\ntrue").isBare && settings("core.bare").isBare)
        #expect(!settings("core.bare\nfalse").isBare && !settings("core.bare\nnonsense").isBare && !settings("").isBare)
        #expect(settings("extensions.partialclone\norigin").isPartial)
        #expect(settings("remote.origin.promisor\ntrue").isPartial)
        #expect(!settings("remote.origin.fetch\nx", "branch.x.promisor\ntrue").isPartial)
        #expect(settings("core.bare\ntrue", "core.filemode\ntrue", "core.symlinks\nfalse").text.contains("symlinks"))
    }
}
