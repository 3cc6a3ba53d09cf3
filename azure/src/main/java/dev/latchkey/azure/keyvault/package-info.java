/// Key Vault as a reader sees it, without ever reading a value.
@NullMarked
package dev.latchkey.azure.keyvault;

import org.jspecify.annotations.NullMarked;
