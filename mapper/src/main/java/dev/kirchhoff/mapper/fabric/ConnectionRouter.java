package dev.kirchhoff.mapper.fabric;

import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;
import dev.kirchhoff.arch.chip.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Connections on the wires of a circuit-switched fabric by negotiated congestion (McMurchie and
 * Ebeling, PathFinder, FPGA 1995, DOI 10.1145/201310.201328).
 *
 * <p>A wire is a track of a channel, one tile long; a tile reaches every track of the channels at
 * its switch box, and {@link SwitchBoxes} says which wires a box joins. In every iteration the
 * connections that share a wire are taken up and laid again along the cheapest way, target by
 * target from what is laid already; a wire costs (1 + h)(1 + p n) where n others are on it, p grows
 * from {@value #FIRST_PRESSURE} by {@value #GROWTH} an iteration, and h is how often it was shared
 * before. It ends when no wire is shared, or after {@value #MOST_ITERATIONS} iterations or {@value
 * #MOST_STEPS} wires looked at. Connections that the first iteration does not reach before {@value
 * #MOST_OFFERS} wires were considered take their fixed ways on the first track; then no other is
 * laid again, and the routing is not legal. Equal costs are settled by the wire's number, so that
 * the same connections give the same ways.
 *
 * <p>Against {@link Tracks} ways are free and may go around full channels. Neglected: wires longer
 * than a tile, fewer switches between tile and channel, delay.
 */
public final class ConnectionRouter {
  private static final int MOST_ITERATIONS = 40;
  private static final double FIRST_PRESSURE = 0.5;
  private static final double GROWTH = 1.5;

  /** Wires looked at after which no connection is laid again. */
  private static final long MOST_STEPS = 1_000_000;

  /**
   * Wires considered after which no connection is laid at all, which bounds the time: some seconds.
   * Every target considers all wires that its connection has, which is most of the work where
   * thousands of tiles take the same values.
   */
  private static final long MOST_OFFERS = 20_000_000;

  /** Wires considered by all negotiations together that seek the fewest tracks. */
  private static final long MOST_OFFERS_OF_ALL = 60_000_000;

  /** Wires of a fabric that connections are laid on: beyond, the memory is too small. */
  private static final int MOST_WIRES = 1 << 24;

  /** Connections times tracks after which first-fit goes on in steps of an eighth. */
  private static final long MOST_FITS = 300_000_000;

  /** Tracks that a channel may have when the fewest are sought. */
  private static final int MOST_TRACKS = 1024;

  private static final int FREE = -1;

  private final Mesh mesh;
  private final List<Net> nets;
  private final boolean[] isRouter;

  /**
   * A connection.
   *
   * @param source node that it comes from; the port is at node 0
   * @param targets nodes that it goes to
   */
  public record Net(int source, List<Integer> targets) {
    public Net {
      targets = List.copyOf(targets);
    }
  }

  /**
   * A wire.
   *
   * @param from node at one end
   * @param to node at the other end, east or north of it
   * @param track its track
   */
  public record Wire(int from, int to, int track) {}

  /**
   * Connections as laid.
   *
   * @param isLegal whether all were laid and no wire has two connections
   * @param shared wires that have more than one
   * @param iterations iterations of negotiation
   * @param ways wires of each connection
   */
  public record Routing(boolean isLegal, int shared, int iterations, List<List<Wire>> ways) {
    public Routing {
      ways = List.copyOf(ways);
    }

    /** Wires of all connections together. */
    public int wires() {
      return ways.stream().mapToInt(List::size).sum();
    }
  }

  private record Step(double estimate, double cost, int wire) implements Comparable<Step> {
    @Override
    public int compareTo(Step other) {
      int byEstimate = Double.compare(estimate, other.estimate);
      if (byEstimate != 0) {
        return byEstimate;
      }
      // Of equal estimates the one that has come farther: fewer wires are looked at.
      int byCost = Double.compare(other.cost, cost);
      return byCost != 0 ? byCost : Integer.compare(wire, other.wire);
    }
  }

  private ConnectionRouter(Mesh mesh, List<Net> nets) {
    this.mesh = mesh;
    isRouter = new boolean[mesh.rows * mesh.columns];
    for (int site = 0; site < mesh.sites(); site++) {
      isRouter[mesh.node(site)] = true;
    }
    this.nets = nets.stream().map(ConnectionRouter::plain).toList();
  }

  /** Targets once, the source not among them. */
  private static Net plain(Net net) {
    return new Net(
        net.source(),
        net.targets().stream().filter(target -> target != net.source()).distinct().toList());
  }

  private static ConnectionRouter of(Fabric fabric, List<Net> nets) {
    return new ConnectionRouter(Mesh.channels(fabric), nets);
  }

  /**
   * Lays connections on so many tracks.
   *
   * @param fabric that of a {@link Topology#RECONFIGURABLE} interconnect
   * @throws IllegalArgumentException if the fabric has no channels
   */
  public static Routing route(Fabric fabric, List<Net> nets, SwitchBox box, int tracks) {
    return of(fabric, nets).negotiated(box, tracks).routing();
  }

  /**
   * Tracks with which every connection fits if each takes the first that is free on its fixed way,
   * in the order of {@link Tracks}; of many thousand connections an eighth more at most.
   */
  public static int firstFitTracks(Fabric fabric, List<Net> nets, SwitchBox box) {
    return of(fabric, nets).firstFit(box);
  }

  /**
   * The fewest tracks found with which no wire is shared: halving down from those that first fit
   * needs, so never more than these.
   */
  public static int fewestTracks(Fabric fabric, List<Net> nets, SwitchBox box) {
    ConnectionRouter router = of(fabric, nets);
    int enough = router.firstFit(box);
    int tooFew = 0;
    long offers = 0;
    boolean isWhole = true;
    while (enough - tooFew > 1 && offers < MOST_OFFERS_OF_ALL && isWhole) {
      int tried = Math.min((enough + tooFew) / 2, router.mostTracks());
      if (tried <= tooFew) {
        break;
      }
      NegotiatedRouting negotiated = router.negotiated(box, tried);
      if (negotiated.routing().isLegal()) {
        enough = tried;
      } else {
        tooFew = tried;
      }
      isWhole = negotiated.isWhole();
      offers += negotiated.offers();
    }
    return enough;
  }

  /** Tracks that there is memory for. */
  private int mostTracks() {
    return MOST_WIRES / Math.max(1, mesh.links());
  }

  private int firstFit(SwitchBox box) {
    int[] demand = new int[mesh.links()];
    int least = 0;
    List<int[]> trees = new ArrayList<>();
    for (Net net : nets) {
      int[] tree = tree(net);
      trees.add(tree);
      for (int link : tree) {
        least = Math.max(least, ++demand[mesh.channel(link)]);
      }
    }
    long fits = 0;
    for (int width = least; ; width += fits < MOST_FITS ? 1 : Math.max(1, width / 8)) {
      if (width == 0 || width >= MOST_TRACKS) {
        return Math.max(least, Math.min(width, MOST_TRACKS));
      }
      fits += (long) trees.size() * width;
      if (Tracks.missing(mesh, width, box, trees) == 0) {
        return width;
      }
    }
  }

  /** Channels of the fabric's own routes to all targets, each once. */
  private int[] tree(Net net) {
    int[] route = new int[mesh.diameter() + 1];
    boolean[] isTaken = new boolean[mesh.links()];
    int[] tree = new int[mesh.links()];
    int count = 0;
    for (int target : net.targets()) {
      int length = mesh.walk(net.source(), target, route, 0);
      for (int i = 0; i < length; i++) {
        if (!isTaken[route[i]]) {
          isTaken[route[i]] = true;
          tree[count++] = route[i];
        }
      }
    }
    return Arrays.copyOf(tree, count);
  }

  private NegotiatedRouting negotiated(SwitchBox box, int tracks) {
    return tracks > mostTracks()
        ? new Negotiation(box, tracks, 0).fixed()
        : new Negotiation(box, tracks, mesh.links() * tracks).negotiated();
  }

  /**
   * Connections as laid.
   *
   * @param routing their ways
   * @param isWhole whether every connection was reached
   * @param offers wires considered
   */
  private record NegotiatedRouting(Routing routing, boolean isWhole, long offers) {}

  /** True if a channel leaves a node on a side. */
  private boolean hasChannel(int node, int side) {
    int row = node / mesh.columns;
    int column = node % mesh.columns;
    boolean inside =
        switch (side) {
          case Grid.EAST -> column + 1 < mesh.columns;
          case Grid.WEST -> column > 0;
          case Grid.NORTH -> row + 1 < mesh.rows;
          default -> row > 0;
        };
    return inside && isRouter[mesh.next(node, side)];
  }

  private int distance(int from, int to) {
    return Math.abs(from / mesh.columns - to / mesh.columns)
        + Math.abs(from % mesh.columns - to % mesh.columns);
  }

  /** Connections laid around each other on so many tracks; lives while they are laid. */
  private final class Negotiation {
    private final SwitchBox box;
    private final int tracks;

    /** By wire: connections on it, and how often it was shared before. */
    private final int[] users;

    private final int[] shared;

    /** By wire: the least cost of reaching it, from which wire, and for which search. */
    private final double[] cost;

    private final int[] before;
    private final int[] seen;
    private int search;
    private double pressure = FIRST_PRESSURE;
    private long steps;
    private long offers;

    Negotiation(SwitchBox box, int tracks, int wires) {
      this.box = box;
      this.tracks = tracks;
      users = new int[wires];
      shared = new int[wires];
      cost = new double[wires];
      before = new int[wires];
      seen = new int[wires];
    }

    NegotiatedRouting negotiated() {
      int[][] ways = new int[nets.size()][0];
      boolean isWhole = true;
      int iteration = 0;
      int conflicts = 0;
      do {
        for (int n = 0; n < ways.length; n++) {
          boolean isLaid = steps < MOST_STEPS && offers < MOST_OFFERS;
          if (iteration == 0 || isLaid && isShared(ways[n])) {
            add(ways[n], -1);
            int[] way = lay(nets.get(n));
            if (offers < MOST_OFFERS) {
              ways[n] = way;
            } else if (iteration == 0) {
              ways[n] = fixed(nets.get(n));
              isWhole = false;
            }
            add(ways[n], 1);
          }
        }
        conflicts = 0;
        for (int wire = 0; wire < users.length; wire++) {
          if (users[wire] > 1) {
            conflicts++;
            shared[wire] += users[wire] - 1;
          }
        }
        pressure *= GROWTH;
        iteration++;
      } while (conflicts > 0
          && iteration < MOST_ITERATIONS
          && steps < MOST_STEPS
          && offers < MOST_OFFERS);
      boolean isLegal = isWhole && conflicts == 0;
      return new NegotiatedRouting(
          new Routing(isLegal, conflicts, iteration, written(ways)), isWhole, offers);
    }

    /** All connections on their fixed ways, where there are too many wires to look at them. */
    NegotiatedRouting fixed() {
      int[][] ways = new int[nets.size()][];
      for (int n = 0; n < ways.length; n++) {
        ways[n] = fixed(nets.get(n));
      }
      int[] taken = Arrays.stream(ways).flatMapToInt(Arrays::stream).sorted().toArray();
      int conflicts = 0;
      for (int i = 1; i < taken.length; i++) {
        boolean isFirst = i == 1 || taken[i - 2] != taken[i];
        conflicts += isFirst && taken[i - 1] == taken[i] ? 1 : 0;
      }
      return new NegotiatedRouting(new Routing(false, conflicts, 0, written(ways)), false, 0);
    }

    /** A connection on its fixed way, from the first track. */
    private int[] fixed(Net net) {
      int[] tree = tree(net);
      int[] entering = new int[isRouter.length];
      int[] trackInto = new int[isRouter.length];
      Arrays.fill(entering, FREE);
      int[] way = new int[tree.length];
      for (int i = 0; i < tree.length; i++) {
        int link = tree[i];
        int node = mesh.innerTail(link);
        int out = link % Grid.DIRECTIONS;
        int in = entering[node] % Grid.DIRECTIONS ^ 1;
        int track =
            entering[node] == FREE ? 0 : SwitchBoxes.track(box, tracks, trackInto[node], in, out);
        entering[mesh.innerHead(link)] = link;
        trackInto[mesh.innerHead(link)] = track;
        way[i] = mesh.channel(link) * tracks + track;
      }
      return way;
    }

    private List<List<Wire>> written(int[][] ways) {
      List<List<Wire>> written = new ArrayList<>();
      for (int[] way : ways) {
        written.add(Arrays.stream(way).mapToObj(this::wire).toList());
      }
      return written;
    }

    private boolean isShared(int[] way) {
      for (int wire : way) {
        if (users[wire] > 1) {
          return true;
        }
      }
      return false;
    }

    private void add(int[] way, int sign) {
      for (int wire : way) {
        users[wire] += sign;
      }
    }

    private Wire wire(int wire) {
      int link = wire / tracks;
      return new Wire(mesh.innerTail(link), mesh.innerHead(link), wire % tracks);
    }

    /** The cheapest way of a connection, nearest targets first. */
    private int[] lay(Net net) {
      int[] way = new int[0];
      List<Integer> left = new ArrayList<>(net.targets());
      left.sort(
          (a, b) -> {
            int nearer = Integer.compare(distance(net.source(), a), distance(net.source(), b));
            return nearer != 0 ? nearer : Integer.compare(a, b);
          });
      for (int i = 0; i < left.size() && offers < MOST_OFFERS; i++) {
        int target = left.get(i);
        way = extend(way, net.source(), target);
      }
      return way;
    }

    private int[] extend(int[] way, int source, int target) {
      search++;
      PriorityQueue<Step> open = new PriorityQueue<>();
      for (int wire : way) {
        offer(open, wire, 0, FREE, target);
      }
      for (int side = 0; side < Grid.DIRECTIONS; side++) {
        for (int track = 0; track < tracks && hasChannel(source, side); track++) {
          int wire = mesh.channel(Grid.DIRECTIONS * source + side) * tracks + track;
          offer(open, wire, price(wire), FREE, target);
        }
      }
      while (!open.isEmpty()) {
        Step step = open.poll();
        int wire = step.wire();
        if (step.cost() > cost[wire]) {
          continue;
        }
        steps++;
        int link = wire / tracks;
        if (mesh.innerTail(link) == target || mesh.innerHead(link) == target) {
          return joined(way, wire);
        }
        pass(open, wire, mesh.innerTail(link), link % Grid.DIRECTIONS, step.cost(), target);
        pass(open, wire, mesh.innerHead(link), link % Grid.DIRECTIONS ^ 1, step.cost(), target);
      }
      throw new IllegalStateException("There is no way to node (" + target + ").");
    }

    /** Goes on through the switch box at a node, reached by one of its sides. */
    private void pass(PriorityQueue<Step> open, int from, int node, int in, double so, int target) {
      for (int out = 0; out < Grid.DIRECTIONS; out++) {
        if (out != in && hasChannel(node, out)) {
          int track = SwitchBoxes.track(box, tracks, from % tracks, in, out);
          int wire = mesh.channel(Grid.DIRECTIONS * node + out) * tracks + track;
          offer(open, wire, so + price(wire), from, target);
        }
      }
    }

    private void offer(PriorityQueue<Step> open, int wire, double price, int from, int target) {
      offers++;
      if (seen[wire] == search && cost[wire] <= price) {
        return;
      }
      seen[wire] = search;
      cost[wire] = price;
      before[wire] = from;
      int link = wire / tracks;
      int away =
          Math.min(distance(mesh.innerTail(link), target), distance(mesh.innerHead(link), target));
      open.add(new Step(price + away, price, wire));
    }

    private double price(int wire) {
      return (1 + shared[wire]) * (1 + pressure * users[wire]);
    }

    /** The wires of a way and of the branch that ends with a wire. */
    private int[] joined(int[] way, int last) {
      int length = 0;
      int root = last;
      for (int wire = last; wire != FREE; wire = before[wire]) {
        length++;
        root = wire;
      }
      // Wires laid before cost nothing and are reached from nowhere: only the root can be one.
      int start = root;
      boolean isLaid = Arrays.stream(way).anyMatch(wire -> wire == start);
      int[] longer = Arrays.copyOf(way, way.length + length - (isLaid ? 1 : 0));
      int count = way.length;
      for (int wire = last; count < longer.length; wire = before[wire]) {
        longer[count++] = wire;
      }
      return longer;
    }
  }
}
