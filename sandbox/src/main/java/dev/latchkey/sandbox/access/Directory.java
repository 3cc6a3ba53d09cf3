// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The principals of the simulated tenant. Safe for use by several threads.
public final class Directory {
  private final ConcurrentMap<String, Principal> byObjectId = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Member> members = new ConcurrentHashMap<>();

  /// All of it, as a saved world holds it.
  public record Saved(List<Principal> principals, List<Member> members) {
    public Saved {
      principals = List.copyOf(principals);
      members = List.copyOf(members);
    }
  }

  /// All of it, in the order of the object ids.
  public Saved saved() {
    return new Saved(
        byObjectId.values().stream().sorted(Comparator.comparing(Principal::objectId)).toList(),
        members.values().stream().sorted(Comparator.comparing(Member::objectId)).toList());
  }

  /// Adds what was saved.
  public void restore(Saved saved) {
    saved.principals().forEach(this::add);
    saved.members().forEach(this::add);
  }

  /// Adds a principal, or replaces the one of the same object id.
  public void add(Principal principal) {
    byObjectId.put(principal.objectId(), principal);
  }

  /// Removes a principal; its role assignments stay, as on Azure.
  public void remove(String objectId) {
    byObjectId.remove(objectId);
  }

  /// Adds a user, a group or the like.
  public void add(Member member) {
    members.put(member.objectId(), member);
  }

  /// The user or group of an object id.
  public Optional<Member> member(String objectId) {
    return Optional.ofNullable(members.get(objectId));
  }

  /// The principal of an object id, visible or not.
  public Optional<Principal> byObjectId(String objectId) {
    return Optional.ofNullable(byObjectId.get(objectId));
  }

  /// The principal that signs in under a client id, visible or not.
  public Optional<Principal> byClientId(String clientId) {
    return byObjectId.values().stream()
        .filter(principal -> principal.clientId().equalsIgnoreCase(clientId))
        .findFirst();
  }

  /// All principals.
  public Collection<Principal> all() {
    return List.copyOf(byObjectId.values());
  }
}
