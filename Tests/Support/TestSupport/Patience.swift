import Foundation

/// How long tests wait for what must happen: a machine that is ten times as busy must not decide one.
package enum Patience {
    package static let seconds = 900
    package static let limit = Duration.seconds(seconds)

    /// Waits until a condition holds; false when patience is at its end.
    package static func until(_ condition: () throws -> Bool) rethrows -> Bool {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            if try condition() { return true }
            usleep(10_000)
        }
        return try condition()
    }

    /// Does something, and closes a handle when patience ends before: what waits for its other end then goes on.
    package static func closing<Result>(_ handle: FileHandle, around body: () throws -> Result) rethrows -> Result {
        let end = DispatchWorkItem { try? handle.close() }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: end)
        defer { end.cancel() }
        return try body()
    }
}
