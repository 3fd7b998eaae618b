import Foundation
import TestSupport
import Testing

@testable import ComposeSpec

/// Since when the table says that keys and forms exist, against the schemas of Docker Compose's releases.
struct ComposeHistoryTests {
    /// The first release whose schema has a key (`services.*.build.tags`), a kind of value (`… :string`) or a word
    /// (`… =image`); 2.0.0 for what is not there.
    private let measured: [String: String]

    init() throws { measured = try #require(try TestData.json("compose-since.json") as? [String: String]) }

    @Test("Each key is as old as the first schema that has it")
    func keys() throws {
        let table = try Table()
        for (path, since) in table.keys {
            #expect(since.text == measured[path] ?? "2.0.0", "\(path)")
        }
        #expect(table.keys.count > 340)
        let known = Set(table.keys.map(\.path))
        let missing = measured.keys.filter { !$0.contains(" ") && !known.contains($0) }
        #expect(missing.isEmpty, "\(missing.sorted())")
    }

    @Test("Each newer form is as old as the first schema that has it, and none is missing")
    func forms() throws {
        let table = try Table()
        var told: [String: String] = [:]
        for form in table.forms where !Self.ofCode.contains(form.key) { told[form.key] = form.value }
        for (form, since) in told { #expect(since == measured[form], "\(form)") }
        let ages = Dictionary(table.places.map { ($0.path, $0.since) }, uniquingKeysWith: max)
        for (form, since) in measured {
            guard let blank = form.firstIndex(of: " "), let age = ages[String(form[..<blank])],
                let version = Version(since), version > age, !isSettled(form, since)
            else { continue }
            #expect(told[form] != nil, "\(form) since \(since)")
        }
    }

    /// What the schema does not say, but compose-go's and Compose's code: `pull_policy` has a pattern, and contexts are
    /// texts.
    private static let ofCode = Set(
        ["refresh", "daily", "weekly"].map { "services.*.pull_policy =\($0)" } + [
            "services.*.pull_policy ^every_", "services.*.build.additional_contexts.* ^service:",
        ])

    /// Whether a form is no newer than its key, or none that the table has.
    private func isSettled(_ form: String, _ since: String) -> Bool {
        // 2.35.0 was the first schema with a list of the types; before, any text stood there.
        if form.hasPrefix("services.*.volumes[].type =") { return form != "services.*.volumes[].type =image" }
        // A text that the form `text` covers, and items of which the first schema with such lists said nothing.
        if form == "services.*.gpus =all" || form.hasSuffix("extra_hosts.*[] :string") { return true }
        return since == "2.29.0" && Self.converted.contains(form)
    }

    /// Where texts were made numbers and booleans before the schema was asked (compose-go's `interpolateTypeCastMapping`
    /// since 1.0), where the table has no text, and what grants of builds share with grants of services.
    private static let converted: Set<String> = {
        let service = [
            "configs[].mode", "cpu_count", "cpu_percent", "init", "deploy.replicas", "deploy.update_config.parallelism",
            "deploy.update_config.max_failure_ratio", "deploy.rollback_config.parallelism",
            "deploy.rollback_config.max_failure_ratio", "deploy.restart_policy.max_attempts",
            "deploy.placement.max_replicas_per_node", "healthcheck.retries", "healthcheck.disable", "oom_kill_disable",
            "oom_score_adj", "ports[].target", "privileged", "read_only", "scale", "secrets[].mode", "stdin_open",
            "tty",
            "ulimits.*", "ulimits.*.hard", "ulimits.*.soft", "volumes[].read_only", "volumes[].volume.nocopy",
            "build.secrets[].mode", "build.ulimits.*", "build.ulimits.*.hard", "build.ulimits.*.soft",
            "blkio_config.weight", "blkio_config.weight_device[].weight", "volumes[].tmpfs.mode",
        ]
        let sections = [
            "networks.*.external", "networks.*.internal", "networks.*.attachable", "networks.*.enable_ipv6",
            "volumes.*.external", "secrets.*.external", "configs.*.external",
        ]
        return Set((service.map { "services.*." + $0 } + sections).map { $0 + " :string" })
    }()
}

/// The table's keys with the versions that count along their paths.
private struct Table {
    private(set) var keys: [(path: String, since: Version)] = []
    /// Every place of a value.
    private(set) var places: [(path: String, since: Version)] = []
    private(set) var forms: [String: String] = [:]

    init() throws { walk(.object(ComposeTable.file), "", try #require(Version("2.0.0")), [], .value) }

    /// - Parameters:
    ///   - forms: the newer forms of the key that this value stands under.
    ///   - level: where under that key it stands.
    private mutating func walk(
        _ shape: Shape, _ path: String, _ since: Version, _ forms: [NewerForm], _ level: NewerForm.Place
    ) {
        let newer = forms.first { $0.place == level && Self.isForm($0.form, shape) }
        let age = newer.flatMap { Version($0.since) } ?? since
        places.append((path, age))
        switch shape {
        case .object(let object):
            for key in object.keys {
                let place = path.isEmpty ? key.name : path + "." + key.name
                let own = max(age, key.since.flatMap { Version($0) } ?? age)
                keys.append((place, own))
                for form in key.newer { add(form, place) }
                walk(key.shape, place, own, key.newer, .value)
            }
        case .mapping(let value, _): walk(value, path + ".*", age, forms, .entry)
        case .sequence(let item, _): walk(item, path + "[]", age, forms, .item)
        case .anyOf(let shapes): for shape in shapes { walk(shape, path, since, forms, level) }
        default: break
        }
    }

    private static func isForm(_ form: NewerForm.Form, _ shape: Shape) -> Bool {
        switch (form, shape) {
        case (.mapping, .object), (.mapping, .mapping), (.list, .sequence): true
        default: false
        }
    }

    private mutating func add(_ form: NewerForm, _ key: String) {
        let place =
            switch form.place {
            case .value: key
            case .item: key + "[]"
            case .entry, .assignment: key + ".*"
            }
        let marks =
            switch form.form {
            case .nothing: [" :null"]
            case .text: [" :string"]
            case .boolean: [" :boolean"]
            case .list: [" :array"]
            case .mapping: [" :object"]
            case .words(let words): words.map { " =" + $0 }
            case .beginning(let text): [" ^" + text]
            }
        for mark in marks { forms[place + mark] = form.since }
    }
}
