// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

/// Where to go on when a run is over.
///
/// @param label one short word: `report`, `next`
/// @param text a file or a command that can be pasted
public record Hint(String label, String text) {}
