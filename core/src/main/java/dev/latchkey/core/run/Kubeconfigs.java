// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.ManagedClusters;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.step.StepProblem;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Clusters whose kubeconfigs are asked for once in a run, however many need them.
///
/// AKS hands out one a second in a subscription, and no more: so they are fetched early, while the
/// clusters are being updated, and not when each is ready. Any thread may call.
final class Kubeconfigs implements ManagedClusters {
  private static final System.Logger LOG = System.getLogger(Kubeconfigs.class.getName());

  private final ManagedClusters clusters;
  private final Map<ResourceId, FutureTask<Kubeconfig>> asked = new ConcurrentHashMap<>();

  Kubeconfigs(ManagedClusters clusters) {
    this.clusters = clusters;
  }

  /// Begins to fetch one that is needed later. A failure is nobody's yet: who needs it asks again.
  Thread fetchEarly(ResourceId id) {
    return Thread.ofVirtual().name("kubeconfig of " + id.name()).start(() -> tryOnce(id));
  }

  @Override
  public Kubeconfig kubeconfig(ResourceId id) {
    var mine = new FutureTask<>(() -> clusters.kubeconfig(id));
    FutureTask<Kubeconfig> earlier = asked.putIfAbsent(id, mine);
    if (earlier == null) {
      mine.run();
      return result(id, mine);
    }
    try {
      return result(id, earlier);
    } catch (ProblemException othersFailed) {
      if (Thread.currentThread().isInterrupted()) {
        throw othersFailed;
      }
      return kubeconfig(id);
    }
  }

  private void tryOnce(ResourceId id) {
    try {
      kubeconfig(id);
    } catch (ProblemException e) {
      LOG.log(Level.DEBUG, () -> "the kubeconfig of " + id.name() + " could not be fetched", e);
    }
  }

  /// What came of a request; a failure is forgotten.
  private Kubeconfig result(ResourceId id, FutureTask<Kubeconfig> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      asked.remove(id, task);
      if (e.getCause() instanceof ProblemException known) {
        throw known;
      }
      throw new IllegalStateException("a port ends in a problem, never otherwise", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(new StepProblem.Interrupted(), e);
    }
  }

  @Override
  public Optional<ObservedCluster> find(ResourceId id) {
    return clusters.find(id);
  }

  @Override
  public List<ObservedCluster> list(String subscription) {
    return clusters.list(subscription);
  }

  @Override
  public List<ObservedCluster> list(String subscription, String resourceGroup) {
    return clusters.list(subscription, resourceGroup);
  }

  @Override
  public Update enableWorkloadIdentity(ResourceId id, ObservedCluster expected) {
    return clusters.enableWorkloadIdentity(id, expected);
  }

  @Override
  public Progress progress(Operation operation) {
    return clusters.progress(operation);
  }
}
