package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.dashboards.view.Runs;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.EofException;

/**
 * The stream of server-sent events: one a client, with a row of every run that changed and, of the
 * one run that the client watches, its detail and whether it has new designs, which the client then
 * asks for as columns. At most ten frames a second; what happens between two frames is joined. A
 * client that comes back with the id of its last frame is given what it missed; where that is no
 * longer known, it gets everything again ({@code snapshot}).
 */
final class EventStream {
  /** Clients at a time; each holds a thread. */
  private static final int CLIENTS = 64;

  private static final long FRAME_MILLIS = 100;

  /** A client that went away is noticed when it is written to, at the second heartbeat after. */
  private static final long HEARTBEAT_MILLIS = 1000;

  /** Silent runs grow older without an event, so the rows are looked at once a second. */
  private static final long TICK_MILLIS = 1000;

  private final Runs runs;
  private final String epoch;
  private final AtomicInteger clients = new AtomicInteger();
  private volatile boolean closed;

  EventStream(Runs runs, String epoch) {
    this.runs = runs;
    this.epoch = epoch;
  }

  /** Ends every stream. */
  void close() {
    closed = true;
    runs.wake();
  }

  /** Serves one client until it goes away. */
  void serve(Context context) throws IOException {
    if (clients.incrementAndGet() > CLIENTS) {
      clients.decrementAndGet();
      Refusal.answer(context, 503, "Too many pages are open; close some.");
      return;
    }
    try {
      context.res().setContentType("text/event-stream");
      context.res().setCharacterEncoding("UTF-8");
      context.res().setHeader("Cache-Control", "no-store");
      context.res().setHeader("X-Accel-Buffering", "no");
      Client client = new Client(context.res().getOutputStream(), context.queryParam("run"));
      client.begin(context.header("Last-Event-ID"));
      client.loop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (EofException | ClosedChannelException e) {
      return; // the client went away, which is how a stream ends
    } finally {
      clients.decrementAndGet();
    }
  }

  /** One client. */
  private final class Client {
    private final OutputStream out;
    private final String watched;
    private long position;
    private String lastStates = "";

    Client(OutputStream out, String watched) {
      this.out = out;
      this.watched = watched == null ? "" : watched;
    }

    void begin(String lastEventId) throws IOException {
      out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
      OptionalLong since = since(lastEventId);
      if (since.isPresent()) {
        position = since.getAsLong();
        send("frame", frame(position, true));
      } else {
        send("snapshot", snapshot());
      }
    }

    private OptionalLong since(String lastEventId) {
      if (lastEventId == null || !lastEventId.startsWith(epoch + "-")) {
        return OptionalLong.empty();
      }
      try {
        long since = Long.parseLong(lastEventId.substring(epoch.length() + 1));
        return runs.reaches(since) ? OptionalLong.of(since) : OptionalLong.empty();
      } catch (NumberFormatException e) {
        return OptionalLong.empty();
      }
    }

    void loop() throws IOException, InterruptedException {
      long lastSent = System.nanoTime();
      while (!closed) {
        runs.look(watched);
        runs.await(position, TICK_MILLIS);
        if (runs.position() > position || !states().equals(lastStates)) {
          if (runs.reaches(position)) {
            send("frame", frame(position, false));
          } else {
            send("snapshot", snapshot());
          }
          lastSent = System.nanoTime();
          Thread.sleep(FRAME_MILLIS);
        } else if ((System.nanoTime() - lastSent) / 1_000_000 >= HEARTBEAT_MILLIS) {
          out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
          out.flush();
          lastSent = System.nanoTime();
        }
      }
    }

    private void send(String event, ObjectNode data) throws IOException {
      String text =
          "id: " + epoch + "-" + position + "\nevent: " + event + "\ndata: " + data + "\n\n";
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    private ObjectNode snapshot() {
      synchronized (runs) {
        position = runs.position();
        ObjectNode node = rows(0);
        lastStates = states();
        detail(node, 0);
        return node;
      }
    }

    private ObjectNode frame(long since, boolean whole) {
      synchronized (runs) {
        position = runs.position();
        ObjectNode node = rows(whole ? 0 : since);
        lastStates = states();
        detail(node, whole ? 0 : since);
        if (runs.hasDesignsSince(watched, since)) {
          node.put("designs", true);
        }
        return node;
      }
    }

    private ObjectNode rows(long since) {
      ObjectNode node = EventJson.mapper().createObjectNode();
      node.put("position", position);
      ArrayNode rows = node.putArray("runs");
      for (String id : runs.ids()) {
        runs.read(
            id,
            entry -> {
              if (entry.changedAt() > since || since == 0 || isQuiet(entry)) {
                rows.add(RunJson.summary(runs, entry));
              }
              return entry;
            });
      }
      runs.connection(since).ifPresent(now -> node.set("connection", RunJson.connection(now)));
      return node;
    }

    private boolean isQuiet(Runs.Entry entry) {
      return runs.state(entry).word().equals("silent");
    }

    private void detail(ObjectNode node, long since) {
      runs.read(
          watched,
          entry -> {
            if (entry.changedAt() > since || since == 0 || isQuiet(entry)) {
              node.set("run", RunJson.detail(runs, entry));
            }
            if (entry.frontAt() > since || since == 0) {
              node.set("front", RunJson.front(entry.view()));
              node.set("header", RunJson.header(entry.view()));
            }
            return entry;
          });
    }

    /** States that change with the clock alone, as text. */
    private String states() {
      StringBuilder text = new StringBuilder();
      for (String id : runs.ids()) {
        runs.read(id, entry -> text.append(runs.state(entry)));
      }
      return text.toString();
    }
  }
}
