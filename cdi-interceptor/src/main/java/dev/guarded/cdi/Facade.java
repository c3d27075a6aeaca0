// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseSet;
import dev.guarded.lock.LockException;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.NamedLock;
import jakarta.enterprise.inject.spi.CDI;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code @Inject} gives: the adapter's objects behind proxies that find them at each call and throw the exceptions
 * an EJB container treats well. Objects reached through such a proxy are behind one too; only a stage is given as it
 * is, since cancelling it must reach the adapter.
 */
@SuppressWarnings("serial") // What leads to an adapter by its name can be written; a lease cannot, and says so.
final class Facade implements InvocationHandler, Serializable {

    private static final long serialVersionUID = 1L;

    private static final List<Class<?>> TYPES =
            List.of(LockManager.class, NamedLock.class, Lease.class, LeaseSet.class);

    private final Supplier<?> target;
    private final @Nullable Object fixed;

    private record OfAdapter(String jndiName) implements Supplier<LockManager>, Serializable {

        @Override
        public LockManager get() {
            return Guarding.ofThread()
                    .orElseGet(() -> Guarding.ofApplication(CDI.current().getBeanManager()))
                    .managers()
                    .bound(jndiName);
        }
    }

    private Facade(Supplier<?> target, @Nullable Object fixed) {
        this.target = target;
        this.fixed = fixed;
    }

    /** Returns a manager that is looked up when it is used. */
    static LockManager of(Managers managers) {
        return proxy(LockManager.class, new Facade(managers::bound, null));
    }

    /** Returns the manager of one adapter, which is looked up when it is used. A bean that has it can be passivated. */
    static LockManager ofAdapter(String jndiName) {
        return proxy(LockManager.class, new Facade(new OfAdapter(jndiName), null));
    }

    /** Returns the lease of whichever guarded call is running when it is used. */
    static Lease current() {
        return proxy(Lease.class, new Facade(CurrentLeases::lease, null));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        try {
            return wrapped(method.invoke(target.get(), arguments));
        } catch (InvocationTargetException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw cause instanceof LockException lock ? Translation.of(lock) : cause;
        }
    }

    /** Two proxies of one lock are equal; one whose object is still to be found is equal to itself only. */
    private Object ofObject(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> {
                Object other = Objects.requireNonNull(arguments)[0];
                yield fixed == null ? proxy == other : fixed.equals(unwrapped(other));
            }
            case "hashCode" -> fixed == null ? System.identityHashCode(proxy) : fixed.hashCode();
            default -> fixed == null ? "found when it is used" : fixed.toString();
        };
    }

    private static @Nullable Object unwrapped(@Nullable Object other) {
        return other != null
                        && Proxy.isProxyClass(other.getClass())
                        && Proxy.getInvocationHandler(other) instanceof Facade that
                ? that.fixed
                : other;
    }

    private static @Nullable Object wrapped(@Nullable Object result) {
        if (result instanceof Optional<?> optional) {
            return optional.map(Facade::wrapped);
        }
        if (result instanceof List<?> list) {
            return list.stream().map(Facade::wrapped).toList();
        }
        for (Class<?> type : TYPES) {
            if (result != null && type.isInstance(result)) {
                return proxy(type, new Facade(() -> result, result));
            }
        }
        return result;
    }

    private static <T> T proxy(Class<T> type, Facade handler) {
        return type.cast(Proxy.newProxyInstance(Facade.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
