// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.StringJoiner;

/** The parameters of a guarded method, by their names where the class file has them, and as p0, p1 and so on always. */
final class Parameters {

    private final List<Parameter> all;

    Parameters(Method method) {
        this.all = List.of(method.getParameters());
    }

    /** Returns the index of the parameter that a word stands for, -1 if it stands for none. */
    int indexOf(String word) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isNamePresent() && all.get(i).getName().equals(word)) {
                return i;
            }
        }
        for (int i = 0; i < all.size(); i++) {
            if (word.equals("p" + i)) {
                return i;
            }
        }
        return -1;
    }

    /** Tells whether the class file lacks the names. */
    boolean nameless() {
        return all.stream().anyMatch(parameter -> !parameter.isNamePresent());
    }

    /** Returns what may be written in an expression, for messages. */
    String choices() {
        if (all.isEmpty()) {
            return "the method has no parameters";
        }
        StringJoiner choices = new StringJoiner(", ");
        for (int i = 0; i < all.size(); i++) {
            Parameter parameter = all.get(i);
            choices.add("p" + i + (parameter.isNamePresent() ? " or " + parameter.getName() : "") + " ("
                    + parameter.getType().getSimpleName() + ")");
        }
        return choices.toString();
    }
}
