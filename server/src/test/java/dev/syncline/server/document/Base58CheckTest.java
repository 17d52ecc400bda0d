package dev.syncline.server.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.model.Base58Check;
import dev.syncline.core.model.SyncException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Base58CheckTest {

  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  /** The definition, with the JDK's large numbers. */
  private static String slowly(byte[] bytes) throws Exception {
    var sha256 = MessageDigest.getInstance("SHA-256");
    byte[] payload = Arrays.copyOf(bytes, bytes.length + 4);
    System.arraycopy(sha256.digest(sha256.digest(bytes)), 0, payload, bytes.length, 4);
    var text = new StringBuilder();
    var rest = new BigInteger(1, payload);
    for (; rest.signum() > 0; rest = rest.divide(BigInteger.valueOf(58))) {
      text.append(ALPHABET.charAt(rest.mod(BigInteger.valueOf(58)).intValue()));
    }
    for (int i = 0; i < payload.length && payload[i] == 0; i++) {
      text.append('1');
    }
    return text.reverse().toString();
  }

  @Test
  void agreesWithItsDefinitionForAnyLengthAndLeadingZeros() throws Exception {
    var random = new Random(58);
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(40)];
      random.nextBytes(bytes);
      Arrays.fill(bytes, 0, Math.min(bytes.length, random.nextInt(6)), (byte) 0);
      String text = Base58Check.encode(bytes);
      assertEquals(slowly(bytes), text);
      assertArrayEquals(bytes, Base58Check.decode(text, bytes.length));
    }
  }

  @Test
  void nothingButTheCanonicalTextIsRead() {
    var random = new Random(59);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(36)];
      random.nextBytes(bytes);
      var text = new StringBuilder(Base58Check.encode(bytes));
      switch (random.nextInt(4)) {
        case 0 -> text.insert(0, '1');
        case 1 -> text.append('1');
        case 2 -> text.deleteCharAt(random.nextInt(text.length()));
        default -> text.setCharAt(random.nextInt(text.length()), '0');
      }
      assertThrows(
          SyncException.Invalid.class, () -> Base58Check.decode(text.toString(), bytes.length));
    }
  }
}
