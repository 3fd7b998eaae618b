import Foundation

/// Writes the workspace of one benchmark size: `workload SIZE DIRECTORY`.
///
/// The files are the same bytes in every run. Exit status: 0 written, 1 a file cannot be written, 2 wrong usage.
@main
enum Workload {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 2, let name = arguments.first, let directory = arguments.last,
            let workspace = workspace(ofSize: name)
        else {
            stop(2, "usage: workload tiny|\(Size.all.map(\.name).joined(separator: "|")) DIRECTORY")
        }
        do {
            try workspace.write(to: directory)
        } catch {
            stop(1, "workload: cannot write \(directory): \(error.localizedDescription)")
        }
    }

    private static func workspace(ofSize name: String) -> Workspace? {
        if name == "tiny" { return .guide }
        return Size.all.first { $0.name == name }.map { Workspace(generatedFor: $0) }
    }

    private static func stop(_ status: Int32, _ message: String) -> Never {
        FileHandle.standardError.write(Data("\(message)\n".utf8))
        exit(status)
    }
}
