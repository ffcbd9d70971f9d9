using System.Buffers.Binary;
using Ledger.Node.Storage;

namespace Ledger.Node.Chain;

/// <summary>
/// With which blocks a store begins. One that began with a snapshot holds of the blocks of its window header,
/// certificate and ids, and of those before the window nothing: its state cannot be rebuilt from blocks.
/// </summary>
/// <param name="FirstBlock">From this height on whole blocks are held; 1 without a snapshot.</param>
/// <param name="FirstHeader">From this height on the headers of all blocks are held.</param>
public readonly record struct StoreBeginning(ulong FirstBlock, ulong FirstHeader)
{
    private const int Bytes = 2 * sizeof(ulong);

    /// <summary>Whether the store began with a snapshot.</summary>
    public bool IsSnapshot => FirstBlock > 1;

    /// <summary>What a store says of itself.</summary>
    /// <exception cref="DamagedDataException">It cannot be read.</exception>
    public static StoreBeginning Of(LedgerDatabase database)
    {
        if (database.Get(LedgerColumns.Meta, ChainWriter.FirstBlockKey) is not { } stored)
        {
            return new StoreBeginning(1, 1);
        }

        StoreBeginning read = stored.Length == Bytes
            ? new StoreBeginning(
                BinaryPrimitives.ReadUInt64BigEndian(stored),
                BinaryPrimitives.ReadUInt64BigEndian(stored.AsSpan(sizeof(ulong))))
            : default;
        return read.FirstHeader > 0 && read.FirstHeader < read.FirstBlock
            ? read
            : throw new DamagedDataException(
                LedgerColumns.Meta, ChainWriter.FirstBlockKey, "these are no heights of a snapshot", null);
    }

    /// <summary>The bytes to store.</summary>
    public byte[] Encode() => [.. LedgerDatabase.HeightKey(FirstBlock), .. LedgerDatabase.HeightKey(FirstHeader)];
}
