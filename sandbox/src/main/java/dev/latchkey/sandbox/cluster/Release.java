// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is not of an api-version but of AKS' own releases: the same request was answered otherwise
/// in another year. Read off recordings of 2020 to 2025.
///
/// @param from from when on AKS was so
/// @param newest the newest api-version that it really knew, whatever was asked for
/// @param polls where its operations are asked for
/// @param errors how an error without a subcode looks
/// @param etags where the tags of clusters show
/// @param balancer how `loadBalancerSku` is spelled once a cluster is made
/// @param version what a cluster gets whose creator names no version
/// @param images the newest images of nodes
record Release(
    Instant from,
    ApiVersion newest,
    Polls polls,
    Errors errors,
    Etags etags,
    String balancer,
    Kubernetes version,
    Images images) {

  /// The addresses of operations, and the names that operations give themselves.
  ///
  /// @param version the api-version in the address: AKS' own choice, not the caller's
  record Polls(String version, Form form) {
    private static final Pattern VERSION = Pattern.compile("[?&]api-version=([^&]*)");

    static Polls of(String address) {
      Matcher version = VERSION.matcher(address);
      return new Polls(
          version.find() ? version.group(1) : "",
          address.contains("&t=") ? Form.SIGNED : Form.PLAIN);
    }

    enum Form {
      /// No signature; the first three groups of the GUID are byte-swapped in the name.
      PLAIN,
      /// With the parameters t, c, s and h; the name is the GUID of the address.
      SIGNED
    }
  }

  /// Errors without a subcode.
  enum Errors {
    /// Code and message alone.
    BARE,
    /// With `details` null and an empty `subcode`.
    PADDED
  }

  /// Which versions show etags.
  enum Etags {
    PREVIEWS,
    ALL
  }

  /// A version of Kubernetes: as a cluster keeps it, and the patch that it runs.
  record Kubernetes(String wanted, String current) {}

  /// The images of nodes by operating system.
  record Images(String linux, String windows) {}

  /// Since when the status of an operation names what AKS is at.
  static final Instant SPEAKING = Instant.parse("2025-01-01T00:00:00Z");

  private static final Polls PLAIN = new Polls("2016-03-30", Polls.Form.PLAIN);
  private static final ApiVersion ANY = new ApiVersion("9999-12-31");
  private static final String WINDOWS_2019 = "AKSWindows-2019-17763.1577.201111";
  private static final String WINDOWS_2022 = "AKSWindows-2022-containerd-20348.1787.230614";

  private static final Release OF_2020 =
      new Release(
          Instant.EPOCH,
          new ApiVersion("2020-11-01"),
          PLAIN,
          Errors.BARE,
          Etags.PREVIEWS,
          "Standard",
          new Kubernetes("1.17.13", "1.17.13"),
          new Images("AKSUbuntu-1804-2021.01.06", WINDOWS_2019));

  private static final Release OF_2023 =
      new Release(
          Instant.parse("2021-01-01T00:00:00Z"),
          ANY,
          PLAIN,
          Errors.BARE,
          Etags.PREVIEWS,
          "Standard",
          new Kubernetes("1.25.6", "1.25.6"),
          new Images("AKSUbuntu-2204gen2containerd-202306.19.0", WINDOWS_2022));

  private static final Release OF_2024 =
      new Release(
          Instant.parse("2023-11-01T00:00:00Z"),
          ANY,
          new Polls("2016-03-30", Polls.Form.SIGNED),
          Errors.PADDED,
          Etags.PREVIEWS,
          "standard",
          new Kubernetes("1.28", "1.28.9"),
          new Images("AKSUbuntu-2204gen2containerd-202405.20.0", WINDOWS_2022));

  private static final Release OF_2025 =
      new Release(
          SPEAKING,
          ANY,
          new Polls("2025-03-01", Polls.Form.SIGNED),
          Errors.PADDED,
          Etags.PREVIEWS,
          "standard",
          new Kubernetes("1.32", "1.32.7"),
          new Images("AKSUbuntu-2204gen2containerd-202509.18.0", WINDOWS_2022));

  private static final Release OF_2026 =
      new Release(
          Instant.parse("2026-02-01T00:00:00Z"),
          ANY,
          OF_2025.polls,
          Errors.PADDED,
          Etags.PREVIEWS,
          "standard",
          new Kubernetes("1.34", "1.34.0"),
          OF_2025.images);

  private static final List<Release> ALL = List.of(OF_2020, OF_2023, OF_2024, OF_2025, OF_2026);

  /// AKS as it was at a moment.
  static Release at(Instant moment) {
    return ALL.stream()
        .filter(release -> !release.from().isAfter(moment))
        .reduce(OF_2020, (_, later) -> later);
  }

  /// AKS as it was when it gave out this address of an operation: of the releases that wrote such
  /// addresses the one nearest to this.
  Release polledAt(String address) {
    Polls polled = Polls.of(address);
    return ALL.stream()
        .filter(release -> release.polls.form() == polled.form())
        .min(
            Comparator.comparing((Release one) -> !one.polls.version().equals(polled.version()))
                .thenComparing(one -> Duration.between(one.from, from).abs()))
        .map(release -> release.with(polled))
        .orElse(this);
  }

  /// What a cluster of this version gets: an alias such as `1.32` stands for its newest patch.
  Kubernetes kubernetes(String wanted) {
    if (wanted.isEmpty()) {
      return version;
    }
    if (!wanted.matches("\\d+\\.\\d+")) {
      return new Kubernetes(wanted, wanted);
    }
    String current = version.current().startsWith(wanted + ".") ? version.current() : wanted + ".0";
    return new Kubernetes(wanted, current);
  }

  Release with(Polls other) {
    return new Release(from, newest, other, errors, etags, balancer, version, images);
  }

  Release with(Etags other) {
    return new Release(from, newest, polls, errors, other, balancer, version, images);
  }

  Release with(Kubernetes other) {
    return new Release(from, newest, polls, errors, etags, balancer, other, images);
  }

  Release with(Images other) {
    return new Release(from, newest, polls, errors, etags, balancer, version, other);
  }
}
