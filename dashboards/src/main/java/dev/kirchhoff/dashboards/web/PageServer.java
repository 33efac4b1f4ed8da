package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.event.DesignAnalysis;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.ReportJson;
import dev.kirchhoff.arch.result.MetricDescription;
import dev.kirchhoff.dashboards.view.DesignColumns;
import dev.kirchhoff.dashboards.view.Runs;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * HTTP server of the dashboard page: files of the page, runs as JSON and the stream of events.
 *
 * <pre>{@code
 * Runs runs = new Runs(Clock.systemUTC());
 * try (PageServer server = PageServer.start("127.0.0.1", 8100, runs, Optional.empty())) {
 *   System.err.println("page " + server.address());
 * }
 * }</pre>
 */
public final class PageServer implements AutoCloseable {
  /** Descriptions of the metrics; the page names and prints totals by them. */
  static final JsonNode METRICS =
      EventJson.mapper().valueToTree(MetricDescription.inReadingOrder());

  /** Addresses that the page knows how to show. */
  private static final List<String> PAGES =
      List.of(
          "/",
          "/new",
          "/validate",
          "/compare",
          "/runs/{id}",
          "/runs/{id}/designs/{index}",
          "/runs/{id}/whatif",
          "/runs/{id}/prices",
          "/runs/{id}/sweep");

  /** Patience of a request with the reading of its run (chosen: a browser's own is longer). */
  static final long OPEN_MILLIS = 20_000;

  /** Time that a request for the state of costs computes them (chosen: it tells progress). */
  private static final long COSTS_MILLIS = 1_000;

  /**
   * Time that a request for columns computes costs (chosen): a client that went away is not noticed
   * before the answer is written.
   */
  private static final long COLUMNS_MILLIS = 10_000;

  /** Status of an answer that is not computed yet: Too Early, which no proxy makes up. */
  private static final int STILL_COMPUTING = 425;

  /** Body of a request at most, in bytes (chosen: a typed spec has some thousand). */
  static final long MOST_BODY_B = 2_000_000;

  private final Runs runs;
  private final String bind;
  private final PageAccess access;
  private final StaticFiles files;
  private final String glossary;
  private final DesignJson designs;
  private final RunCosts costs;
  private final EventStream stream;
  private final Workbench workbench;

  /** Time for the body of a request (chosen: 2 MB over a line of 4 Mbit/s). */
  private static final long BODY_MILLIS = 5000;

  private final Bodies bodies = new Bodies(BODY_MILLIS);

  /** Held while columns are made: of millions of designs they take a hundred megabytes. */
  private final Object columns = new Object();

  private Javalin javalin;

  private PageServer(
      String bind,
      Runs runs,
      Optional<Explainer> explainer,
      Workbench workbench,
      Optional<String> token)
      throws IOException {
    this.workbench = workbench;
    this.runs = runs;
    this.bind = bind;
    this.access = PageAccess.of(bind, token);
    this.files = new StaticFiles();
    this.glossary = GlossaryJson.read().toString();
    this.designs = new DesignJson(runs, explainer);
    this.costs = new RunCosts(runs, explainer);
    this.stream = new EventStream(runs, Long.toString(System.currentTimeMillis(), 36));
  }

  /** Starts a server that draws its token. */
  public static PageServer start(String bind, int port, Runs runs, Optional<Explainer> explainer)
      throws IOException {
    return start(bind, port, runs, explainer, Workbench.EMPTY, Optional.empty());
  }

