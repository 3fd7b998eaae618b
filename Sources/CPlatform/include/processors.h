#pragma once

/// The processors that this process may run on; 1 where the system does not tell.
///
/// On Linux those of its affinity, which `taskset` and container engines set, not those that the machine has.
int usable_processors(void);
