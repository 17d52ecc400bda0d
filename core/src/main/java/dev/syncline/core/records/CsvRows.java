package dev.syncline.core.records;

import dev.syncline.core.json.JsonReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads CSV (RFC 4180) row by row. Lines end with LF or CRLF; a quote counts at a field's start.
 */
final class CsvRows {

  private final ByteWindow in;
  private final List<String> cells = new ArrayList<>();
  private final StringBuilder cell = new StringBuilder();
  private long start;

  CsvRows(ByteWindow in) {
    this.in = in;
  }

  /** Reads the next row that isn't empty; false at the end. */
  boolean next() {
    cells.clear();
    while (in.peek() == '\n' || in.peek() == '\r') {
      in.next();
    }
    start = in.offset();
    if (in.peek() == ByteWindow.END) {
      return false;
    }
    do {
      cells.add(in.peek() == '"' ? quoted() : plain());
    } while (in.takes(','));
    return true;
  }

  /** Of the row that was read; as many as were written. */
  List<String> cells() {
    return cells;
  }

  /** Where the row begins. */
  long start() {
    return start;
  }

  private String plain() {
    cell.setLength(0);
    int c = in.peek();
    while (c != ',' && c != '\n' && c != ByteWindow.END) {
      append(in.next());
      c = in.peek();
    }
    boolean returned = c != ',' && !cell.isEmpty() && cell.charAt(cell.length() - 1) == '\r';
    cell.setLength(cell.length() - (returned ? 1 : 0));
    return cell.toString();
  }

  private String quoted() {
    cell.setLength(0);
    long open = in.offset();
    in.next();
    while (true) {
      int c = in.next();
      if (c == ByteWindow.END) {
        throw in.wrongAt(open, "has a quote that is never closed");
      }
      if (c != '"') {
        append(c);
      } else if (!in.takes('"')) {
        break;
      } else {
        cell.append('"');
      }
    }
    in.takes('\r');
    int behind = in.peek();
    if (behind != ',' && behind != '\n' && behind != ByteWindow.END) {
      throw in.wrong("has something behind a closing quote");
    }
    return cell.toString();
  }

  private void append(int c) {
    if (cell.length() > Records.LARGEST) {
      throw in.wrongAt(start, "has a record of more than " + (JsonReader.LARGEST >> 20) + " MiB");
    }
    if (c < 0x80) {
      cell.append((char) c);
    } else {
      cell.appendCodePoint(in.character(c));
    }
  }
}
