// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.limit;

/// One token bucket of Azure's.
///
/// @param key whose bucket it is; equal keys share one
/// @param burst how many requests a full one holds
/// @param perSecond how many come back in a second
public record Bucket(String key, int burst, double perSecond) {}
