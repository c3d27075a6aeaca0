// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.house;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A checkout, seen as files; what the build made of them is left out. */
record House(Path top) {

    private static final int LONGEST_FILE = 400;
    private static final String LICENCE = "// SPDX-License-Identifier: Apache-2.0";
    /** "MetaData" is the Connectors specification's own word. */
    private static final Pattern WORDS_THAT_SAY_NOTHING =
            Pattern.compile(".*(Helper|Utils?|Impl|Base|(?<!Meta)Data)\\.java");

    private static final Pattern FETCHED = Pattern.compile("-Dartifact=([\\w.-]+:[\\w.-]+:([\\w.-]+))");

    SortedSet<String> topLevel() throws IOException {
        try (Stream<Path> entries = Files.list(top)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.equals("target"))
                    .collect(toCollection(TreeSet::new));
        }
    }

    /** {@return Java files with more lines than a reader should be asked to hold in mind} */
    List<Path> tooLong() throws IOException {
        return javaFiles(file -> lines(file).size() > LONGEST_FILE);
    }

    /** {@return Java files that do not begin with the licence; the formatter does not look at package-info} */
    List<Path> withoutLicence() throws IOException {
        return javaFiles(file -> !lines(file).get(0).equals(LICENCE));
    }

    List<Path> namedAfterNothing() throws IOException {
        return javaFiles(file ->
                WORDS_THAT_SAY_NOTHING.matcher(file.getFileName().toString()).matches());
    }

    /** {@return Java files whose package does not say what it is for} */
    List<Path> withoutPackageInfo() throws IOException {
        return javaFiles(file -> {
            Path here = file.resolveSibling("package-info.java");
            Path ofTested = Path.of(here.toString().replace("/src/test/", "/src/main/"));
            return !Files.exists(here) && !Files.exists(ofTested);
        });
    }

    /** {@return POMs below the top that name any version but their parent's} */
    List<Path> pomsWithVersions() throws IOException {
        return files("pom.xml").stream()
                .filter(pom -> !pom.getParent().equals(top))
                .filter(pom -> lines(pom).stream()
                                .filter(line -> line.contains("<version>"))
                                .count()
                        != 1)
                .toList();
    }

    /** {@return what a page has its readers fetch, group:artifact:version, in a version that the build does not use} */
    List<String> fetchedInOtherVersions() throws IOException {
        List<String> pom = lines(top.resolve("pom.xml"));
        return files(".md").stream()
                .flatMap(page -> lines(page).stream())
                .flatMap(line -> FETCHED.matcher(line).results())
                .filter(fetched -> pom.stream().noneMatch(line -> line.contains(">" + fetched.group(2) + "</version.")))
                .map(fetched -> fetched.group(1))
                .toList();
    }

    /** {@return Java files that may hold tests or contracts} */
    List<Path> testFiles() throws IOException {
        return javaFiles(file ->
                file.toString().contains("/src/test/java/") || file.toString().contains("/testkit/src/main/java/"));
    }

    private List<Path> javaFiles(Predicate<Path> chosen) throws IOException {
        return files(".java").stream().filter(chosen).toList();
    }

    private List<Path> files(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean ours = folder.equals(top) || !(name.startsWith(".") || name.equals("target"));
                return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.getFileName().toString().endsWith(ending)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
