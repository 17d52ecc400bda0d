/**
 * Who may connect, from where and how long: limits, proxies, TLS files, the upgrade to WebSocket.
 */
@NullMarked
package dev.syncline.server.web.connect;

import org.jspecify.annotations.NullMarked;
