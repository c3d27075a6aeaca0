// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import jakarta.ejb.ApplicationException;

/** There is no such shop. */
@ApplicationException(rollback = true)
public class UnknownMerchantException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the shop that there is not. */
    public UnknownMerchantException(long merchantId) {
        super("There is no shop " + merchantId + "; there are shops 1 to " + Merchants.COUNT + ".");
    }
}
