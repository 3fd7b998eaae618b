import Diagnostics

extension Program {
    /// The tables of all commands as JSON: what the manual, the reference pages and tests are made from.
    package func description() -> [UInt8] {
        var json = JSONWriter(.pretty)
        json.object { json in
            json.member("schema", 1)
            describe(itself, to: &json)
            json.array("commands", of: commands) { json, command in
                json.object { json in describe(command, to: &json) }
            }
        }
        return json.finish()
    }

    private func describe(_ command: Command, to json: inout JSONWriter) {
        let table = command.table()
        json.member("name", command.name.isEmpty ? name : command.name)
        json.member("abstract", command.abstract)
        json.member("discussion", command.discussion)
        json.array("usage", of: command.usage(table)) { json, line in json.string("\(name) \(line)") }
        json.array("table", of: table) { json, entry in
            json.object { json in
                json.member("kind", entry.kind.rawValue)
                json.member("name", entry.name)
                json.member("short", orNull: entry.short.map { String($0) })
                json.member("value", orNull: entry.kind == .option ? entry.value : nil)
                json.member("help", entry.help)
                json.array("values", of: entry.values) { json, value in json.string(value) }
                json.member("default", orNull: entry.standard)
                json.member("repeats", entry.isRepeating)
                json.member("required", entry.isRequired)
                json.member("hidden", entry.isHidden)
            }
        }
    }
}
