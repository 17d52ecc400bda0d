package dev.syncline.server.web.connect;

import java.nio.file.Path;

/**
 * Where the certificate for HTTPS lies.
 *
 * @param certificate PEM: the server's certificate, then those that link it to a known authority
 * @param key PEM: its private key, without a passphrase
 */
public record TlsFiles(Path certificate, Path key) {}
