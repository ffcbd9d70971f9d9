using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Chain;

/// <summary>Reads decided blocks, receipts and records from disk.</summary>
public sealed class ChainReader(LedgerDatabase database)
{
    private readonly RangeStore ranges = new(database);
    private long stateKeysRead;

    /// <summary>
    /// From which height on whole blocks are held: 1, or that after the snapshot from which the node began. Of some
    /// blocks before it header, certificate and ids are held, and neither bodies nor results.
    /// </summary>
    public ulong FirstBlock { get; } = StoreBeginning.Of(database).FirstBlock;

    /// <summary>What an answer "there is none" must add where blocks are missing; empty where all are held.</summary>
    public string Reservation =>
        FirstBlock == 1 ? string.Empty : $" (this node holds blocks from height {FirstBlock} on)";

    /// <summary>How many keys of the state have been walked over: what the answers have cost.</summary>
    public long StateKeysRead => Interlocked.Read(ref stateKeysRead);

    /// <summary>Told the height of a block that is damaged or lacks a body, and what is wrong.</summary>
    public Action<ulong, string> OnDamaged { get; init; } = static (_, _) => { };

    /// <summary>The block of a height with its certificate, or null. Height 0 has none.</summary>
    /// <exception cref="DamagedDataException">It is there and cannot be read.</exception>
    public StoredBlock? Block(ulong height)
    {
        byte[] key = LedgerDatabase.HeightKey(height);
        try
        {
            return database.Get(LedgerColumns.Blocks, key) is { } bytes ? StoredBlock.Parser.ParseFrom(bytes) : null;
        }
        catch (InvalidProtocolBufferException problem)
        {
            OnDamaged(height, problem.Message);
            throw new DamagedDataException(LedgerColumns.Blocks, key, problem.Message, problem);
        }
        catch (DamagedDataException problem)
        {
            OnDamaged(height, problem.Message);
            throw;
        }
    }

    /// <summary>The results of a block's operations in order.</summary>
    public StoredResults? Results(ulong height) =>
        database.Get(LedgerColumns.Results, LedgerDatabase.HeightKey(height)) is { } bytes
            ? StoredResults.Parser.ParseFrom(bytes)
            : null;

    /// <summary>
    /// Heights from one on at which the index of events has an entry with a prefix, in ascending order. Blocks behind
    /// the head may be among them.
    /// </summary>
    public IEnumerable<ulong> EventHeights(byte[] prefix, ulong from) =>
        database.Scan(LedgerColumns.EventIndex, prefix, EventIndex.Key(prefix, from))
            .Select(static entry => EventIndex.HeightOf(entry.Key));

    /// <summary>Where a transaction was decided, or null.</summary>
    public StoredPlace? Place(Hash256 transactionId) =>
        database.Get(LedgerColumns.Transactions, transactionId.ToArray()) is { } bytes
            ? StoredPlace.Parser.ParseFrom(bytes)
            : null;

    /// <summary>The bytes of a decided transaction.</summary>
    public byte[]? Body(Hash256 leaf) => database.Get(LedgerColumns.Bodies, leaf.ToArray());

    /// <summary>The bytes of a transaction of a decided block.</summary>
    /// <exception cref="DamagedDataException">It is missing or cannot be read.</exception>
    public byte[] BodyOf(ulong height, Hash256 leaf)
    {
        try
        {
            return Body(leaf)
                ?? throw new DamagedDataException(LedgerColumns.Bodies, leaf.ToArray(), "missing", null);
        }
        catch (DamagedDataException problem)
        {
            OnDamaged(height, problem.Message);
            throw;
        }
    }

    /// <summary>State entries whose raw keys begin with a prefix, from a key on, in order.</summary>
    public IEnumerable<KeyValuePair<byte[], byte[]>> State(byte[] prefix, byte[]? from)
    {
        foreach (KeyValuePair<byte[], byte[]> entry in ranges.State(prefix, from))
        {
            Interlocked.Increment(ref stateKeysRead);
            yield return entry;
        }
    }

