#pragma once

/// A thread that runs one piece of work.
struct worker;

/// Runs `work(context)` on a thread of its own; NULL where the system has none to give.
///
/// No signal is delivered to it: those are for the thread that was there before, whose handlers draw and end, or which
/// holds them back (interruption.h).
struct worker *_Nullable start_worker(void (*_Nonnull work)(void *_Nonnull), void *_Nonnull context);

/// Waits until the work is done and frees what is left.
void join_worker(struct worker *_Nonnull worker);
