import Foundation
import TestSupport
import Testing

/// The same manifest gives the same bytes, wherever and by whomever it is compiled.
struct HermeticTests {
    private static let locales = ["C", "C.UTF-8", "tr_TR.UTF-8", "de_DE@euro", "ja_JP.eucJP"]
    private static let zones = ["UTC", "Pacific/Chatham", "Asia/Kathmandu", "nonsense"]
    private static let umasks = ["022", "077", "002", "027", "000"]
    private static let environments: [[String: String]] = [
        [:], ["HOME": "/nowhere", "USER": "someone", "LOGNAME": "someone"],
        ["TERM": "dumb", "COLUMNS": "20", "FORCE_COLOR": "1", "NO_COLOR": "1", "CI": "true", "GITHUB_ACTIONS": "true"],
        ["COMPOSE_PROJECT_NAME": "other", "COMPOSE_FILE": "other.yml", "DOCKER_HOST": "tcp://127.0.0.1:1", "TAG": "9"],
        ["SWIFT_DETERMINISTIC_HASHING": "1"], ["SOURCE_DATE_EPOCH": "1", "LANGUAGE": "tr:de", "PWD": "/"],
    ]
    /// Where it is run: what leads to a folder, and the manifest as seen from there.
    private static let places = [
        ("", "strategy.yaml"), ("cd /", "ABSOLUTE"), ("mkdir -p 'ü x/y'; cd 'ü x/y'", "../../strategy.yaml"),
        ("ln -s . self; cd self", "strategy.yaml"), ("cd ..", "ABSOLUTE"),
    ]

    /// How to become another user; nil where that cannot be.
    private static let nobody: String? = {
        guard getuid() == 0 else { return nil }
        let words = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        return (try? Tool.run(words + [Program.path, "--version"]))?.status == 0 ? words.joined(separator: " ") : nil
    }()

    @Test("A hundred compiles under different locales, zones, umasks, users, folders and environments")
    func hundred() throws {
        let expected = try Checkout()
        let (content, lock) = (try expected.content(), try expected.folder.read("bayplan.lock"))
        var users = 0
        for run in 0..<100 {
            let checkout = try Checkout(isCompiled: false)
            let (before, manifest) = Self.places[run % Self.places.count]
            var environment = Self.environments[run % Self.environments.count]
            environment["LC_ALL"] = Self.locales[run / 3 % Self.locales.count]
            environment["TZ"] = Self.zones[run / 5 % Self.zones.count]
            var prefix = ""
            if run % 4 == 3, let nobody = Self.nobody {
                prefix = nobody + " "
                users += 1
                try checkout.shell("chmod 777 .")
            }
            let path = manifest == "ABSOLUTE" ? checkout.path("strategy.yaml") : manifest
            let umask = Self.umasks[run / 7 % Self.umasks.count]
            let result = try Tool.run(
                ["sh", "-c", "\(before)\numask \(umask); exec \(prefix)\"$0\" compile \"$1\"", Program.path, path],
                in: checkout.url, environment: environment.merging(["BAYPLAN_ROOT": ""]) { old, _ in old })
            #expect(result.status == 0, "run \(run): \(result.errors)")
            #expect(try checkout.content() == content, "run \(run): \(environment), \(before), \(umask)")
            #expect(try checkout.folder.read("bayplan.lock") == lock, "run \(run)")
        }
        #expect(users > 0 || Self.nobody == nil)
    }
}
