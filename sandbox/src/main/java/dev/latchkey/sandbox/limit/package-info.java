/// How fast a simulated Azure may be asked: token buckets, and whether they hold.
///
/// Start at [Bucket]; [Buckets] holds what is in each. Knows no service: each words its own
/// refusal.
@NullMarked
package dev.latchkey.sandbox.limit;

import org.jspecify.annotations.NullMarked;
