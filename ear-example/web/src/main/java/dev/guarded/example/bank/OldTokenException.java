// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.bank;

/** Somebody with a newer token has been here since: the caller's lease was lost. */
final class OldTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String refusal;

    OldTokenException(long merchant, long token, long newer) {
        super("old token");
        this.refusal =
                "The bank refuses token " + token + " for shop " + merchant + ": it has seen " + newer + " since.";
    }

    String refusal() {
        return refusal;
    }
}
