package dev.syncline.core.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A merged document is written as ours is: what nobody changed keeps every character. */
final class JsonLayoutTest {

  @Test
  void oursKeepsItsTextAroundWhatChanged() {
    assertMerged(
        """
          {
           "a" :  1,

            "b":[1,
          2], "c": { "x":3 ,"y" : 20 }
          }

        """,
        "{\"a\":1,\"b\":[1,2],\"c\":{\"x\":3,\"y\":4},\"d\":0}",
        """
          {
           "a" :  1,

            "b":[1,
          2], "c": { "x":3 ,"y" : 4 }
          }

        """,
        "{\"a\":1,\"b\":[1,2],\"c\":{\"x\":3,\"y\":20},\"d\":0}");
  }

  @Test
  void newFieldIsIndentedAsItsNeighbours() {
    assertMerged(
        """
        {
        \t"a": 1,
        \t"b": {
        \t\t"x": 1,
        \t\t"deep": {
        \t\t\t"list": [
        \t\t\t\t1,
        \t\t\t\t[]
        \t\t\t],

        \t\t\t"inline": [1, 2]
        \t\t}
        \t}
        }
        """,
        """
        {
        \t"a": 0,
        \t"b": {
        \t\t"x": 1
        \t}
        }
        """,
        """
        {
        \t"a": 1,
        \t"b": {
        \t\t"x": 1
        \t}
        }
        """,
        """
        {
            "a": 0,
            "b": {
                "x": 1,
                "deep": {
                    "list": [
                        1,
                        []
                    ],

                    "inline": [1, 2]
                }
            }
        }
        """);
  }

  @Test
  void compactDocumentStaysCompact() {
    assertMerged(
        "{\"a\":1,\"b\":{\"c\":[1,2],\"d\":\"x y\"}}\n",
        "{}",
        "{\"a\":1}\n",
        "{\n  \"b\": {\n    \"c\": [ 1, 2 ],\n    \"d\": \"x y\"\n  }\n}");
    assertMerged(
        "{ \"a\" : 1, \"b\" : {\"c\" : [1, 2]} }",
        "{ \"a\" : 0 }",
        "{ \"a\" : 1 }",
        "{\"a\":0,\"b\":{\"c\":[1,2]}}");
  }

  @Test
  void compactFieldIsBrokenIntoLinesWhereOursHasLines() {
    assertMerged(
        """
        {
          "a": 1,
          "b": {
            "c": [
              1,
              {}
            ],
            "d": null
          }
        }
        """,
        "{\"a\":0}",
        """
        {
          "a": 1
        }
        """,
        "{\"a\":0,\"b\":{\"c\":[1,{}],\"d\":null}}");
  }

  @Test
  void lineEndingsAreThoseOfOurs() {
    assertMerged(
        "{\r\n  \"a\": 1,\r\n  \"b\": [\r\n    1\r\n  ]\r\n}\r\n",
        "{\"a\":0}",
        "{\r\n  \"a\": 1\r\n}\r\n",
        "{\n    \"a\": 0,\n    \"b\": [\n        1\n    ]\n}\n");
  }

  @Test
  void emptyContainerIsOpenedInTheStyleAroundIt() {
    assertMerged(
        """
        {
          "a": {
            "x": 1,
            "y": 2
          },
          "b": 1
        }
        """,
        "{\"a\":{},\"b\":0}",
        """
        {
          "a": {},
          "b": 1
        }
        """,
        "{\"a\":{\"x\":1,\"y\":2},\"b\":0}");
    assertMerged("{\"b\": 2, \"c\": 3}", "{\"a\":1}", "{ }", "{\"a\": 1, \"b\": 2, \"c\": 3}");
  }

  @Test
  void deletionAtTheEndsLeavesTheBracketsWhereTheyAre() {
    assertMerged(
        """
        {
          "b": 2,
          "x": 1
        }
        """,
        "{\"a\":1,\"b\":2,\"c\":3}",
        """
        {
          "a": 1,
          "b": 2,
          "c": 3,
          "x": 1
        }
        """,
        "{\"b\":2}");
    assertMerged(
        "{\"a\":1, \"b\":2}", "{\"a\":1,\"c\":3}", "{\"a\":1, \"b\":2, \"c\":3}", "{\"a\":1}");
    assertMerged("{ \"c\":3 }", "{\"a\":1}", "{ \"a\":1, \"c\":3 }", "{}");
  }

  @Test
  void blankLineOfAGroupIsNotCopied() {
    assertMerged(
        "{\n  \"a\": 1,\n\n  \"b\": 1,\n  \"c\": 1,\n  \"d\": 1\n}",
        "{\"a\":1,\"b\":1}",
        "{\n  \"a\": 1,\n\n  \"b\": 1,\n  \"c\": 1\n}",
        "{\"a\":1,\"b\":1,\"d\":1}");
  }

  @Test
  void replacedValueIsLaidOutWhereItStands() {
    assertMerged(
        "{\n\t\"a\": [\n\t\t1,\n\t\t2\n\t],\n\t\"b\": 1\n}",
        "{\"a\":null,\"b\":0}",
        "{\n\t\"a\": null,\n\t\"b\": 1\n}",
        "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": 0\n}");
  }

  private static void assertMerged(String merged, String base, String ours, String theirs) {
    var clean =
        assertInstanceOf(
            JsonOutcome.Clean.class,
            JsonMerge.merge(
                Optional.of(base.getBytes(UTF_8)), ours.getBytes(UTF_8), theirs.getBytes(UTF_8)));
    assertEquals(merged, new String(clean.contents(), UTF_8));
  }
}
