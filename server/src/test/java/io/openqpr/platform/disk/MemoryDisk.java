package io.openqpr.platform.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A disk in memory that does to files what disks do. What was not synced is lost by a power cut,
/// or kept, or torn sector by sector; names that were not synced are as they were before, from some
/// change on. Writes, syncs and changes of names fail by plan, and the disk fills up.
///
/// Not for threads. Everything that is left to chance comes from one source.
public final class MemoryDisk implements Disk {

  static final int SECTOR_BYTES = 512;

  private final RandomGenerator random;
  private final Map<Path, MemoryNames> folders = new TreeMap<>();
  private Plan plan = operation -> Fate.WORKS;
  private long capacity = Long.MAX_VALUE;
  private int age;
  private boolean over;
  private int open;

  public MemoryDisk(RandomGenerator random) {
    this.random = random;
  }

  /// What is asked of the disk.
  public enum Operation {
    CREATE,
    WRITE,
    SYNC,
    SYNC_DIRECTORY,
    MOVE,
    DELETE,
    READ
  }

  public enum Fate {
    WORKS,
    FAILS,
    /// The power fails, or the process is killed, before the operation is done.
    END
  }

  /// Decides about each operation.
  public interface Plan {
    Fate of(Operation operation);
  }

  /// Ends what runs: nothing after it happens. The test calls [#powerCut] or [#processKilled] then.
  public static final class Ended extends Error {
    private static final long serialVersionUID = 1L;
  }

  public void follow(Plan next) {
    plan = next;
  }

  public void limitTo(long bytes) {
    capacity = bytes;
  }

  public long used() {
    long bytes = 0;
    for (MemoryNames folder : folders.values()) {
      for (MemoryBytes node : folder.names.values()) {
        bytes += node.size;
      }
    }
    return bytes;
  }

  /// How many files are open.
  public int open() {
    return open;
  }

  /// The process ends: what it wrote stays, its open files are closed.
  public void processKilled() {
    age++;
    open = 0;
    over = false;
  }

  /// The machine ends too: what was not synced is a matter of chance.
  public void powerCut() {
    processKilled();
    MemoryBytes.Kept kept =
        MemoryBytes.Kept.values()[random.nextInt(MemoryBytes.Kept.values().length)];
    for (MemoryNames folder : folders.values()) {
      folder.settle(kept, random);
    }
    for (MemoryNames folder : folders.values()) {
      for (MemoryBytes node : folder.names.values()) {
        node.settle(kept, random);
      }
    }
  }

  /// The bytes as they are.
  public byte[] bytes(Path file) throws IOException {
    MemoryBytes node = node(file);
    return Arrays.copyOf(node.data, node.size);
  }

  /// Somebody else puts these bytes there, durably.
  public void put(Path file, byte[] bytes) {
    var node = new MemoryBytes();
    node.write(0, bytes, bytes.length);
    node.sync();
    MemoryNames folder = folders.computeIfAbsent(Disk.directoryOf(file), _ -> new MemoryNames());
    folder.set(named(file), node);
    folder.sync();
  }

  /// Somebody else takes it away, durably.
  public void remove(Path file) {
    MemoryNames folder = folder(file);
    folder.remove(named(file));
    folder.sync();
  }

  /// Somebody else takes it away with all that is in it, durably.
  public void removeFolder(Path directory) {
    folders.remove(named(directory));
  }

  private void decide(Operation operation) throws IOException {
    switch (fateOf(operation)) {
      case WORKS -> {}
      case FAILS -> throw new IOException("planned failure of " + operation);
      case END -> throw new Ended();
    }
  }

  /// What ended does nothing more, whatever is caught on the way out.
  private Fate fateOf(Operation operation) {
    if (over) {
      throw new Ended();
    }
    Fate fate = plan.of(operation);
    over = fate == Fate.END;
    return fate;
  }

