package dev.syncline.server.endpoint.folder;

import java.util.Optional;

/**
 * One path of a delivery, checked and ready.
 *
 * @param intent what is to happen
 * @param seen how the file there looked when it was checked; empty if there is none
 * @param fresh how the new file looks in the working directory; empty if there is to be none
 */
record Step(Intent intent, Optional<FileStat> seen, Optional<FileStat> fresh) {}
