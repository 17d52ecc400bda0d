/** What pages and commands may read and ask for: plain records and the ports behind them. */
@NullMarked
package dev.syncline.server.view;

import org.jspecify.annotations.NullMarked;
