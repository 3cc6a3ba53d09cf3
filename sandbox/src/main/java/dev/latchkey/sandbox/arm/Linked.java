// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

/// A right that a write needs on another resource, because its body names that resource.
///
/// @param action such as `Microsoft.Network/virtualNetworks/subnets/join/action`
/// @param scope the id of the other resource
public record Linked(String action, String scope) {}
