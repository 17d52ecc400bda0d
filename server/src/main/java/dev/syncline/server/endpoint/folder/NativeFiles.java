package dev.syncline.server.endpoint.folder;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The few calls of Linux that Java has no words for: a folder that stays the same folder while it
 * is open, two files that change places in one step, a move that replaces nothing, and symbolic
 * links byte for byte.
 *
 * <p>Thread-safe: immutable.
 */
final class NativeFiles {

  /** How a move treats what is there already. */
  enum Move {
    IF_FREE(1),
    EXCHANGE(2);

    private final int flag;

    Move(int flag) {
      this.flag = flag;
    }
  }

  static final int FROM_THE_TOP = -100;

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final int O_PATH = 0x20_0000;
  private static final int O_CLOEXEC = 0x8_0000;
  private static final int LONGEST_LINK = 4096;

  private final int folderFlags;
  private final MethodHandle openat;
  private final MethodHandle close;
  private final MethodHandle renameat2;
  private final MethodHandle symlink;
  private final MethodHandle readlink;
  private final MethodHandle statx;
  private final NativeWalk walk;

  private NativeFiles(Linker linker, boolean arm) {
    // Few systems number these two as ARM does.
    this.folderFlags = O_PATH | O_CLOEXEC | (arm ? 0x4000 | 0x8000 : 0x1_0000 | 0x2_0000);
    this.openat =
        call(
            linker,
            "openat",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            Linker.Option.firstVariadicArg(3));
    this.close = call(linker, "close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    this.renameat2 =
        call(
            linker,
            "renameat2",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
    this.symlink = call(linker, "symlink", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    this.walk =
        new NativeWalk(
            call(
                linker,
                "syscall",
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG),
                Linker.Option.firstVariadicArg(1)),
            STATE,
            folderFlags);
    this.statx =
        call(
            linker,
            "statx",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    this.readlink =
        call(linker, "readlink", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
  }

  /** Empty where they are not to be had: on other systems, and without {@code /proc}. */
  static Optional<NativeFiles> ofThisSystem() {
    String machine = System.getProperty("os.arch", "");
    boolean known = machine.equals("amd64") || machine.equals("aarch64");
    if (!known || !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux")) {
      return Optional.empty();
    }
    try {
      var found = new NativeFiles(Linker.nativeLinker(), machine.equals("aarch64"));
      int top = found.openFolder(FROM_THE_TOP, "/");
      boolean usable = Files.isDirectory(pathOf(top));
      found.close(top);
      return usable ? Optional.of(found) : Optional.empty();
    } catch (IOException | RuntimeException | LinkageError _) {
      return Optional.empty();
    }
  }

  /** The path under which an open folder can be used, whatever became of its name. */
  static Path pathOf(int folder) {
    return Path.of("/proc/self/fd/" + folder);
  }

  /**
   * Opens a folder, never through a symbolic link.
   *
   * @param within the folder that it is in
   */
  int openFolder(int within, String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int opened = (int) openat.invokeExact(state, within, text(arena, name), folderFlags, 0);
      if (opened < 0) {
        throw refused(state, "open", name);
      }
      return opened;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  void close(int folder) {
    try (Arena arena = Arena.ofConfined()) {
      int _ = (int) close.invokeExact(arena.allocate(STATE), folder);
    } catch (Throwable e) {
      throw new IllegalStateException("close takes a number", e);
    }
  }

  void move(int from, String name, int to, String newName, Move how) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int done =
          (int)
              renameat2.invokeExact(
                  state, from, text(arena, name), to, text(arena, newName), how.flag);
      if (done < 0) {
        throw refused(state, "move", newName);
      }
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Makes a symbolic link that points to just this text. */
  void makeLink(byte[] target, Path link) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int done =
          (int) symlink.invokeExact(state, text(arena, target), text(arena, RawName.text(link)));
      if (done < 0) {
        throw refused(state, "make a symbolic link", RawName.text(link));
      }
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** What a symbolic link points to, as it was written. */
  byte[] readLink(Path link) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment target = arena.allocate(LONGEST_LINK);
      String name = RawName.text(link);
      long length =
          (long) readlink.invokeExact(state, text(arena, name), target, (long) LONGEST_LINK);
      if (length < 0) {
        throw refused(state, "read the symbolic link", name);
      }
      return target.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @SuppressWarnings("restricted") // the functions are described as their manual pages say
  private static MethodHandle call(
      Linker linker, String name, FunctionDescriptor form, Linker.Option... options) {
    SymbolLookup found = linker.defaultLookup();
    Linker.Option[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = Linker.Option.captureCallState("errno");
    return linker.downcallHandle(found.findOrThrow(name), form, all);
  }

  /** Opens folders by whole paths; empty if the system can't. */
  Optional<NativeWalk> walk(int folder) {
    try {
      close(walk.open(folder, "."));
      return Optional.of(walk);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** For looking at many files of a folder. */
  NativeStats stats(int folder) {
    return new NativeStats(statx, STATE, folder);
  }

  static MemorySegment text(Arena arena, String text) {
    return text(arena, RawName.bytes(text));
  }

  private static MemorySegment text(Arena arena, byte[] bytes) {
    MemorySegment ended = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, ended, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return ended;
  }

  static NativeRefusal refused(MemorySegment state, String what, String name) {
    return new NativeRefusal(name, (int) ERRNO.get(state, 0L), what);
  }

  static IOException unexpected(Throwable e) {
    return switch (e) {
      case IOException io -> io;
      case RuntimeException bug -> throw bug;
      case Error error -> throw error;
      default -> new IOException(e);
    };
  }
}
