package dev.syncline.server.config;

/** The table of docs/configuration.md. */
final class SettingsTable {

  private SettingsTable() {}

  static String markdown() {
    var table = new StringBuilder("| key | what it decides | default |\n|---|---|---|\n");
    for (Setting<?> setting : Settings.all()) {
      String preset =
          setting.preset().map(text -> text.isEmpty() ? "empty" : "`" + text + "`").orElse("none");
      String flag = setting.flag().map(name -> "`" + name + "` ").orElse("");
      table.append(
          "| `%s`<br>%s`%s` | %s (%s) | %s |\n"
              .formatted(
                  setting.key(),
                  flag,
                  setting.variable(),
                  setting.sentences(),
                  setting.described(),
                  preset));
    }
    return table.toString();
  }
}
