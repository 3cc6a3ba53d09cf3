// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import java.util.List;

/// A mistake in what the user wrote, with its spot.
public sealed interface ConfigProblem extends Problem {
  /// Where it stands.
  Spot spot();

  /// There is no such file.
  record FileMissing(Spot spot) implements ConfigProblem {}

  /// The file is there and cannot be read.
  record FileUnreadable(Spot spot, String reason) implements ConfigProblem {}

  /// The file says nothing.
  record FileEmpty(Spot spot) implements ConfigProblem {}

  /// The text is not YAML.
  record NotYaml(Spot spot, String reason) implements ConfigProblem {}

  /// Aliases repeat more than anybody writes, or contain themselves.
  record TooManyAliases(Spot spot) implements ConfigProblem {}

  /// A key stands twice.
  record KeyTwice(Spot spot, String key, int firstLine) implements ConfigProblem {}

  /// Nobody knows this key.
  ///
  /// @param spot of the key; its path is the one of what holds it
  /// @param near what was probably meant; may be empty
  record KeyUnknown(Spot spot, String key, List<String> near) implements ConfigProblem {}

  /// A key that is needed is not there.
  record KeyMissing(Spot spot, String key) implements ConfigProblem {}

  /// A text where a list is expected, and so on.
  record WrongType(Spot spot, String expected, String found) implements ConfigProblem {}

  /// A text without a letter.
  record TextEmpty(Spot spot) implements ConfigProblem {}

  /// A list without an entry.
  record ListEmpty(Spot spot) implements ConfigProblem {}

  /// Not one of the values that this key takes.
  record ValueUnknown(Spot spot, String value, List<String> allowed, List<String> near)
      implements ConfigProblem {}

  /// What the design holds and this version does not do.
  record ComesLater(Spot spot, Later feature) implements ConfigProblem {}

  /// A variable has no value.
  record VariableMissing(Spot spot, String variable, List<String> near) implements ConfigProblem {}

  /// `$(NAME)` is left as text: the pipeline did not know the variable.
  record MacroLeft(Spot spot, String macro, String name) implements ConfigProblem {}

  /// `${` is not followed by a name and `}`.
  record ReferenceBroken(Spot spot) implements ConfigProblem {}

  /// A name that Azure or Kubernetes would refuse.
  record NameRefused(Spot spot, String name, NameRule rule) implements ConfigProblem {}

  /// A refused entry of a variable that should list names of secrets. Its text is not kept: it may
  /// be a secret's value, put there by mistake.
  record SecretNameRefused(Spot spot) implements ConfigProblem {}

  /// Capitals where Kubernetes takes none.
  record CapitalsRefused(Spot spot, String name) implements ConfigProblem {}

  /// A name that latchkey's own tags have.
  record TagReserved(Spot spot, String tag) implements ConfigProblem {}

  /// An entry of a variable is not a cluster.
  record EntryNotCluster(Spot spot, String entry) implements ConfigProblem {}

  /// A variable begins like a JSON array and is none.
  record ListNotJson(Spot spot, int line, int column, String reason) implements ConfigProblem {}

  /// A cluster is listed twice.
  record ClusterTwice(Spot spot, String cluster, Spot first) implements ConfigProblem {}

  /// Two clusters have one short name.
  record NameTwice(Spot spot, String name, Spot first) implements ConfigProblem {}

  /// A selection that says nothing.
  record SelectOpen(Spot spot) implements ConfigProblem {}

  /// A selection cannot tell where to look.
  ///
  /// @param others how many subscriptions the listed clusters lie in
  record SelectSubscriptionUnclear(Spot spot, int others) implements ConfigProblem {}

  /// A pattern that no name can fit.
  record PatternRefused(Spot spot, String pattern, NameRule rule) implements ConfigProblem {}

  /// Not a share in percent.
  record ShareRefused(Spot spot) implements ConfigProblem {}

  /// Two selections find one cluster and give it different settings.
  record SelectedTwice(Spot spot, String cluster, Spot first) implements ConfigProblem {}

