package dev.syncline.deploy;

import java.io.IOException;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** An XML file, asked by XPath. */
record Xml(Document document) {

  static Xml file(String path) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      // A property list names its DTD on the web; it is not needed to read one.
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      var source = new InputSource(new StringReader(Checkout.text(path)));
      return new Xml(factory.newDocumentBuilder().parse(source));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(path, e);
    }
  }

  /** The text at a path; empty if there is nothing. */
  String text(String path) {
    try {
      return XPathFactory.newInstance().newXPath().evaluate(path, document);
    } catch (XPathExpressionException e) {
      throw new AssertionError(path, e);
    }
  }

  /** What follows a key in the property list. */
  String plist(String key) {
    return text("/plist/dict/key[.='" + key + "']/following-sibling::*[1]");
  }
}
