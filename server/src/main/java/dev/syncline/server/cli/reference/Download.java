package dev.syncline.server.cli.reference;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One document from the web, in a file.
 *
 * @param address without what might be a secret
 * @param csv whether it was sent as CSV
 */
record Download(String address, Path file, boolean csv) {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Duration ALL = Duration.ofMinutes(10);
  private static final long MOST = 4L << 30;

  static boolean isAddress(String place) {
    String lower = place.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  /**
   * Fetches it.
   *
   * @param into the file to write, which exists
   * @throws SyncException.Invalid if what comes is no data
   * @throws SyncException.Unavailable if nothing comes, or not all
   */
  static Download of(String text, Path into) throws IOException {
    URI uri = parsed(text);
    String address = uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER)
            .header("Accept", "application/json, text/csv;q=0.9, */*;q=0.1")
            .header("User-Agent", "syncline")
            .build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpResponse<Path> response = answer(client, request, into, address);
      String type = response.headers().firstValue("Content-Type").orElse("");
      check(address, response.statusCode(), type, into);
      boolean csv = type.toLowerCase(Locale.ROOT).startsWith("text/csv");
      return new Download(address, into, csv || address.toLowerCase(Locale.ROOT).endsWith(".csv"));
    }
  }

  private static URI parsed(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new SyncException.Invalid("`" + text + "` is no address: " + e.getMessage(), e);
    }
    if (uri.getRawUserInfo() != null) {
      throw new SyncException.Invalid(
          "an address on a command line must not hold a password: others see command lines");
    }
    if (uri.getHost() == null) {
      throw new SyncException.Invalid("`" + text + "` is no address: it names no host");
    }
    return uri;
  }

  private static HttpResponse<Path> answer(
      HttpClient client, HttpRequest request, Path into, String address) {
    CompletableFuture<HttpResponse<Path>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofFile(into), MOST));
    try {
      return answer.get(ALL.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      client.shutdownNow();
      throw new SyncException.Unavailable(
          address + " sent for more than " + ALL.toMinutes() + " minutes", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      client.shutdownNow();
      throw new SyncException.Unavailable(address + " was not waited for", e);
    } catch (ExecutionException e) {
      throw new SyncException.Unavailable(address + " " + why(e), e);
    }
  }

  private static String why(ExecutionException failure) {
    return switch (failure.getCause()) {
      case HttpConnectTimeoutException _ -> "can't be reached within 10 seconds";
      case HttpTimeoutException _ -> "does not answer within a minute";
      case ConnectException e when e.getCause() instanceof UnresolvedAddressException ->
          "can't be reached: no such host";
      case ConnectException _ -> "can't be reached";
      case null, default -> "did not send all of its data, or sends more than 4 GiB";
    };
  }

  private static void check(String address, int status, String type, Path file) throws IOException {
    if (status == 404) {
      throw new SyncException.Invalid(address + " answers 404: there is nothing at this address");
    }
    if (status == 401 || status == 403) {
      throw new SyncException.Denied(address + " answers " + status + ": it wants credentials");
    }
    if (status == 429 || status >= 500) {
      throw new SyncException.Unavailable(address + " answers " + status + ": try again later");
    }
    if (status != 200) {
      throw new SyncException.Invalid(address + " answers " + status + ", and not with data");
    }
    if (Files.size(file) == 0) {
      throw new SyncException.Invalid(address + " answers with nothing");
    }
    if (type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
      throw new SyncException.Invalid(
          address + " answers with a page (HTML), not with data: is it the address of an API?");
    }
  }
}
