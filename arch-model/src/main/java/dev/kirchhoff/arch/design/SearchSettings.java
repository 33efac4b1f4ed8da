package dev.kirchhoff.arch.design;

import java.util.OptionalDouble;

/**
 * Settings of a search; the command line may overrule each.
 *
 * @param engine name of the engine
 * @param budget unique designs at most
 * @param time_s time after which no further design is computed
 * @param seed root seed
 * @param islands searches side by side
 */
public record SearchSettings(
    String engine, long budget, OptionalDouble time_s, long seed, int islands) {}
