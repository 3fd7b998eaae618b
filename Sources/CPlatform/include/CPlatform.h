#pragma once

// Every header of the module. A compiler that imports it looks here for what has changed, and not at the folder.
#include "allocator.h"
#include "interruption.h"
#include "proc.h"
#include "processors.h"
#include "unread.h"
#include "worker.h"