  private static Path named(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private MemoryNames folder(Path file) {
    MemoryNames folder = folders.get(Disk.directoryOf(file));
    return folder == null ? new MemoryNames() : folder;
  }

  private MemoryNames existingFolder(Path file) throws NoSuchFileException {
    MemoryNames folder = folders.get(Disk.directoryOf(file));
    if (folder == null) {
      throw new NoSuchFileException(file.toString());
    }
    return folder;
  }

  private MemoryBytes node(Path file) throws NoSuchFileException {
    MemoryBytes node = folder(file).names.get(named(file));
    if (node == null) {
      throw new NoSuchFileException(file.toString());
    }
    return node;
  }

  @Override
  public DiskFile create(Path file, Access access) throws IOException {
    decide(Operation.CREATE);
    var node = new MemoryBytes();
    existingFolder(file).set(named(file), node);
    return new MemoryFile(file, node);
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return new MemoryFile(file, node(file));
  }

  @Override
  public DiskFile openToRead(Path file) throws IOException {
    decide(Operation.READ);
    return new MemoryFile(file, node(file));
  }

  @Override
  public byte[] read(Path file) throws IOException {
    decide(Operation.READ);
    return bytes(file);
  }

  @Override
  public boolean exists(Path file) {
    return folder(file).names.containsKey(named(file)) || folders.containsKey(named(file));
  }

  @Override
  public List<Path> list(Path directory) {
    MemoryNames folder = folders.get(named(directory));
    return folder == null ? List.of() : folder.names.keySet().stream().sorted().toList();
  }

  /// Durable at once.
  @Override
  public void makeDirectories(Path directory) {
    folders.computeIfAbsent(named(directory), _ -> new MemoryNames());
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    decide(Operation.MOVE);
    MemoryBytes node = node(from);
    MemoryNames source = folder(from);
    MemoryNames target = existingFolder(to);
    if (source == target) {
      target.rename(named(from), named(to), node);
    } else {
      target.set(named(to), node);
      source.remove(named(from));
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    decide(Operation.DELETE);
    folder(file).remove(named(file));
  }

  @Override
  public void deleteAll(Path file) {
    folders.keySet().removeIf(folder -> folder.startsWith(named(file)));
    folder(file).remove(named(file));
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    decide(Operation.SYNC_DIRECTORY);
    existingFolder(directory.resolve("any")).sync();
  }

  @Override
  public long freeBytes(Path file) {
    return Math.max(0, capacity - used());
  }

  @Override
  public ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes);
  }

  private final class MemoryFile implements DiskFile {

    private final Path file;
    private final MemoryBytes node;
    private final int bornAt = age;
    private boolean closed;

    MemoryFile(Path file, MemoryBytes node) {
      this.file = file;
      this.node = node;
      open++;
    }

    private void mustLive() throws IOException {
      if (closed || bornAt != age) {
        throw new IOException("closed: " + file);
      }
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
      mustLive();
      if (at >= node.size) {
        return -1;
      }
      int bytes = (int) Math.min(into.remaining(), node.size - at);
      into.put(node.data, (int) at, bytes);
      return bytes;
    }

    @Override
    public void write(ByteBuffer from, long at) throws IOException {
      mustLive();
      Fate fate = fateOf(Operation.WRITE);
      byte[] bytes = new byte[from.remaining()];
      from.get(bytes);
      long grows = Math.max(0, at + bytes.length - node.size);
      boolean full = grows > 0 && capacity != Long.MAX_VALUE && used() + grows > capacity;
      int part = bytes.length;
      if (fate != Fate.WORKS || full) {
        part = random.nextInt(bytes.length + 1);
      }
      if (full) {
        part = (int) Math.max(0, Math.min(part, capacity - used()));
      }
      node.write((int) at, bytes, part);
      if (fate == Fate.END) {
        throw new Ended();
      }
      if (full || fate == Fate.FAILS) {
        throw new IOException(full ? "No space left on device" : "planned failure of WRITE");
      }
    }

    @Override
    public void sync() throws IOException {
      mustLive();
      switch (fateOf(Operation.SYNC)) {
        case WORKS -> node.sync();
        case FAILS -> {
          // What was not written is taken for written from now on, as kernels do.
          node.settleSome(random);
          throw new IOException("planned failure of SYNC");
        }
        case END -> throw new Ended();
      }
    }

    @Override
    public long size() {
      return node.size;
    }

    @Override
    public boolean isInPlace() {
      return folder(file).names.get(named(file)) == node;
    }

    @Override
    public void close() {
      if (!closed && bornAt == age) {
        open--;
      }
      closed = true;
    }
  }
}
