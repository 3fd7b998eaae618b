import CLibYAML

@testable import YAMLSyntax

/// libyaml itself, asked without Bayplan's reader.
enum LibYAML {
    /// The events of a stream; nil when libyaml rejects it.
    static func events(_ bytes: [UInt8]) -> Events? {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else { return nil }
        defer { yaml_parser_delete(&parser) }
        return bytes.withUnsafeBufferPointer { bytes in
            yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
            var events = Events()
            while true {
                var event = yaml_event_t()
                guard yaml_parser_parse(&parser, &event) == 1 else { return nil }
                defer { yaml_event_delete(&event) }
                if event.type == YAML_STREAM_END_EVENT { return events }
                if let line = line(event) { events.lines.append(line) }
            }
        }
    }

    private static func line(_ event: yaml_event_t) -> Events.Line? {
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            return Events.Line(kind: .document)
        case YAML_ALIAS_EVENT:
            return Events.Line(kind: .alias(String(cString: event.data.alias.anchor)))
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let style: Node.Style =
                switch scalar.style {
                case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
                case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
                case YAML_LITERAL_SCALAR_STYLE: .literal
                case YAML_FOLDED_SCALAR_STYLE: .folded
                default: .plain
                }
            let text = Array(UnsafeBufferPointer(start: scalar.value, count: scalar.length))
            return Events.Line(
                kind: .scalar(text), style: style, anchor: name(scalar.anchor), tag: tag(scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return Events.Line(
                kind: .sequence, style: start.style == YAML_FLOW_SEQUENCE_STYLE ? .flow : .block,
                anchor: name(start.anchor), tag: tag(start.tag))
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return Events.Line(
                kind: .mapping, style: start.style == YAML_FLOW_MAPPING_STYLE ? .flow : .block,
                anchor: name(start.anchor), tag: tag(start.tag))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            return Events.Line(kind: .end)
        default:
            return nil
        }
    }

    private static func name(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? { text.map { String(cString: $0) } }

    private static func tag(_ text: UnsafeMutablePointer<yaml_char_t>?) -> Tag {
        guard let text else { return .none }
        return Array(String(cString: text).utf8).withUnsafeBufferPointer { Tag(uri: $0) }
    }
}
