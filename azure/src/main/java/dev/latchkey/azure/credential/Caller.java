// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.credential;

import dev.latchkey.core.resource.ClientId;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.TenantId;

/// Who is signed in, as the first line of a run says it.
///
/// @param source how, for people
public record Caller(PrincipalId principal, TenantId tenant, ClientId client, String source) {}
