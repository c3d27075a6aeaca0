// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.house;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The test methods of some source files and what each is said to prove, read by the compiler's own parser. Nothing is
 * loaded: most tests are in rooms that this one cannot see.
 */
record TestMethods(NavigableMap<String, NavigableSet<String>> idsByTest) {

    private static final Set<String> MARKS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate", "Property");

    static TestMethods in(Collection<Path> files) throws IOException {
        NavigableMap<String, NavigableSet<String>> found = new TreeMap<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            for (CompilationUnitTree unit : task.parse()) {
                new Reader(found).scan(unit, null);
            }
        }
        return new TestMethods(found);
    }

    boolean contains(String test) {
        return idsByTest.containsKey(test);
    }

    /** {@return the tests that say they prove the id} */
    NavigableSet<String> proving(String id) {
        NavigableSet<String> tests = new TreeSet<>();
        idsByTest.forEach((test, ids) -> {
            if (ids.contains(id)) {
                tests.add(test);
            }
        });
        return tests;
    }

    /** {@return every id that some test says it proves} */
    NavigableSet<String> ids() {
        NavigableSet<String> all = new TreeSet<>();
        idsByTest.values().forEach(all::addAll);
        return all;
    }

    private static final class Reader extends TreeScanner<Void, Void> {

        private final Map<String, NavigableSet<String>> found;
        private final Deque<String> classes = new ArrayDeque<>();

        Reader(Map<String, NavigableSet<String>> found) {
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            classes.push(type.getSimpleName().toString());
            super.visitClass(type, null);
            classes.pop();
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            List<? extends AnnotationTree> annotations = method.getModifiers().getAnnotations();
            if (annotations.stream().anyMatch(each -> MARKS.contains(nameOf(each)))) {
                NavigableSet<String> ids =
                        found.computeIfAbsent(classes.element() + "#" + method.getName(), test -> new TreeSet<>());
                annotations.stream()
                        .filter(each -> nameOf(each).equals("Proves"))
                        .forEach(each -> ids.addAll(textsIn(each)));
            }
            return super.visitMethod(method, null);
        }

        private static String nameOf(AnnotationTree annotation) {
            return annotation.getAnnotationType().toString().replaceFirst(".*\\.", "");
        }

        private static NavigableSet<String> textsIn(AnnotationTree annotation) {
            NavigableSet<String> texts = new TreeSet<>();
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitLiteral(LiteralTree literal, Void unused) {
                    texts.add(String.valueOf(literal.getValue()));
                    return null;
                }
            }.scan(annotation, null);
            return texts;
        }
    }
}
