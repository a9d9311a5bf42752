package io.openqpr.code.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes PNG row by row, so that no picture is ever in memory as pixels, however large it is: one
/// row, the one before, and what was packed. The JDK's writer wants the whole picture, and takes it
/// apart pixel by pixel, thirty times as slowly.
///
/// Rows are filtered by "Up" where that makes them nothing but zeros, as most rows of a code are,
/// and not at all elsewhere. See the PNG specification, third edition, chapters 5, 9 and 11.
final class PngFile implements AutoCloseable {

  /// Its values are those of the format's colour types, with eight bits for each channel.
  enum Kind {
    /// One bit for each pixel, which names one of two colours.
    TWO_COLOURS(3, 1),
    RGB(2, 24),
    RGBA(6, 32);

    private final int colourType;
    private final int bitsOfPixel;

    Kind(int colourType, int bitsOfPixel) {
      this.colourType = colourType;
      this.bitsOfPixel = bitsOfPixel;
    }
  }

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int NOT_FILTERED = 0;
  private static final int UP = 2;
  private static final int CHUNK_BYTES = 32 * 1024;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Deflater deflater;
  private final byte[] packed = new byte[CHUNK_BYTES];
  private final byte[] filtered;
  private final byte[] zeros;
  private final byte[] before;
  private boolean first = true;

  PngFile(Kind kind, int width, int height) {
    int rowBytes = (width * kind.bitsOfPixel + Byte.SIZE - 1) / Byte.SIZE;
    this.before = new byte[rowBytes];
    this.filtered = new byte[1 + rowBytes];
    this.zeros = new byte[1 + rowBytes];
    this.zeros[0] = UP;
    this.deflater = new Deflater();
    out.writeBytes(SIGNATURE);
    var header = new ByteArrayOutputStream();
    writeNumber(header, width);
    writeNumber(header, height);
    header.write(kind == Kind.TWO_COLOURS ? 1 : Byte.SIZE);
    header.write(kind.colourType);
    header.writeBytes(new byte[3]); // the only compression and filter there are; not interlaced
    writeChunk("IHDR", header.toByteArray(), header.size());
  }

  /// Comes before the rows.
  void palette(Colour... colours) {
    var palette = new ByteArrayOutputStream();
    for (Colour colour : colours) {
      palette.write(colour.red());
      palette.write(colour.green());
      palette.write(colour.blue());
    }
    writeChunk("PLTE", palette.toByteArray(), palette.size());
  }

  /// The next row, from the top.
  ///
  /// @param row as long as the kind and the width say; may be used again afterwards
  void row(byte[] row) {
    if (!first && Arrays.equals(row, before)) {
      pack(zeros);
      return;
    }
    first = false;
    filtered[0] = NOT_FILTERED;
    System.arraycopy(row, 0, filtered, 1, row.length);
    System.arraycopy(row, 0, before, 0, row.length);
    pack(filtered);
  }

  private void pack(byte[] bytes) {
    deflater.setInput(bytes);
    while (!deflater.needsInput()) {
      writePacked();
    }
  }

  private void writePacked() {
    int length = deflater.deflate(packed);
    if (length > 0) {
      writeChunk("IDAT", packed, length);
    }
  }

  /// The file, after the last row.
  byte[] finished() {
    deflater.finish();
    while (!deflater.finished()) {
      writePacked();
    }
    writeChunk("IEND", new byte[0], 0);
    return out.toByteArray();
  }

  private void writeChunk(String type, byte[] bytes, int length) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    var crc = new CRC32();
    crc.update(name);
    crc.update(bytes, 0, length);
    writeNumber(out, length);
    out.writeBytes(name);
    out.write(bytes, 0, length);
    writeNumber(out, (int) crc.getValue());
  }

  private static void writeNumber(ByteArrayOutputStream to, int number) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      to.write(number >>> shift);
    }
  }

  /// A whole picture with transparency.
  static byte[] of(Pixels pixels) {
    int width = pixels.width();
    byte[] row = new byte[4 * width];
    try (var file = new PngFile(Kind.RGBA, width, pixels.height())) {
      for (int y = 0; y < pixels.height(); y++) {
        for (int x = 0; x < width; x++) {
          int argb = pixels.argb(x, y);
          row[4 * x] = (byte) (argb >> 16);
          row[4 * x + 1] = (byte) (argb >> 8);
          row[4 * x + 2] = (byte) argb;
          row[4 * x + 3] = (byte) (argb >> 24);
        }
        file.row(row);
      }
      return file.finished();
    }
  }

  /// Gives the packer's own memory back.
  @Override
  public void close() {
    deflater.end();
  }
}
