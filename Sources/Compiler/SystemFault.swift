import Workspace

/// What the machine refused, for callers of this module.
package typealias SystemFailure = Workspace.SystemFailure
