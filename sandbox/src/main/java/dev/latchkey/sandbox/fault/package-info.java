/// Faults of the wire and of the services, chosen by rules and by the seed.
///
/// Start at [FaultRule], then [Faults]. [FaultFile] reads rules from YAML.
@NullMarked
package dev.latchkey.sandbox.fault;

import org.jspecify.annotations.NullMarked;
