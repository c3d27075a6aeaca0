// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.modules;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Whose module this is; the other module has a bean of this name, too. */
@Named("tenant")
@ApplicationScoped
public class Tenant {

    /** Returns the name that is packed into the module. */
    public String getId() {
        try (InputStream packed = Tenant.class.getResourceAsStream("/tenant.txt")) {
            return new String(Objects.requireNonNull(packed).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
