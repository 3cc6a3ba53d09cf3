// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.time.Instant;
import java.util.Optional;

/// A role that a principal holds at a scope.
///
/// @param name the assignment's GUID, unique in the tenant
/// @param scope a resource id, a resource group, a subscription or `/`
/// @param roleDefinitionId ends in the role's GUID
/// @param condition Azure's condition text, if it has one
/// @param created when Azure made it; empty for one that is only wanted
public record RoleAssignment(
    String name,
    String scope,
    String roleDefinitionId,
    PrincipalId principal,
    String description,
    Optional<String> condition,
    Optional<Instant> created) {}
