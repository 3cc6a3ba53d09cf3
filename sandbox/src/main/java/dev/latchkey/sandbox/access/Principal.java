// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import java.time.Instant;
import java.util.Optional;

/// A service principal of the directory: an application's, or that of a managed identity.
///
/// @param objectId what role assignments name
/// @param clientId what signs in
/// @param managedIdentity the resource id of the managed identity, if it is one
/// @param visibleFrom when the directory's replicas know it: before, role assignments that do not
///   say `principalType` are refused with PrincipalNotFound, and Entra answers AADSTS700016
public record Principal(
    String objectId,
    String clientId,
    String tenantId,
    String displayName,
    Optional<String> managedIdentity,
    Instant visibleFrom) {}
