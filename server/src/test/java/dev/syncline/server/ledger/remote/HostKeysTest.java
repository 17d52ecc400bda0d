package dev.syncline.server.ledger.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts whose keys everybody can look up need not be trusted by hand. */
final class HostKeysTest {

  private static final String OTHER =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIazEu89wgQZ4bqs3d63QSMzYVa0MuJ2e2gKTKqu+UUO";

  @TempDir Path folder;

  @BeforeAll
  static void prepare() {
    SshEd25519.register();
  }

  /** The fingerprints are those that the hosts have on their own pages. */
  @ParameterizedTest
  @CsvSource({
    "github.com, +DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU,"
        + " p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM",
    "gitlab.com, eUXGGm1YGsMAS7vkcx6JOJdOGHPem5gQp4taiCfCLB8,"
        + " HbW3g8zUjNSksFbqTiUWPWg2Bq1x8xdGUrliXFzSnUw",
    "bitbucket.org, ybgmFkzwOSotHTHLJgHO0QN8L0xErw6vd0VhFA9m3SM,"
  })
  void theseHostsAreKnownByWhatTheyPublish(String host, String one, String other) {
    var expected = new TreeSet<>(Set.of("SHA256:" + one));
    if (other != null) {
      expected.add("SHA256:" + other);
    }
    assertEquals(expected, fingerprints(keys(host)));
  }

  @Test
  void anybodyElseIsUnknown() throws IOException {
    assertFalse(keys("github.com.example.org").isKnown());
    assertFalse(keys("github.example.org").isKnown());
  }

  @Test
  void whatAPersonSaysOfAHostCountsAndNothingElse() throws IOException {
    Files.writeString(folder.resolve("known_hosts"), "github.com " + OTHER + "\n");
    assertEquals(
        Set.of("SHA256:ybgmFkzwOSotHTHLJgHO0QN8L0xErw6vd0VhFA9m3SM"),
        fingerprints(keys("github.com")));
    assertTrue(keys("gitlab.com").isKnown());
  }

  private HostKeys keys(String host) {
    return new HostKeys(
        RemoteUrl.parse("ssh://git@" + host + "/any/repository.git", Set.of()),
        new KnownHosts(folder.resolve("known_hosts"), KnownHosts.FirstContact.REFUSE));
  }

  private static Set<String> fingerprints(HostKeys keys) {
    var all = new TreeSet<String>();
    keys.trusted().forEach(key -> all.add(KeyUtils.getFingerPrint(key)));
    return all;
  }
}
