/// The objects that a chart renders: read, laid out for people without secrets, and compared with
/// what lives in a cluster. Asks nobody.
@NullMarked
package dev.latchkey.kubernetes.manifest;

import org.jspecify.annotations.NullMarked;
