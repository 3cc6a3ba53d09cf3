// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.trust.Proof;

/// The work on a cluster once another revision of the release was deployed than its step made
/// known; everything else is as before.
record Redeployed(Work work, Known.Deployed release) implements Work, Facts {
  @Override
  public Facts facts() {
    return this;
  }

  @Override
  public void settle(Known known) {
    work.facts().settle(known);
  }

  @Override
  public Issuer issuer() {
    return work.facts().issuer();
  }

  @Override
  public Known.ClusterUpdated cluster() {
    return work.facts().cluster();
  }

  @Override
  public Known.Identity identity() {
    return work.facts().identity();
  }

  @Override
  public Known.Credential credential() {
    return work.facts().credential();
  }

  @Override
  public Known.Access access() {
    return work.facts().access();
  }

  @Override
  public Target target() {
    return work.target();
  }

  @Override
  public Seen seen() {
    return work.seen();
  }

  @Override
  public Ports ports() {
    return work.ports();
  }

  @Override
  public Pace pace() {
    return work.pace();
  }

  @Override
  public Watch watch() {
    return work.watch();
  }

  @Override
  public Neighbours neighbours() {
    return work.neighbours();
  }

  @Override
  public void changed(Change change) {
    work.changed(change);
  }

  @Override
  public void found(String words) {
    work.found(words);
  }

  @Override
  public void progress(String words) {
    work.progress(words);
  }

  @Override
  public void proved(Proof proof) {
    work.proved(proof);
  }
}
