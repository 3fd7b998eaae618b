/// What the containers of each project begin with, found by names that begin so: there can be thousands of both.
struct DeploymentPrefixes {
    /// The first project of each prefix.
    private var projects: [String: Int] = [:]
    /// How many bytes the prefixes have, ascending.
    private let lengths: [Int]

    /// - Parameter prefixes: by project; an empty one is none.
    init(_ prefixes: [String]) {
        for (project, prefix) in prefixes.enumerated() where !prefix.isEmpty && projects[prefix] == nil {
            projects[prefix] = project
        }
        lengths = Set(projects.keys.map(\.utf8.count)).sorted()
    }

    /// The prefix of the first project with which a longer name begins.
    func prefix(of name: String) -> String? {
        let bytes = name.utf8
        var first: (project: Int, prefix: String)?
        for length in lengths {
            if length >= bytes.count { break }
            let prefix = String(decoding: bytes.prefix(length), as: UTF8.self)
            guard let project = projects[prefix] else { continue }
            if project < first?.project ?? Int.max { first = (project, prefix) }
        }
        return first?.prefix
    }
}
