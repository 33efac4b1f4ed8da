package dev.kirchhoff.dse.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.arch.workload.NetworkSummary;
import dev.kirchhoff.mapper.onnx.OnnxFormat;
import dev.kirchhoff.mapper.onnx.TrainedNetwork;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Network of the catalogue: shapes alone, or a trained network with its accuracy.
 *
 * @param layers matrix layers
 * @param giga multiplications of one inference in 10⁹
 * @param accuracy accuracy of its test samples; absent without weights
 * @param shapes source of the shapes; absent of trained networks
 * @param data data that it was trained on
 * @param accuracyFloat accuracy before quantisation
 * @param accuracyShipped accuracy on the samples that are shipped
 * @param training recipe
 */
public record NetworkEntry(
    String name,
    String title,
    int layers,
    @JsonProperty("GMAC") String giga,
    long macs,
    String weights,
    Optional<String> accuracy,
    String architecture,
    Optional<String> shapes,
    Optional<String> data,
    OptionalDouble accuracyFloat,
    Optional<String> accuracyShipped,
    Optional<String> training) {

  /** Number of networks. */
  public static int count() {
    return new NetworkCatalogue().names().size() + TrainedNetworks.names().size();
  }

  /** All networks. */
  public static List<NetworkEntry> all() {
    List<NetworkEntry> entries = new ArrayList<>();
    NetworkCatalogue catalogue = new NetworkCatalogue();
    catalogue.names().forEach(name -> entries.add(shapes(name, catalogue)));
    OnnxFormat format = new OnnxFormat();
    TrainedNetworks.names().forEach(name -> entries.add(trained(name, format)));
    return entries;
  }

  private static NetworkEntry shapes(String name, NetworkCatalogue catalogue) {
    NetworkSummary summary = catalogue.summary(name).orElseThrow();
    return new NetworkEntry(
        name,
        summary.title(),
        summary.layers(),
        giga(summary.macs()),
        summary.macs(),
        Units.count(summary.weights()),
        Optional.empty(),
        summary.architecture(),
        Optional.of(summary.shapes()),
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static NetworkEntry trained(String name, OnnxFormat format) {
    Network network = format.shipped(name).orElseThrow();
    TrainedNetwork about = TrainedNetworks.about(name);
    return new NetworkEntry(
        name,
        about.title(),
        network.layers().size(),
        giga(network.macs()),
        network.macs(),
        Units.count(network.weights()),
        Optional.of(accuracy(about.test())),
        about.source(),
        Optional.empty(),
        Optional.of(about.data()),
        OptionalDouble.of(about.testAccuracy()),
        Optional.of(accuracy(about.shipped()) + " of the shipped samples"),
        Optional.of(about.training()));
  }

  private static String giga(long macs) {
    return String.format(Locale.ROOT, "%.4f", macs * 1e-9);
  }

  private static String accuracy(TrainedNetwork.Score score) {
    return String.format(Locale.ROOT, "%.2f %% of %,d", 100 * score.share(), score.samples());
  }
}
