import CPlatform

/// Lets a process that works again and again on one file keep the memory that it frees: every round would pay anew for
/// each page of it, which is a tenth of an edit of 3.4 MB.
package func keepFreedMemory() { keep_freed_memory() }

/// Makes room for what a manifest comes to, before its text is read by several threads.
///
/// - Parameter bytes: the manifest's length. A short one comes to less than what it costs to ask for room. Of a long one, the
///   lists are so large that each is better mapped by itself and given back: one heap keeps the holes that they leave
///   (33 MB of comments beside an old artifact of 20 MB: 165 MB of memory, in one heap 243).
package func expectMuchMemory(forManifestOf bytes: Int) {
    let shortest = 256 << 10
    let longest = 8 << 20
    // Of 3.4 MB, large pages save 1 to 6 % of the time, and take three times the manifest.
    let longestOfLargePages = 2 << 20
    if (shortest...longest).contains(bytes) { expect_much_memory(bytes * 96, bytes <= longestOfLargePages ? 1 : 0) }
}
