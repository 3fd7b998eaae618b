#pragma once

#include <stddef.h>

/// The words of the command line where the Swift runtime does not find them, which is where there is no /proc; NULL
/// elsewhere. They last as long as the process.
char *_Nullable *_Nullable command_line_without_proc(int *_Nonnull count);
