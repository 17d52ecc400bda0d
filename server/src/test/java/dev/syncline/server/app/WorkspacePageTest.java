package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.config.Json;
import dev.syncline.server.remote.RemoteServer;
import dev.syncline.server.web.Browser;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page for workspaces in a real browser, at a phone's width, on real ledgers. */
final class WorkspacePageTest {

  private static final int PHONE = 360;

  @TempDir static Path profile;
  private static Browser browser;

  @TempDir Path folder;
  private Desk desk;
  private Path notes;

  @BeforeAll
  static void startBrowser() throws IOException {
    browser = Browser.start(profile);
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    notes = Files.createDirectory(folder.resolve("notes"));
    Files.writeString(notes.resolve("plan.md"), "one\ntwo\n");
    desk = new Desk(folder);
    desk.mustDo("init", "--name=notes", "--folder=" + notes, "--git=-");
    desk.serve();
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void linksAreShownAndFollowedAsTheyChange() throws Exception {
    enter();
    browser.await("document.body.innerText.includes('folder idle')");
    String before = browser.evaluate("document.querySelector('h2 + p').innerText");
    Files.writeString(notes.resolve("new.md"), "1");
    browser.await("document.querySelector('h2 + p').innerText !== '" + before + "'");
    assertEquals("true", browser.evaluate("document.documentElement.scrollWidth <= innerWidth"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void aConflictIsReadAndSettledByAPerson() throws Exception {
    String evil = "one\n<img src=x onerror=alert(1)>\n";
    conflict(evil);
    enter();
    browser.await("document.querySelectorAll('details').length === 1");
    browser.evaluate("document.querySelector('summary').focus()");
    browser.press("Enter", 13, "\r");
    browser.await("document.querySelectorAll('pre').length === 3");
    assertEquals(evil, browser.evaluate("document.querySelectorAll('pre')[2].textContent"));
    browser.evaluate("localStorage.setItem('person', 'Ada')");
    browser.evaluate(click("Take theirs"));
    browser.await("document.body.innerText.includes('None waits.')");
    assertEquals(evil, Files.readString(notes.resolve("plan.md")));
    assertTrue(desk.mustDo("history", "plan.md").contains("Ada"));
  }

  @Test
  void aPersonMayWriteTheAnswer() throws Exception {
    conflict("one\ntheirs\n");
    enter();
    browser.await("document.querySelectorAll('details').length === 1");
    browser.evaluate("document.querySelector('details').open = true");
    browser.await("document.querySelectorAll('pre').length === 3");
    browser.evaluate("localStorage.setItem('person', 'Ada')");
    browser.evaluate(click("Edit"));
    assertEquals("one\nours\n", browser.evaluate("document.querySelector('textarea').value"));
    browser.evaluate("document.querySelector('textarea').value = 'one\\nboth of us\\n'");
    browser.evaluate(click("Save this"));
    browser.await("document.body.innerText.includes('None waits.')");
    desk.mustDo("sync");
    assertEquals("one\nboth of us\n", Files.readString(notes.resolve("plan.md")));
  }

  @Test
  void aWrongTokenShowsNothing() throws Exception {
    browser.open(page(), PHONE);
    browser.await("document.readyState === 'complete' && document.activeElement.id === 'token'");
    browser.evaluate("document.getElementById('token').value = 'wrong'");
    browser.evaluate(click("Show"));
    browser.await("document.getElementById('message').textContent.includes('token')");
    assertEquals("", browser.evaluate("document.getElementById('workspace').textContent"));
    assertEquals("null", browser.evaluate("sessionStorage.getItem('token')"));
  }

  private void enter() throws Exception {
    browser.open(page(), PHONE);
    browser.await("document.readyState === 'complete' && document.activeElement.id === 'token'");
    browser.evaluate("document.getElementById('token').value = " + Json.line(desk.adminToken()));
    browser.evaluate(click("Show"));
  }

  private static String click(String label) {
    return "[...document.querySelectorAll('button')].find(it => it.innerText === '"
        + label
        + "').click()";
  }

  private URI page() {
    return URI.create("http://127.0.0.1:" + desk.port() + "/workspaces");
  }

  /** Both sides change the same line. */
  private void conflict(String theirs) throws IOException {
    desk.mustDo("workspace", "pause");
    var ours = Optional.of("one\nours\n".getBytes(StandardCharsets.UTF_8));
    try (var server = new RemoteServer(page().resolve("/"), desk.adminToken(), Optional.empty())) {
      server.files().change(new WorkspaceName("notes"), new FilePath("plan.md"), ours);
    }
    Files.writeString(notes.resolve("plan.md"), theirs);
    desk.mustDo("workspace", "resume");
    desk.mustDo("sync");
  }
}
