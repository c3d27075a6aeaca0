// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.house;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The table of {@code CONFORMANCE.md}: behaviours by id, and the tests that prove them. */
record ConformanceTable(List<Row> rows) {

    private static final Pattern ROW = Pattern.compile("\\| *([A-Z]\\d+|#\\d+|law \\d+) *\\|(.*)\\|(.*)\\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+#\\w+)`");
    private static final Pattern REASON = Pattern.compile("(Does not apply|Not yet): \\w.*\\.");
    private static final Map<String, Integer> NUMBERED = numbered();

    /** One line of the table. */
    record Row(String id, String behaviour, String proof) {

        Set<String> tests() {
            Set<String> tests = new LinkedHashSet<>();
            TEST.matcher(proof).results().map(MatchResult::group).forEach(test -> tests.add(test.replace("`", "")));
            return tests;
        }

        boolean hasProofOrReason() {
            return !tests().isEmpty() || REASON.matcher(proof).matches();
        }
    }

    private static Map<String, Integer> numbered() {
        Map<String, Integer> last = new LinkedHashMap<>();
        last.put("A", 26);
        last.put("B", 13);
        last.put("C", 13);
        last.put("D", 3);
        last.put("E", 18);
        last.put("F", 3);
        last.put("R", 9);
        last.put("M", 15);
        last.put("H", 20);
        last.put("#", 44);
        last.put("law ", 19);
        return last;
    }

    /** {@return the ids that the table must have, each once, in its order} */
    static List<String> expectedIds() {
        return NUMBERED.entrySet().stream()
                .flatMap(kind -> IntStream.rangeClosed(1, kind.getValue()).mapToObj(number -> kind.getKey() + number))
                .toList();
    }

    static ConformanceTable of(Stream<String> lines) {
        return new ConformanceTable(lines.map(ROW::matcher)
                .filter(line -> line.matches())
                .map(line -> new Row(
                        line.group(1), line.group(2).strip(), line.group(3).strip()))
                .toList());
    }

    List<String> ids() {
        return rows.stream().map(Row::id).toList();
    }

    /** {@return what is wrong with it, line by line, ready to be put right; empty if it agrees with the tests} */
    List<String> disagreementsWith(TestMethods methods) {
        List<String> wrong = new ArrayList<>();
        for (Row row : rows) {
            if (row.behaviour().isEmpty()) {
                wrong.add(row.id() + ": says nothing about the behaviour");
            }
            if (!row.hasProofOrReason()) {
                wrong.add(row.id() + ": names no test and gives no reason ('Does not apply: ….' or 'Not yet: ….')");
            }
            Set<String> proving = methods.proving(row.id());
            for (String test : row.tests()) {
                if (!methods.contains(test)) {
                    wrong.add(row.id() + ": there is no test `" + test + "`");
                } else if (!proving.contains(test)) {
                    wrong.add(row.id() + ": `" + test + "` is not annotated with @Proves(\"" + row.id() + "\")");
                }
            }
            proving.stream()
                    .filter(test -> !row.tests().contains(test))
                    .forEach(test -> wrong.add(row.id() + ": add `" + test + "`"));
        }
        methods.ids().stream()
                .filter(id -> !expectedIds().contains(id))
                .forEach(id -> wrong.add(id + ": proved by " + methods.proving(id) + ", but no such id exists"));
        return wrong;
    }
}
