package dev.syncline.server.endpoint.folder;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Opens a folder by a whole path in one step, with Linux' {@code openat2}: never through a symbolic
 * link, and never out of the folder that it starts from. Kernels before 5.6, and containers that
 * don't know the call, have it not.
 *
 * <p>Thread-safe: immutable.
 *
 * @param syscall the C library has no name for it
 */
record NativeWalk(MethodHandle syscall, MemoryLayout state, int flags) {

  private static final long OPENAT2 = 437; // on every kind of machine
  private static final long NO_SYMLINKS = 0x04;
  private static final long BENEATH = 0x08;
  private static final long HOW = 24; // struct open_how: flags, mode, resolve

  int open(int within, String path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(state);
      MemorySegment how = arena.allocate(HOW, Long.BYTES);
      how.setAtIndex(ValueLayout.JAVA_LONG, 0, flags);
      how.setAtIndex(ValueLayout.JAVA_LONG, 2, NO_SYMLINKS | BENEATH);
      long opened =
          (long)
              syscall.invokeExact(errno, OPENAT2, within, NativeFiles.text(arena, path), how, HOW);
      if (opened < 0) {
        throw NativeFiles.refused(errno, "open", path);
      }
      return (int) opened;
    } catch (Throwable e) {
      throw NativeFiles.unexpected(e);
    }
  }
}
