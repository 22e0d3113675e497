package dev.roost.storage.account;

import com.azure.core.http.HttpRequest;
import java.net.URL;
import java.util.Locale;

/** What a request to a storage account is for, as its method and address tell. */
enum CallCause {
  /** A queue is asked for messages. */
  POLL,
  /** A message is renewed or given back. */
  RENEW,
  /** A message is deleted. */
  DELETE,
  /** A message is added. */
  SEND,
  /** A page of a container is listed. */
  LIST,
  /** The receipt of a blob's version, or the note of its first one. */
  RECEIPT,
  /** A lock among hosts. */
  LOCK,
  /** A document that hosts share: timers, positions, records. */
  STATE,
  /** A blob of the user's. */
  BLOB,
  /** A table. */
  TABLE,
  /** What is left: queues and containers are looked at or created. */
  OTHER;

  private static final String HOSTS = "azure-webjobs-hosts";

  /** As it is written in a meter's label. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of a request to the queue service. */
  static CallCause ofQueues(HttpRequest request) {
    String path = request.getUrl().getPath();
    if (!path.endsWith("/messages") && !path.contains("/messages/")) {
      return OTHER;
    }
    return switch (request.getHttpMethod()) {
      case GET -> POLL;
      case PUT -> RENEW;
      case POST -> SEND;
      case DELETE -> DELETE;
      default -> OTHER;
    };
  }

  /** Of a request to the blob service. */
  static CallCause ofBlobs(HttpRequest request) {
    URL url = request.getUrl();
    String path = url.getPath().replace("%2F", "/");
    String query = url.getQuery() == null ? "" : url.getQuery();
    int own = path.indexOf("/" + HOSTS);
    if (own >= 0) {
      return ofHosts(path.substring(own + HOSTS.length() + 1));
    }
    if (query.contains("restype=container")) {
      return query.contains("comp=list") ? LIST : OTHER;
    }
    return query.contains("restype=") || query.contains("comp=list") ? OTHER : BLOB;
  }

  private static CallCause ofHosts(String name) {
    if (name.startsWith("/locks/")) {
      return LOCK;
    }
    boolean receipt = name.startsWith("/blobreceipts/") || name.startsWith("/roost/blobs/");
    return receipt ? RECEIPT : STATE;
  }

  /** Of a request to the table service. */
  static CallCause ofTables(HttpRequest request) {
    return TABLE;
  }
}
