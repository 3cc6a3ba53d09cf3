/// Does the sandbox answer as recorded Azure does? Infers what must have been there, replays, and
/// reports.
///
/// Start at [Contract]. Knows the resources of ARM; no recording is part of the product.
@NullMarked
package dev.latchkey.sandbox.contract;

import org.jspecify.annotations.NullMarked;
