// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

/// A user-assigned managed identity as Azure reports it.
///
/// @param tenant where its tokens are issued; never another one
/// @param principal what role assignments name; another one after the identity was made anew
public record ManagedIdentity(
    ResourceId id,
    String location,
    TenantId tenant,
    PrincipalId principal,
    ClientId client,
    Tags tags) {}
