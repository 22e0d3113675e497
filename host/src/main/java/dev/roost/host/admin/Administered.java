package dev.roost.host.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.FunctionSettings;
import dev.roost.host.keys.Keys;
import dev.roost.host.pause.Pauses;
import dev.roost.host.run.FunctionBacklog;
import dev.roost.host.run.ListenerHealth;
import dev.roost.host.run.ListenerLoad;
import dev.roost.spi.HostServices;
import dev.roost.spi.Payload;
import dev.roost.spi.Problem;
import java.util.List;

/** A host as its admin API sees it. */
public interface Administered {

  HostServices services();

  /** True when nobody needs a key. */
  boolean open();

  /** host.json with its overrides; not to be changed. */
  ObjectNode hostJson();

  List<Problem> problems();

  /** The functions, by name. */
  List<AdminFunction> adminFunctions();

  List<ListenerHealth> listenerHealth();

  /** What every listener does now. */
  List<ListenerLoad> loads();

  /** What waits, not older than some seconds. */
  List<FunctionBacklog> backlogs() throws InterruptedException;

  Keys keys();

  Pauses pauses();

  /** Runs a function by hand soon; how it ends is only logged. */
  void run(String function, Payload input);

  /** Every setting that the functions obey and where it comes from, secrets masked. */
  List<FunctionSettings> effectiveSettings();

  /** Lets listeners fetch no more; what runs goes on and HTTP is served. */
  void hold();

  /** Lets listeners fetch again. */
  void release();

  DrainStatus drainStatus();
}
