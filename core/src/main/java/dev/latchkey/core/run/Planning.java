// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.snapshot.Snapshot;

/// A plan, and what was seen when it was made.
public record Planning(Plan plan, Snapshot snapshot) {}
