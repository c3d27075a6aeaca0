// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

/** Thrown when a message-driven bean was not told something, or answered with an exception. */
final class DeliveryFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    DeliveryFailedException(Throwable cause) {
        super(cause.toString(), cause);
    }
}
