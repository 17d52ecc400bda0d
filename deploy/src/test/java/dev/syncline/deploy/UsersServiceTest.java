package dev.syncline.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Services of one person, on each system: the same server, for this machine only. */
class UsersServiceTest {

  /** Of WinSW 2's page on its XML file, those that we use. */
  private static final Set<String> WINSW =
      Set.of(
          "id",
          "name",
          "description",
          "executable",
          "arguments",
          "workingdirectory",
          "env",
          "stoptimeout",
          "onfailure",
          "startmode",
          "delayedAutoStart",
          "serviceaccount",
          "log");

  private final String unit = Checkout.text("deploy/systemd/syncline-user.service");
  private final Xml launchd = Xml.file("deploy/launchd/dev.syncline.user.plist");
  private final Xml windows = Xml.file("deploy/windows/syncline-user.xml");

  @Test
  void allListenToThisMachineOnly() {
    assertTrue(unit.contains("\nEnvironment=SYNCLINE_SERVER_HOST=127.0.0.1\n"));
    assertTrue(launchd.plist("EnvironmentVariables").contains("127.0.0.1"));
    assertEquals("127.0.0.1", windows.text("/service/env[@name='SYNCLINE_SERVER_HOST']/@value"));
  }

  @Test
  void allRunAsThePersonThatInstallsThem() {
    assertTrue(unit.lines().noneMatch(line -> line.startsWith("User=")));
    assertEquals("", launchd.plist("UserName"));
    assertEquals("", windows.text("/service/serviceaccount"));
  }

  @Test
  void allStartTheServerAgainAndStopItInGoodOrder() {
    assertTrue(unit.contains("\nRestart=on-failure\n") && unit.contains("\nTimeoutStopSec=15\n"));
    assertTrue(launchd.plist("KeepAlive").contains("SuccessfulExit"));
    assertEquals("15", launchd.plist("ExitTimeOut"));
    assertEquals("restart", windows.text("/service/onfailure/@action"));
    assertEquals("15 sec", windows.text("/service/stoptimeout"));
  }

  @Test
  void propertyListsAreKeysEachWithItsValue() {
    for (String file : List.of("dev.syncline.plist", "dev.syncline.user.plist")) {
      List<String> names =
          elements(
              Xml.file("deploy/launchd/" + file).document().getElementsByTagName("dict").item(0));
      IntStream.range(0, names.size())
          .forEach(at -> assertEquals(at % 2 == 0, names.get(at).equals("key"), file + " " + at));
    }
  }

  @Test
  void winswKnowsEveryElement() {
    for (String file : List.of("syncline-service.xml", "syncline-user.xml")) {
      List<String> names =
          elements(Xml.file("deploy/windows/" + file).document().getDocumentElement());
      assertEquals(List.of(), names.stream().filter(name -> !WINSW.contains(name)).toList());
    }
  }

  private static List<String> elements(Node parent) {
    var children = parent.getChildNodes();
    return IntStream.range(0, children.getLength())
        .mapToObj(children::item)
        .filter(Element.class::isInstance)
        .map(child -> child.getNodeName())
        .toList();
  }
}
