// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ResourceId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final ResourceId ONE = ResourceId.cluster("s-1", "rg-a", "one");
  private static final ResourceId TWO = ResourceId.cluster("s-1", "rg-a", "two");
  private static final ResourceId THREE = ResourceId.cluster("s-1", "rg-b", "three");
  private static final ResourceId OTHER = ResourceId.cluster("s-2", "rg-a", "other");

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<ResourceId> there =
      new CopyOnWriteArrayList<>(List.of(ONE, TWO, THREE, OTHER));
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  @Test
  void asksOnceForAllOfASubscription() throws InterruptedException {
    var sweep = sweep(ONE, TWO, THREE);

    assertThat(sweep.find(ONE)).contains(ONE);
    assertThat(sweep.find(TWO)).contains(TWO);
    assertThat(sweep.find(THREE)).contains(THREE);

    assertThat(asked).containsExactly("s-1");
  }

  @Test
  void readsALoneOneItselfSinceAListMayShowThousands() throws InterruptedException {
    var sweep = sweep(ONE, TWO, OTHER);

    assertThat(sweep.find(OTHER)).contains(OTHER);

    assertThat(asked).containsExactly("other");
  }

  @Test
  void findsWhatIsListedInOtherCapitals() throws InterruptedException {
    there.replaceAll(id -> new ResourceId(id.text().replace("resourceGroups", "resourcegroups")));

    assertThat(sweep(ONE, TWO).find(new ResourceId(ONE.text().replace("rg-a", "RG-A"))))
        .isPresent();
    assertThat(asked).containsExactly("s-1");
  }

  @Test
  void listsResourceGroupsWhereTheSubscriptionIsForbidden() throws InterruptedException {
    refused.add("s-1");
    var sweep = sweep(ONE, TWO, THREE);

    assertThat(sweep.find(ONE)).contains(ONE);
    assertThat(sweep.find(TWO)).contains(TWO);
    assertThat(sweep.find(THREE)).contains(THREE);

    assertThat(asked).containsExactly("s-1", "s-1/rg-a", "three");
  }

  @Test
  void readsOneByOneWhereEachListIsForbidden() throws InterruptedException {
    refused.addAll(List.of("s-1", "s-1/rg-a"));
    var sweep = sweep(ONE, TWO);

    assertThat(sweep.find(ONE)).contains(ONE);
    assertThat(sweep.find(TWO)).contains(TWO);

    assertThat(asked).containsExactly("s-1", "s-1/rg-a", "one", "two");
  }

  @Test
  void asksOnceMoreForWhatAListDoesNotShow() throws InterruptedException {
    there.remove(TWO);

    assertThat(sweep(ONE, TWO).find(TWO)).isEmpty();

    assertThat(asked).containsExactly("s-1", "two");
  }

  @Test
  void tellsEverybodyThatAListFailed() {
    refused.add("s-1 broken");
    var sweep = sweep(ONE, TWO);

    assertThatThrownBy(() -> sweep.find(ONE)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> sweep.find(TWO)).isInstanceOf(ProblemException.class);

    assertThat(asked).containsExactly("s-1");
  }

  @Test
  void anotherOneAsksWhenTheOneWhoAskedIsInterrupted() throws Exception {
    var begun = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    Reads<ResourceId> reads =
        new Reads<>(
            Optional::of,
            subscription -> {
              asked.add(subscription);
              if (asked.size() > 1) {
                return there;
              }
              begun.countDown();
              return interruptible(never);
            },
            (_, _) -> List.of(),
            Optional::of,
            id -> id);
    var sweep = new Sweep<>(reads, ConcurrentHashMap.newKeySet(), List.of(ONE, TWO));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Optional<ResourceId>> first = threads.submit(() -> sweep.find(ONE));
      begun.await();
      Future<Optional<ResourceId>> second = threads.submit(() -> sweep.find(TWO));
      first.cancel(true);

      assertThat(second.get()).contains(TWO);
    }
    assertThat(asked).containsExactly("s-1", "s-1");
  }

  private static List<ResourceId> interruptible(CountDownLatch never) {
    try {
      never.await();
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(new AzureProblem.Unreachable("Listing", "host", "interrupted"), e);
    }
  }

  private Sweep<ResourceId> sweep(ResourceId... wanted) {
    Reads<ResourceId> reads =
        new Reads<>(
            this::one,
            subscription -> list(subscription, id -> id.subscription().equals(subscription)),
            (subscription, group) ->
                list(subscription + "/" + group, id -> id.resourceGroup().equals(group)),
            this::one,
            id -> id);
    return new Sweep<>(reads, ConcurrentHashMap.newKeySet(), Arrays.asList(wanted));
  }

  private Optional<ResourceId> one(ResourceId id) {
    asked.add(id.name());
    return there.stream().filter(id::equals).findFirst();
  }

  private List<ResourceId> list(String scope, Predicate<ResourceId> within) {
    asked.add(scope);
    if (refused.contains(scope)) {
      throw new ProblemException(
          new AzureProblem.NotAllowed(
              "Listing", "read", scope, answer(403, "AuthorizationFailed")));
    }
    if (refused.contains(scope + " broken")) {
      throw new ProblemException(new AzureProblem.Refused("Listing", answer(500, "Broken")));
    }
    return there.stream().filter(within).toList();
  }

  private static AzureAnswer answer(int status, String code) {
    return new AzureAnswer(status, code, "no", "c-1");
  }
}
