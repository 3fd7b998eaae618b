#pragma once

/// How many bytes that were written to a pipe have not been read yet; 0 where the system does not tell.
int unread_bytes(int descriptor);
