using System.Buffers.Binary;

namespace SocialHub.Media;

/// <summary>What a picture is by its own first bytes; what its sender calls it counts nothing.</summary>
/// <param name="ContentType">One of the five kinds that run no script: PNG, JPEG, GIF, WebP, AVIF.</param>
public sealed record PictureType(string ContentType)
{
    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>Recognises a picture; null for anything else, SVG and HTML included.</summary>
    public static PictureType? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return bytes.Length < 24 ? null : new("image/png") { Width = BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), Height = BinaryPrimitives.ReadInt32BigEndian(bytes[20..]) };
        if (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8))
            return bytes.Length < 10 ? null : new("image/gif") { Width = BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), Height = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) };
        if (bytes.Length > 4 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF)
            return Jpeg(bytes);
        if (bytes.Length > 30 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8))
            return WebP(bytes);
        return IsAvif(bytes) ? Avif(bytes) : null;
    }

    // ISO/IEC 10918-1, B.2: segments with their length, up to the frame header.
    private static PictureType? Jpeg(ReadOnlySpan<byte> bytes)
    {
        for (var i = 2; i + 9 < bytes.Length && bytes[i] == 0xFF;)
        {
            var marker = bytes[i + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return new("image/jpeg") { Width = BinaryPrimitives.ReadUInt16BigEndian(bytes[(i + 7)..]), Height = BinaryPrimitives.ReadUInt16BigEndian(bytes[(i + 5)..]) };
            i += marker is 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(i + 2)..]);
        }
        // Without one nobody knows what it would take to decode it.
        return null;
    }

    // https://developers.google.com/speed/webp/docs/riff_container
    private static PictureType WebP(ReadOnlySpan<byte> bytes)
    {
        var kind = bytes[12..16];
        if (kind.SequenceEqual("VP8X"u8))
            return Sized(1 + (bytes[24] | (bytes[25] << 8) | (bytes[26] << 16)), 1 + (bytes[27] | (bytes[28] << 8) | (bytes[29] << 16)));
        if (kind.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
            return Sized(1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }
        return Sized(BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3FFF);

        static PictureType Sized(int width, int height) => new("image/webp") { Width = width, Height = height };
    }

    // ISO/IEC 23008-12, 6.5.3: ispe, the size of an item, among the properties in meta/iprp/ipco. The largest counts: a thumbnail has one too.
    private static PictureType? Avif(ReadOnlySpan<byte> bytes)
    {
        var properties = Inside(Inside(Inside(bytes, "meta"u8, skip: 4), "iprp"u8), "ipco"u8);
        var (width, height) = (0U, 0U);
        for (var rest = properties; Box(ref rest, out var type, out var content);)
        {
            if (!type.SequenceEqual("ispe"u8) || content.Length < 12)
                continue;
            var (w, h) = (BinaryPrimitives.ReadUInt32BigEndian(content[4..]), BinaryPrimitives.ReadUInt32BigEndian(content[8..]));
            if ((ulong)w * h >= (ulong)width * height)
                (width, height) = (w, h);
        }

        return width is 0 or > int.MaxValue || height is 0 or > int.MaxValue ? null : new("image/avif") { Width = (int)width, Height = (int)height };
    }

    private static ReadOnlySpan<byte> Inside(ReadOnlySpan<byte> boxes, ReadOnlySpan<byte> name, int skip = 0)
    {
        while (Box(ref boxes, out var type, out var content))
        {
            if (type.SequenceEqual(name))
                return content.Length < skip ? [] : content[skip..];
        }

        return [];
    }

    // ISO/IEC 14496-12, 4.2: length and type; a length of 1 is followed by a longer one, one of 0 goes to the end.
    private static bool Box(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> content)
    {
        type = content = [];
        if (rest.Length < 8)
            return false;
        var length = (ulong)BinaryPrimitives.ReadUInt32BigEndian(rest);
        var head = 8;
        if (length == 1 && rest.Length >= 16)
            (length, head) = (BinaryPrimitives.ReadUInt64BigEndian(rest[8..]), 16);
        else if (length == 0)
            length = (ulong)rest.Length;
        if (length < (ulong)head || length > (ulong)rest.Length)
            return false;
        type = rest[4..8];
        content = rest[head..(int)length];
        rest = rest[(int)length..];
        return true;
    }

    // ISO/IEC 14496-12, 4.3: the major brand or one of the compatible ones.
    private static bool IsAvif(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16 || !bytes[4..].StartsWith("ftyp"u8))
            return false;
        var end = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), Math.Min(bytes.Length, 256));
        for (var i = 8; i + 4 <= end; i += 4)
        {
            if (i != 12 && (bytes[i..].StartsWith("avif"u8) || bytes[i..].StartsWith("avis"u8)))
                return true;
        }
        return false;
    }
}
