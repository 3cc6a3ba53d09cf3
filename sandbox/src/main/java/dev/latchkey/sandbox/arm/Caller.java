// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

/// Who asks, as the token says.
///
/// @param objectId what role assignments name
/// @param clientId what signed in
public record Caller(String objectId, String clientId, String tenantId) {}
