/// Azure as a table of answers: no sockets, no waiting.
@NullMarked
package dev.latchkey.azure.fake;

import org.jspecify.annotations.NullMarked;
