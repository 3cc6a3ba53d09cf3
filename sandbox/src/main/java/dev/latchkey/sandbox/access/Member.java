// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

/// Somebody of the directory who never signs in here, but to whom roles may be given.
///
/// @param objectId what role assignments name
public record Member(String objectId, Type type) {
  /// What `principalType` says of it.
  public enum Type {
    /// A person.
    USER("User"),
    /// A group of this directory.
    GROUP("Group"),
    /// A group of another one.
    FOREIGN_GROUP("ForeignGroup"),
    /// A device.
    DEVICE("Device");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /// As Azure writes it.
    public String word() {
      return word;
    }
  }
}
