package dev.roost.http;

import dev.roost.spi.HttpResponse;
import dev.roost.spi.Payload;
import java.util.List;

/** What {@code /} shows while no function answers there. */
final class Homepage {
  private static final HttpResponse PAGE =
      new HttpResponse(
          200,
          List.of(new HttpResponse.Header("Content-Type", "text/html; charset=utf-8")),
          new Payload.Text(
              """
              <!DOCTYPE html>
              <html lang="en">
              <head><meta charset="utf-8"><title>Your function app is up</title></head>
              <body><h1>Your function app is up and running</h1></body>
              </html>
              """));
  private static final HttpResponse NOTHING = HttpResponse.of(204);

  private Homepage() {}

  static boolean answers(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  static HttpResponse response(boolean enabled) {
    return enabled ? PAGE : NOTHING;
  }
}
