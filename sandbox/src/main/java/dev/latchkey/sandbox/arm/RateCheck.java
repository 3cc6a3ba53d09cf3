// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.limit.Bucket;
import dev.latchkey.sandbox.limit.Buckets;
import dev.latchkey.sandbox.limit.Throttling;
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

  private static final String LEFT = "x-ms-ratelimit-remaining-";

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
      Buckets.Taken taken = buckets.take(own.bucket(), call.now());
      headers.put(own.header(), Long.toString(Math.max(0, (long) taken.tokens())));
      if (taken.refused()) {
        return refused(callerThrottled(call, seconds(taken)), headers);
      }
    }
    for (Limit limit : type.limits(call)) {
      Buckets.Taken taken = buckets.take(limit.bucket(), call.now());
      if (taken.refused()) {
        return refused(worded(limit.overflow(), call, seconds(taken)), headers);
      }
    }
    return new Finding.Passed(headers);
  }

  /// ARM tells what is left in its buckets whoever refuses.
  private static Finding refused(Answer answer, Map<String, String> headers) {
    Answer told = answer;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      told = told.with(header.getKey(), header.getValue());
    }
    return new Finding.Refused(told);
  }

  /// A bucket of ARM itself.
  ///
  /// @param header where ARM tells what is left in it
  private record Own(Bucket bucket, String header) {}

  /// What belongs to no subscription is counted by tenant, where no limit for all callers is known.
  private static List<Own> own(Call call) {
    String kind = kind(call);
    int burst = kind.equals("reads") ? 250 : 200;
    int refill = kind.equals("reads") ? 25 : 10;
    String actor = ":" + call.caller().objectId() + ":" + kind;
    return call.target()
        .subscription()
        .map(id -> id.toLowerCase(Locale.ROOT))
        .map(
            id ->
                List.of(
                    new Own(bucket(id + actor, burst, refill), LEFT + "subscription-" + kind),
                    new Own(
                        bucket(id + ":all:" + kind, burst * GLOBAL, refill * GLOBAL),
                        LEFT + "subscription-global-" + kind)))
        .orElseGet(
            () ->
                List.of(new Own(bucket("tenant" + actor, burst, refill), LEFT + "tenant-" + kind)));
  }

  private static Bucket bucket(String key, int burst, int refill) {
    return new Bucket("arm:" + key, burst, refill);
  }

  /// ARM counts every POST among the writes.
  private static String kind(Call call) {
    return switch (call.ask().method()) {
      case "GET", "HEAD" -> "reads";
      case "DELETE" -> "deletes";
      default -> "writes";
    };
  }

  private static long seconds(Buckets.Taken taken) {
    return Math.max(1, taken.pause().plusMillis(999).toSeconds());
  }

  private static Answer worded(Limit.Overflow overflow, Call call, long seconds) {
    Answer answer =
        switch (overflow) {
          case Limit.Overflow.ContainerService(String handler) ->
              Refusal.flat(
                  429,
                  "Throttled",
                  "The %s request limit has been exceeded for SubID='%s', please retry again in %d seconds. For more information, please visit aka.ms/aks/throttling"
                      .formatted(handler, call.target().subscription().orElse(""), seconds),
                  "Throttled");
          case Limit.Overflow.Provider() ->
              Refusal.of(
                  429,
                  "TooManyRequests",
                  "The request is throttled. Please try again after %d seconds."
                      .formatted(seconds));
        };
    return answer.with("Retry-After", Long.toString(seconds));
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
