#pragma once

/// Whether SIGINT, SIGTERM or SIGHUP came while it was held back; what is ignored does not count.
int has_held_interruption(void);
