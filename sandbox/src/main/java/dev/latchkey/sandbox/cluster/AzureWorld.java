// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.limit.Throttling;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.token.Keys;
import dev.latchkey.sandbox.vault.SecretNames;
import dev.latchkey.sandbox.vault.UnknownSecretScopes;
import java.util.function.Supplier;

/// What the resources are made from: the inputs of the simulated world and its other parts.
///
/// @param servers asked at the first request for credentials of a cluster, not before
/// @param commands asked at the first command that is to run on a cluster, not before
/// @param secrets asked at the first request for the secrets of a vault, not before
public record AzureWorld(
    String tenantId,
    SandboxClock clock,
    Pace pace,
    Throttling throttling,
    Seed seed,
    Keys keys,
    Addresses addresses,
    Directory directory,
    Supplier<ApiServers> servers,
    Supplier<SecretNames> secrets,
    UnknownSecretScopes unknownSecretScopes,
    Supplier<Commands> commands) {}
