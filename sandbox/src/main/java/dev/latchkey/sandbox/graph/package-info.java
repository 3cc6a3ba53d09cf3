/// The little of Microsoft Graph that `az` asks while it works on roles: who is behind a name or an
/// object id.
///
/// Start at [MicrosoftGraph]. Knows the directory, tokens and the clock.
@NullMarked
package dev.latchkey.sandbox.graph;

import org.jspecify.annotations.NullMarked;
