import Foundation
import TestSupport
import Testing

/// How artifacts reach the disk: modes, faults of the machine, runs that are cut short, runs at once.
struct WritingTests {
    @Test func modesAreKept() throws {
        let checkout = try Checkout()
        try checkout.shell("chmod 600 core/docker-compose.yml bayplan.lock; chmod 700 scripts/build.sh")
        try checkout.edit("./api", "./other")
        #expect(try checkout.bayplan("compile", "--no-builds").status == 0)
        let modes = try checkout.shell("stat -c '%a %n' core/docker-compose.yml scripts/build.sh bayplan.lock").output
        #expect(modes == "600 core/docker-compose.yml\n700 scripts/build.sh\n600 bayplan.lock\n")
        #expect(try checkout.shell("umask").output != "", "new files have what the umask leaves")
        try checkout.shell("rm -r scripts core/docker-compose.yml; umask 027; exec \"$bayplan\" compile --no-builds")
        let fresh = try checkout.shell("stat -c '%a %n' core/docker-compose.yml scripts/build.sh scripts").output
        #expect(fresh == "640 core/docker-compose.yml\n750 scripts/build.sh\n750 scripts\n")
    }

    @Test("A run whose standard input is closed does what any does, although a file is descriptor 0 then")
    func noStandardInput() throws {
        let (checkout, other) = (try Checkout(isCompiled: false), try Checkout())
        for command in ["compile", "compile --check", "validate", "compile --force", "fingerprint --help"] {
            let result = try checkout.shell("exec \"$bayplan\" \(command) <&-")
            #expect(result.status == 0, "\(command): \(result.errors)")
        }
        #expect(try checkout.content() == other.content())
    }

    /// How to run as somebody whom permissions bind.
    private static let unprivileged: String? = {
        if getuid() != 0 { return "" }
        let probe = try? Tool.run([
            "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", Program.path, "--version",
        ])
        // That one may not write what a run with coverage notes, and would say so.
        let user = "env LLVM_PROFILE_FILE=/dev/null setpriv --reuid=65534 --regid=65534 --clear-groups "
        return probe?.status == 0 ? user : nil
    }()

