// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Tells every listener every event, one at a time and in one order, whoever it comes from.
///
/// A listener that fails is left out from then on and never harms the run.
final class Bulletin {
  private static final System.Logger LOG = System.getLogger(Bulletin.class.getName());

  private final Lock one = new ReentrantLock();
  private final List<Listener> listeners;
  private boolean closed;

  Bulletin(List<Listener> listeners) {
    this.listeners = new ArrayList<>(listeners);
  }

  /// A thread that was interrupted tells its events all the same, and listeners may write files: an
  /// interrupted thread that writes closes the file.
  void post(Event event) {
    post(event, false);
  }

  /// Nothing is told after it: what a run that was given up left behind may still act.
  void postLast(Event event) {
    post(event, true);
  }

  private void post(Event event, boolean last) {
    boolean interrupted = Thread.interrupted();
    one.lock();
    try {
      if (closed) {
        return;
      }
      closed = last;
      listeners.removeIf(listener -> !tell(listener, event));
    } finally {
      one.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Whether the listener took it.
  private static boolean tell(Listener listener, Event event) {
    try {
      listener.hear(event);
      return true;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a listener failed at " + event.getClass().getSimpleName(), e);
      return false;
    }
  }
}
