import Comparison

extension Detail {
    /// What is another, in words; nil for what is told together with its like.
    var phrase: String? {
        let (old, new) = (before ?? "", after ?? "")
        var words: String
        switch (topic, kind) {
        case (.port, .opened): words = "port \(name) is opened on \(new)"
        case (.port, .closed): words = "port \(name) is closed on \(old)"
        case (.port, .moved): words = "port \(name) moves from \(old) to \(new)"
        case (.port, _): words = "a port leads from \(new), and led from \(old)"
        case (.mount, .added): words = "\(name) gets \(new)"
        case (.mount, .removed): words = "\(name) loses \(old)"
        case (.mount, _): words = "\(name) gets \(new) in the place of \(old)"
        case (.image, .added): words = "runs \(new)"
        case (.image, .removed): words = "ran \(old)"
        case (.image, _): words = "runs \(new) in the place of \(old)"
        case (.reference, .added): words = "is \(new)"
        case (.reference, _): words = "was \(old), and is \(new)" + (name.isEmpty ? "" : " in \(name)")
        case (.owner, _): words = "\(new) builds it in the place of \(old)"
        case (.path, _): words = "its folder was \(old), and is \(new)"
        case (.replicas, _): words = "\(new) containers in the place of \(old)"
        case (.start, .added): words = "starts after \(name): up.sh starts that first, and waits for it"
        case (.start, _): words = "no longer starts after \(name): up.sh neither starts that nor waits for it"
        default: return nil
        }
        switch warning {
        case .allInterfaces: words += ", to every network of the host"
        case .dataLeft: words += "; the data stays where it was"
        default: break
        }
        return words
    }

    /// The sign of what came, went or is another.
    var sign: String {
        switch kind {
        case .added, .opened: "+"
        case .removed, .closed: "-"
        case .changed, .moved: "~"
        }
    }
}

extension Detail.Topic {
    /// What several of them are called.
    var plural: String {
        switch self {
        case .dependency: "dependencies"
        case .replicas: "replicas"
        default: rawValue + "s"
        }
    }
}

extension [Detail] {
    /// All of them in words: each part by itself, and of names that came (`+`), went (`-`) or have other values (`~`) a
    /// line for each topic.
    var phrases: [(words: String, isWarning: Bool)] {
        var phrases: [(String, Bool)] = []
        for topic in Detail.Topic.allCases {
            let details = filter { $0.topic == topic }
            let single = details.compactMap { detail in detail.phrase.map { ($0, detail.warning != nil) } }
            phrases += single
            let names = details.filter { $0.phrase == nil }.map { $0.sign + $0.name }
            if !names.isEmpty { phrases.append((topic.plural + ": " + names.joined(separator: ", "), false)) }
        }
        return phrases
    }
}

extension ChangeKind {
    var sign: String {
        switch self {
        case .added: "+"
        case .removed: "-"
        case .renamed, .changed: "~"
        }
    }
}

extension WorkspaceNameChange {
    /// What it is called, and what follows.
    var sentence: String { "was \(formerName), and is \(name); \(consequence)" }
}

extension InstancesChange {
    /// What they carry, and what follows.
    var sentence: String {
        let words =
            switch kind {
            case .removed: "names no longer carry \(variable)"
            case .changed, .renamed: "names carry \(variable), and carried \(formerVariable ?? "")"
            case .added: "names carry \(variable)"
            }
        return words + "; " + consequence
    }
}

extension ImageChange {
    /// What follows, and why.
    var sentence: String {
        var parts: [String] = []
        if let formerName {
            parts.append("was \(formerName)" + (evidence.map { " (\($0))" } ?? ""))
        }
        if let consequence { parts.append(consequence) }
        return parts.joined(separator: "; ")
    }
}

extension ContainerChange {
    /// What follows, and why.
    var sentence: String {
        let renamed = formerService.map { "was \($0)" + (evidence.map { " (\($0))" } ?? "") + "; " } ?? ""
        let other = formerService == nil ? formerContainer.map { "; its container was \($0)" } ?? "" : ""
        let built = isImageRebuilt && effect == .recreated ? "; its image is built anew, too" : ""
        return renamed + consequence + built + other
    }

    /// Whether there is no more to say of it than that its image is built anew.
    package var isOnlyRebuilt: Bool { effect == .rebuilt && keys.isEmpty }
}

extension ResourceChange {
    /// What it is called, and what follows.
    var sentence: String {
        let names: String
        switch (formerObject, object) {
        case (let old?, let new?): names = "was \(old), and is \(new); "
        case (let one?, nil), (nil, let one?): names = one == name ? "" : "\(one) "
        default: names = ""
        }
        return names + consequence + (keys.isEmpty ? "" : " (\(keys.joined(separator: ", ")))")
    }
}

extension ProjectChange {
    /// The project with the environments in which it changes.
    var title: String {
        name + " (" + environments.map { $0 ?? "development" }.joined(separator: ", ") + ")"
    }

    /// What becomes of all of it; nothing where only parts are others.
    var sentence: String {
        let words =
            switch kind {
            case .added: "is new"
            case .removed: "is gone"
            case .renamed: "was \(formerName ?? "")" + (evidence.map { " (\($0))" } ?? "")
            case .changed: ""
            }
        return [words, consequence ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
    }
}

extension EnvironmentChange {
    var sentence: String {
        if kind == .changed { return consequence }
        return "\(kind == .added ? "is new" : "is gone"), with \(counted(containers, "container")) of "
            + "\(counted(projects, "project")); \(consequence)"
    }
}

/// `1 container`, `2 containers`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
