import Comparison
import Diagnostics

/// What changes, for programs: `schemas/diff.schema.json` says how it looks.
package struct ChangesJSON {
    private let changes: WorkspaceChanges
    private let notes: [String]

    /// - Parameter notes: what could not be compared, a line each.
    package init(_ changes: WorkspaceChanges, notes: [String] = []) {
        self.changes = changes
        self.notes = notes
    }

    package func bytes() -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("schema", 1)
            json.member("summary", ChangesSummary(changes).text)
            json.array("notCompared", of: notes) { $0.string($1) }
            if let change = changes.workspace {
                json.object("workspace") { json in
                    json.member("name", change.name)
                    json.member("formerName", change.formerName)
                    json.member("consequence", change.consequence)
                    Self.optional(&json, "command", change.command)
                }
            }
            if let change = changes.instances {
                json.object("instances") { json in
                    json.member("kind", change.kind.rawValue)
                    json.member("variable", change.variable)
                    Self.optional(&json, "formerVariable", change.formerVariable)
                    json.member("consequence", change.consequence)
                }
            }
            json.array("images", of: changes.images, Self.write)
            json.array("environments", of: changes.environments, Self.write)
            json.array("projects", of: changes.projects, Self.write)
        }
        return json.finish()
    }

    private static func write(_ json: inout JSONWriter, _ change: ImageChange) {
        json.object { json in
            json.member("kind", change.kind.rawValue)
            json.member("name", change.name)
            optional(&json, "formerName", change.formerName)
            optional(&json, "evidence", change.evidence)
            json.member("rebuilt", !change.causes.isEmpty)
            json.array("causes", of: change.causes) { $0.string($1) }
            if !change.keptDigests.isEmpty { json.array("keptDigests", of: change.keptDigests) { $0.string($1) } }
            json.array("details", of: change.details, write)
            optional(&json, "consequence", change.consequence)
            optional(&json, "command", change.command)
        }
    }

    private static func write(_ json: inout JSONWriter, _ change: EnvironmentChange) {
        json.object { json in
            json.member("kind", change.kind.rawValue)
            json.member("name", change.name)
            json.member("containers", change.containers)
            json.member("projects", change.projects)
            json.member("consequence", change.consequence)
            optional(&json, "command", change.command)
        }
    }

    private static func write(_ json: inout JSONWriter, _ change: ProjectChange) {
        json.object { json in
            json.member("kind", change.kind.rawValue)
            json.member("name", change.name)
            optional(&json, "formerName", change.formerName)
            optional(&json, "evidence", change.evidence)
            // Development has no name.
            json.array("environments", of: change.environments) { json, environment in
                if let environment { json.string(environment) } else { json.null() }
            }
            json.array("details", of: change.details, write)
            json.array("containers", of: change.containers, write)
            json.array("resources", of: change.resources, write)
            optional(&json, "consequence", change.consequence)
            optional(&json, "command", change.command)
        }
    }

    private static func write(_ json: inout JSONWriter, _ change: ContainerChange) {
        json.object { json in
            json.member("kind", change.kind.rawValue)
            json.member("service", change.service)
            optional(&json, "formerService", change.formerService)
            optional(&json, "evidence", change.evidence)
            json.member("container", change.container)
            optional(&json, "formerContainer", change.formerContainer)
            json.member("effect", change.effect.rawValue)
            json.member("imageRebuilt", change.isImageRebuilt)
            json.array("keys", of: change.keys) { $0.string($1) }
            optional(&json, "recreatedBefore", change.recreatedBefore)
            json.array("details", of: change.details, write)
            json.member("consequence", change.consequence)
            optional(&json, "command", change.command)
        }
    }

    private static func write(_ json: inout JSONWriter, _ change: ResourceChange) {
        json.object { json in
            json.member("topic", change.topic.rawValue)
            json.member("kind", change.kind.rawValue)
            json.member("name", change.name)
            optional(&json, "object", change.object)
            optional(&json, "formerObject", change.formerObject)
            json.array("keys", of: change.keys) { $0.string($1) }
            optional(&json, "warning", change.warning?.rawValue)
            json.member("consequence", change.consequence)
            optional(&json, "command", change.command)
        }
    }

    private static func write(_ json: inout JSONWriter, _ detail: Detail) {
        json.object { json in
            json.member("topic", detail.topic.rawValue)
            json.member("kind", detail.kind.rawValue)
            optional(&json, "name", detail.name.isEmpty ? nil : detail.name)
            optional(&json, "before", detail.before)
            optional(&json, "after", detail.after)
            optional(&json, "warning", detail.warning?.rawValue)
        }
    }

    private static func optional(_ json: inout JSONWriter, _ key: String, _ value: String?) {
        if let value { json.member(key, value) }
    }
}
