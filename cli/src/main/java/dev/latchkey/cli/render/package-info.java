/// What a user sees: readers of a run's events that know nothing of each other.
///
/// Start at [LiveTable] (a terminal), [PlainLines] (a log), [JsonReport], [PipelineCommands] and
/// [HtmlReport]. Each is a fold over `core.event`; none asks anybody anything, and none knows where
/// its text goes. Shared by them: [Board], what is known of a run so far, and [Closing], what is
/// said at its end.
@NullMarked
package dev.latchkey.cli.render;

import org.jspecify.annotations.NullMarked;
