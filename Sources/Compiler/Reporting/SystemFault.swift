import Workspace

/// What the machine refused, for callers of this module.
package typealias SystemFailure = Workspace.SystemFailure

/// Standard input to its end.
package func standardInput(limit: Int) throws(SystemFailure) -> [UInt8] {
    guard let bytes = try readStandardInput(limit: limit) else {
        throw SystemFailure("standard input holds more than \(limit) bytes")
    }
    return bytes
}
