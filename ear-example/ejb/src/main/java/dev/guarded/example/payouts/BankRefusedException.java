// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import jakarta.ejb.ApplicationException;

/** The bank did not do what it was asked, because somebody newer has been there, and our work must not commit. */
@ApplicationException(rollback = true)
public class BankRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what the bank said. */
    public BankRefusedException(String message) {
        super(message);
    }
}
