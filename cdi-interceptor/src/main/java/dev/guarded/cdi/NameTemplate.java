// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The name of a lock with its settings replaced and its expressions parsed, ready for every call. */
final class NameTemplate {

    private sealed interface Part {

        record Text(String text) implements Part {}

        record Computed(Expression expression) implements Part {}
    }

    private final List<Part> parts;

    private NameTemplate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if an expression or a setting is wrong, or nothing is left of the name
     */
    static NameTemplate read(String text, Place place, Configuration configuration, Expressions expressions) {
        List<Part> parts = new ArrayList<>();
        for (TemplateText.Piece piece : TemplateText.split(text)) {
            if (piece instanceof TemplateText.Piece.Expression expression) {
                parts.add(new Part.Computed(expressions.parse(expression.source(), place)));
            } else if (piece instanceof TemplateText.Piece.Setting setting) {
                parts.add(new Part.Text(TemplateText.value(setting, configuration)));
            } else if (piece instanceof TemplateText.Piece.Literal literal) {
                parts.add(new Part.Text(literal.text()));
            }
        }
        if (parts.stream()
                .allMatch(
                        part -> part instanceof Part.Text words && words.text().isEmpty())) {
            throw new IllegalArgumentException(
                    "GUARDED-0504 The name '" + text + "' is empty. Write a name, such as @Guarded(\"order:#{p0}\").");
        }
        return new NameTemplate(parts);
    }

    /** Returns the name if it is the same for every call. */
    Optional<String> literal() {
        StringBuilder name = new StringBuilder();
        for (Part part : parts) {
            if (!(part instanceof Part.Text words)) {
                return Optional.empty();
            }
            name.append(words.text());
        }
        return Optional.of(name.toString());
    }

    /**
     * Returns the name for a call.
     *
     * @throws IllegalArgumentException if an expression fails, or yields nothing that can name a lock
     */
    String nameFor(@Nullable Object[] arguments, BeanManager beans) {
        StringBuilder name = new StringBuilder();
        for (Part part : parts) {
            name.append(
                    part instanceof Part.Computed computed
                            ? computed.expression().valueFor(arguments, beans)
                            : ((Part.Text) part).text());
        }
        return name.toString();
    }
}
