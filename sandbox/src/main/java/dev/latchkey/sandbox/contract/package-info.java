/// Does the sandbox answer as recorded Azure does? Infers what must have been there, replays, and
/// reports.
///
/// Start at [Contract] and [Replay]; what one area of Azure must have held is inferred by the
/// [Inference] of its name. Knows all of [dev.latchkey.sandbox.cloud.Cloud]; no recording is part
/// of the product.
@NullMarked
package dev.latchkey.sandbox.contract;

import org.jspecify.annotations.NullMarked;
