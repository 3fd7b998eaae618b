import Compiler

/// Runs, and turns a fault of the machine into what `main` prints.
func reportingFailure<Value>(_ body: () throws(SystemFailure) -> Value) throws -> Value {
    do {
        return try body()
    } catch {
        throw RunFailure(message: error.message)
    }
}
