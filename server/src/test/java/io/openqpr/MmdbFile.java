package io.openqpr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes small databases in MaxMind's MMDB format 2.0, with records of 32 bits: a binary tree over
/// the bits of addresses, the data, the metadata.
public final class MmdbFile {

  private static final byte[] METADATA_MARK =
      "\u00AB\u00CD\u00EFMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);
  private static final int SEPARATOR_BYTES = 16;
  private static final int IPV4_IN_IPV6_BITS = 96;

  private final int ipVersion;
  private final String type;
  private final List<Object[]> nodes = new ArrayList<>(List.<Object[]>of(new Object[2]));

  /// @param ipVersion 4, or 6 for addresses of both kinds
  public MmdbFile(int ipVersion, String type) {
    this.ipVersion = ipVersion;
    this.type = type;
  }

  /// @param network such as `192.0.2.0/24`; none may lie inside another
  public MmdbFile with(String network, Map<String, Object> data) {
    String[] parts = network.split("/");
    byte[] bytes = InetAddress.ofLiteral(parts[0]).getAddress();
    int shift = ipVersion == 6 && bytes.length == 4 ? IPV4_IN_IPV6_BITS : 0;
    int bits = shift + Integer.parseInt(parts[1]);
    Object[] node = nodes.getFirst();
    for (int i = 0; i < bits - 1; i++) {
      int side = side(bytes, i - shift);
      if (node[side] == null) {
        nodes.add(new Object[2]);
        node[side] = nodes.getLast();
      }
      node = (Object[]) node[side];
    }
    node[side(bytes, bits - 1 - shift)] = data;
    return this;
  }

  private static int side(byte[] address, int bit) {
    return bit < 0 ? 0 : address[bit / 8] >> (7 - bit % 8) & 1;
  }

  /// Puts it in place at once, as whoever does it right.
  public Path writeTo(Path file) {
    try {
      Path beside = Files.write(file.resolveSibling(file.getFileName() + ".new"), bytes());
      return Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public byte[] bytes() {
    var numbers = new LinkedHashMap<Object, Integer>();
    var data = new ByteArrayOutputStream();
    var tree = new ByteArrayOutputStream();
    for (Object[] node : nodes) {
      for (Object side : node) {
        int number =
            switch (side) {
              case null -> nodes.size();
              case Object[] child -> nodes.indexOf(child);
              default ->
                  numbers.computeIfAbsent(
                      side, record -> nodes.size() + SEPARATOR_BYTES + put(data, record));
            };
        putInt(tree, number, 4);
      }
    }
    var file = new ByteArrayOutputStream();
    file.writeBytes(tree.toByteArray());
    file.writeBytes(new byte[SEPARATOR_BYTES]);
    file.writeBytes(data.toByteArray());
    file.writeBytes(METADATA_MARK);
    put(file, metadata());
    return file.toByteArray();
  }

  private Map<String, Object> metadata() {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("binary_format_major_version", new Unsigned(5, 2));
    metadata.put("binary_format_minor_version", new Unsigned(5, 0));
    metadata.put("build_epoch", new Unsigned(9, 1_800_000_000));
    metadata.put("database_type", type);
    metadata.put("description", Map.of("en", "made for a test"));
    metadata.put("ip_version", new Unsigned(5, ipVersion));
    metadata.put("languages", List.of("en"));
    metadata.put("node_count", new Unsigned(6, nodes.size()));
    metadata.put("record_size", new Unsigned(5, 32));
    return metadata;
  }

  /// @param type as the format numbers them: 5 has 16 bits, 6 has 32, 9 has 64
  private record Unsigned(int type, int value) {}

  /// Stands for the value at a place of the data, below 2048; sound files point backwards only.
  public record Pointer(int at) {}

  /// Returns where it stands.
  private static int put(ByteArrayOutputStream out, Object value) {
    int at = out.size();
    switch (value) {
      case String text -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        control(out, 2, bytes.length);
        out.writeBytes(bytes);
      }
      case Unsigned(int type, int number) -> {
        control(out, type, 4 - Integer.numberOfLeadingZeros(number) / 8);
        putInt(out, number, 4 - Integer.numberOfLeadingZeros(number) / 8);
      }
      case Pointer(int target) -> {
        out.write(1 << 5 | target >>> 8);
        out.write(target);
      }
      case List<?> list -> {
        control(out, 11, list.size());
        list.forEach(element -> put(out, element));
      }
      case Map<?, ?> map -> {
        control(out, 7, map.size());
        map.forEach((key, element) -> {
          put(out, key);
          put(out, element);
        });
      }
      default -> throw new IllegalArgumentException(value.toString());
    }
    return at;
  }

  private static void control(ByteArrayOutputStream out, int type, int size) {
    int small = Math.min(size, 29); // 29: the size is 29 and what the next byte says
    out.write((type <= 7 ? type << 5 : 0) | small);
    if (type > 7) {
      out.write(type - 7);
    }
    if (small == 29) {
      out.write(size - 29);
    }
  }

  private static void putInt(ByteArrayOutputStream out, int number, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      out.write(number >>> (8 * i));
    }
  }
}
