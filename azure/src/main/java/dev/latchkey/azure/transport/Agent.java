// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

/// Who asks, as Azure's logs show it.
///
/// @param version latchkey's version
/// @param run the id of this run: with it, all requests of a run are found in Azure's logs
public record Agent(String version, String run) {
  /// The user agent of every request.
  @Override
  public String toString() {
    return "latchkey/" + version + " " + run;
  }
}
