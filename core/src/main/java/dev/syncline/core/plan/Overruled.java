package dev.syncline.core.plan;

import dev.syncline.core.merge.Side;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.util.Optional;

/**
 * A version that a policy set aside. It stays in the ledger's history.
 *
 * @param path where, at the endpoint
 * @param loser whose
 * @param version which; empty if the loser had deleted the file
 */
public record Overruled(FilePath path, Side loser, Optional<FileVersion> version) {}
