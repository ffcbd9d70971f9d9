using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Ledger.Node.Storage;

/// <summary>
/// The number of the last synced batch, in a small file beside the data folder. The database drops a damaged end of its
/// log as if it had never been written; a store that stands below this number has lost what was promised. It is written
/// after each sync and not synced itself: after a power cut it may be late, never early. Two slots are written in turn.
/// </summary>
public sealed class Watermark : IDisposable
{
    /// <summary>What the file's name adds to that of the data folder.</summary>
    public const string Suffix = ".watermark";

    private const int Slots = 2;
    private const int SlotBytes = sizeof(ulong) + SHA256.HashSizeInBytes;
    private readonly SafeFileHandle file;
    private long writes;

    private Watermark(SafeFileHandle file)
    {
        this.file = file;
    }

    /// <summary>The file of a data folder.</summary>
    public static string PathOf(string folder) => Path.TrimEndingDirectorySeparator(folder) + Suffix;

    /// <summary>
    /// The number in the file; 0 where there is no file, null where no slot of it can be read.
    /// </summary>
    public static ulong? Read(string folder)
    {
        string path = PathOf(folder);
        if (!File.Exists(path))
        {
            return 0;
        }

        byte[] bytes = File.ReadAllBytes(path);
        ulong? highest = null;
        for (int at = 0; at + SlotBytes <= bytes.Length && at < Slots * SlotBytes; at += SlotBytes)
        {
            ReadOnlySpan<byte> slot = bytes.AsSpan(at, SlotBytes);
            if (SHA256.HashData(slot[..sizeof(ulong)]).AsSpan().SequenceEqual(slot[sizeof(ulong)..]))
            {
                highest = Math.Max(highest ?? 0, BinaryPrimitives.ReadUInt64BigEndian(slot));
            }
        }

        return highest;
    }

    /// <summary>
    /// Opens the file for writing. A new file, or that of a store without any batch, gets the number in both slots:
    /// what it says is about a store that is gone.
    /// </summary>
    public static Watermark Open(string folder, ulong first)
    {
        string path = PathOf(folder);
        bool isNew = !File.Exists(path);
        Watermark watermark = new(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read));
        if (isNew || first == 0)
        {
            watermark.Reset(first);
        }

        return watermark;
    }

    /// <summary>Notes that all batches up to this one are on disk.</summary>
    public void Note(ulong sequence)
    {
        Span<byte> slot = stackalloc byte[SlotBytes];
        Fill(slot, sequence);
        RandomAccess.Write(file, slot, writes++ % Slots * SlotBytes);
    }

    /// <summary>Puts a number into both slots and syncs.</summary>
    public void Reset(ulong sequence)
    {
        for (int slot = 0; slot < Slots; slot++)
        {
            Note(sequence);
        }

        RandomAccess.FlushToDisk(file);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static void Fill(Span<byte> slot, ulong sequence)
    {
        BinaryPrimitives.WriteUInt64BigEndian(slot, sequence);
        SHA256.HashData(slot[..sizeof(ulong)], slot[sizeof(ulong)..]);
    }
}
