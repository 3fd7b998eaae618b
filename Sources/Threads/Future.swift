import CPlatform

/// A value that is worked out beside its maker, on a thread of its own.
///
/// This module is all that knows of threads. What runs on one is pure and reads values that nobody changes, so that
/// the result does not depend on who ran when. Where the process may use one processor only, where the work is not worth
/// a thread or where no thread can be had, it is done when its value is asked for.
///
/// Only its maker asks for the value: the object itself is not for several threads.
package final class Future<Value: Sendable> {
    private let outcome: Outcome<Value>
    private var worker: OpaquePointer?

    /// Begins the work.
    ///
    /// - Parameter isLong: whether it takes longer than making a thread, which is a twentieth of a millisecond.
    package init(isLong: Bool = true, _ work: @escaping @Sendable () -> Value) {
        outcome = Outcome(work)
        if isLong, processorCount > 1 { worker = started(outcome) }
    }

    /// The value; waits until it is there.
    package var value: Value {
        join()
        return outcome.value
    }

    /// Work that is under way reads what others may be about to free: it is waited for.
    deinit { join() }

    private func join() {
        guard let worker else { return }
        join_worker(worker)
        self.worker = nil
    }
}

/// What a thread does, whatever it makes: a function of C is given no type.
private class Job {
    func run() {}
}

/// Work and, once it is done, what came of it.
///
/// Unchecked, because one thread alone touches it until that was joined, and joining orders all that it wrote before.
private final class Outcome<Value>: Job, @unchecked Sendable {
    private enum State {
        case toDo(@Sendable () -> Value)
        case done(Value)
    }

    private var state: State

    init(_ work: @escaping @Sendable () -> Value) { state = .toDo(work) }

    var value: Value {
        switch state {
        case .done(let value): return value
        case .toDo(let work):
            let value = work()
            // What the work holds is let go.
            state = .done(value)
            return value
        }
    }

    override func run() { _ = value }
}

/// A thread that runs a job, or nil where the system has none to give.
private func started(_ job: Job) -> OpaquePointer? {
    let context = Unmanaged.passRetained(job)
    let worker = start_worker({ Unmanaged<Job>.fromOpaque($0).takeRetainedValue().run() }, context.toOpaque())
    if worker == nil { context.release() }
    return worker
}
