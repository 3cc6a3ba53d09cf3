// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The documents name classes, files and each other: all of these are there.
class DocumentsTest {
  private static final Path ROOT = Path.of(System.getProperty("latchkey.root", "."));

  /// `Change`, `FleetFile` …; words such as `AADSTS700211` or `PrincipalNotFound` are Azure's.
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+(?:[A-Z][a-z]+)*)`");

  private static final Pattern FILE =
      Pattern.compile("`([\\w.-]+(?:/[\\w.-]+)*/(?:[\\w.-]+\\.\\w+)?)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

  /// Words of Azure and Kubernetes that look like classes of ours.
  private static final Set<String> NOT_OURS =
      Set.of(
          "AccessDenied",
          "ActionMatches",
          "CanNotDelete",
          "Conflict",
          "EtagMismatch",
          "Exists",
          "ForbiddenByRbac",
          "LinkedAuthorizationFailed",
          "MutatingWebhookConfiguration",
          "OperationNotAllowed",
          "ParentResourceNotFound",
          "PreconditionFailed",
          "PrincipalNotFound",
          "ReadOnly",
          "RequestDisallowedByPolicy",
          "ResourceNotFound",
          "ScopeLocked",
          "Secret",
          "SecretGet",
          "SubscriptionRequestsThrottled",
          "Throttled",
          "TooManyRequests",
          "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity");

  /// Paths inside what users have, not inside the project.
  private static final Set<String> NOT_HERE = Set.of("DIR/sandbox.env", "DIR/NAME.kubeconfig");

  private static final Set<String> CLASSES = classes();

  @ParameterizedTest
  @MethodSource("documents")
  void nameOnlyClassesThatExist(Path document) throws IOException {
    assertThat(find(CLASS, document))
        .filteredOn(name -> !NOT_OURS.contains(name))
        .isSubsetOf(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void nameOnlyFilesThatExist(Path document) throws IOException {
    assertThat(find(FILE, document))
        .filteredOn(path -> !NOT_HERE.contains(path))
        .filteredOn(path -> !path.contains("/target/")) // the build makes these
        .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linkOnlyToDocumentsThatExist(Path document) throws IOException {
    assertThat(find(LINK, document))
        .allSatisfy(path -> assertThat(document.resolveSibling(path)).exists());
  }

  static List<Path> documents() throws IOException {
    try (var top = Files.list(ROOT);
        var docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs)
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  private static List<String> find(Pattern pattern, Path document) throws IOException {
    return pattern
        .matcher(Files.readString(document))
        .results()
        .map(result -> result.group(1))
        .distinct()
        .toList();
  }

  private static Set<String> classes() {
    try (var files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().contains("/src/"))
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
