package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.event.ChipAtlas;
import dev.kirchhoff.arch.event.DesignAnalysis;
import dev.kirchhoff.arch.event.DesignComparison;
import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.ReportJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.event.RunFront;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.dashboards.view.FrontMember;
import dev.kirchhoff.dashboards.view.RunView;
import dev.kirchhoff.dashboards.view.Runs;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Analyses of designs and runs over HTTP: what-if, neighbours, errors and comparisons, by the
 * installed models. Nothing of them changes a run.
 */
final class WhatIfRoutes {
  private static final ObjectMapper MAPPER = ReportJson.mapper();
  private static final Pattern MOVE = Pattern.compile("([0-9]{1,6}):([0-9]{1,6})");
  private static final Pattern DESIGN = Pattern.compile("(.+)~([0-9]{1,15})");

  private final Runs runs;
  private final Optional<DesignAnalysis> analysis;
  private final Optional<ChipAtlas> atlas = ServiceLoader.load(ChipAtlas.class).findFirst();

  WhatIfRoutes(Runs runs, Optional<DesignAnalysis> analysis) {
    this.runs = runs;
    this.analysis = analysis;
  }

  /** Registers the routes. */
  void register(RoutesConfig routes) {
    routes.get("/api/runs/{id}/designs/{index}/what-if", this::variant);
    routes.get("/api/runs/{id}/designs/{index}/neighbours", this::neighbours);
    routes.get("/api/runs/{id}/designs/{index}/errors", this::errors);
    routes.get(
        "/api/runs/{id}/designs/{index}/constants",
        context -> answer(context, () -> installed().constants(design(context))));
    routes.get("/api/compare/designs", this::designs);
    routes.get("/api/compare/runs", this::runs);
    routes.get("/api/runs/{id}/designs/{index}/chip", this::chip);
    routes.get("/api/alternatives", context -> answer(context, () -> installed().alternatives()));
  }

