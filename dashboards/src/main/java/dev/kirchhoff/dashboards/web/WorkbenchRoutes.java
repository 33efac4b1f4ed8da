package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.event.RunNotebook;
import dev.kirchhoff.arch.event.RunTables;
import dev.kirchhoff.arch.event.SpecDesk;
import dev.kirchhoff.dashboards.view.Runs;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Routes of the {@link Workbench}. Changes are POST with a body of JSON, from the page itself or
 * with the token in a header; what the user got wrong is answered with status 400 and a sentence,
 * {@code {"error": …}}.
 */
final class WorkbenchRoutes {
  private static final int BAD_INPUT = 400;
  private static final int NOT_FOUND = 404;

  private final Workbench workbench;
  private final PageAccess access;
  private final Runs runs;
  private final Bodies bodies;

  WorkbenchRoutes(Workbench workbench, PageAccess access, Runs runs, Bodies bodies) {
    this.workbench = workbench;
    this.access = access;
    this.runs = runs;
    this.bodies = bodies;
  }

  /** Adds all routes. */
  void add(JavalinDefaultRoutingApi routes) {
    change(routes, "/api/runs/{id}/commands", this::command);
    change(routes, "/api/runs/{id}/notes", this::note);
    change(routes, "/api/check", this::check);
    change(routes, "/api/start", this::start);
    routes.get("/api/notes", answering(this::notes));
    routes.get("/api/fronts", answering(this::fronts));
    routes.get("/api/groups", answering(this::groups));
    routes.get("/api/examples", answering(this::examples));
    routes.get("/api/runs/{id}/table.{format}", answering(this::table));
    routes.get("/api/validation", answering(this::validation));
    routes.get("/api/validation/{chip}", answering(this::chip));
  }

  /** A route that changes something, or computes for the user alone. */
  private void change(JavalinDefaultRoutingApi routes, String path, Handler handler) {
    routes.before(
        path,
        context -> {
          if (context.method().name().equals("POST")) {
            access.checkChange(context);
          }
        });
    routes.post(path, answering(handler));
  }

  /** Answers mistakes of the user in words. */
  private static Handler answering(Handler handler) {
    return context -> {
      try {
        handler.handle(context);
      } catch (IllegalArgumentException e) {
        Refusal.answer(context, BAD_INPUT, String.valueOf(e.getMessage()));
      }
    };
  }

  private static <T> T installed(Optional<T> service, String what) {
    return service.orElseThrow(
        () -> new IllegalArgumentException(what + " are not installed beside this page."));
  }

  /** The run of a request, whose log is in the data directory. */
  private Optional<String> logged(Context context, String otherwise) {
    String id = context.pathParam("id");
    Optional<Boolean> hasLog = runs.read(id, Runs.Entry::hasLog);
    if (hasLog.isEmpty()) {
      Refusal.answer(context, NOT_FOUND, "There is no run '" + id + "' here.");
      return Optional.empty();
    }
    if (!hasLog.get()) {
      throw new IllegalArgumentException(
          "Run '" + id + "' is known from the broker alone; where it runs: " + otherwise);
    }
    return Optional.of(id);
  }

  private void command(Context context) {
    var commands = installed(workbench.commands(), "Commands");
    Optional<String> id = logged(context, "./kirchhoff steer");
    if (id.isPresent()) {
      JsonNode body = body(context);
      String word = body.path("command").asText("");
      String command =
          commands.send(workbench.data(), id.get(), word, texts(body.path("arguments")));
      json(context, EventJson.mapper().createObjectNode().put("command", command));
    }
  }

  private void notes(Context context) {
    Map<String, RunNotebook.Notes> all =
        workbench.notebook().map(book -> book.all(workbench.data())).orElse(Map.of());
    json(context, EventJson.mapper().valueToTree(all));
  }

  private void note(Context context) {
    RunNotebook notebook = installed(workbench.notebook(), "Notes");
    Optional<String> id = logged(context, "./kirchhoff runs note");
    if (id.isPresent()) {
      JsonNode body = body(context);
      RunNotebook.Change change =
          new RunNotebook.Change(
              text(body, "note"),
              body.has("tags") ? Optional.of(texts(body.get("tags"))) : Optional.empty(),
              body.has("archived")
                  ? Optional.of(body.get("archived").asBoolean())
                  : Optional.empty());
      json(
          context,
          EventJson.mapper().valueToTree(notebook.change(workbench.data(), id.get(), change)));
    }
  }

