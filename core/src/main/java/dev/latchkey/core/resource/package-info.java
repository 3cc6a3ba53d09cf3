/// Things of Azure and Kubernetes as values: ids, identities, credentials, clusters, releases.
///
/// Start at [ResourceId]. Knows nothing else of latchkey, no file format and no library.
@NullMarked
package dev.latchkey.core.resource;

import org.jspecify.annotations.NullMarked;