  /** A request that has no answer; the message is for the user. */
  private static final class NoAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    NoAnswerException(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  private DesignAnalysis installed() {
    return analysis.orElseThrow(WhatIfRoutes::notInstalled);
  }

  private static IllegalArgumentException notInstalled() {
    return new IllegalArgumentException(
        "No model is installed beside this page, so nothing can be evaluated.");
  }

  /**
   * A changed design as the page reads it.
   *
   * @param details totals, bands, trees, layers and spec; absent if it cannot be built
   */
  record VariantRow(
      List<Integer> knobs,
      Optional<VariantDetails> details,
      List<DesignAnalysis.LimitSlack> limits,
      List<String> refusals,
      List<String> warnings) {}

  /** Details of a changed design. */
  record VariantDetails(
      Map<String, Double> totals,
      Object bands,
      Map<String, String> units,
      Map<String, CostTree> trees,
      Object layers,
      String spec) {}

  private void variant(Context context) {
    answer(
        context,
        () -> {
          DesignAnalysis.Variant found = installed().variant(design(context), change(context));
          return new VariantRow(
              found.knobs(),
              found.details().map(WhatIfRoutes::details),
              found.limits(),
              found.refusals(),
              found.details().map(Explainer.Details::warnings).orElse(List.of()));
        });
  }

  private static VariantDetails details(Explainer.Details details) {
    return new VariantDetails(
        new TreeMap<>(details.totals()),
        new TreeMap<>(details.bands()),
        details.units(),
        new TreeMap<>(details.trees()),
        details.layers(),
        details.spec());
  }

  private static DesignAnalysis.Change change(Context context) {
    return new DesignAnalysis.Change(
        context.queryParams("knob").stream().map(WhatIfRoutes::move).toList(),
        context.queryParams("set"));
  }

  private static DesignAnalysis.KnobMove move(String text) {
    Matcher matcher = MOVE.matcher(text);
    if (!matcher.matches()) {
      throw new NoAnswerException(
          400, "knob=" + text + " must be the numbers of a knob and of its value: knob=12:3");
    }
    return new DesignAnalysis.KnobMove(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private void neighbours(Context context) {
    answer(context, () -> installed().neighbours(design(context)));
  }

  /**
   * The chip of a design, with moves of knobs if any, or with {@code tile=N} the blocks on one of
   * its tiles.
   */
  private void chip(Context context) {
    answer(
        context,
        () -> {
          ChipAtlas installed = atlas.orElseThrow(WhatIfRoutes::notInstalled);
          String tile = context.queryParam("tile");
          if (tile != null && !tile.matches("[0-9]{1,9}")) {
            throw new NoAnswerException(400, "tile=" + tile + " must be the number of a tile");
          }
          List<DesignAnalysis.KnobMove> moves = change(context).moves();
          return tile == null
              ? installed.chip(design(context), moves)
              : installed.tile(design(context), moves, Integer.parseInt(tile));
        });
  }

  private void errors(Context context) {
    answer(context, () -> installed().errors(design(context)));
  }

  /**
   * A comparison of two designs with the knobs that explain it.
   *
   * @param effects effects of the knobs that differ; empty for designs of two spaces
   */
  record PairRow(DesignComparison pair, List<DesignAnalysis.KnobEffect> effects) {}

  private void designs(Context context) {
    answer(
        context,
        () -> {
          DesignAnalysis.LoggedDesign a = named(context, "a");
          DesignAnalysis.LoggedDesign b = named(context, "b");
          return new PairRow(installed().compare(a, b), installed().effects(a, b));
        });
  }

  private void runs(Context context) {
    answer(
        context,
        () -> {
          boolean isJudged = !RunFront.haveSameLimits(header(context, "a"), header(context, "b"));
          return installed().compare(front(context, "a", isJudged), front(context, "b", isJudged));
        });
  }

  private RunEvent.Run header(Context context, String side) {
    String id = String.valueOf(context.queryParam(side));
    open(id);
    return runs.read(id, entry -> entry.view().header())
        .flatMap(found -> found)
        .orElseThrow(() -> noRun(id));
  }

  private RunFront front(Context context, String side, boolean withFeasible) {
    String id = String.valueOf(context.queryParam(side));
    open(id);
    return runs.read(id, entry -> front(entry.view(), runs.state(entry).word(), withFeasible))
        .flatMap(found -> found)
        .orElseThrow(() -> noRun(id));
  }

  private static Optional<RunFront> front(RunView view, String state, boolean withFeasible) {
    return view.header()
        .map(
            header ->
                new RunFront(
                    view.runId(),
                    header,
                    state,
                    view.evaluated(),
                    view.front().stream().map(member -> member(view, member)).toList(),
                    withFeasible ? view.feasibleDesigns() : List.of()));
  }

  private static RunFront.Member member(RunView view, FrontMember member) {
    return new RunFront.Member(
        member.index(),
        member.values(),
        view.has(member.index())
            ? Arrays.stream(view.knobs(member.index())).boxed().toList()
            : List.of());
  }

  private static NoAnswerException noRun(String id) {
    return new NoAnswerException(404, "There is no run '" + id + "' here.");
  }

  private DesignAnalysis.LoggedDesign named(Context context, String side) {
    String text = String.valueOf(context.queryParam(side));
    Matcher matcher = DESIGN.matcher(text);
    if (!matcher.matches()) {
      throw new NoAnswerException(400, side + "=" + text + " must be RUN~N, a design of a run");
    }
    return design(matcher.group(1), Long.parseLong(matcher.group(2)));
  }

  private DesignAnalysis.LoggedDesign design(Context context) {
    String index = context.pathParam("index");
    if (!index.matches("[0-9]{1,15}")) {
      throw new NoAnswerException(404, "There is no design #" + index + ".");
    }
    return design(context.pathParam("id"), Long.parseLong(index));
  }

  private DesignAnalysis.LoggedDesign design(String id, long index) {
    open(id);
    Optional<Optional<DesignAnalysis.LoggedDesign>> found =
        runs.read(id, entry -> logged(id, entry.view(), index));
    if (found.isEmpty()) {
      throw noRun(id);
    }
    return found
        .get()
        .orElseThrow(
            () ->
                new NoAnswerException(
                    404, "There is no design #" + index + " of run '" + id + "' here."));
  }

  private static Optional<DesignAnalysis.LoggedDesign> logged(String id, RunView view, long index) {
    if (!view.has(index)) {
      return Optional.empty();
    }
    Optional<RunEvent.Run> header = view.header();
    return header.map(
        known ->
            new DesignAnalysis.LoggedDesign(
                id, known, index, Arrays.stream(view.knobs(index)).boxed().toList()));
  }

  private void open(String id) {
    try {
      runs.open(id, PageServer.OPEN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server ends
    }
  }

  private static void answer(Context context, Supplier<Object> found) {
    context.header("Cache-Control", "no-store");
    context.contentType("application/json; charset=utf-8");
    try {
      JsonNode json = MAPPER.valueToTree(found.get());
      context.result(json.toString());
    } catch (NoAnswerException e) {
      context.status(e.status).result(sentence("error", e));
    } catch (IllegalArgumentException e) {
      // The models' refusal is an answer: a run of another version is no fault of the page.
      context.result(sentence("refusal", e));
    }
  }

  private static String sentence(String key, RuntimeException e) {
    ObjectNode node = MAPPER.createObjectNode();
    return node.put(key, String.valueOf(e.getMessage())).toString();
  }
}
