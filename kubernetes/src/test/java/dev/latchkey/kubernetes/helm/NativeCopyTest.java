// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.jni.NativeLibrary;
import dev.latchkey.kubernetes.temporary.OwnedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class NativeCopyTest {

  @Test
  void isTheLibraryThatHelmFinds() {
    var found = ServiceLoader.load(NativeLibrary.class, NativeCopy.onlyThis());

    assertThat(found).hasExactlyElementsOfTypes(NativeCopy.class);
    assertThat(new NativeCopy().getBinaryName()).startsWith("helm-");
  }

  @Test
  void isUnpackedUnderTheNameOfItsProcess() throws IOException {
    Path folder = new NativeCopy().createTempDirectory();

    assertThat(folder.getFileName().toString()).startsWith(OwnedName.prefix("helm"));
    Files.delete(folder);
  }
}