    /// <summary>
    /// The ranges that the state on disk has, raw key and value, in the order of raw keys; from a key on.
    /// </summary>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Ranges(byte[]? from) =>
        RangeName.Kinds.Where(kind => from is null || (byte)kind >= from[0]).SelectMany(kind =>
            State([(byte)kind], from is not null && from[0] == (byte)kind ? from : null));

    /// <summary>
    /// The records of an LLPC by a writer, in order, up to a count; in the place of an erased one stands its tombstone.
    /// </summary>
    public IReadOnlyList<IRangeLeaf> Records(LlpcName llpc, Address writer, ulong count) =>
        Leaves<IRangeLeaf>(RangeName.OfRecords(llpc, writer), 0, count);

    /// <summary>As above, from an index on.</summary>
    public IReadOnlyList<IRangeLeaf> RecordsFrom(LlpcName llpc, Address writer, ulong from, ulong count) =>
        Leaves<IRangeLeaf>(RangeName.OfRecords(llpc, writer), from, count);

    /// <summary>All leaves of a range, in order.</summary>
    public IEnumerable<IRangeLeaf> Leaves(RangeName range) => ranges.Leaves(range, 0);

    /// <summary>The entries of a learner's trail from an index on, in order, up to a count.</summary>
    public IReadOnlyList<TrailLeaf> Trail(Address learner, ulong from, ulong count) =>
        Leaves<TrailLeaf>(RangeName.OfTrail(learner), from, count);

    /// <summary>The writers of an LLPC's records.</summary>
    public IReadOnlyList<Address> Writers(LlpcName llpc)
    {
        List<Address> writers = [];
        byte[] prefix = StateKeys.Prefix(StateKind.RecordRange, llpc.Learner, llpc.VerbHash);
        foreach ((byte[] key, byte[] _) in database.Scan(LedgerColumns.State, prefix))
        {
            writers.Add(new Address(key.AsSpan(prefix.Length)));
        }

        return writers;
    }

    /// <summary>How an epoch ended, or null while it lasts.</summary>
    public StoredEpoch? Epoch(ulong epoch) =>
        database.Get(LedgerColumns.Meta, ChainWriter.EpochKey(epoch)) is { } bytes
            ? StoredEpoch.Parser.ParseFrom(bytes)
            : null;

    /// <summary>The last header of an epoch and the set that follows, or null while the epoch lasts.</summary>
    public EpochEnd? EpochEnd(ulong epoch) => Epoch(epoch) is { } end
        ? new EpochEnd { Last = CertifiedHeader(end.LastHeight), Next = end.Next }
        : null;

    /// <summary>The certified header of a height whose header is held.</summary>
    public CertifiedHeader CertifiedHeader(ulong height) => FindCertifiedHeader(height)
        ?? throw new InvalidOperationException($"the header of block {height} is not on disk");

    /// <summary>The certified header of a decided height, or null where a snapshot did not bring it.</summary>
    public CertifiedHeader? FindCertifiedHeader(ulong height)
    {
        if (Block(height) is { } block)
        {
            return new CertifiedHeader { Header = block.Block.Proposal.Header, Certificate = block.Block.Certificate };
        }

        return database.Get(LedgerColumns.Meta, ChainWriter.HeaderKey(height)) is { } bytes
            ? Contracts.Protos.CertifiedHeader.Parser.ParseFrom(bytes)
            : null;
    }

    private IReadOnlyList<T> Leaves<T>(RangeName range, ulong from, ulong count)
        where T : IRangeLeaf
    {
        List<T> leaves = [];
        foreach (IRangeLeaf leaf in ranges.Leaves(range, from))
        {
            if ((ulong)leaves.Count == count)
            {
                break;
            }

            leaves.Add((T)leaf);
        }

        return leaves;
    }
}
