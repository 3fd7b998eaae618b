import CLibYAML
import Diagnostics
import SourceText

/// Reads libyaml's events one by one and releases each.
///
/// The only file that calls libyaml, together with `TreeBuilder`, which takes its events apart.
struct EventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let event: UnsafeMutablePointer<yaml_event_t>
    private var holdsEvent = false

    /// A reader of bytes that must outlive it; nil when memory is exhausted.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        parser = .allocate(capacity: 1)
        event = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            event.deallocate()
            return nil
        }
        // With its encoding given, libyaml would take a byte order mark for text.
        let text = UnsafeBufferPointer(rebasing: bytes[(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)...])
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        if holdsEvent { yaml_event_delete(event) }
        yaml_parser_delete(parser)
        parser.deallocate()
        event.deallocate()
    }

    /// The next event, valid until the next call; nil at a syntax error, which `failure` then describes.
    mutating func next() -> UnsafeMutablePointer<yaml_event_t>? {
        if holdsEvent { yaml_event_delete(event) }
        holdsEvent = yaml_parser_parse(parser, event) == 1
        return holdsEvent ? event : nil
    }

    /// What libyaml says of the syntax error, with code point indices.
    var failure: (problem: String, index: Int, context: String?, contextIndex: Int) {
        let state = parser.pointee
        let problem = state.problem.map { String(cString: $0) } ?? "the text is not YAML"
        let context = state.context.map { String(cString: $0) }
        let index = state.error == YAML_READER_ERROR ? Int(state.problem_offset) : Int(state.problem_mark.index)
        return (problem, index, context, Int(state.context_mark.index))
    }
}
