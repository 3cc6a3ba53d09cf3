// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.core.problem.Text;
import dev.latchkey.core.resource.SecretCondition;
import java.util.List;
import java.util.Locale;

/// The sentences of [ConfigProblem]. Each stands behind its place, so it begins in lower case.
final class ConfigWording {
  private ConfigWording() {}

  /// The name of the kind in words, such as `key-unknown`.
  static String code(ConfigProblem problem) {
    return problem
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  static Text of(ConfigProblem problem) {
    return switch (problem) {
      case ConfigProblem.OfFile p -> ofFile(p);
      case ConfigProblem.OfValue p -> ofValue(p);
      case ConfigProblem.OfClusters p -> ofClusters(p);
      case ConfigProblem.OfSelection p -> ofSelection(p);
      case ConfigProblem.OfApplication p -> ofApplication(p);
      case ConfigProblem.OfRollout p -> ofRollout(p);
    };
  }

  private static Text ofFile(ConfigProblem.OfFile problem) {
    return switch (problem) {
      case ConfigProblem.FileMissing _ -> what("there is no such file");
      case ConfigProblem.FileUnreadable p -> because("the file cannot be read", p.reason());
      case ConfigProblem.FileEmpty _ ->
          next(
              "the file is empty",
              "It needs apiVersion, application, keyVault, chart and clusters");
      case ConfigProblem.NotYaml p -> because("this is not YAML", p.reason());
      case ConfigProblem.TooManyAliases p ->
          because(
              about(p) + " cannot be read", "its aliases repeat too much or contain themselves");
      case ConfigProblem.KeyTwice p ->
          what("key " + p.key() + " stands twice" + in(p) + ", first in line " + p.firstLine());
      case ConfigProblem.KeyUnknown p ->
          next("unknown key " + p.key() + in(p), didYouMean(p.near()));
      case ConfigProblem.KeyMissing p -> what("key " + p.key() + " is missing" + in(p));
      case ConfigProblem.WrongType p -> wrongType(p);
      case ConfigProblem.TextEmpty p -> what(about(p) + " is empty");
      case ConfigProblem.ListEmpty p ->
          what(about(p) + " lists nothing; it needs one entry or more");
      case ConfigProblem.ValueUnknown p ->
          next(
              about(p) + " is " + quoted(p.value()) + ", and takes " + either(p.allowed()),
              didYouMean(p.near()));
      case ConfigProblem.ComesLater p ->
          next(
              p.spot().path() + p.feature().which() + " comes with a later version",
              p.feature().instead());
    };
  }

  private static Text ofValue(ConfigProblem.OfValue problem) {
    return switch (problem) {
      case ConfigProblem.VariableMissing p ->
          next(
              "the variable " + p.variable() + ", used by " + p.spot().path() + ", has no value",
              didYouMean(p.near()));
      case ConfigProblem.MacroLeft p -> macroLeft(p);
      case ConfigProblem.ReferenceBroken p ->
          next(
              p.spot().path() + " has a ${ without a name and } behind it",
              "A variable is written ${NAME}, the text ${ itself is written $${");
      case ConfigProblem.NameRefused p ->
          because(about(p) + " is " + quoted(p.name()), p.rule().sentence());
      case ConfigProblem.SecretNameRefused p ->
          next(
              about(p) + " is not the name of a secret: " + NameRule.SECRET.sentence(),
              "Its text is not shown, since it may be a secret's value");
      case ConfigProblem.CapitalsRefused p ->
          because(
              about(p) + " is " + quoted(p.name()) + ", with capitals",
              "Kubernetes takes lower case only, and Entra ID compares letter by letter");
      case ConfigProblem.TagReserved p ->
          what(about(p) + ": the tag " + p.tag() + " is one that latchkey writes itself");
      case ConfigProblem.DurationRefused p ->
          because(
              about(p) + " is " + quoted(p.written()),
              "a duration is written with its units, such as 500ms, 10s, 5m or 1h30m");
      case ConfigProblem.BudgetRefused p ->
          because(about(p) + " is " + quoted(p.written()), Budget.FORM);
      case ConfigProblem.NumberTooSmall p ->
          what(about(p) + " is " + p.number() + ", and must be " + p.least());
      case ConfigProblem.BoundBelowUsual p ->
          because(
              about(p) + " is shorter than `usual`", "the wait would fail before its usual time");
    };
  }

  private static Text ofClusters(ConfigProblem.OfClusters problem) {
    return switch (problem) {
      case ConfigProblem.EntryNotCluster p ->
          because(
              about(p) + " is " + quoted(p.entry()),
              "a cluster is written resourceGroup/name or subscription/resourceGroup/name");
      case ConfigProblem.ListNotJson p ->
          because(
              about(p) + " begins with [ and is not a JSON array",
              "line %d, column %d of the variable: %s".formatted(p.line(), p.column(), p.reason()));
      case ConfigProblem.ClusterTwice p ->
          what(
              about(p)
                  + ": the cluster "
                  + p.cluster()
                  + " is listed already, as "
                  + at(p.first()));
      case ConfigProblem.NameTwice p ->
          next(
              about(p) + ": another cluster is called " + p.name() + ", " + at(p.first()),
              "Give one of them a short name of its own with `as`");
      case ConfigProblem.IdentityShared p ->
          next(
              "the clusters %s and %s would share the managed identity %s"
                  .formatted(p.first(), p.cluster(), p.identity()),
              "Put {cluster} into identity.name");
      case ConfigProblem.VaultSubscriptionMissing p ->
          because(
              "key subscription is missing" + in(p),
              "the clusters lie in "
                  + p.subscriptions()
                  + " subscriptions, so the vault's cannot be told from theirs");
      case ConfigProblem.NodeResourceGroup p ->
          next(
              "the managed identity would be made in "
                  + p.group()
                  + ", a node resource group: AKS deletes it with the cluster",
              "Name another one in identity.resourceGroup");
      case ConfigProblem.PlaceholderUnknown p ->
          next(
              about(p)
                  + " has the unknown placeholder {"
                  + p.placeholder()
                  + "}; known are "
                  + IdentityName.known(),
              didYouMean(p.near()));
      case ConfigProblem.EnvironmentMissing p ->
          next(
              about(p) + " uses {environment}, and the cluster " + p.cluster() + " has none",
              "Give the cluster an `environment`");
    };
  }

  private static Text ofSelection(ConfigProblem.OfSelection problem) {
    return switch (problem) {
      case ConfigProblem.SelectOpen p ->
          because(
              about(p) + " says nothing",
              "it needs one of subscriptions, tags, resourceGroups and names");
      case ConfigProblem.SelectSubscriptionUnclear p ->
          next(
              p.others() == 0
                  ? about(p) + " does not say in which subscription"
                  : "%s does not say in which subscription, and the file's clusters lie in %d"
                      .formatted(about(p), p.others()),
              "Give it `subscriptions`, or the file a `subscription`");
      case ConfigProblem.PatternRefused p ->
          because(
              about(p) + " is " + quoted(p.pattern()),
              "no name can fit that: "
                  + p.rule().sentence()
                  + "; * stands for any of them, ? for one");
      case ConfigProblem.ShareRefused p ->
          what(about(p) + " is not a share; it is written with its sign, such as 20%");
      case ConfigProblem.SelectedTwice p ->
          next(
              "%s selects the cluster %s, and so does %s with other settings"
                  .formatted(about(p), p.cluster(), at(p.first())),
              "Narrow one of them, or list the cluster by itself");
      case ConfigProblem.SelectedNameTwice p ->
          next(
              "%s: two clusters are called %s, %s and %s"
                  .formatted(about(p), p.name(), p.id(), p.other()),
              "List one of them by itself, with a short name of its own as its `as`");
      case ConfigProblem.SelectionEmpty p ->
          next(
              "%s selects nothing: Azure shows %d cluster%s, and none fits"
                  .formatted(about(p), p.seen(), p.seen() == 1 ? "" : "s"),
              "Correct the selection or the clusters' tags, or let the signed-in principal read the"
                  + " clusters");
    };
  }

  private static Text ofApplication(ConfigProblem.OfApplication problem) {
    return switch (problem) {
      case ConfigProblem.ChartMissing p ->
          what(about(p) + ": there is no chart " + p.path() + " (seen from this file's folder)");
      case ConfigProblem.NotAChart p ->
          because(
              about(p) + ": " + p.path() + " is not a chart",
              "a chart is a folder with a Chart.yaml, or an archive that ends with .tgz");
      case ConfigProblem.ChartVersionMissing p ->
          because("key version is missing" + in(p), "a chart from oci:// needs one");
      case ConfigProblem.ChartVersionIdle p ->
          because(about(p) + " has no use", "the chart at a path has its own version");
      case ConfigProblem.ValuesMissing p ->
          what(about(p) + ": there is no file " + p.path() + " (seen from this file's folder)");
      case ConfigProblem.ValuePathBroken p ->
          next(
              about(p) + ": " + quoted(p.key()) + " is not a path of chart values",
              "Write it as for Helm's --set: image.tag, hosts[0].name, or a\\.b for a key with a"
                  + " dot");
      case ConfigProblem.SecretTwice p ->
          what(about(p) + ": the secret " + p.name() + " is listed already, as " + at(p.first()));
      case ConfigProblem.AliasTwice p ->
          next(
              about(p) + ": another secret is known as " + p.name() + ", " + at(p.first()),
              "Give one of them another `as`");
      case ConfigProblem.ConditionTooLong p ->
          next(
              "%s lists %d secrets, whose condition would have %d characters, and Azure takes %d"
                  .formatted(about(p), p.secrets(), p.length(), SecretCondition.LONGEST),
              "Use `access: roles`");
    };
  }

  private static Text ofRollout(ConfigProblem.OfRollout problem) {
    return switch (problem) {
      case ConfigProblem.WaveTwice p ->
          what(about(p) + ": another wave is called " + p.name() + ", " + at(p.first()));
      case ConfigProblem.RestTwice p ->
          next(
              about(p) + " names no clusters, and neither does " + at(p.first()),
              "Only one wave can take the rest: give one of them `clusters`");
      case ConfigProblem.WaveClusterUnknown p ->
          next(
              about(p) + " is " + quoted(p.cluster()) + ", and no cluster is called so",
              didYouMean(p.near()));
      case ConfigProblem.WaveClusterTwice p ->
          what(
              about(p)
                  + ": the cluster "
                  + p.cluster()
                  + " is in a wave already, "
                  + at(p.first()));
      case ConfigProblem.ClusterWithoutWave p ->
          next(
              about(p) + ": no wave takes the cluster " + p.cluster(),
              "Name it in a wave, or add a last wave without `clusters`, which takes the rest");
    };
  }

  private static Text wrongType(ConfigProblem.WrongType p) {
    boolean unquoted = p.expected().equals("a text") && !p.found().contains("list");
    return next(
        about(p) + " is " + p.found() + "; it takes " + p.expected(),
        unquoted && !p.found().contains("key") && !p.found().equals("nothing")
            ? "Put it in quotes"
            : "");
  }

  private static Text macroLeft(ConfigProblem.MacroLeft p) {
    return switch (p.spot().source()) {
      case Source.Variable _ ->
          because(
              about(p) + " is still the text \"" + p.macro() + "\"",
              "the pipeline has no variable of that name");
      case Source.Written _ ->
          next(
              about(p) + " is the text \"" + p.macro() + "\"",
              "In this file the variable is written ${" + p.name() + "}");
    };
  }

  private static String about(ConfigProblem problem) {
    return about(problem.spot());
  }

  /// The subject of a sentence: the key, and the variable that it came from.
  private static String about(Spot spot) {
    String path = spot.path().isEmpty() ? "the file" : spot.path();
    return switch (spot.source()) {
      case Source.Written _ -> path;
      case Source.Variable(var name, var entry) ->
          entry == 0
              ? "the variable " + name + ", used by " + path + ","
              : "entry " + entry + " of the variable " + name + ", used by " + path + ",";
    };
  }

  private static String at(Spot spot) {
    return switch (spot.source()) {
      case Source.Variable(var name, var entry) when entry > 0 ->
          "entry " + entry + " of the variable " + name;
      case Source.Variable _, Source.Written _ -> spot.path() + " in line " + spot.place().line();
    };
  }

  private static String in(ConfigProblem problem) {
    String path = problem.spot().path();
    return switch (problem.spot().source()) {
      case Source.Written _ -> path.isEmpty() ? "" : " in " + path;
      case Source.Variable(var name, var entry) ->
          " in entry " + entry + " of the variable " + name + ", used by " + path;
    };
  }

  private static String quoted(String text) {
    return '"' + text.replaceAll("\\p{Cntrl}", "?") + '"';
  }

  private static String either(List<String> allowed) {
    int last = allowed.size() - 1;
    return last == 0
        ? "only " + allowed.getFirst()
        : String.join(", ", allowed.subList(0, last)) + " or " + allowed.get(last);
  }

  private static String didYouMean(List<String> near) {
    return near.isEmpty() ? "" : "Did you mean " + near.getFirst() + "?";
  }

  private static Text what(String what) {
    return new Text(what, List.of(), "", "");
  }

  private static Text because(String what, String why) {
    return new Text(what, List.of(), why, "");
  }

  private static Text next(String what, String next) {
    return new Text(what, List.of(), "", next);
  }
}