    @Test(
        "A folder that may not be written to: a clear message, every artifact old or new, and the next run finishes",
        .enabled(if: unprivileged != nil || Tool.isCI, "root is bound by no permissions, and there is no setpriv"))
    func readOnly() throws {
        let prefix = Self.unprivileged ?? ""
        let checkout = try Checkout()
        let old = try checkout.content()
        try checkout.edit("./api", "./other")
        try checkout.shell("chmod -R a+rwX .; chmod a-w scripts; chmod a+rwx .")
        if getuid() == 0 { try checkout.shell("chown -R 65534 . && chown 0 scripts && chmod 755 scripts") }
        let result = try checkout.shell("exec \(prefix)\"$bayplan\" compile --no-builds")
        #expect(result.status == 2, "\(result.output)")
        #expect(result.errors == "bayplan: cannot write scripts/build.sh: Permission denied\n")
        let between = try checkout.content()
        try checkout.shell("chmod a+rwx scripts")
        // Whatever was written is bayplan's: undoing the edit is no conflict.
        try checkout.edit("./other", "./third")
        let next = try checkout.shell("exec \(prefix)\"$bayplan\" compile --no-builds")
        #expect(next.status == 0, "\(next.errors)")
        try checkout.edit("./third", "./other")
        #expect(try checkout.shell("exec \(prefix)\"$bayplan\" compile --no-builds").status == 0)
        let new = try checkout.content()
        for (name, bytes) in between { #expect(bytes == old[name] || bytes == new[name], "\(name)") }
        #expect(new.keys.sorted() == old.keys.sorted())
    }

    @Test("A run that is killed while it writes: the next one finishes, with this manifest or another")
    func killed() throws {
        for next in ["./killed", "./another", "./api"] {
            let checkout = try Checkout()
            let old = try checkout.content()
            try checkout.edit("./api", "./killed")
            // The kernel kills a process that writes a file of more than 8 blocks of 1024 bytes: build.sh.
            let cut = try checkout.shell("ulimit -f 8; exec env --default-signal=XFSZ \"$bayplan\" compile --no-builds")
            #expect(cut.status != 0)
            #expect(try checkout.shell("ls -A scripts core").output.contains(".build.sh.bayplan-new"))
            for (name, bytes) in try checkout.content() where !name.contains("bayplan-new") && name != "strategy.yaml" {
                if name.hasPrefix("scripts/") { #expect(bytes == old[name], "\(name)") }
            }
            if next != "./killed" { try checkout.edit("./killed", next) }
            let result = try checkout.bayplan("compile", "--no-builds")
            #expect(result.status == 0, "\(next): \(result.errors)")
            #expect(try checkout.bayplan("compile", "--no-builds", "--check").status == 0)
            #expect(try checkout.content().keys.sorted() == old.keys.sorted())
            #expect(try Tool.sha256sum.run(["-c", "--strict", "bayplan.lock"], in: checkout.url).status == 0)
        }
    }

    @Test("A process that may open few files writes and looks into more folders than that")
    func fewOpenFiles() throws {
        let folder = try ScratchFolder()
        var images = ""
        var projects = ""
        for index in 0..<200 {
            images += "  api\(index): { owner: p\(index), build: ./api }\n"
            projects += "  p\(index): { services: { api: { image: api\(index), labels: [a=PLACE] } } }\n"
            try folder.write("p\(index)/api/Dockerfile", "FROM alpine:3.20\n")
        }
        for place in ["first", "second"] {
            let text = "version: 1\nname: many\nimages:\n\(images)projects:\n\(projects)"
            try folder.write("strategy.yaml", text.replacing("PLACE", with: place))
            for command in ["validate --verbose", "compile --verbose", "compile --check"] {
                let run = try Tool.run(
                    ["/bin/sh", "-c", "ulimit -n 160; exec '\(Program.path)' \(command)"], in: folder.url,
                    environment: ["BAYPLAN_ROOT": ""])
                #expect(run.status == 0 && !run.errors.contains("BP310"), "\(place) \(command): \(run.errors)")
            }
        }
        let written = try Tool.run(
            ["grep", "-rl", "a=second", "--include=docker-compose.yml", "."], in: folder.url)
        #expect(written.output.split(separator: "\n").count == 200)
    }

    @Test("Runs over more folders than are kept open take turns, too")
    func turns() throws {
        let folder = try ScratchFolder()
        var projects = ""
        for index in 0..<40 {
            try folder.write("p\(index)/README", "")
            projects += "  p\(index): { path: ../p\(index), services: { api: { labels: [a=PLACE] } } }\n"
        }
        let text = "version: 1\nname: wide\nimages:\n  api: { pull: 'alpine:3.20' }\nprojects:\n\(projects)"
        for place in ["one", "two"] {
            try folder.write("strategy/strategy.yaml", text.replacing("PLACE", with: place))
            let runs = try Tool.run(
                [
                    "bash", "-c",
                    """
                    for run in $(seq 12); do "$bayplan" compile --quiet --root .. & runs="$runs $!"; done
                    for run in $runs; do wait "$run" || exit; done
                    """,
                ], in: folder.url.appending(path: "strategy"), environment: ["bayplan": Program.path])
            #expect(runs.status == 0, "\(runs.errors)")
            #expect(runs.errors == "")
        }
        let left = try Tool.run(["find", ".", "-name", ".*.bayplan-new"], in: folder.url)
        #expect(left.output == "")
    }

    @Test("Fifty runs at once: one result, and nothing said that a person would not understand")
    func concurrent() throws {
        let checkout = try Checkout(isCompiled: false)
        let expected = try Checkout()
        let result = try checkout.shell(
            """
            for i in {1..50}; do
                case $((i % 5)) in
                    0) "$bayplan" compile --no-builds --root . ;;
                    *) "$bayplan" compile --no-builds ;;
                esac >out.$i 2>&1 & pids+=($!)
            done
            status=0; for pid in "${pids[@]}"; do wait "$pid" || status=1; done
            cat out.*; rm out.*; exit $status
            """)
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.components(separatedBy: "created IMAGES.md").count == 2)
        let known = [
            "created ", "bayplan: waiting for another run to end",
            "bayplan: \(Checkout.artifacts.count) artifacts are up to date",
        ]
        for line in result.output.split(separator: "\n") {
            #expect(known.contains { line.hasPrefix($0) }, "\(line)")
        }
        #expect(try checkout.content() == expected.content())
        #expect(try checkout.folder.read("bayplan.lock") == expected.folder.read("bayplan.lock"))
    }

    @Test("What a loss of power can leave of a new file is nobody's work", arguments: ["", "\0\0\0\0"])
    func torn(_ content: String) throws {
        let checkout = try Checkout()
        let whole = try checkout.content()
        try checkout.folder.write("scripts/up.sh", content)
        #expect(try checkout.bayplan("compile", "--check").status == 1)
        #expect(try checkout.bayplan("compile").output == "updated scripts/up.sh\n")
        #expect(try checkout.content() == whole)
    }

    @Test("What a run that was cut short left behind goes with the next one, whatever the manifest says by then")
    func remains() throws {
        let checkout = try Checkout()
        let line = "# A run of bayplan is at work, or was cut short; the next one finishes."
        try checkout.shell("echo '\(line)' >>bayplan.lock; touch .bayplan.lock.bayplan-new scripts/.up.sh.bayplan-new")
        try checkout.shell("touch core/.docker-compose.live.yml.bayplan-new core/.mine.bayplan-new")
        try checkout.edit("  live: { registry: registry.example.com, tag: \"1\" }\n", "  {}\n")
        #expect(try checkout.bayplan("compile", "--no-builds").status == 0)
        let left = try checkout.shell("find . -name '*.bayplan-new'").output
        #expect(left == "./core/.mine.bayplan-new\n", "what no lock names is not bayplan's")
    }
}
