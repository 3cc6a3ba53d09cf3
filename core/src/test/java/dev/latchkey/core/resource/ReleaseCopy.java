// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.time.Instant;

/// A release with some parts replaced.
public final class ReleaseCopy {
  private final Release from;
  private int revision;
  private String status;
  private String chart;
  private String chartDigest;
  private ChartValues values;
  private Instant updated;
  private String description;
  private int hooks;

  private ReleaseCopy(Release from) {
    this.from = from;
    this.revision = from.revision();
    this.status = from.status();
    this.chart = from.chart();
    this.chartDigest = from.chartDigest();
    this.values = from.values();
    this.updated = from.updated();
    this.description = from.description();
    this.hooks = from.hooks();
  }

  public static ReleaseCopy of(Release from) {
    return new ReleaseCopy(from);
  }

  public ReleaseCopy revision(int other) {
    revision = other;
    return this;
  }

  public ReleaseCopy status(String other) {
    status = other;
    return this;
  }

  public ReleaseCopy chart(String other) {
    chart = other;
    return this;
  }

  public ReleaseCopy chartDigest(String other) {
    chartDigest = other;
    return this;
  }

  public ReleaseCopy values(ChartValues other) {
    values = other;
    return this;
  }

  public ReleaseCopy updated(Instant other) {
    updated = other;
    return this;
  }

  public ReleaseCopy description(String other) {
    description = other;
    return this;
  }

  public ReleaseCopy hooks(int other) {
    hooks = other;
    return this;
  }

  public Release made() {
    return new Release(
        from.namespace(),
        from.name(),
        revision,
        status,
        chart,
        chartDigest,
        values,
        from.manifest(),
        updated,
        description,
        from.definitions(),
        from.objects(),
        hooks);
  }
}
