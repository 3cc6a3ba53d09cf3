// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import java.util.List;

/// A mistake in what the user wrote, with its spot.
public sealed interface ConfigProblem extends Problem {
  /// About the file, its keys and the kinds of its values.
  sealed interface OfFile extends ConfigProblem {}

  /// About a single value: its variable, its letters, its size.
  sealed interface OfValue extends ConfigProblem {}

  /// About the clusters that are listed and their identities.
  sealed interface OfClusters extends ConfigProblem {}

  /// About clusters that are selected.
  sealed interface OfSelection extends ConfigProblem {}

  /// About the chart and the secrets.
  sealed interface OfApplication extends ConfigProblem {}

  /// About the waves.
  sealed interface OfRollout extends ConfigProblem {}

  /// Where it stands.
  Spot spot();

  /// There is no such file.
  record FileMissing(Spot spot) implements OfFile {}

  /// The file is there and cannot be read.
  record FileUnreadable(Spot spot, String reason) implements OfFile {}

  /// The file says nothing.
  record FileEmpty(Spot spot) implements OfFile {}

  /// The text is not YAML.
  record NotYaml(Spot spot, String reason) implements OfFile {}

  /// Aliases repeat more than anybody writes, or contain themselves.
  record TooManyAliases(Spot spot) implements OfFile {}

  /// A key stands twice.
  record KeyTwice(Spot spot, String key, int firstLine) implements OfFile {}

  /// Nobody knows this key.
  ///
  /// @param spot of the key; its path is the one of what holds it
  /// @param near what was probably meant; may be empty
  record KeyUnknown(Spot spot, String key, List<String> near) implements OfFile {}

  /// A key that is needed is not there.
  record KeyMissing(Spot spot, String key) implements OfFile {}

  /// A text where a list is expected, and so on.
  record WrongType(Spot spot, String expected, String found) implements OfFile {}

  /// A text without a letter.
  record TextEmpty(Spot spot) implements OfFile {}

  /// A list without an entry.
  record ListEmpty(Spot spot) implements OfFile {}

  /// Not one of the values that this key takes.
  record ValueUnknown(Spot spot, String value, List<String> allowed, List<String> near)
      implements OfFile {}

  /// What the design holds and this version does not do.
  record ComesLater(Spot spot, Later feature) implements OfFile {}

  /// A variable has no value.
  record VariableMissing(Spot spot, String variable, List<String> near) implements OfValue {}

  /// `$(NAME)` is left as text: the pipeline did not know the variable.
  record MacroLeft(Spot spot, String macro, String name) implements OfValue {}

  /// `${` is not followed by a name and `}`.
  record ReferenceBroken(Spot spot) implements OfValue {}

  /// A name that Azure or Kubernetes would refuse.
  record NameRefused(Spot spot, String name, NameRule rule) implements OfValue {}

  /// A refused entry of a variable that should list names of secrets. Its text is not kept: it may
  /// be a secret's value, put there by mistake.
  record SecretNameRefused(Spot spot) implements OfValue {}

  /// Capitals where Kubernetes takes none.
  record CapitalsRefused(Spot spot, String name) implements OfValue {}

  /// A name that latchkey's own tags have.
  record TagReserved(Spot spot, String tag) implements OfValue {}

  /// An entry of a variable is not a cluster.
  record EntryNotCluster(Spot spot, String entry) implements OfClusters {}

  /// A variable begins like a JSON array and is none.
  record ListNotJson(Spot spot, int line, int column, String reason) implements OfClusters {}

  /// A cluster is listed twice.
  record ClusterTwice(Spot spot, String cluster, Spot first) implements OfClusters {}

  /// Two clusters have one short name.
  record NameTwice(Spot spot, String name, Spot first) implements OfClusters {}

  /// A selection that says nothing.
  record SelectOpen(Spot spot) implements OfSelection {}

  /// A selection cannot tell where to look.
  ///
  /// @param others how many subscriptions the listed clusters lie in
  record SelectSubscriptionUnclear(Spot spot, int others) implements OfSelection {}

  /// A pattern that no name can fit.
  record PatternRefused(Spot spot, String pattern, NameRule rule) implements OfSelection {}

  /// Not a share in percent.
  record ShareRefused(Spot spot) implements OfSelection {}

  /// Two selections find one cluster and give it different settings.
  record SelectedTwice(Spot spot, String cluster, Spot first) implements OfSelection {}

  /// A found cluster has the name of another one.
  record SelectedNameTwice(Spot spot, String name, String id, String other)
      implements OfSelection {}

  /// The fleet would have no cluster.
  ///
  /// @param seen how many clusters there are
  record SelectionEmpty(Spot spot, int seen) implements OfSelection {}

  /// Two clusters would sign in as one identity.
  record IdentityShared(Spot spot, String cluster, String first, String identity)
      implements OfClusters {}

  /// The vault's subscription cannot be told from the clusters'.
  record VaultSubscriptionMissing(Spot spot, int subscriptions) implements OfClusters {}

  /// AKS owns this resource group and deletes it with the cluster.
  record NodeResourceGroup(Spot spot, String group) implements OfClusters {}

  /// Nobody fills this placeholder.
  record PlaceholderUnknown(Spot spot, String placeholder, List<String> near)
      implements OfClusters {}

  /// `{environment}` is used, and this cluster has none.
  record EnvironmentMissing(Spot spot, String cluster) implements OfClusters {}

  /// There is no chart at this path.
  record ChartMissing(Spot spot, String path) implements OfApplication {}

  /// There is something at this path, and it is no chart.
  record NotAChart(Spot spot, String path) implements OfApplication {}

  /// A chart of a registry without a version.
  record ChartVersionMissing(Spot spot) implements OfApplication {}

  /// A version for a chart that has its own.
  record ChartVersionIdle(Spot spot) implements OfApplication {}

  /// There is no values file at this path.
  record ValuesMissing(Spot spot, String path) implements OfApplication {}

  /// A key of `set` is not a path of values.
  record ValuePathBroken(Spot spot, String key) implements OfApplication {}

  /// A secret is listed twice.
  record SecretTwice(Spot spot, String name, Spot first) implements OfApplication {}

  /// The application would know two secrets by one name.
  record AliasTwice(Spot spot, String name, Spot first) implements OfApplication {}

  /// The condition that names the secrets would be longer than Azure takes.
  record ConditionTooLong(Spot spot, int secrets, int length) implements OfApplication {}

  /// Two waves have one name.
  record WaveTwice(Spot spot, String name, Spot first) implements OfRollout {}

  /// Two waves name no clusters, and only one can take the rest.
  record RestTwice(Spot spot, Spot first) implements OfRollout {}

  /// A wave names a cluster that the file does not have.
  record WaveClusterUnknown(Spot spot, String cluster, List<String> near) implements OfRollout {}

  /// Two waves name one cluster.
  record WaveClusterTwice(Spot spot, String cluster, Spot first) implements OfRollout {}

  /// No wave takes this cluster.
  record ClusterWithoutWave(Spot spot, String cluster) implements OfRollout {}

  /// Not a duration.
  record DurationRefused(Spot spot, String written) implements OfValue {}

  /// A share of Azure's limits is no percentage.
  record BudgetRefused(Spot spot, String written) implements OfValue {}

  /// A number below what makes sense.
  record NumberTooSmall(Spot spot, String number, String least) implements OfValue {}

  /// A lag that would fail before its usual time is over.
  record BoundBelowUsual(Spot spot) implements OfValue {}

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
