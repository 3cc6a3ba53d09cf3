// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.problem;

/// A problem of what was typed, written in a file or set in the environment, found before anything
/// was asked of Azure. A run that ends by one has done nothing.
public interface WrongInput extends Problem {}
