import Diagnostics
import SourceText

/// Findings as the protocol's diagnostics.
enum Publishing {
    /// The findings of an analysis by the address of the file that they stand in.
    ///
    /// - Parameter document: the open manifest, whose address is the client's own spelling.
    static func diagnostics(_ analysis: Analysis, of document: Document) -> [(uri: String, items: [JSONValue])] {
        var tables = [document.source.path: document.positions]
        var groups: [(uri: String, items: [JSONValue])] = [(document.uri, [])]
        var places = [document.source.path: 0]
        for found in analysis.diagnostics {
            let file = found.primary.location.file
            let place = places[file.path] ?? groups.count
            if place == groups.count { groups.append((DocumentURI.uri(file.path), [])) }
            places[file.path] = place
            groups[place].items.append(diagnostic(found, &tables, document.encoding, in: document))
        }
        return groups
    }

    /// - Parameters:
    ///   - tables: the places of the files that findings have stood in, by their paths: each is counted once.
    ///   - document: the open manifest; nil leaves the other places out.
    static func diagnostic(
        _ found: Diagnostic, _ tables: inout [String: PositionTable], _ encoding: PositionEncoding,
        in document: Document? = nil
    ) -> JSONValue {
        func range(_ location: Location) -> JSONValue {
            let file = location.file
            let table = tables[file.path] ?? PositionTable(file)
            tables[file.path] = table
            return table.range(location.span, encoding)
        }
        var message = visible(found.message)
        if !found.primary.text.isEmpty { message += "\n" + visible(found.primary.text) }
        if let why = found.why { message += "\nwhy: " + visible(why) }
        for help in found.help { message += "\nhelp: " + visible(help) }
        let severity =
            switch found.severity {
            case .error: 1
            case .warning: 2
            case .info: 3
            }
        var members: [JSONValue.Member] = [
            .init("range", range(found.primary.location)),
            .init("severity", .integer(severity)), .init("code", .string(found.code.label)),
            .init("source", "bayplan"), .init("message", .string(message)),
        ]
        if found.code == .unusedImage || found.code == .unusedVolumeOrNetwork || found.code == .uselessSuppression {
            members.append(.init("tags", [1]))
        }
        if let document, !found.secondary.isEmpty {
            let related = found.secondary.map { label -> JSONValue in
                let file = label.location.file
                let isOpen = file.path == document.source.path
                return [
                    "location": [
                        "uri": .string(isOpen ? document.uri : DocumentURI.uri(file.path)),
                        "range": range(label.location),
                    ],
                    "message": .string(visible(label.text)),
                ]
            }
            members.append(.init("relatedInformation", .array(related)))
        }
        return .object(members)
    }
}