  /// A found cluster has the name of another one.
  record SelectedNameTwice(Spot spot, String name, String id, String other)
      implements ConfigProblem {}

  /// The fleet would have no cluster.
  ///
  /// @param seen how many clusters there are
  record SelectionEmpty(Spot spot, int seen) implements ConfigProblem {}

  /// Two clusters would sign in as one identity.
  record IdentityShared(Spot spot, String cluster, String first, String identity)
      implements ConfigProblem {}

  /// The vault's subscription cannot be told from the clusters'.
  record VaultSubscriptionMissing(Spot spot, int subscriptions) implements ConfigProblem {}

  /// AKS owns this resource group and deletes it with the cluster.
  record NodeResourceGroup(Spot spot, String group) implements ConfigProblem {}

  /// Nobody fills this placeholder.
  record PlaceholderUnknown(Spot spot, String placeholder, List<String> near)
      implements ConfigProblem {}

  /// `{environment}` is used, and this cluster has none.
  record EnvironmentMissing(Spot spot, String cluster) implements ConfigProblem {}

  /// There is no chart at this path.
  record ChartMissing(Spot spot, String path) implements ConfigProblem {}

  /// There is something at this path, and it is no chart.
  record NotAChart(Spot spot, String path) implements ConfigProblem {}

  /// A chart of a registry without a version.
  record ChartVersionMissing(Spot spot) implements ConfigProblem {}

  /// A version for a chart that has its own.
  record ChartVersionIdle(Spot spot) implements ConfigProblem {}

  /// There is no values file at this path.
  record ValuesMissing(Spot spot, String path) implements ConfigProblem {}

  /// A key of `set` is not a path of values.
  record ValuePathBroken(Spot spot, String key) implements ConfigProblem {}

  /// A secret is listed twice.
  record SecretTwice(Spot spot, String name, Spot first) implements ConfigProblem {}

  /// The application would know two secrets by one name.
  record AliasTwice(Spot spot, String name, Spot first) implements ConfigProblem {}

  /// The condition that names the secrets would be longer than Azure takes.
  record ConditionTooLong(Spot spot, int secrets, int length) implements ConfigProblem {}

  /// Two waves have one name.
  record WaveTwice(Spot spot, String name, Spot first) implements ConfigProblem {}

  /// Two waves name no clusters, and only one can take the rest.
  record RestTwice(Spot spot, Spot first) implements ConfigProblem {}

  /// A wave names a cluster that the file does not have.
  record WaveClusterUnknown(Spot spot, String cluster, List<String> near)
      implements ConfigProblem {}

  /// Two waves name one cluster.
  record WaveClusterTwice(Spot spot, String cluster, Spot first) implements ConfigProblem {}

  /// No wave takes this cluster.
  record ClusterWithoutWave(Spot spot, String cluster) implements ConfigProblem {}

  /// Not a duration.
  record DurationRefused(Spot spot, String written) implements ConfigProblem {}

  /// A share of Azure's limits is no percentage.
  record BudgetRefused(Spot spot, String written) implements ConfigProblem {}

  /// A number below what makes sense.
  record NumberTooSmall(Spot spot, String number, String least) implements ConfigProblem {}

  /// A lag that would fail before its usual time is over.
  record BoundBelowUsual(Spot spot) implements ConfigProblem {}

  /// Where it stands in the file.
  default Place place() {
    return spot().place();
  }

  @Override
  default String code() {
    return ConfigWording.code(this);
  }

  @Override
  default Text text() {
    return ConfigWording.of(this);
  }

  /// What the file may hold one day and this version refuses.
  enum Later {
    /// Proofs that are taken elsewhere.
    VERIFY_FROM(" other than agent", "Use `from: agent`, or leave it out");

    private final String which;
    private final String instead;

    Later(String which, String instead) {
      this.which = which;
      this.instead = instead;
    }

    /// Which use of the key, behind its path.
    String which() {
      return which;
    }

    String instead() {
      return instead;
    }
  }
}
