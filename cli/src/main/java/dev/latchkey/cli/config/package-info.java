/// What the user may write: reads `latchkey.yaml` and the variables into a
/// [dev.latchkey.core.fleet.Fleet].
///
/// Start at [FleetFile], the only validator; [ConfigProblem] lists all that can be wrong and
/// [ConfigWording] says it. Reads files, asks no network; the environment is handed in as a map.
@NullMarked
package dev.latchkey.cli.config;

import org.jspecify.annotations.NullMarked;
