package dev.kirchhoff.dashboards.web;

import dev.kirchhoff.arch.event.EventJson;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answer to a refused request, by a route or by the HTTP server before any route: its status and
 * {@code {"error": "a sentence"}}.
 */
final class Refusal {
  static final String TYPE = "application/json; charset=utf-8";

  private Refusal() {}

  /** Answers a request with a status and a sentence. */
  static void answer(Context context, int status, String sentence) {
    context.status(status);
    context.header("Cache-Control", "no-store");
    context.contentType(TYPE).result(json(sentence));
  }

  private static String json(String sentence) {
    return EventJson.mapper().createObjectNode().put("error", sentence).toString();
  }

  /** Refusals of the HTTP server itself: unknown methods, malformed requests. */
  static final class OfServer extends ErrorPageErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      int status = response.getStatus() < HttpStatus.BAD_REQUEST_400 ? 500 : response.getStatus();
      Object reason = request.getAttribute(ERROR_MESSAGE);
      String words = String.valueOf(HttpStatus.getMessage(status));
      String sentence =
          "The request was refused: "
              + words
              + (reason == null || reason.equals(words) ? "" : ", " + reason)
              + ".";
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      byte[] body = json(sentence).getBytes(StandardCharsets.UTF_8);
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    }
  }
}
