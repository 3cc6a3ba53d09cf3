/// The sandbox's own interface, for whoever rehearses with it: time, mistakes, faults.
///
/// Start at [Admin]. Azure has nothing of the kind, and none of its paths.
@NullMarked
package dev.latchkey.sandbox.admin;

import org.jspecify.annotations.NullMarked;
