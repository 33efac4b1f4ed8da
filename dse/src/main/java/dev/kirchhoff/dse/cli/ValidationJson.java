package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.gallery.Comparison;
import dev.kirchhoff.dse.gallery.Difference;
import dev.kirchhoff.dse.gallery.ErrorSummary;
import dev.kirchhoff.dse.gallery.GalleryChip;
import dev.kirchhoff.dse.gallery.Omission;
import dev.kirchhoff.peripherals.calibration.FittedFactors;
import java.util.List;

/** A validation as JSON; values in coherent units (fJ, ns, um2, uW). */
final class ValidationJson {
  private ValidationJson() {}

  static ObjectNode of(List<GalleryChip> chips) {
    ObjectNode root = Console.mapper().createObjectNode();
    root.put("version", ModelVersion.text());
    ArrayNode list = root.putArray("chips");
    for (GalleryChip chip : chips) {
      ObjectNode node = list.addObject();
      node.put("id", chip.id()).put("name", chip.name()).put("componentTable", chip.isTable());
      ArrayNode values = node.putArray("values");
      chip.comparisons().values().forEach(value -> put(value, values.addObject()));
      for (Omission omission : chip.comparisons().omissions()) {
        node.withArray("omissions")
            .addObject()
            .put("name", omission.name())
            .put("reason", omission.reason());
      }
      put(ErrorSummary.of(List.of(chip), c -> true), node.putObject("summary"));
      chip.ownFactors().forEach(factor -> put(factor, node.withArray("ownFactors").addObject()));
    }
    ObjectNode summary = root.putObject("summary");
    put(ErrorSummary.of(chips, c -> true), summary.putObject("all"));
    for (Comparison.Group group : Comparison.Group.values()) {
      if (group == Comparison.Group.GIVEN) {
        summary.putObject(key(group)).put("values", ErrorSummary.given(chips));
        continue;
      }
      put(ErrorSummary.of(chips, c -> c.group() == group), summary.putObject(key(group)));
    }
    ErrorSummary.Shares shares = ErrorSummary.shares(chips);
    summary
        .putObject("shares")
        .put("values", shares.values())
        .put("meanPoints", shares.mean() * 100)
        .put("largestPoints", shares.largest() * 100);
    ErrorSummary.rankCorrelation(chips).ifPresent(r -> summary.put("rankCorrelation", r));
    ArrayNode factors = root.putArray("fittedFactors");
    FittedFactors.all().forEach(factor -> put(factor, factors.addObject()));
    return root;
  }

  private static String key(Comparison.Group group) {
    return switch (group) {
      case CALIBRATED -> "calibrated";
      case SAME_CHIP -> "sameChip";
      case NEW_CHIP -> "newChip";
      case GIVEN -> "given";
    };
  }

  private static void put(ErrorSummary summary, ObjectNode node) {
    node.put("values", summary.values()).put("chips", summary.chips());
    summary.error().ifPresent(error -> node.put("error", error));
  }

  private static void put(FittedFactor factor, ObjectNode node) {
    node.put("family", factor.family().word())
        .put("quantity", factor.quantity().word())
        .put("factor", factor.factor())
        .put("reason", factor.reason());
    factor.fittedOn().forEach(node.putArray("fittedOn")::add);
  }

  static void put(Comparison value, ObjectNode node) {
    node.put("row", value.row()).put("of", value.of()).put("name", value.name());
    if (!value.when().isEmpty()) {
      node.put("when", value.when());
    }
    node.put("published", value.published()).put("ours", value.ours());
    node.put("error", value.error()).put("within", value.kind().within());
    node.put("share", value.kind().isShare());
    node.put("role", value.basis().role().word());
    ArrayNode differsIn = node.putArray("differsIn");
    value.basis().differsIn().stream().sorted().map(Difference::word).forEach(differsIn::add);
    value.basis().areaScope().ifPresent(scope -> node.put("areaScope", scope.word()));
    if (!value.basis().note().isEmpty()) {
      node.put("note", value.basis().note());
    }
    node.put("met", value.met());
    node.put("aim", value.aim()).put("beyondAim", value.isBeyondAim());
  }
}
