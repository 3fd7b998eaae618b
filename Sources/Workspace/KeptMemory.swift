import CPlatform

/// Lets a process that works again and again on one file keep the memory that it frees: every round would pay anew for
/// each page of it, which is a tenth of an edit of 3.4 MB.
package func keepFreedMemory() { keep_freed_memory() }

/// Makes room for what a manifest comes to, before its text is read by several threads.
///
/// - Parameter bytes: the manifest's length. A short one comes to less than what it costs to ask for room.
package func expectMuchMemory(forManifestOf bytes: Int) {
    if bytes >= 256 << 10 { expect_much_memory(bytes * 96) }
}
