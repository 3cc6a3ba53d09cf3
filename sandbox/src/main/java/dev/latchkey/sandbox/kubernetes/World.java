// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.access.Access;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.cluster.ApiServers;
import dev.latchkey.sandbox.cluster.Clusters;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.token.Keys;
import java.util.function.UnaryOperator;

/// What all simulated API servers share.
///
/// @param administratorToken the static token of a cluster's local administrator, by resource id
/// @param tenantKey the name under which [Keys] holds the key that Entra ID signs with
public record World(
    SandboxClock clock,
    Pace pace,
    Seed seed,
    Keys keys,
    Clusters clusters,
    Access access,
    Addresses addresses,
    ApiServers servers,
    UnaryOperator<String> administratorToken,
    String tenantKey) {}
