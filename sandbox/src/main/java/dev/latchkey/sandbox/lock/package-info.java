// SPDX-License-Identifier: Apache-2.0
/// Management locks: what nobody may delete, or change, whatever rights they have.
@NullMarked
package dev.latchkey.sandbox.lock;

import org.jspecify.annotations.NullMarked;
