// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.web;

import dev.guarded.example.payouts.BankRefusedException;
import dev.guarded.example.payouts.UnknownMerchantException;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockException;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockStoreException;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says in HTTP what went wrong. A lock has three ways to fail, and they mean three different things to a caller: 423,
 * somebody else has it, come back; 503, nobody can tell who has it; 409, it was yours and is no more.
 */
@Provider
public class FailureMapper implements ExceptionMapper<RuntimeException> {

    private static final int LOCKED = 423;
    private static final Duration STORE_PATIENCE = Duration.ofSeconds(5);
    private static final System.Logger LOG = System.getLogger("dev.guarded.example");

    @Override
    public Response toResponse(RuntimeException failure) {
        // What a commit refused comes wrapped in what the container made of it.
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Response response = known(cause);
            if (response != null) {
                return response;
            }
        }
        LOG.log(System.Logger.Level.ERROR, "A request failed", failure);
        return answer(Status.INTERNAL_SERVER_ERROR.getStatusCode(), failure).build();
    }

    private static @Nullable Response known(Throwable cause) {
        if (cause instanceof LockNotGrantedException taken) {
            return locked(taken);
        }
        if (cause instanceof LockStoreException) {
            return answer(Status.SERVICE_UNAVAILABLE.getStatusCode(), cause)
                    .header(HttpHeaders.RETRY_AFTER, STORE_PATIENCE.toSeconds())
                    .build();
        }
        if (cause instanceof LeaseLostException
                || cause instanceof BankRefusedException
                || cause instanceof OptimisticLockException) {
            return answer(Status.CONFLICT.getStatusCode(), cause).build();
        }
        if (cause instanceof UnknownMerchantException) {
            return answer(Status.NOT_FOUND.getStatusCode(), cause).build();
        }
        if (cause instanceof IllegalArgumentException) {
            return answer(Status.BAD_REQUEST.getStatusCode(), cause).build();
        }
        return cause instanceof WebApplicationException web ? web.getResponse() : null;
    }

    private static Response locked(LockNotGrantedException taken) {
        JsonObjectBuilder body = taken.holder()
                .map(holder -> Shapes.holder(taken.lockName(), holder))
                .orElseGet(() -> Json.createObjectBuilder().add("lock", taken.lockName()))
                .add("waiters", taken.waiters())
                .add("error", String.valueOf(taken.getMessage()));
        // A living holder renews, so this is when to ask again, not when the lock will be free.
        long seconds =
                taken.holder().map(holder -> holder.leaseLeft().toSeconds()).orElse(0L) + 1;
        return Response.status(LOCKED)
                .header(HttpHeaders.RETRY_AFTER, seconds)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body.build())
                .build();
    }

    private static Response.ResponseBuilder answer(int status, Throwable cause) {
        JsonObjectBuilder body = Json.createObjectBuilder();
        if (cause instanceof LockException lock) {
            body.add("lock", lock.lockName());
        }
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body.add("error", String.valueOf(cause.getMessage())).build());
    }
}
