package dev.syncline.server.endpoint.relay;

import java.net.http.HttpClient;
import java.util.random.RandomGenerator;

/**
 * What all event streams share.
 *
 * @param http connects, and calls back on its threads; it must not follow redirects, since the
 *     address has the key
 */
public record StreamClient(HttpClient http, StreamPace pace, RandomGenerator random) {}
