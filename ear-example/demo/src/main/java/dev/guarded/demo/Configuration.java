// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.io.IOException;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The configuration file of one server, as WildFly ships it, on its way to what the demo needs. */
final class Configuration {

    private static final String DEFAULT_DATA_SOURCE = "java:jboss/datasources/ExampleDS";

    private final Path file;
    private final Document document;

    private Configuration(Path file, Document document) {
        this.file = file;
        this.document = document;
    }

    static Configuration read(Path file) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new Configuration(file, factory.newDocumentBuilder().parse(file.toFile()));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new DemoException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Points the default data source to a database; all else about it stays. */
    Configuration dataSource(String url, int maxPoolSize) {
        Element source = dataSource();
        Element address = child(source, "connection-url");
        address.setTextContent(url);
        Element size = add(add(source, "pool"), "max-pool-size");
        size.setTextContent(Integer.toString(maxPoolSize));
        return this;
    }

    /** Takes away the server's own start page, for an application that lives at the root. */
    Configuration withoutWelcome() {
        NodeList locations = document.getElementsByTagNameNS("*", "location");
        for (int i = locations.getLength() - 1; i >= 0; i--) {
            if (locations.item(i) instanceof Element location
                    && location.getAttribute("handler").equals("welcome-content")) {
                location.getParentNode().removeChild(location);
            }
        }
        return this;
    }

    void write() {
        try {
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(file.toFile()));
        } catch (TransformerException e) {
            throw new DemoException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private Element dataSource() {
        NodeList sources = document.getElementsByTagNameNS("*", "datasource");
        for (int i = 0; i < sources.getLength(); i++) {
            if (sources.item(i) instanceof Element source
                    && source.getAttribute("jndi-name").equals(DEFAULT_DATA_SOURCE)) {
                return source;
            }
        }
        throw new DemoException(file + " has no data source " + DEFAULT_DATA_SOURCE);
    }

    private Element child(Element parent, String name) {
        if (parent.getElementsByTagNameNS("*", name).item(0) instanceof Element found) {
            return found;
        }
        throw new DemoException("The data source " + DEFAULT_DATA_SOURCE + " in " + file + " has no " + name);
    }

    private Element add(Element parent, String name) {
        Element child = document.createElementNS(parent.getNamespaceURI(), name);
        parent.appendChild(child);
        return child;
    }
}
