// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Ask;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Acting as somebody else, as `kubectl --as` does: for those only who may `impersonate` them.
final class Impersonation {
  private static final String ACCOUNT = "system:serviceaccount:";

  private final Authorization authorization;

  Impersonation(Authorization authorization) {
    this.authorization = authorization;
  }

  /// As whom the request is to be judged.
  Caller caller(Ask ask, Caller asking) {
    Optional<String> user = ask.header("impersonate-user").filter(name -> !name.isEmpty());
    List<String> groups = ask.headers().getOrDefault("impersonate-group", List.of());
    if (user.isEmpty()) {
      if (!groups.isEmpty()) {
        throw Refusal.badRequest("requested groups without impersonating a user");
      }
      return asking;
    }
    String name = user.get();
    String[] account = name.startsWith(ACCOUNT) ? name.split(":", -1) : new String[0];
    need(
        asking,
        account.length == 4
            ? new Attempt("impersonate", "", "serviceaccounts", "", account[2], account[3], "")
            : new Attempt("impersonate", "", "users", "", "", name, ""));
    groups.forEach(
        group -> need(asking, new Attempt("impersonate", "", "groups", "", "", group, "")));
    var all = new HashSet<String>(groups);
    all.add(Caller.AUTHENTICATED);
    if (account.length == 4 && groups.isEmpty()) {
      all.addAll(Set.of("system:serviceaccounts", "system:serviceaccounts:" + account[2]));
    }
    return Caller.named(name, all);
  }

  private void need(Caller asking, Attempt attempt) {
    Optional<String> refusal = authorization.refusal(asking, attempt);
    if (refusal.isPresent()) {
      throw Refusal.forbidden(
          attempt.resource() + " \"" + attempt.name() + "\"",
          attempt.refusalTo(asking.name(), refusal.get()));
    }
  }
}
