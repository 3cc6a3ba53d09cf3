/// The services of one simulated Azure, wired together and without sockets.
///
/// Start at [Cloud]. Who serves it over the wire, and who replays recordings against it, get the
/// same wiring. Knows every service but Kubernetes' API.
@NullMarked
package dev.latchkey.sandbox.cloud;

import org.jspecify.annotations.NullMarked;
