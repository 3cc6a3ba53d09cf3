/// The pod that AKS makes for `runCommand`: it holds a kubectl that reads, and no other program.
///
/// Start at [CommandPod]. Knows the table of Kubernetes' types, and of a cluster nothing but how to
/// ask its API server.
@NullMarked
package dev.latchkey.sandbox.command;

import org.jspecify.annotations.NullMarked;
