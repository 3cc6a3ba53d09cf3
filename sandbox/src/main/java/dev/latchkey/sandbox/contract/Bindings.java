// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which generated value of ours answers to which recorded one: bound at first sight, one to one,
/// and the same ever after.
final class Bindings {
  private final Map<String, String> ours = new HashMap<>();
  private final Map<String, String> recorded = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  /// What stands in this text is no value of the sandbox's: both sides have it.
  void known(String text) {
    Tokens.rewritten(
        text,
        between -> between,
        found -> {
          if (found.token().isBound(found.text())) {
            ours.putIfAbsent(key(found.text()), found.text());
            recorded.putIfAbsent(key(found.text()), found.text());
          }
          return "";
        });
  }

  /// The text with each bound recorded value replaced by ours.
  String translated(String text) {
    return Tokens.rewritten(
        text, between -> between, found -> ours(found.text()).orElse(found.text()));
  }

  private Optional<String> ours(String text) {
    return Optional.ofNullable(ours.get(key(text))).map(bound -> spelled(bound, text));
  }

  /// A GUID appears with and without dashes, in either case.
  private static String spelled(String bound, String like) {
    String dashed = like.contains("-") ? bound : bound.replace("-", "");
    boolean isGuid = bound.matches(Token.GUID.form());
    if (!isGuid) {
      return bound;
    }
    return like.equals(like.toLowerCase(Locale.ROOT)) ? dashed : dashed.toUpperCase(Locale.ROOT);
  }

  private static String key(String text) {
    return text.matches(Token.GUID.form()) || text.matches("[0-9a-fA-F]{32}")
        ? text.replace("-", "").toLowerCase(Locale.ROOT)
        : text;
  }

  /// Whether ours is the recorded text but for generated parts, which are bound by this.
  boolean agree(String wanted, String seen) {
    if (translated(wanted).equals(seen)) {
      return true;
    }
    var unbound = new ArrayList<Tokens.Found>();
    String form = Tokens.rewritten(wanted, Pattern::quote, found -> form(found, unbound));
    Matcher matcher = Pattern.compile(form, Pattern.DOTALL).matcher(seen);
    if (!matcher.matches()) {
      return false;
    }
    for (int i = 0; i < unbound.size(); i++) {
      if (!bound(unbound.get(i), matcher.group(i + 1))) {
        return false;
      }
    }
    return true;
  }

  private String form(Tokens.Found found, List<Tokens.Found> unbound) {
    Optional<String> known =
        found.token().isBound(found.text()) ? ours(found.text()) : Optional.empty();
    if (known.isPresent()) {
      return Pattern.quote(known.get());
    }
    unbound.add(found);
    return "(" + found.token().formOf(found.text()) + ")";
  }

  private boolean bound(Tokens.Found found, String seen) {
    return !found.token().isBound(found.text()) || bound(found.text(), seen);
  }

  /// Binds two values that need no form of a generated one; false where one is bound otherwise.
  boolean bound(String wanted, String seen) {
    String before = ours.putIfAbsent(key(wanted), seen);
    String other = recorded.putIfAbsent(key(seen), wanted);
    return (before == null || key(before).equals(key(seen)))
        && (other == null || key(other).equals(key(wanted)));
  }

  /// Where a client goes that was told to follow the recorded address.
  void follow(String recordedUrl, String ourUrl) {
    links.put(withoutUsualPort(recordedUrl), ourUrl);
  }

  /// Our address in the place of a recorded one: the one that was given to follow, byte for byte,
  /// or the recorded one with its bound values.
  String url(String recordedUrl) {
    String followed = links.get(withoutUsualPort(recordedUrl));
    return followed == null ? translated(recordedUrl) : followed;
  }

  /// Key Vault names the port that clients then leave out.
  private static String withoutUsualPort(String url) {
    return url.replaceFirst("^(https://[^/:]+):443/", "$1/");
  }
}
