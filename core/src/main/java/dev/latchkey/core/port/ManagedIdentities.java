// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Tags;
import java.util.List;
import java.util.Optional;

/// What latchkey asks of Azure about managed identities and their federated credentials.
public interface ManagedIdentities {
  /// The identity of this id; empty when there is none.
  Optional<ManagedIdentity> find(ResourceId id);

  /// All identities of a subscription.
  List<ManagedIdentity> list(String subscription);

  /// All identities of a resource group; none when the group is not there.
  List<ManagedIdentity> list(String subscription, String resourceGroup);

  /// Makes the identity, or sets the tags of the one that is there under this id.
  ManagedIdentity put(ResourceId id, String location, Tags tags);

  /// All credentials of an identity; none when the identity is not there.
  List<FederatedCredential> credentials(ResourceId identity);

  /// Makes the credential, or replaces the one of the same name.
  void put(ResourceId identity, FederatedCredential credential);
}
