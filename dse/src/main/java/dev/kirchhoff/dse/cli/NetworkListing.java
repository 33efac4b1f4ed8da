package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.arch.workload.NetworkSummary;
import dev.kirchhoff.mapper.onnx.OnnxFormat;
import dev.kirchhoff.mapper.onnx.TrainedNetwork;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import java.util.List;
import java.util.Locale;

/** The networks that a spec can name: shapes alone, and trained ones with their accuracy. */
final class NetworkListing {
  /** The columns that fit a line. */
  static final List<String> COLUMNS =
      List.of("name", "title", "layers", "GMAC", "weights", "accuracy", "architecture");

  private NetworkListing() {}

  static int count() {
    return new NetworkCatalogue().names().size() + TrainedNetworks.names().size();
  }

  static ArrayNode json() {
    ArrayNode list = Console.mapper().createArrayNode();
    NetworkCatalogue catalogue = new NetworkCatalogue();
    for (String name : catalogue.names()) {
      NetworkSummary summary = catalogue.summary(name).orElseThrow();
      size(list.addObject(), name, summary.title(), summary.layers(), summary.macs())
          .put("weights", Units.count(summary.weights()))
          .put("architecture", summary.architecture())
          .put("shapes", summary.shapes());
    }
    OnnxFormat format = new OnnxFormat();
    for (String name : TrainedNetworks.names()) {
      Network network = format.shipped(name).orElseThrow();
      TrainedNetwork about = TrainedNetworks.about(name);
      size(list.addObject(), name, about.title(), network.layers().size(), network.macs())
          .put("weights", Units.count(network.weights()))
          .put("accuracy", accuracy(about.test()))
          .put("architecture", about.source())
          .put("data", about.data())
          .put("accuracyFloat", about.testAccuracy())
          .put("accuracyShipped", accuracy(about.shipped()) + " of the shipped samples")
          .put("training", about.training());
    }
    return list;
  }

  private static ObjectNode size(
      ObjectNode node, String name, String title, int layers, long macs) {
    return node.put("name", name)
        .put("title", title)
        .put("layers", layers)
        .put("GMAC", String.format(Locale.ROOT, "%.4f", macs * 1e-9))
        .put("macs", macs);
  }

  private static String accuracy(TrainedNetwork.Score score) {
    return String.format(Locale.ROOT, "%.2f %% of %,d", 100 * score.share(), score.samples());
  }
}
