import FuzzTargets
import Glibc

/// libFuzzer, which runs a test over inputs of its making until it finds one that traps.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// The target that `BAYPLAN_FUZZ_TARGET` names.
private let chosen: FuzzTarget? = getenv("BAYPLAN_FUZZ_TARGET").flatMap { name in
    FuzzTarget.all.first { $0.name == String(cString: name) }
}

if chosen == nil {
    for target in FuzzTarget.all { print(target.takesManifests ? "\(target.name) manifests" : target.name) }
    exit(0)
}
private var count = CommandLine.argc
private var arguments = CommandLine.unsafeArgv
exit(
    runDriver(&count, &arguments) { bytes, count in
        do throws(BrokenPromise) {
            try chosen?.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
        } catch {
            // An input that breaks a promise traps, as one that breaks the program does: libFuzzer keeps either.
            fatalError(error.description)
        }
        return 0
    })
