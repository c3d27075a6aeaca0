// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.DurationText;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What applies to one guarded method: what configuration says, otherwise what the annotation says. */
final class Attributes {

    private final Place place;
    private final Guarded guarded;
    private final Configuration configuration;
    private final Findings findings;

    Attributes(Place place, Guarded guarded, Configuration configuration, Findings findings) {
        this.place = place;
        this.guarded = guarded;
        this.configuration = configuration;
        this.findings = findings;
    }

    OnTimeout onTimeout() {
        return configured("onTimeout", keys("onTimeout"), this::answer).orElseGet(guarded::onTimeout);
    }

    /** Without its lock a method runs only where its author has said so, whoever configures it. */
    private OnTimeout answer(String text) {
        OnTimeout answer = oneOf(OnTimeout.class, text);
        if (answer == OnTimeout.RUN_UNGUARDED && guarded.onTimeout() != answer) {
            throw new IllegalArgumentException("GUARDED-0504 only the annotation can say RUN_UNGUARDED. Write THROW or"
                    + " SKIP, or change the annotation.");
        }
        return answer;
    }

    /** Returns the timeout that is written for this method, empty if it is left to the adapter. */
    Optional<Duration> timeout(OnTimeout onTimeout) {
        List<String> keys = keys("timeout");
        if (onTimeout == OnTimeout.SKIP) {
            // A wait for everybody's sake would make every node run the job that one of them should run.
            keys.remove("Guarded/timeout");
        }
        return configured("timeout", keys, DurationText::parse)
                .or(() -> written("timeout", guarded.timeout(), DurationText::parse));
    }

    /** Returns the JNDI name of the manager, empty if it is the usual one. */
    Optional<String> adapter() {
        return configured("adapter", keys("adapter"), Function.identity())
                .or(() -> written("adapter", guarded.adapter(), Function.identity()))
                .filter(name -> !name.isEmpty());
    }

    /** Returns the settings of the locks, empty if everything is left to the adapter. */
    Optional<LockSettings> settings() {
        LockSettings settings = LockSettings.defaults();
        Optional<Reach> reach = reach();
        if (reach.isPresent()) {
            settings = settings.reach(reach.get());
        }
        settings = with(settings, "leaseTime", guarded.leaseTime(), settings::leaseTime);
        settings = with(settings, "atLeastFor", guarded.atLeastFor(), settings::atLeastFor);
        return settings.equals(LockSettings.defaults()) ? Optional.empty() : Optional.of(settings);
    }

    private LockSettings with(
            LockSettings settings, String attribute, String text, Function<Duration, LockSettings> changed) {
        Optional<Duration> value = configured(attribute, keys(attribute), DurationText::parse)
                .or(() -> written(attribute, text, DurationText::parse));
        try {
            return value.map(changed).orElse(settings);
        } catch (IllegalArgumentException outOfRange) {
            findings.add(place, outOfRange);
            return settings;
        }
    }

    private Optional<Reach> reach() {
        if (guarded.reach().length > 1) {
            findings.add(
                    place,
                    new IllegalArgumentException("GUARDED-0504 reach is " + Arrays.toString(guarded.reach())
                            + "; a lock has one reach. Write reach = " + guarded.reach()[0] + "."));
        }
        return configured(
                        "reach",
                        keys("reach"),
                        text -> text.equalsIgnoreCase("REDIS") ? Reach.CLUSTER : oneOf(Reach.class, text))
                .or(() -> Arrays.stream(guarded.reach()).findFirst());
    }

    private <T> Optional<T> written(String attribute, String text, Function<String, T> reading) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return read(
                Optional.of(text),
                written -> reading.apply(TemplateText.configured(written, configuration)),
                refused -> attribute + " = \"" + text + "\": " + refused);
    }

    private <T> Optional<T> configured(String attribute, List<String> keys, Function<String, T> reading) {
        for (String key : keys) {
            Optional<String> text = configuration.value(key);
            if (text.isPresent()) {
                return read(
                        text,
                        value -> reading.apply(value.trim()),
                        refused -> attribute + " by configuration " + key + "=" + text.get() + ": " + refused);
            }
        }
        return Optional.empty();
    }

    private <T> Optional<T> read(Optional<String> text, Function<String, T> reading, UnaryOperator<String> told) {
        try {
            return text.map(reading);
        } catch (IllegalArgumentException refused) {
            findings.add(place, new IllegalArgumentException(told.apply(String.valueOf(refused.getMessage()))));
            return Optional.empty();
        }
    }

    /** Returns the keys that configure an attribute, the most specific first. */
    private List<String> keys(String attribute) {
        String type = place.type().getName();
        String declaring = place.method().getDeclaringClass().getName();
        String method = "/" + place.method().getName();
        String end = "/Guarded/" + attribute;
        return new ArrayList<>(List.of(
                type + method + end, declaring + method + end, type + end, declaring + end, "Guarded/" + attribute));
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw new IllegalArgumentException("GUARDED-0504 '" + text + "' is none of "
                + Arrays.toString(type.getEnumConstants()) + ". Write one of them.");
    }
}
