// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import java.time.Instant;

/// The last deployment of a cluster that a record on this machine tells of.
///
/// @param run the id of that run
/// @param at when it looked at the fleet
/// @param ending `changed`, `unchanged`, `skipped`, `failed`, `notStarted`, or `cut` for a run that
///   did not come to the cluster's end
public record LastDeploy(String run, Instant at, String ending) {}
