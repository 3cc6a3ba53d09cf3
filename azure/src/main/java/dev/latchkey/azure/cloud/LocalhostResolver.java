// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.cloud;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.Locale;
import java.util.stream.Stream;

/// Names under `localhost` are this machine (RFC 6761), whatever the system's resolver says.
///
/// The C library of many systems does not know that, so the vaults of a sandbox would not be found.
public final class LocalhostResolver extends InetAddressResolverProvider {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new Over(configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "latchkey: names under localhost";
  }

  private record Over(InetAddressResolver system) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      boolean wantsOnlyIpv6 = (policy.characteristics() & LookupPolicy.IPV4) == 0;
      if (wantsOnlyIpv6 || !host.toLowerCase(Locale.ROOT).endsWith(".localhost")) {
        return system.lookupByName(host, policy);
      }
      return Stream.of(InetAddress.getByAddress(host, LOOPBACK));
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return system.lookupByAddress(address);
    }
  }
}
