using System.Collections.Concurrent;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Node.Chain;
using Ledger.Node.Storage;

namespace Ledger.Node.Anchoring;

/// <summary>
/// The times of blocks, in ms since 1970-01-01 UTC. A node that began with a snapshot lacks the headers of most earlier
/// blocks: what lies before is judged by the first block that it has. A block that it should have and lacks, or cannot
/// read, began nothing that is known: what rests on it rather rests than goes.
/// </summary>
public sealed class BlockTimes(ChainReader reader, ChainState chain)
{
    /// <summary>Times that are remembered, 2 MB of them: as many as a large school has days of enrolling.</summary>
    private const int RememberedMax = 65_536;

    private readonly ConcurrentDictionary<ulong, long> remembered = new();

    /// <summary>The time of a block at which something began, or one that is surely not before it.</summary>
    public long Beginning(ulong height) => Find(height)
        ?? (height < reader.FirstBlock ? Find(reader.FirstBlock) ?? chain.Head.Header.TimeUnixMs : long.MaxValue);

    /// <summary>The time of a block at which something ended, or one that is surely not after it.</summary>
    public long End(ulong height) => Find(height) ?? long.MinValue;

    private long? Find(ulong height)
    {
        if (remembered.TryGetValue(height, out long known))
        {
            return known;
        }

        if (Read(height) is not { } certified
            || !BlockHeader.TryDecode(certified.Header.Span, out BlockHeader? header))
        {
            return null;
        }

        if (remembered.Count >= RememberedMax)
        {
            remembered.Clear();
        }

        remembered[height] = header.TimeUnixMs;
        return header.TimeUnixMs;
    }

    // The reader has told whoever repairs it.
    private CertifiedHeader? Read(ulong height)
    {
        try
        {
            return reader.FindCertifiedHeader(height);
        }
        catch (DamagedDataException)
        {
            return null;
        }
    }
}
