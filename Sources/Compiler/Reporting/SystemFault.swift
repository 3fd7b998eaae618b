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

/// The paths of the manifests that git tracks in the working folder and below.
package func trackedManifests() throws(SystemFailure) -> [String] { try TrackedManifests.paths() }

/// Whether a file that is stated is a manifest, and not another program's of that name.
package func isManifest(_ path: String) -> Bool { TrackedManifests.isManifest(path) }
