import FuzzTargets
import Glibc

// libFuzzer brings `main` and calls these two.

/// The target that `BAYPLAN_FUZZ_TARGET` names.
private let chosen: FuzzTarget? = getenv("BAYPLAN_FUZZ_TARGET").flatMap { name in
    FuzzTarget.all.first { $0.name == String(cString: name) }
}

/// Lists the targets and ends when none is named.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?) -> Int32 {
    if chosen == nil {
        for target in FuzzTarget.all { print(target.takesManifests ? "\(target.name) manifests" : target.name) }
        exit(0)
    }
    return 0
}

/// Runs the target; an input that breaks a promise traps, as one that breaks the program does: libFuzzer keeps either.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    do throws(BrokenPromise) {
        try chosen?.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
    } catch {
        fatalError(error.description)
    }
    return 0
}
