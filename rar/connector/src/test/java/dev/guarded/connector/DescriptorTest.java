// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.LeadershipListener;
import dev.guarded.lock.LockListener;
import dev.guarded.testkit.Proves;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import java.beans.BeanInfo;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What is written for people and servers, against the bean that it is written about. */
class DescriptorTest {

    private static final Path HOUSE = Path.of(System.getProperty("guarded.house"));
    private static final Path ARCHIVE = HOUSE.resolve("rar/archive/src/main");
    private static final Pattern TABLE_ROW = Pattern.compile("\\| `(\\w+)` \\| (?:`(.*?)`)? *\\| .*");

    /** Returns name, type and default of each property of the bean. */
    private static Map<String, String> beanProperties(Class<?> type) throws Exception {
        BeanInfo bean = Introspector.getBeanInfo(type, Object.class);
        Object defaults = type.getConstructor().newInstance();
        Map<String, String> found = new LinkedHashMap<>();
        for (PropertyDescriptor property : bean.getPropertyDescriptors()) {
            boolean ours = property.getPropertyType() == String.class || property.getPropertyType() == Integer.class;
            if (ours && property.getWriteMethod() != null && property.getReadMethod() != null) {
                String value = Objects.toString(property.getReadMethod().invoke(defaults));
                found.put(property.getName(), property.getPropertyType().getName() + " " + value);
            }
        }
        return found;
    }

    private static Map<String, String> beanProperties() throws Exception {
        return beanProperties(GuardedManagedConnectionFactory.class);
    }

    private static Document descriptor() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ARCHIVE.resolve("rar/META-INF/ra.xml").toFile());
    }

    private static List<Element> all(Document document, String tag) {
        return all(document.getDocumentElement(), tag);
    }

    private static List<Element> all(Element parent, String tag) {
        NodeList nodes = parent.getElementsByTagName(tag);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    private static String text(Element parent, String tag) {
        NodeList nodes = parent.getElementsByTagName(tag);
        return nodes.getLength() == 0 ? "" : nodes.item(0).getTextContent();
    }

    private static Map<String, String> described(Element parent) {
        Map<String, String> described = new LinkedHashMap<>();
        for (Element property : all(parent, "config-property")) {
            described.put(
                    text(property, "config-property-name"),
                    text(property, "config-property-type") + " " + text(property, "config-property-value"));
            assertThat(text(property, "description")).isNotBlank();
        }
        return described;
    }

    @Test
    @Proves("A9")
    void everyPropertyOfTheBeanIsInTheDescriptorWithItsTypeAndDefault() throws Exception {
        Element connections = all(descriptor(), "connection-definition").get(0);

        assertThat(described(connections)).hasSize(12).containsExactlyInAnyOrderEntriesOf(beanProperties());
    }

    @Test
    void everyPropertyOfAnActivationIsInTheDescriptorWithItsTypeAndDefault() throws Exception {
        List<Element> listeners = all(descriptor(), "messagelistener");

        assertThat(listeners)
                .extracting(listener -> text(listener, "messagelistener-type"))
                .containsExactly(LeadershipListener.class.getName(), LockListener.class.getName());
        for (Element listener : listeners) {
            Class<?> spec = Class.forName(text(listener, "activationspec-class"));
            assertThat(ActivationSpec.class).isAssignableFrom(spec);
            assertThat(described(listener)).containsExactlyInAnyOrderEntriesOf(beanProperties(spec));
        }
    }

    @Test
    void whatAnActivationCannotDoWithoutIsRequired() throws Exception {
        for (Element listener : all(descriptor(), "messagelistener")) {
            String required = text(all(listener, "required-config-property").get(0), "config-property-name");
            ActivationSpec spec = Class.forName(text(listener, "activationspec-class"))
                    .asSubclass(ActivationSpec.class)
                    .getConstructor()
                    .newInstance();

            assertThatThrownBy(spec::validate)
                    .isInstanceOfSatisfying(
                            InvalidPropertyException.class,
                            refused -> assertThat(refused.getInvalidPropertyDescriptors()[0].getName())
                                    .isEqualTo(required));
        }
    }

    @Test
    void everyPropertyIsInTheReadersTableWithItsDefault() throws Exception {
        Map<String, String> written = new LinkedHashMap<>();
        String readme = Files.readString(HOUSE.resolve("README.md"));
        String table = readme.substring(readme.indexOf("<!-- configuration table -->"));
        for (Matcher row = TABLE_ROW.matcher(table.substring(0, table.indexOf("\n## "))); row.find(); ) {
            written.put(row.group(1), Objects.toString(row.group(2), ""));
        }
        Map<String, String> expected = new LinkedHashMap<>();
        beanProperties().forEach((name, typed) -> expected.put(name, typed.substring(typed.indexOf(' ') + 1)));

        assertThat(written).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    @Proves("law 17")
    void onlyThePasswordIsConfidential() throws Exception {
        assertThat(all(descriptor(), "config-property"))
                .filteredOn(property ->
                        text(property, "config-property-confidential").equals("true"))
                .extracting(property -> text(property, "config-property-name"))
                .containsExactly("password");
    }

    @Test
    void theDescriptorIsCompleteAndTakesPartInNoTransaction() throws Exception {
        Element root = descriptor().getDocumentElement();

        assertThat(root.getAttribute("metadata-complete")).isEqualTo("true");
        assertThat(root.getAttribute("version")).isEqualTo("2.1");
        assertThat(text(root, "transaction-support")).isEqualTo("NoTransaction");
        assertThat(text(root, "authentication-mechanism-type")).isEqualTo("BasicPassword");
    }

    @Test
    void everyClassThatTheDescriptorNamesIsThere() throws Exception {
        Element root = descriptor().getDocumentElement();

        assertThat(List.of(
                        "resourceadapter-class",
                        "managedconnectionfactory-class",
                        "connectionfactory-interface",
                        "connectionfactory-impl-class",
                        "connection-interface",
                        "connection-impl-class",
                        "credential-interface"))
                .allSatisfy(tag -> assertThat(Class.forName(text(root, tag))).isNotNull());
    }

    @Test
    void whatTheArchivesSetAreOnlyPropertiesThatExist() throws Exception {
        List<String> set = new ArrayList<>();
        collect(set, "standalone/ironjacamar.xml", Pattern.compile("<config-property name=\"(\\w+)\">"));
        collect(set, "managed/guarded.cli", Pattern.compile("config-properties=(\\w+):add"));

        assertThat(set).isNotEmpty();
        assertThat(beanProperties().keySet()).containsAll(set);
    }

    private static void collect(List<String> found, String file, Pattern pattern) {
        try {
            for (Matcher match = pattern.matcher(Files.readString(ARCHIVE.resolve(file))); match.find(); ) {
                found.add(match.group(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
