// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.message.Addresses;
import java.util.function.Supplier;

/// What vaults are made from.
///
/// @param secrets asked at the first request that touches the secrets of a vault, not before
public record VaultWorld(
    Store store,
    Addresses addresses,
    String tenantId,
    SandboxClock clock,
    Pace pace,
    Seed seed,
    Supplier<SecretNames> secrets) {}
