// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

/// The two versions of Entra ID's endpoints, and of its tokens. An endpoint of the second version
/// gives tokens of the version that the resource asks for.
enum Version {
  FIRST,
  SECOND
}
