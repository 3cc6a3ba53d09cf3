// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The fourth check: is a token left in every bucket that this request draws from?
final class RateCheck {
  /// What the check found.
  sealed interface Finding {
    /// It may go on.
    ///
    /// @param headers how much is left
    record Passed(Map<String, String> headers) implements Finding {}

    record Refused(Answer answer) implements Finding {}
  }

  /// All callers together may ask this many times as much as one.
  private static final int GLOBAL = 15;

  private final Throttling throttling;
  private final Buckets buckets = new Buckets();

  RateCheck(Throttling throttling) {
    this.throttling = throttling;
  }

  Finding of(ResourceType type, Call call) {
    return switch (throttling) {
      case OFF -> new Finding.Passed(Map.of());
      case AZURE -> taken(type, call);
    };
  }

  private Finding taken(ResourceType type, Call call) {
    var headers = new LinkedHashMap<String, String>();
    for (Own own : own(call)) {
      Buckets.Taken taken = buckets.take(own.limit(), call.now());
      if (taken.refused()) {
        return new Finding.Refused(refused(own.limit(), call, taken));
      }
      headers.put(own.header(), Long.toString((long) taken.tokens()));
    }
    for (Limit limit : type.limits(call)) {
      Buckets.Taken taken = buckets.take(limit, call.now());
      if (taken.refused()) {
        return new Finding.Refused(refused(limit, call, taken));
      }
    }
    return new Finding.Passed(headers);
  }

  /// A bucket of ARM itself.
  ///
  /// @param header where ARM tells what is left in it
  private record Own(Limit limit, String header) {}

  private static List<Own> own(Call call) {
    String kind = kind(call);
    int burst = kind.equals("reads") ? 250 : 200;
    int refill = kind.equals("reads") ? 25 : 10;
    String level = call.target().subscription().isPresent() ? "subscription" : "tenant";
    String place = call.target().subscription().orElse("tenant").toLowerCase(Locale.ROOT);
    String actor = place + ":" + call.caller().objectId() + ":" + kind;
    String all = place + ":all:" + kind;
    String header = "x-ms-ratelimit-remaining-" + level;
    return List.of(
        new Own(limit(actor, burst, refill), header + "-" + kind),
        new Own(limit(all, burst * GLOBAL, refill * GLOBAL), header + "-global-" + kind));
  }

  private static Limit limit(String key, int burst, int refill) {
    return new Limit("arm:" + key, burst, refill, Limit.Overflow.ARM);
  }

  /// ARM counts every POST among the writes.
  private static String kind(Call call) {
    return switch (call.ask().method()) {
      case "GET", "HEAD" -> "reads";
      case "DELETE" -> "deletes";
      default -> "writes";
    };
  }

  private static Answer refused(Limit limit, Call call, Buckets.Taken taken) {
    long seconds = Math.max(1, taken.pause().plusMillis(999).toSeconds());
    return worded(limit, call, seconds).with("Retry-After", Long.toString(seconds));
  }

  private static Answer worded(Limit limit, Call call, long seconds) {
    return switch (limit.overflow()) {
      case ARM -> callerThrottled(call, seconds);
      case CONTAINER_SERVICE ->
          Refusal.flat(
              429,
              "Throttled",
              "The request is throttled. Please try again after %d seconds.".formatted(seconds),
              "");
      case PROVIDER ->
          Refusal.of(
              429,
              "TooManyRequests",
              "The request is throttled. Please try again after %d seconds.".formatted(seconds));
    };
  }

  /// ARM's own refusal of a caller that asks too often.
  static Answer callerThrottled(Call call, long seconds) {
    return Refusal.byGateway(
            429,
            "SubscriptionRequestsThrottled",
            "Number of '%s' requests for subscription actor '%s:%s' exceeded. Please try again after '%d' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information."
                .formatted(
                    kind(call).substring(0, kind(call).length() - 1),
                    call.target().subscription().orElse(call.caller().tenantId()),
                    call.caller().objectId(),
                    seconds))
        .with("Retry-After", Long.toString(seconds));
  }
}
