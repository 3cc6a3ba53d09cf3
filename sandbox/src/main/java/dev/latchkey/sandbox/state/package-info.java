/// A world that is kept in a file, so that a rehearsal can begin where another one ended.
///
/// Start at [SavedWorld]; each of its parts belongs to who owns that data, and is given and taken
/// there. Knows the owners' records and the file; nothing of a running sandbox.
@NullMarked
package dev.latchkey.sandbox.state;

import org.jspecify.annotations.NullMarked;