  /**
   * Starts a server.
   *
   * @param bind address to listen on
   * @param port port, 0 = any free one
   * @param runs what to show
   * @param explainer details of designs that the log has none of
   * @param workbench services over the data directory
   * @param token token that visitors need; one is drawn if empty
   * @throws BindException if the port is taken
   * @throws IOException if the address is unknown
   */
  public static PageServer start(
      String bind,
      int port,
      Runs runs,
      Optional<Explainer> explainer,
      Workbench workbench,
      Optional<String> token)
      throws IOException {
    PageServer server = new PageServer(bind, runs, explainer, workbench, token);
    server.javalin = Javalin.create(server::configure);
    try {
      server.javalin.start(bind, port);
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException
            || String.valueOf(cause.getMessage()).contains("in use")) {
          throw (BindException)
              new BindException("port " + port + " of " + bind + " is taken").initCause(e);
        }
      }
      throw e;
    }
    return server;
  }

  /** Port that it listens on. */
  public int port() {
    return javalin.port();
  }

  /** Token that visitors need. */
  String token() {
    return access.token();
  }

  /** Address of the page, with the token. */
  public String address() {
    String host = bind.contains(":") ? "[" + bind + "]" : bind;
    return "http://" + host + ":" + port() + "/?token=" + access.token();
  }

  @Override
  public void close() {
    stream.close();
    javalin.stop();
    bodies.close();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.maxRequestSize = MOST_BODY_B;
    config.http.prefer405over404 = true;
    config.jetty.modifyServer(server -> server.setErrorHandler(new Refusal.OfServer()));
    config.jetty.modifyServletContextHandler(
        handler -> handler.setErrorHandler(new Refusal.OfServer()));
    config.router.javaLangErrorHandler(PageServer::fail);
    config.routes.exception(HttpResponseException.class, PageServer::refuse);
    config.routes.exception(Exception.class, PageServer::fault);
    config.routes.before(access::check);
    for (String page : PAGES) {
      config.routes.get(page, files::page);
    }
    config.routes.get("/favicon.ico", context -> files.file(context, "favicon.svg"));
    config.routes.get("/assets/{name}", c -> files.file(c, c.pathParam("name")));
    config.routes.get(
        "/assets/{library}/{name}",
        c -> files.library(c, c.pathParam("library"), c.pathParam("name")));
    config.routes.get("/api/runs", this::list);
    config.routes.get("/api/runs/{id}", this::run);
    config.routes.get("/api/runs/{id}/columns", this::columns);
    config.routes.get("/api/runs/{id}/costs", this::costs);
    config.routes.get("/api/runs/{id}/designs/{index}", this::design);
    config.routes.get("/api/runs/{id}/knees", this::knees);
    config.routes.get("/api/metrics", context -> json(context, METRICS.toString()));
    config.routes.get("/api/glossary", context -> json(context, glossary));
    config.routes.get("/api/events", stream::serve);
    new WhatIfRoutes(runs, ServiceLoader.load(DesignAnalysis.class).findFirst())
        .register(config.routes);
    config.routes.get("/metrics", this::metrics);
    new WorkbenchRoutes(workbench, access, runs, bodies).add(config.routes);
  }

  private void metrics(Context context) {
    context.header("Cache-Control", "no-store");
    context.contentType(MetricsText.contentType()).result(MetricsText.of(runs));
  }

  /** Answers what the server refuses in words, as the routes do. */
  private static void refuse(HttpResponseException refusal, Context context) {
    String sentence =
        refusal.getStatus() == HttpStatus.CONTENT_TOO_LARGE.getCode()
            ? "The request is larger than "
                + MOST_BODY_B / 1_000_000
                + " MB, the most that is read."
            : String.valueOf(refusal.getMessage());
    Refusal.answer(context, refusal.getStatus(), sentence);
  }

  /** Answers a failure of the server in words; the terminal of the dashboard has the cause. */
  private static void fault(Exception failure, Context context) {
    if (failure instanceof EOFException) {
      context.status(HttpStatus.BAD_REQUEST); // the client went away; nobody reads an answer
      return;
    }
    System.err.println("kirchhoff: " + context.path() + " failed: " + failure);
    Refusal.answer(
        context,
        500,
        "The dashboard failed at this request: " + failure + ". Its terminal says the same.");
  }

  /** Gives an error to whoever sees to the errors of the process: an answer would hide it. */
  private static void fail(HttpServletResponse response, Error error) {
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
    if (handler != null) {
      handler.uncaughtException(thread, error);
    }
    response.setStatus(500);
  }

  /** The run of a request, of which the designs are read if they were not. */
  private String opened(Context context) {
    String id = context.pathParam("id");
    try {
      runs.open(id, OPEN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server ends
    }
    return id;
  }

  private void list(Context context) {
    ObjectNode node = EventJson.mapper().createObjectNode();
    synchronized (runs) {
      node.put("position", runs.position());
      ArrayNode rows = node.putArray("runs");
      for (String id : runs.ids()) {
        runs.read(id, entry -> rows.add(RunJson.summary(runs, entry)));
      }
      runs.connection(0).ifPresent(now -> node.set("connection", RunJson.connection(now)));
    }
    json(context, node.toString());
  }

  private void run(Context context) {
    String id = opened(context);
    Optional<ObjectNode> found =
        runs.read(
            id,
            entry -> {
              ObjectNode node = EventJson.mapper().createObjectNode();
              node.set("run", RunJson.detail(runs, entry));
              node.set("header", RunJson.header(entry.view()));
              node.set("front", RunJson.front(entry.view()));
              return node;
            });
    answer(context, found.map(ObjectNode::toString), "There is no run '" + id + "' here.");
  }

  private void knees(Context context) {
    String id = context.pathParam("id");
    Optional<JsonNode> found = runs.read(id, entry -> RunJson.knees(entry.view()));
    answer(context, found.map(JsonNode::toString), "There is no run '" + id + "' here.");
  }

  private void columns(Context context) throws IOException {
    String id = opened(context);
    List<String> names =
        List.of(context.queryParamAsClass("names", String.class).getOrDefault("").split(","));
    boolean haveCosts = RunCosts.areAmong(names);
    long position = runs.position();
    long unpriced =
        haveCosts ? costs.compute(id, COLUMNS_MILLIS).map(RunCosts.State::unpriced).orElse(0L) : 0;
    if (unpriced > 0) {
      Refusal.answer(
          context,
          STILL_COMPUTING,
          "The costs of " + unpriced + " designs are still to be computed: ask again.");
      return;
    }
    Optional<DesignColumns> found;
    synchronized (columns) {
      found =
          haveCosts
              ? runs.columns(id, position(context), names, position)
              : runs.columns(id, position(context), names);
    }
    columns(context, id, found);
  }

  private void costs(Context context) {
    String id = opened(context);
    Optional<String> found =
        costs
            .compute(id, COSTS_MILLIS)
            .map(state -> ReportJson.mapper().valueToTree(state).toString());
    answer(context, found, "There is no run '" + id + "' here.");
  }

  private void columns(Context context, String id, Optional<DesignColumns> found)
      throws IOException {
    if (found.isEmpty()) {
      answer(context, Optional.empty(), "There is no run '" + id + "' here.");
      return;
    }
    Optional<String> note =
        runs.read(id, entry -> RunJson.thinned(entry.view()).map(RunJson.Thinned::note))
            .flatMap(text -> text);
    context.header("Cache-Control", "no-store");
    context.contentType("application/octet-stream");
    // On one machine compression takes longer than the bytes that it saves; a proxy there has its
    // own.
    boolean isNear = InetAddress.getByName(context.ip()).isLoopbackAddress();
    if (!isNear && String.valueOf(context.header("Accept-Encoding")).contains("gzip")) {
      context.header("Content-Encoding", "gzip");
      context.result(ColumnsBytes.compressed(found.get(), note));
    } else {
      ColumnsBytes.write(found.get(), note, context.outputStream());
    }
  }

  /** Position of an earlier answer that a request is to go on from, 0 = none. */
  private static long position(Context context) {
    String since = context.queryParam("since");
    return since != null && since.matches("[0-9]{1,18}") ? Long.parseLong(since) : 0;
  }

  private void design(Context context) {
    String id = opened(context);
    String index = context.pathParam("index");
    Optional<JsonNode> found =
        index.matches("[0-9]{1,18}") ? designs.design(id, Long.parseLong(index)) : Optional.empty();
    answer(
        context,
        found.map(JsonNode::toString),
        "There is no design #"
            + index
            + " of run '"
            + id
            + "' here."
            + runs.read(id, entry -> RunJson.thinned(entry.view()).map(t -> " " + t.note()))
                .flatMap(note -> note)
                .map(note -> note + "; ./kirchhoff explain --design " + id + "#" + index)
                .orElse(""));
  }

  private static void answer(Context context, Optional<String> found, String otherwise) {
    if (found.isPresent()) {
      json(context, found.get());
    } else {
      Refusal.answer(context, 404, otherwise);
    }
  }

  private static void json(Context context, String text) {
    context.header("Cache-Control", "no-store");
    context.contentType("application/json; charset=utf-8").result(text);
  }
}
