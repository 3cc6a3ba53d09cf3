// SPDX-License-Identifier: Apache-2.0
/// What a user sees: the packaged program as a process, against the sandbox over HTTPS.
///
/// Start at [Console], which starts the program, and [World], which it meets. Knows of latchkey no
/// more than its words, files and exit codes.
@NullMarked
package dev.latchkey.cli.end2end;

import org.jspecify.annotations.NullMarked;
