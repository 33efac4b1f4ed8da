package dev.kirchhoff.dse.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.CircuitLibrary;
import dev.kirchhoff.peripherals.CircuitModel;
import dev.kirchhoff.peripherals.library.CircuitData;
import java.util.List;

/**
 * Model of a circuit in the library.
 *
 * @param part part of the chip that it prices
 * @param kind kind of the part; empty for all
 * @param isDefault whether it is used where no model is named
 * @param range bits and nodes that it was made for
 * @param energyBand factors to the ends of its energy's band
 * @param areaBand factors to the ends of its area's band
 */
public record CircuitEntry(
    String name,
    String part,
    String kind,
    @JsonProperty("default") boolean isDefault,
    String range,
    String source,
    String sentence,
    String energyBand,
    String energyBandReason,
    String areaBand,
    String areaBandReason) {

  /** All models. */
  public static List<CircuitEntry> all() {
    return CircuitLibrary.entries().stream().map(CircuitEntry::of).toList();
  }

  private static CircuitEntry of(CircuitModel entry) {
    CircuitData data = entry.data();
    CircuitData.Range range = data.range();
    String bits = range.bits().map(b -> b.fewest() + ".." + b.most() + " b, ").orElse("");
    return new CircuitEntry(
        entry.name(),
        entry.part().word(),
        entry.kind(),
        entry.standard(),
        bits + Units.brief(range.smallest_nm()) + ".." + Units.brief(range.largest_nm()) + " nm",
        data.source(),
        data.sentence(),
        factors(data.band().energy()),
        data.band().energy().reason(),
        factors(data.band().area()),
        data.band().area().reason());
  }

  private static String factors(Spread spread) {
    return Units.brief(spread.low()) + "x .. " + Units.brief(spread.high()) + "x";
  }
}
