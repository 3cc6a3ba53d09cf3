/// The commands, one class each, named after them.
///
/// Start at [DeployCommand]: the whole flow of the main job is its `call`.
@NullMarked
package dev.latchkey.cli.command;

import org.jspecify.annotations.NullMarked;
