package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.CommandSender;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.dashboards.view.Runs;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Routes of the {@link Workbench}. Changes are POST with a body of JSON, from the page itself or
 * with the token in a header; what the user got wrong is answered with status 400 and a sentence,
 * {@code {"error": …}}.
 */
final class WorkbenchRoutes {
  private static final int BAD_INPUT = 400;
  private static final int NOT_FOUND = 404;
  private static final int NOT_HERE = 501;

  private final Workbench workbench;
  private final Access access;
  private final Runs runs;

  WorkbenchRoutes(Workbench workbench, Access access, Runs runs) {
    this.workbench = workbench;
    this.access = access;
    this.runs = runs;
  }

  /** Adds all routes. */
  void add(JavalinDefaultRoutingApi routes) {
    change(routes, "/api/runs/{id}/commands", this::command);
  }

  /** A route that changes something. */
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
        refuse(context, BAD_INPUT, String.valueOf(e.getMessage()));
      }
    };
  }

  private void command(Context context) {
    Optional<CommandSender> commands = workbench.commands();
    if (commands.isEmpty()) {
      refuse(context, NOT_HERE, "Commands are not installed beside this page.");
      return;
    }
    String id = context.pathParam("id");
    Optional<Boolean> hasLog = runs.read(id, Runs.Entry::hasLog);
    if (hasLog.isEmpty()) {
      refuse(context, NOT_FOUND, "There is no run '" + id + "' here.");
      return;
    }
    if (!hasLog.get()) {
      throw new IllegalArgumentException(
          "Run '"
              + id
              + "' is known from the broker alone; give the command where it runs: ./kirchhoff"
              + " steer");
    }
    JsonNode body = body(context);
    String word = body.path("command").asText("");
    List<String> arguments = new ArrayList<>();
    for (JsonNode argument : body.path("arguments")) {
      arguments.add(argument.asText());
    }
    String command = commands.get().send(workbench.data(), id, word, arguments);
    json(context, EventJson.mapper().createObjectNode().put("command", command));
  }

  private static JsonNode body(Context context) {
    try {
      return EventJson.mapper().readTree(context.body());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static void refuse(Context context, int status, String sentence) {
    context.status(status);
    json(context, EventJson.mapper().createObjectNode().put("error", sentence));
  }

  private static void json(Context context, JsonNode node) {
    context.header("Cache-Control", "no-store");
    context.contentType("application/json; charset=utf-8").result(node.toString());
  }
}
