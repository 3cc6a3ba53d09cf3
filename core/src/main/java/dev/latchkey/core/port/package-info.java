/// What latchkey asks of the world outside: Azure, Kubernetes, Helm, time.
///
/// Start at [Ports]. Interfaces in Azure's own words with our values in and out; no library type,
/// no retry hidden inside. Each call is one request, or ends in a problem.
@NullMarked
package dev.latchkey.core.port;

import org.jspecify.annotations.NullMarked;
