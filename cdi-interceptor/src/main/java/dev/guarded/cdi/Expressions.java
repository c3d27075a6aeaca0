// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.el.ArrayELResolver;
import jakarta.el.BeanELResolver;
import jakarta.el.CompositeELResolver;
import jakarta.el.ELContext;
import jakarta.el.ELException;
import jakarta.el.ELResolver;
import jakarta.el.ExpressionFactory;
import jakarta.el.FunctionMapper;
import jakarta.el.ListELResolver;
import jakarta.el.MapELResolver;
import jakarta.el.ValueExpression;
import jakarta.el.VariableMapper;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the expressions of names and checks what they begin with, before any call. */
final class Expressions {

    private final ExpressionFactory factory = ExpressionFactory.newInstance();
    private final NamedBeans named;

    Expressions(NamedBeans named) {
        this.named = named;
    }

    /**
     * Parses an expression.
     *
     * @throws IllegalArgumentException if it is malformed, or begins with a word that means nothing there
     */
    Expression parse(String source, Place place) {
        Parameters parameters = new Parameters(place.method());
        Words words = new Words();
        ValueExpression parsed;
        try {
            parsed = factory.createValueExpression(words, "#{" + source + "}", Object.class);
        } catch (ELException e) {
            throw new IllegalArgumentException("GUARDED-0502 #{" + source
                    + "} is not an expression of the Jakarta Expression Language: " + firstLine(e) + ".");
        }
        for (String word : words.seen) {
            // The parameters of a lambda expression are words too, and unknown to us.
            if (parameters.indexOf(word) < 0 && !named.has(word) && !source.contains("->")) {
                throw new IllegalArgumentException(unknown(source, word, place, parameters));
            }
        }
        return new Expression(source, parsed, resolver(parameters), place);
    }

    private ELResolver resolver(Parameters parameters) {
        CompositeELResolver resolver = new CompositeELResolver();
        resolver.add(new ArgumentResolver(parameters));
        resolver.add(named);
        resolver.add(new RecordResolver());
        resolver.add(new MapELResolver(true));
        resolver.add(new ListELResolver(true));
        resolver.add(new ArrayELResolver(true));
        resolver.add(new BeanELResolver(true));
        return resolver;
    }

    private static String unknown(String source, String word, Place place, Parameters parameters) {
        if (parameters.nameless()) {
            return "GUARDED-0503 #{" + source + "} needs the names of the parameters, and "
                    + place.method().getDeclaringClass().getName() + " was compiled without -parameters. Write #{"
                    + source.replaceFirst("\\b" + Pattern.quote(word) + "\\b", "p0") + "} (" + parameters.choices()
                    + "), or add to the <plugins> of the POM:\n"
                    + "  <plugin><artifactId>maven-compiler-plugin</artifactId>\n"
                    + "    <configuration><parameters>true</parameters></configuration>\n"
                    + "  </plugin>";
        }
        return "GUARDED-0502 #{" + source + "} begins with '" + word
                + "', which is neither a parameter nor a CDI bean with that name. Write one of: " + parameters.choices()
                + ", or give the bean @Named(\"" + word + "\").";
    }

    private static String firstLine(ELException e) {
        String message = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
        return message.lines().findFirst().orElse("").trim();
    }

    /** Collects the words with which an expression begins: the parser asks for each of them as for a variable. */
    private static final class Words extends ELContext {

        private final Set<String> seen = new LinkedHashSet<>();

        @Override
        public @Nullable ELResolver getELResolver() {
            return null;
        }

        @Override
        public @Nullable FunctionMapper getFunctionMapper() {
            return null;
        }

        @Override
        public VariableMapper getVariableMapper() {
            return new VariableMapper() {
                @Override
                public @Nullable ValueExpression resolveVariable(String variable) {
                    seen.add(variable);
                    return null;
                }

                @Override
                public @Nullable ValueExpression setVariable(String variable, ValueExpression expression) {
                    throw new ELException("a name sets no variable");
                }
            };
        }
    }
}
