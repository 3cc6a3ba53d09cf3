// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.ChartWish;
import dev.latchkey.core.fleet.IdentityWish;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess;
import dev.latchkey.core.port.Releases.Rendered;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Role;
import dev.latchkey.core.resource.RoleAssignment;
import dev.latchkey.core.resource.Tags;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Seen.Inside;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// All that the plan of one cluster depends on, as texts that can be kept and compared later.
///
/// Ids are in lower case, as Azure compares them. Values of a chart, and all that is long, are
/// fingerprints: the texts hold no secret.
///
/// @param wanted what the file asks for, by the part of it
/// @param observed what was seen, by the thing
public record Premises(SortedMap<String, String> wanted, SortedMap<String, String> observed) {
  private static final int FINGERPRINT = 16;

  public Premises {
    wanted = Collections.unmodifiableSortedMap(new TreeMap<>(wanted));
    observed = Collections.unmodifiableSortedMap(new TreeMap<>(observed));
  }

  /// What a cluster's plan was made from.
  public static Premises of(Target target, Seen seen) {
    return new Premises(wanted(target, seen), observed(seen));
  }

  /// The same with one more part that is wanted.
  public Premises and(String part, String text) {
    var more = new TreeMap<>(wanted);
    more.put(part, text);
    return new Premises(more, observed);
  }

  private static SortedMap<String, String> wanted(Target target, Seen seen) {
    var wanted = new TreeMap<String, String>();
    wanted.put("cluster", target.cluster().key());
    wanted.put("application", target.application());
    wanted.put("presence", target.presence().name());
    wanted.put("environment", target.environment().orElse(""));
    wanted.put("service account", target.serviceAccount().toString());
    wanted.put("namespace", target.namespace().name());
    wanted.put("identity", identity(target.identity()));
    wanted.put("key vault", vault(target.vault()));
    wanted.put("chart", chart(target.chart(), seen.chart()));
    wanted.put("chart values", fingerprint(canonical(target.chart().values().tree())));
    wanted.put("manage", target.manage().toString());
    return wanted;
  }

  private static String identity(IdentityWish wish) {
    ResourceId id = ResourceId.identity(wish.subscription(), wish.resourceGroup(), "x");
    return fingerprint(
        String.join(
            "\n", id.key(), wish.nameTemplate(), wish.location().orElse(""), tags(wish.tags())));
  }

  private static String vault(VaultAccess access) {
    List<String> secrets =
        access.secrets().stream()
            .map(secret -> secret.name() + " as " + secret.as())
            .sorted()
            .toList();
    return fingerprint(access.vault().key() + "\n" + access.means() + "\n" + secrets);
  }

  /// The folder that a chart lies in may be another one on the machine that deploys; its files may
  /// not.
  private static String chart(ChartWish wish, Optional<Rendered> rendered) {
    return fingerprint(
        String.join(
            "\n",
            wish.release(),
            wish.version().orElse(""),
            canonical(wish.identityValues()),
            rendered.map(Rendered::chartDigest).orElse(wish.reference())));
  }

  private static SortedMap<String, String> observed(Seen seen) {
    var observed = new TreeMap<String, String>();
    seen.problems().forEach((part, problem) -> observed.put("look at " + part, problem.code()));
    seen.cluster().ifPresent(cluster -> cluster(observed, cluster));
    seen.identity().ifPresent(identity -> identity(observed, seen, identity));
    seen.vault().ifPresent(vault -> observed.put("vault", vault.model() + " " + vault.uri()));
    seen.inside().ifPresent(inside -> inside(observed, inside, seen));
    return observed;
  }

  private static void cluster(Map<String, String> observed, ObservedCluster cluster) {
    boolean deleting = cluster.state().equals("Deleting");
    observed.put("cluster", deleting ? "being deleted" : word(cluster.power()));
    observed.put("location", cluster.location());
    observed.put("issuer", cluster.issuer().map(Object::toString).orElse("off"));
    observed.put("workload identity", word(cluster.workloadIdentity()));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void identity(Map<String, String> observed, Seen seen, ManagedIdentity identity) {
    observed.put(
        "identity",
        "%s, principal %s, client %s"
            .formatted(
                identity.id().name(),
                lower(identity.principal().value()),
                lower(identity.client().value())));
    observed.put("identity's tags", fingerprint(tags(identity.tags())));
    for (FederatedCredential credential : seen.credentials()) {
      observed.put(
          "credential " + credential.name(),
          "%s, %s, %s".formatted(credential.issuer(), credential.subject(), credential.audience()));
    }
    seen.assignments().stream()
        .filter(held -> isOf(identity, held))
        .forEach(held -> observed.put("role assignment " + lower(held.name()), words(held)));
    seen.vault()
        .filter(vault -> vault.model() == Vault.Model.POLICIES)
        .filter(vault -> vault.readersByPolicy().contains(identity.principal()))
        .ifPresent(_ -> observed.put("access policy", "get of secrets"));
  }

  private static boolean isOf(ManagedIdentity identity, RoleAssignment held) {
    return held.principal().value().equalsIgnoreCase(identity.principal().value());
  }

  private static String words(RoleAssignment held) {
    String role = held.roleDefinitionId();
    String title =
        Role.reading(role)
            .map(Role::title)
            .orElseGet(() -> lower(role.substring(role.lastIndexOf('/') + 1)));
    String condition =
        held.condition().map(text -> ", on condition " + fingerprint(text)).orElse("");
    return title + " on " + lower(held.scope()) + condition;
  }

  private static void inside(Map<String, String> observed, Inside inside, Seen seen) {
    observed.put("namespace", word(inside.namespace()));
    observed.put("release", inside.release().map(Premises::words).orElse("none"));
    inside
        .release()
        .flatMap(release -> ReleaseDrift.of(seen, release))
        .ifPresent(drift -> observed.put("release's objects", "edited " + drift.fingerprint()));
  }

  private static String words(Release release) {
    String rest = release.chartDigest() + canonical(release.values().tree()) + release.manifest();
    return "revision %d, %s, %s".formatted(release.revision(), release.status(), fingerprint(rest));
  }

  private static String tags(Tags tags) {
    return new TreeMap<>(tags.values()).toString();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /// One text for one tree, whatever order its members come in.
  private static String canonical(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var members = new TreeMap<String, String>();
        map.forEach(
            (name, member) ->
                members.put(String.valueOf(name), member == null ? "null" : canonical(member)));
        yield members.toString();
      }
      case List<?> list ->
          list.stream().map(item -> item == null ? "null" : canonical(item)).toList().toString();
      case Number number -> new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
      default -> '"' + value.toString() + '"';
    };
  }

  static String fingerprint(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, FINGERPRINT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
