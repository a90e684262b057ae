package dev.converge

import javax.xml.XMLConstants
import javax.xml.parsers.DocumentBuilderFactory
import javax.xml.transform.stream.StreamSource
import javax.xml.validation.SchemaFactory
import javax.xml.xpath.XPathFactory
import org.xml.sax.InputSource

/** Test results in the form of JUnit, as their readers take them. */
final class JUnitXml {
    private JUnitXml() {}

    /** The text at an XPath. */
    static String select(String document, String path) {
        def parsed = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new InputSource(new StringReader(document)))
        XPathFactory.newInstance().newXPath().evaluate(path, parsed)
    }

    /** What both the schema of Ant's JUnitReport and that of Jenkins take. */
    static void validate(String document) {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(new File('src/test/resources/junit.xsd')).newValidator()
            .validate(new StreamSource(new StringReader(document)))
    }
}
