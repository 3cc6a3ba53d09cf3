// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may know whom, and where clock, chance, environment and console live.
///
/// The order of packages is written once, in `docs/architecture.md`, and read from there.
class ArchitectureTest {
  private static final Path ROOT = Path.of(System.getProperty("latchkey.root", ".."));
  private static final String OURS = "dev.latchkey.";
  private static final Pattern ORDERED = Pattern.compile("(\\w+) +(\\w+(?: → \\w+)+)");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("dev.latchkey");

  /// The packages of each module, as the documents order them.
  private static final Map<String, List<String>> ORDER = order();

  /// A module is the first part of a package after `dev.latchkey`; here stand the others that it
  /// may use.
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "core", Set.of(),
          "azure", Set.of("core"),
          "kubernetes", Set.of("core"),
          "sandbox", Set.of(),
          "sample", Set.of(),
          "cli", Set.of("core", "azure", "kubernetes", "sandbox"));

  /// What only some classes may touch, so that everything else can be tested without it.
  enum Kept {
    CLOCK(
        Set.of(
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Clock.system",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.InstantSource.system",
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.util.Date.<init>"),
        "cli.command.WallTime",
        "sandbox.clock.SandboxClock",
        "sample.Main"),
    SLEEP(
        Set.of(
            "java.lang.Thread.sleep",
            "java.util.concurrent.TimeUnit.sleep",
            "java.util.concurrent.locks.LockSupport.parkNanos",
            "java.util.concurrent.locks.LockSupport.parkUntil"),
        "cli.command.WallTime",
        "sample.Main"),
    ENVIRONMENT(Set.of("java.lang.System.getenv"), "cli.Main", "sample.Main"),
    CONSOLE(
        Set.of(
            "java.lang.System.out",
            "java.lang.System.err",
            "java.lang.System.in",
            "java.io.FileDescriptor.out",
            "java.io.FileDescriptor.err",
            "java.io.FileDescriptor.in"),
        "cli.Main",
        "sample.Main"),
    CHANCE(
        Set.of(
            "java.util.Random.<init>",
            "java.security.SecureRandom.<init>",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.random.RandomGenerator.of",
            "java.util.random.RandomGenerator.getDefault"),
        "cli.command.RunId",
        "sandbox.server.CertificateAuthority");

    private final Set<String> members;
    private final List<String> homes;

    Kept(Set<String> members, String... homes) {
      this.members = members;
      this.homes = Arrays.stream(homes).map(OURS::concat).toList();
    }

    /// Whether it is a call, a method reference or a field of these.
    boolean isTouchedBy(JavaAccess<?> access) {
      return members.contains(access.getTargetOwner().getName() + "." + access.getName());
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyItsHomesTouch(Kept kept) {
    assertThat(
            CLASSES.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(kept::isTouchedBy)
                .map(access -> outermost(access.getOriginOwner()))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(kept.homes);
  }

  static Stream<String> modules() {
    return ARROWS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleUsesOnlyTheModulesBelowIt(String module) {
    var strangers = ARROWS.keySet().stream().filter(other -> !mayUse(module, other));

    noClasses()
        .that(resideInAPackage(OURS + module + ".."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(strangers.map(other -> OURS + other + "..").toArray(String[]::new)))
        .check(CLASSES);
  }

  private static boolean mayUse(String module, String other) {
    return other.equals(module) || ARROWS.getOrDefault(module, Set.of()).contains(other);
  }

  @Test
  void onlyTheRehearsalsKnowTheSandbox() {
    noClasses()
        .that(resideInAPackage(OURS + "cli.."))
        .and(
            DescribedPredicate.not(
                resideInAnyPackage(OURS + "cli.rehearsal", OURS + "cli.torture")))
        .should()
        .dependOnClassesThat(resideInAPackage(OURS + "sandbox.."))
        .because("the product meets the sandbox over HTTPS, as it meets Azure")
        .check(CLASSES);
  }

  @Test
  void theCoreKnowsJavaAlone() {
    classes()
        .that(resideInAPackage(OURS + "core.."))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "org.jspecify.annotations", OURS + "core.."))
        .because("no type of an SDK, of JSON or of the command line gets into it")
        .check(CLASSES);
  }

  @Test
  void onlyTheRunOfTheCoreStartsThreads() {
    noClasses()
        .that(resideInAPackage(OURS + "core.."))
        .and(DescribedPredicate.not(resideInAPackage(OURS + "core.run")))
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "start threads", type -> type.isEquivalentTo(Thread.class) || isOfExecutors(type)))
        .check(CLASSES);
  }

  private static boolean isOfExecutors(JavaClass type) {
    return type.isAssignableTo(Executor.class)
        || type.isEquivalentTo(Executors.class)
        || type.isEquivalentTo(CompletableFuture.class);
  }

  @Test
  void jacksonIsJackson3() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core.."))
        .because("tools.jackson is; the older one belongs to the Azure libraries")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.latchkey.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  static Stream<String> orderedModules() {
    return ORDER.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("orderedModules")
  void theDocumentsNameThePackagesOfAModule(String module) {
    assertThat(packages().filter(name -> moduleOf(name).equals(module)))
        .containsExactlyInAnyOrderElementsOf(ORDER.get(module));
  }

  @Test
  void theDocumentsOrderEveryModuleThatHasSeveralPackages() {
    assertThat(packages().collect(Collectors.groupingBy(ArchitectureTest::moduleOf)))
        .allSatisfy(
            (module, packages) ->
                assertThat(packages.size() == 1 || ORDER.containsKey(module)).as(module).isTrue());
  }

  @ParameterizedTest
  @MethodSource("orderedModules")
  void aPackageUsesOnlyEarlierOnesOfItsModule(String module) {
    List<String> packages = ORDER.getOrDefault(module, List.of());

    for (int i = 0; i < packages.size() - 1; i++) {
      noClasses()
          .that(resideInAPackage(packages.get(i)))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(packages.subList(i + 1, packages.size()).toArray(String[]::new)))
          .check(CLASSES);
    }
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(packages().map(CLASSES::getPackage))
        .filteredOn(p -> !p.isAnnotatedWith(NullMarked.class))
        .extracting(JavaPackage::getName)
        .isEmpty();
  }

  private static Stream<String> packages() {
    return CLASSES.stream().map(JavaClass::getPackageName).distinct();
  }

  private static String moduleOf(String packageName) {
    return packageName.substring(OURS.length()).replaceFirst("\\..*", "");
  }

  private static String outermost(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }

  /// Reads lines such as `core resource → fleet → …`.
  private static Map<String, List<String>> order() {
    try (var lines = Files.lines(ROOT.resolve("docs/architecture.md"))) {
      return lines
          .map(ORDERED::matcher)
          .filter(Matcher::matches)
          .collect(
              Collectors.toUnmodifiableMap(
                  line -> line.group(1),
                  line ->
                      Arrays.stream(line.group(2).split(" → "))
                          .map(name -> packageOf(line.group(1), name))
                          .toList()));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /// A module's own name stands for the package of the module itself.
  private static String packageOf(String module, String name) {
    return OURS + (name.equals(module) ? module : module + "." + name);
  }
}
