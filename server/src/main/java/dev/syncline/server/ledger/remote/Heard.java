package dev.syncline.server.ledger.remote;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.transport.FtpChannel;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.RemoteSession2;

/**
 * Keeps what a program on an ssh host says beside the protocol: it is the only explanation when the
 * host ends the talk, and JGit forgets it then. Thread-safe.
 */
final class Heard {

  private static final int ENOUGH = 4_000;

  private final ByteArrayOutputStream words = new ByteArrayOutputStream();

  synchronized String text() {
    return words.toString(StandardCharsets.UTF_8);
  }

  private synchronized void add(byte[] bytes, int from, int length) {
    words.write(bytes, from, Math.min(length, ENOUGH - Math.min(ENOUGH, words.size())));
  }

  RemoteSession over(RemoteSession session) {
    return new Session((RemoteSession2) session);
  }

  private final class Session implements RemoteSession2 {
    private final RemoteSession2 session;

    Session(RemoteSession2 session) {
      this.session = session;
    }

    @Override
    public Process exec(String command, int timeout) throws IOException {
      return new Program(session.exec(command, timeout));
    }

    @Override
    public Process exec(String command, Map<String, String> environment, int timeout)
        throws IOException {
      return new Program(session.exec(command, environment, timeout));
    }

    @Override
    public FtpChannel getFtpChannel() {
      return session.getFtpChannel();
    }

    @Override
    public void disconnect() {
      session.disconnect();
    }
  }

  private final class Program extends Process {
    private final Process program;
    private final InputStream errors;

    Program(Process program) {
      this.program = program;
      this.errors = new Listening(program.getErrorStream());
    }

    @Override
    public OutputStream getOutputStream() {
      return program.getOutputStream();
    }

    @Override
    public InputStream getInputStream() {
      return program.getInputStream();
    }

    @Override
    public InputStream getErrorStream() {
      return errors;
    }

    @Override
    public int waitFor() throws InterruptedException {
      return program.waitFor();
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
      return program.waitFor(timeout, unit);
    }

    @Override
    public int exitValue() {
      return program.exitValue();
    }

    @Override
    public void destroy() {
      program.destroy();
    }
  }

  private final class Listening extends FilterInputStream {

    Listening(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = super.read(bytes, from, length);
      if (count > 0) {
        add(bytes, from, count);
      }
      return count;
    }
  }
}
