// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.authorization;

/// GUIDs as the authorization provider reads and writes them.
final class Guids {
  private Guids() {}

  static boolean isGuid(String text) {
    return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  }

  /// Without dashes, as in error messages.
  static String bare(String guid) {
    return guid.replace("-", "");
  }

  /// The last word of a resource id, or the GUID itself.
  static String lastOf(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
