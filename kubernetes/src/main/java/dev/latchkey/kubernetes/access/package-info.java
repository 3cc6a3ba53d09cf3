/// From a kubeconfig to a client: who vouches for the server, and how we sign in.
///
/// Start at [ApiServers]. Nothing of the user's own kubeconfig or environment is read.
@NullMarked
package dev.latchkey.kubernetes.access;

import org.jspecify.annotations.NullMarked;
