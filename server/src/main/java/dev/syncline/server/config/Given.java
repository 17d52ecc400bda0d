package dev.syncline.server.config;

/** A value as somebody wrote it. Prints without what is secret. */
public record Given(Setting<?> setting, String text, Origin origin) {

  /** The value, as it may be shown to anybody. */
  public String shown() {
    return setting.type().shown(text);
  }

  @Override
  public String toString() {
    return setting + "=" + shown() + " (" + origin + ")";
  }
}
