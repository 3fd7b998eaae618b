import CPlatform

/// The processors that this process may run on; 1 where the system does not tell.
package let processorCount = Int(usable_processors())
