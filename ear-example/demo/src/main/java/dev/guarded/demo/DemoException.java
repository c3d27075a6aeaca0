// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

/** Ends the demo with one sentence that says what is wrong and what to do. */
final class DemoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    DemoException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    DemoException(String sentence, Exception cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
