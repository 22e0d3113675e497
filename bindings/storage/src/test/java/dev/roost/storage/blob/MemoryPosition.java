package dev.roost.storage.blob;

/** Keeps the last position, as a store that outlives its scan. */
final class MemoryPosition implements Position.Store {
  private Position position = Position.NONE;
  private int saves;

  @Override
  public Position load() {
    return position;
  }

  @Override
  public void save(Position saved) {
    position = saved;
    saves++;
  }

  int saves() {
    return saves;
  }
}
