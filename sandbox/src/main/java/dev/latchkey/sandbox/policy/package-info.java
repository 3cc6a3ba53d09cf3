// SPDX-License-Identifier: Apache-2.0
/// Azure Policy: rules that deny what a write says, whoever writes it.
@NullMarked
package dev.latchkey.sandbox.policy;

import org.jspecify.annotations.NullMarked;
