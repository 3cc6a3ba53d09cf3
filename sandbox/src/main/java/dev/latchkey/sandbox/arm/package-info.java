/// Azure Resource Manager: one gateway and one store for all types of resources.
///
/// Start at [Arm], the fixed order of its checks; [Store] holds what exists, [ResourceType] is what
/// each type adds. Knows tokens and access; no type of another package.
@NullMarked
package dev.latchkey.sandbox.arm;

import org.jspecify.annotations.NullMarked;
