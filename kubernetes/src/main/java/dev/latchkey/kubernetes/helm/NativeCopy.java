// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.jni.NativeLibrary;
import dev.latchkey.kubernetes.temporary.OwnedName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.ServiceLoader;

/// Helm's library, unpacked under a name that tells which process uses it.
///
/// helm-java unpacks 98 MB into a temporary folder of a name by chance; what a killed run left of
/// it could not be told from what another run uses. It asks the service loader for its library, and
/// so finds this one first.
public final class NativeCopy implements NativeLibrary {
  private static final String SERVICE = "META-INF/services/" + NativeLibrary.class.getName();
  private static final String ONLY_THIS = "dev/latchkey/kubernetes/helm/native-copy.service";

  private final NativeLibrary packed;

  /// For the service loader.
  public NativeCopy() {
    this.packed =
        ServiceLoader.load(NativeLibrary.class, NativeCopy.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Helm has no library for this system"));
  }

  /// Loads Helm's library; for the first call into Helm.
  ///
  /// @return Helm's version
  static String firstCall() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(onlyThis());
    try {
      return String.valueOf(Helm.version());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /// Where the service loader finds this library alone.
  static ClassLoader onlyThis() {
    return new OnlyThis(NativeCopy.class.getClassLoader());
  }

  @Override
  public String getBinaryName() {
    return packed.getBinaryName();
  }

  @Override
  public Path createTempDirectory() {
    try {
      Path folder = Files.createTempDirectory(OwnedName.prefix("helm"));
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a temporary folder", e);
    }
  }

  /// Everything as its parent has it, but of Helm's libraries this one alone.
  private static final class OnlyThis extends ClassLoader {
    OnlyThis(ClassLoader parent) {
      super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals(SERVICE)
          ? Collections.enumeration(List.of(getParent().getResource(ONLY_THIS)))
          : super.getResources(name);
    }
  }
}