  private void fronts(Context context) {
    String since = Optional.ofNullable(context.queryParam("since")).orElse("0");
    json(
        context,
        FrontPictures.since(runs, since.matches("[0-9]{1,18}") ? Long.parseLong(since) : 0));
  }

  private void groups(Context context) {
    Map<String, RunEvent.Run> headers = new LinkedHashMap<>();
    synchronized (runs) {
      for (String id : runs.ids()) {
        runs.read(id, entry -> entry.view().header())
            .flatMap(header -> header)
            .ifPresent(header -> headers.put(id, header));
      }
    }
    json(context, EventJson.mapper().valueToTree(RunGroups.of(headers)));
  }

  private void examples(Context context) {
    List<SpecDesk.Example> examples = workbench.specs().map(SpecDesk::examples).orElse(List.of());
    json(context, EventJson.mapper().valueToTree(examples));
  }

  private void check(Context context) {
    SpecDesk specs = installed(workbench.specs(), "Checks");
    String spec = spec(body(context));
    json(context, EventJson.mapper().valueToTree(specs.check(spec)));
  }

  private void start(Context context) {
    SpecDesk specs = installed(workbench.specs(), "Starts");
    JsonNode body = body(context);
    SpecDesk.Order order =
        new SpecDesk.Order(
            spec(body),
            whole(body, "budget"),
            text(body, "time"),
            whole(body, "seed"),
            texts(body.path("limits")),
            body.path("streams").asBoolean(false));
    String run = specs.start(workbench.data(), order);
    json(context, EventJson.mapper().createObjectNode().put("run", run));
  }

  private void table(Context context) throws IOException {
    RunTables tables = installed(workbench.tables(), "Tables");
    Optional<String> id = logged(context, "./kirchhoff export");
    if (id.isPresent()) {
      String format = context.pathParam("format");
      RunTables.Table table = tables.table(workbench.data(), id.get(), format);
      String name = id.get() + "." + format;
      context.header("Cache-Control", "no-store");
      context.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
      context.contentType(
          format.equals("csv") ? "text/csv; charset=utf-8" : "application/octet-stream");
      OutputStream out = context.res().getOutputStream();
      table.write(out);
      out.flush();
    }
  }

  private void validation(Context context) {
    json(context, installed(workbench.validation(), "Published chips").report());
  }

  private void chip(Context context) {
    String id = context.pathParam("chip");
    Optional<String> spec = installed(workbench.validation(), "Published chips").spec(id);
    if (spec.isPresent()) {
      json(context, EventJson.mapper().createObjectNode().put("spec", spec.get()));
    } else {
      Refusal.answer(context, NOT_FOUND, "There is no chip '" + id + "' here.");
    }
  }

  /** The body of a request, an object. */
  private JsonNode body(Context context) {
    JsonNode body;
    try {
      body = EventJson.mapper().readTree(bodies.read(context));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is no JSON: " + e.getOriginalMessage(), e);
    }
    if (!body.isObject()) {
      throw new IllegalArgumentException("the body must be a JSON object, {…}");
    }
    return body;
  }

  private static String spec(JsonNode body) {
    if (!body.path("spec").isTextual()) {
      throw new IllegalArgumentException("the spec is missing: {\"spec\": \"text of a spec\"}");
    }
    return body.get("spec").asText();
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static Optional<String> text(JsonNode body, String field) {
    return body.hasNonNull(field) ? Optional.of(body.get(field).asText()) : Optional.empty();
  }

  private static Optional<Long> whole(JsonNode body, String field) {
    Optional<String> text = text(body, field).map(t -> t.replace(",", "").strip());
    if (text.isEmpty() || text.get().isEmpty()) {
      return Optional.empty();
    }
    if (!text.get().matches("-?[0-9]{1,18}")) {
      throw new IllegalArgumentException(
          "the " + field + " is '" + text.get() + "', must be a whole number");
    }
    return Optional.of(Long.parseLong(text.get()));
  }

  private static void json(Context context, JsonNode node) {
    context.header("Cache-Control", "no-store");
    context.contentType("application/json; charset=utf-8").result(node.toString());
  }
}
