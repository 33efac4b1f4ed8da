package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Interconnect.SwitchedChannels;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.layout.LayerLayout;
import dev.kirchhoff.mapper.layout.Layout;
import dev.kirchhoff.mapper.place.PlacementCost;
import dev.kirchhoff.mapper.report.MappedDesign;
import dev.kirchhoff.mapper.report.MappedDesign.MappedLayer;
import dev.kirchhoff.mapper.report.MappedDesign.MappedNetwork;
import dev.kirchhoff.mapper.report.TrafficReport;
import dev.kirchhoff.mapper.traffic.Flows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Mapping of a design, from which {@code map} prints text and JSON alike: {@code
 * docs/mapping.schema.json} is its schema, {@code docs/mapping.md} explains it.
 *
 * @param mapping version of the format
 * @param name name of the design
 * @param version version of the models
 * @param fits whether everything is on the chip, at once or reloaded
 * @param batch inferences that load the phases once; absent of an endless stream
 * @param chip sizes and crossbars
 * @param networks networks with their layers
 * @param placement tiles on the fabric; absent if they do not fit
 * @param traffic transfers between tiles; absent if they do not fit
 * @param connections connections of a circuit-switched fabric
 */
public record MappingReport(
    int mapping,
    String name,
    String version,
    boolean fits,
    Optional<Integer> batch,
    Chip chip,
    List<NetworkMapping> networks,
    Optional<Placement> placement,
    Optional<Traffic> traffic,
    @JsonProperty("circuits") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<ConnectionSet> connections) {
  private static final int FORMAT = 1;

  /** Sizes of the chip, of all chips together where there are several. */
  public record Chip(
      int chips,
      int tiles,
      int pesPerTile,
      int crossbarsPerPe,
      int rows,
      int columns,
      Crossbars crossbars) {
    /** Crossbars of a tile. */
    public int crossbarsPerTile() {
      return pesPerTile * crossbarsPerPe;
    }
  }

  /**
   * Crossbars.
   *
   * @param onChip crossbars that exist
   * @param taken by all layers with their copies
   * @param missing for one copy of everything
   * @param reloaded programmed again in each inference
   */
  public record Crossbars(long onChip, long taken, long missing, long reloaded) {}

  /** A network: its share of the inferences, times, phases and layers. */
  public record NetworkMapping(
      String name,
      double share,
      boolean pipelined,
      double latency_ns,
      double interval_ns,
      List<Phase> phases,
      List<LayerMapping> layers) {

    /** Copies of the weights of a layer: its own, or those of the layer whose matrix it uses. */
    public int copies(Stored layer) {
      if (layer.copies().isPresent()) {
        return layer.copies().get().size();
      }
      String of = layer.weightsOf().orElseThrow();
      for (LayerMapping other : layers) {
        if (other instanceof StoredLayer found && found.flow().name().equals(of)) {
          return copies(found.stored());
        }
      }
      throw new IllegalStateException("The network (" + name + ") has no layer (" + of + ").");
    }
  }

  /** A phase of a network whose weights are reloaded. */
  public record Phase(
      int phase,
      List<String> layers,
      long crossbars,
      double start_ns,
      double writing_ns,
      double putAway_bits) {}

  /** A layer on the chip. */
  public sealed interface LayerMapping {
    /** Its times and transfers. */
    LayerFlow flow();
  }

  /** A layer whose operands are both activations, so that it has no stored weights. */
  public record DynamicLayer(@JsonUnwrapped LayerFlow flow) implements LayerMapping {}

  /** A layer with stored weights. */
  public record StoredLayer(@JsonUnwrapped LayerFlow flow, @JsonUnwrapped Stored stored)
      implements LayerMapping {}

  /**
   * Times and transfers of a layer.
   *
   * @param dynamic whether both operands are activations
   * @param spilled_bits bits that do not fit the buffers
   */
  public record LayerFlow(
      String name,
      boolean dynamic,
      LayerSchedule schedule,
      LayerTraffic traffic,
      double spilled_bits) {}

  /** Start, end and busy time of a layer. */
  public record LayerSchedule(double start_ns, double end_ns, double busy_ns) {}

  /** Transfers of a layer over the fabric. */
  public record LayerTraffic(
      int hops, double bitHops, double mostLoadedLink_bits, double mostLoadedLink_ns) {}

  /**
   * Stored weights of a layer.
   *
   * @param phase phase that loads them, from 1; 0 if they stay, as the file's schema has it
   * @param weightsOf layer whose stored matrix it multiplies with; absent with one of its own
   * @param weights shape of what it multiplies with
   * @param matrix matrix of the layer; absent with that of another
   * @param copies blocks of each copy; absent with the matrix of another layer
   */
  public record Stored(
      int phase,
      int chip,
      Optional<String> weightsOf,
      Weights weights,
      long crossbars,
      double utilization,
      PartialSums sums,
      Optional<StoredMatrix> matrix,
      Optional<List<List<BlockPlace>>> copies) {
    /** Number of the phase of weights that stay. */
    private static final int STAYS = 0;

    /** True if its weights are on the chip for the whole inference. */
    public boolean stays() {
      return phase == STAYS;
    }
  }

  /**
   * Shape of the weights that a layer multiplies with.
   *
   * @param inputs inputs of an output
   * @param outputs outputs of a group
   */
  public record Weights(int inputs, int outputs, int groups) {}

  /** Partial sums of an inference by the place where they are added. */
  public record PartialSums(double inPe, double inTile, double overFabric) {}

  /**
   * Matrix of a layer.
   *
   * @param positionsApart whether positions of the kernel lie apart
   * @param parts blocks on the diagonal
   */
  public record StoredMatrix(
      int groups,
      int kernelPositions,
      boolean positionsApart,
      int parts,
      int height,
      int width,
      int rowsPerWeight,
      int columnsPerWeight) {}

  /**
   * A block of a matrix on a crossbar.
   *
   * @param load load of the tile, where it is loaded several times
   * @param rows wordlines
   * @param columns bitlines
   */
  public record BlockPlace(
      int tile,
      int pe,
      int crossbar,
      Optional<Integer> load,
      Lines rows,
      Lines columns,
      int part,
      int firstRow,
      int firstColumn) {}

  /** Lines next to each other, written as a pair. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"first", "count"})
  public record Lines(int first, int count) {}

  /**
   * Tiles on the fabric.
   *
   * @param steps moves that were tried
   * @param columns nodes in a row, where the fabric is a grid
   * @param tracks tracks of a channel, where the fabric is circuit-switched
   * @param switchBox kind of its switch boxes, there
   * @param nodes nodes of all sites of a chip in their order; absent where all share one medium
   */
  public record Placement(
      String fabric,
      long seed,
      long steps,
      Optional<Integer> columns,
      Optional<Integer> tracks,
      Optional<String> switchBox,
      Optional<List<Integer>> nodes,
      List<Site> sites) {}

  /** The site of a tile; the chip where there are several. */
  public record Site(int tile, Optional<Integer> chip, int site, int node) {}

  /**
   * Transfers of one inference: totals as evaluated, in order of tiles and refined.
   *
   * @param costsEnergy whether a hop of a bit has an energy of its own; else routers have rated
   *     power, or none
   * @param hasWideLinks whether links of the fabric are several times as wide as a plain one
   */
  public record Traffic(
      EvaluatedCost evaluated,
      TransferCost inOrder,
      TransferCost refined,
      List<Flow> flows,
      List<Link> links,
      @JsonIgnore boolean costsEnergy,
      @JsonIgnore boolean hasWideLinks) {}

  /** Transfers as the search counts them. */
  public record EvaluatedCost(double bitHops, double energy_fJ) {}

  /** Transfers of a placement. */
  public record TransferCost(long bitHops, double energy_fJ, long mostLoadedLink_bits) {}

  /** Bits from a tile to others, with the links that they take. */
  public record Flow(
      Optional<Integer> chip, End from, List<End> to, long bits, List<Integer> links) {}

  /**
   * A loaded link of the fabric.
   *
   * @param capacity width in widths of a plain link
   * @param time_ns time that its bits take
   */
  public record Link(
      int link,
      Optional<Integer> chip,
      End from,
      End to,
      long bits,
      double capacity,
      double time_ns) {}

  /** An end of a transfer: a tile or node, or the port of the chip. */
  public record End(Optional<Integer> number) {
    private static final String PORT = "port";

    static End of(OptionalInt node) {
      return new End(node.isPresent() ? Optional.of(node.getAsInt()) : Optional.empty());
    }

    static End ofUnit(int end) {
      return new End(end == Flows.PORT ? Optional.empty() : Optional.of(end));
    }

    End after(int first) {
      return new End(number.map(n -> first + n));
    }

    @JsonValue
    Object json() {
      return number.isPresent() ? number.get() : PORT;
    }
  }

  /** Number of a layer in the list of all networks' layers, from 1. */
  public int number(int network, int layer) {
    return networks.subList(0, network).stream().mapToInt(n -> n.layers().size()).sum() + layer + 1;
  }

  /** The report of a mapping. */
  public static MappingReport of(PlacedMapping mapping) {
    return new Reader(mapping).report();
  }

  private record Reader(PlacedMapping placedMapping) {
    private MappedDesign mapped() {
      return placedMapping.mapped();
    }

    private List<PlacedMapping.Placed> placed() {
      return placedMapping.placed();
    }

    MappingReport report() {
      boolean isPlaced = !placed().isEmpty();
      return new MappingReport(
          FORMAT,
          placedMapping.name(),
          ModelVersion.text(),
          mapped().capacity().fits(),
          placedMapping.design().mapping().batching().batch().stream().boxed().findFirst(),
          chip(),
          IntStream.range(0, mapped().networks().size()).mapToObj(this::network).toList(),
          isPlaced ? Optional.of(placement()) : Optional.empty(),
          isPlaced ? Optional.of(traffic()) : Optional.empty(),
          isPlaced ? ConnectionSet.of(placedMapping) : List.of());
    }

    private Chip chip() {
      Layout.Size size = mapped().layout().size();
      MappedDesign.Capacity capacity = mapped().capacity();
      return new Chip(
          capacity.chips(),
          capacity.tiles(),
          capacity.pesPerTile(),
          size.perPe(),
          size.rows(),
          size.columns(),
          new Crossbars(
              capacity.onChip(), capacity.taken(), capacity.missing(), capacity.reloaded()));
    }

    private NetworkMapping network(int n) {
      MappedNetwork network = mapped().networks().get(n);
      return new NetworkMapping(
          network.name(),
          network.share(),
          network.isPipelined(),
          network.latency_ns(),
          network.interval_ns(),
          network.phases().stream().map(phase -> phase(network, phase)).toList(),
          IntStream.range(0, network.layers().size()).mapToObj(l -> layer(n, l, network)).toList());
    }

    private static Phase phase(MappedNetwork network, MappedDesign.Phase phase) {
      return new Phase(
          phase.number(),
          phase.layers().stream().map(l -> network.layers().get(l).name()).toList(),
          phase.crossbars(),
          phase.start_ns(),
          phase.writing_ns(),
          phase.putAway_bits());
    }

    private LayerMapping layer(int n, int l, MappedNetwork network) {
      MappedLayer layer = network.layers().get(l);
      TrafficReport.OfLayer traffic = network.traffic().layers().get(l);
      LayerFlow flow =
          new LayerFlow(
              layer.name(),
              layer.isDynamic(),
              new LayerSchedule(
                  layer.time().start_ns(), layer.time().end_ns(), layer.time().busy_ns()),
              new LayerTraffic(
                  traffic.hops(),
                  traffic.bitHops(),
                  traffic.most().map(TrafficReport.Link::bits).orElse(0.0),
                  traffic.most().map(TrafficReport.Link::time_ns).orElse(0.0)),
              layer.spilled_bits());
      return layer.isDynamic()
          ? new DynamicLayer(flow)
          : new StoredLayer(flow, stored(n, l, layer));
    }

    private Stored stored(int n, int l, MappedLayer layer) {
      Optional<LayerLayout> own = mapped().layout().layer(n, l);
      return new Stored(
          layer.residency().phase().orElse(Stored.STAYS),
          layer.residency().chip(),
          layer.weightsOf(),
          new Weights(
              layer.shape().inputsPerOutput(),
              layer.shape().outputsPerGroup(),
              layer.shape().groups()),
          layer.allocation().crossbars(),
          layer.allocation().utilization(),
          new PartialSums(layer.sums().inPe(), layer.sums().inTile(), layer.sums().overFabric()),
          own.map(layout -> matrix(layer, layout)),
          own.map(this::copies));
    }

    private static StoredMatrix matrix(MappedLayer layer, LayerLayout layout) {
      return new StoredMatrix(
          layer.shape().groups(),
          layout.matrix().positions(),
          layout.matrix().kernels(),
          layout.matrix().parts(),
          layout.matrix().height(),
          layout.matrix().width(),
          layout.matrix().rowsPerWeight(),
          layout.matrix().columnsPerWeight());
    }

    private List<List<BlockPlace>> copies(LayerLayout layout) {
      List<List<BlockPlace>> copies = new ArrayList<>();
      for (int copy = 0; copy < layout.copies(); copy++) {
        List<BlockPlace> blocks = new ArrayList<>();
        layout.forEach(copy, block -> blocks.add(block(block)));
        copies.add(blocks);
      }
      return copies;
    }

    private BlockPlace block(dev.kirchhoff.mapper.layout.Block block) {
      Layout.CrossbarLocation place = mapped().layout().place(block.crossbar());
      int tile = placedMapping.tile(place.tile());
      return new BlockPlace(
          tile,
          place.pe(),
          place.crossbar(),
          tile == place.tile()
              ? Optional.empty()
              : Optional.of(place.tile() / mapped().capacity().tiles()),
          new Lines(block.rows().first(), block.rows().count()),
          new Lines(block.columns().first(), block.columns().count()),
          block.part(),
          block.firstRow(),
          block.firstColumn());
    }

    private Placement placement() {
      Fabric fabric = mapped().fabric();
      List<Site> sites = new ArrayList<>();
      for (int chip = 0; chip < placed().size(); chip++) {
        PlacedMapping.Placed placed = placed().get(chip);
        for (int unit = 0; unit < placed.flows().units(); unit++) {
          int site = placed.refined().siteOf(unit);
          sites.add(new Site(placed.firstTile() + unit, chip(chip), site, fabric.node(site)));
        }
      }
      Interconnect interconnect = placedMapping.design().chip().uncore().interconnect();
      Optional<SwitchedChannels> channels = interconnect.channels();
      return new Placement(
          interconnect.kind().word(),
          placed().get(0).seed(),
          placed().stream().mapToLong(PlacedMapping.Placed::moves).sum(),
          fabric.columns() > 0 ? Optional.of(fabric.columns()) : Optional.empty(),
          channels.map(SwitchedChannels::tracks),
          channels.map(of -> of.switchBox().word()),
          fabric.links() > 1
              ? Optional.of(IntStream.range(0, fabric.sites()).mapToObj(fabric::node).toList())
              : Optional.empty(),
          sites);
    }

    private Optional<Integer> chip(int chip) {
      return placed().size() > 1 ? Optional.of(chip) : Optional.empty();
    }

    private Traffic traffic() {
      double counted = mapped().hop().counted();
      List<Flow> flows = new ArrayList<>();
      List<Link> links = new ArrayList<>();
      for (int chip = 0; chip < placed().size(); chip++) {
        PlacedMapping.Placed placed = placed().get(chip);
        for (int f = 0; f < placed.flows().count(); f++) {
          flows.add(flow(chip, f, placed));
        }
        addLinks(chip, placed.refined(), links);
      }
      return new Traffic(
          new EvaluatedCost(counted, mapped().hop().traffic_fJ(counted)),
          cost(PlacedMapping.Placed::inOrder),
          cost(PlacedMapping.Placed::refined),
          flows,
          links,
          mapped()
                  .hop()
                  .traffic_fJ(Math.max(counted, cost(PlacedMapping.Placed::inOrder).bitHops()))
              > 0,
          IntStream.range(0, mapped().fabric().links())
              .anyMatch(link -> mapped().fabric().capacity(link) != 1));
    }

    private void addLinks(int chip, PlacementCost cost, List<Link> links) {
      Fabric fabric = mapped().fabric();
      for (int link = 0; link < fabric.links(); link++) {
        if (cost.load(link) > 0) {
          links.add(
              new Link(
                  link,
                  chip(chip),
                  End.of(fabric.tail(link)),
                  End.of(fabric.head(link)),
                  cost.load(link),
                  fabric.capacity(link),
                  cost.load(link) / fabric.capacity(link) * mapped().hop().link_nsPerBit()));
        }
      }
    }

    private TransferCost cost(Function<PlacedMapping.Placed, PlacementCost> of) {
      long bitHops = 0;
      long most = 0;
      for (PlacedMapping.Placed placed : placed()) {
        bitHops += of.apply(placed).bitHops();
        most = Math.max(most, of.apply(placed).mostLoad());
      }
      return new TransferCost(bitHops, mapped().hop().traffic_fJ(bitHops), most);
    }

    private Flow flow(int chip, int f, PlacedMapping.Placed placed) {
      Flows flows = placed.flows();
      return new Flow(
          chip(chip),
          End.ofUnit(flows.source(f)).after(placed.firstTile()),
          IntStream.range(0, flows.targets(f))
              .mapToObj(t -> End.ofUnit(flows.target(f, t)).after(placed.firstTile()))
              .toList(),
          flows.bits(f),
          IntStream.of(placed.refined().links(f)).boxed().toList());
    }
  }
}
