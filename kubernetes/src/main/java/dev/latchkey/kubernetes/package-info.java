/// Placeholder of the skeleton.
@org.jspecify.annotations.NullMarked
package dev.latchkey.kubernetes;
