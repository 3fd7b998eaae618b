import CPlatform

/// Lets a process that works again and again on one file keep the memory that it frees: every round would pay anew for
/// each page of it, which is a tenth of an edit of 3.4 MB.
package func keepFreedMemory() { keep_freed_memory() }
