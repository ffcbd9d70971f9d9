using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Snapshots;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Integrity;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Snapshots;

/// <summary>
/// A snapshot on its way onto the disk. Says what is needed next, takes an answer only when it proves itself, and keeps
/// what was taken together with the place reached in one synced batch, so that a node that is killed goes on where it
/// was. Rule N-7 of the protocol.
/// </summary>
public sealed class SnapshotStaging : IDisposable
{
    private static readonly byte[] ProgressKey = "staged"u8.ToArray();

    private readonly LedgerDatabase database;
    private readonly ChainReader reader;
    private readonly CertifiedChain chain;
    private StagedSnapshot progress;

    private SnapshotStaging(LedgerDatabase database, CertifiedChain chain, StagedSnapshot progress)
    {
        this.database = database;
        this.chain = chain;
        this.progress = progress;
        reader = new ChainReader(database);
        BeginRecordsIfDue();
    }

    /// <summary>Bytes that were taken so far.</summary>
    public ulong BytesReceived => progress.BytesReceived;

    /// <summary>Bytes that are expected in all, about.</summary>
    public ulong BytesExpected => Math.Max(progress.BytesExpected, progress.BytesReceived);

    /// <summary>Opens what is staged of a target, or begins it anew, dropping what is staged of another one.</summary>
    public static SnapshotStaging Open(SnapshotFolders folders, SnapshotTarget target, byte[] genesis)
    {
        LedgerDatabase database = LedgerDatabase.Open(folders.Staging);
        StagedSnapshot? found = Read(database);
        if (found is null || new Hash256(found.BlockHash.Span) != target.BlockHash)
        {
            database.Dispose();
            folders.DropStaging();
            database = LedgerDatabase.Open(folders.Staging);
            found = Begin(database, target, genesis);
        }

        return new SnapshotStaging(database, target.Chain, found);
    }

    /// <summary>The hash of the snapshot that is staged, or null.</summary>
    public static Hash256? Peek(SnapshotFolders folders)
    {
        if (!Directory.Exists(folders.Staging))
        {
            return null;
        }

        using LedgerDatabase database = LedgerDatabase.Open(folders.Staging);
        return Read(database) is { } found ? new Hash256(found.BlockHash.Span) : null;
    }

    /// <summary>What is needed next, or null when all is there.</summary>
    public SnapshotPieceRequest? Next()
    {
        SnapshotPieceRequest request = new() { BlockHash = progress.BlockHash };
        if (!progress.WindowDone)
        {
            request.WindowFrom = progress.WindowFrom;
        }
        else if (!progress.StateDone)
        {
            request.StateFrom = progress.StateFrom;
        }
        else if (!progress.RecordsDone)
        {
            request.RecordsFrom = new RecordPlace { Range = progress.RecordRange, Part = progress.RecordPart };
        }
        else
        {
            return null;
        }

        return request;
    }

    /// <summary>
    /// Takes the answer to <see cref="Next"/>; false, and nothing changed, where it does not prove itself.
    /// </summary>
    public bool TryTake(ReadOnlySpan<byte> content)
    {
        StagedSnapshot after = progress.Clone();
        after.BytesReceived += (ulong)content.Length;
        using DatabaseBatch batch = database.NewBatch();
        bool isTaken = !progress.WindowDone ? TryTakeWindow(content, after, batch)
            : !progress.StateDone ? TryTakeState(content, after, batch)
            : !progress.RecordsDone && TryTakeRecords(content, after, batch);
        if (isTaken)
        {
            batch.Put(LedgerColumns.Meta, ProgressKey, after.ToByteArray());
            database.Write(batch, synced: true);
            progress = after;
            BeginRecordsIfDue();
        }

        return isTaken;
    }

    /// <summary>
    /// Makes the staged database one that a node starts from: with the last committed pointer, and with what this node
    /// alone knows, from its present database. Closes the staged one.
    /// </summary>
    /// <exception cref="StorageFailedException">The staged state is not the one that was checked.</exception>
    public void Seal(LedgerDatabase present)
    {
        Invariant.That(Next() is null);
        LedgerState state = LedgerState.FromEntries(new RangeStore(database).State([], null)
            .Select(entry => ((ReadOnlyMemory<byte>)entry.Key, (ReadOnlyMemory<byte>)entry.Value)));
        if (state.Root != new Hash256(progress.StateRoot.Span))
        {
            Forget();
            throw new StorageFailedException(
                "The snapshot on disk is not what was checked when it arrived: the disk or the memory is faulty. "
                + "Check both, then start the node again: it fetches the snapshot anew.",
                new InvalidDataException("staged state root"));
        }

        List<Finding> lost = [];
        new StoreCopy(present, database).CopyKept(lost);
        if (lost.Count > 0)
        {
            throw new StorageFailedException(
                $"What this node alone knows cannot be read: {lost[0]}. Run `ledger-node fsck --repair` first.",
                new InvalidDataException(lost[0].What));
        }

        using DatabaseBatch batch = database.NewBatch();
        ChainWriter.WriteBeginning(batch, new StoreBeginning(progress.Height + 1, progress.WindowFrom + 1));
        ChainWriter.PutHead(batch, progress.Height, new Hash256(progress.BlockHash.Span));
        batch.Delete(LedgerColumns.Meta, ProgressKey);
        database.Write(batch, synced: true);
        database.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => database.Dispose();

    // Whoever opens it next finds nothing to go on with, and begins anew.
    private void Forget()
    {
        using DatabaseBatch batch = database.NewBatch();
        batch.Delete(LedgerColumns.Meta, ProgressKey);
        database.Write(batch, synced: true);
    }

    private static StagedSnapshot? Read(LedgerDatabase database) =>
        database.Get(LedgerColumns.Meta, ProgressKey) is { } bytes ? StagedSnapshot.Parser.ParseFrom(bytes) : null;

    private static StagedSnapshot Begin(LedgerDatabase database, SnapshotTarget target, byte[] genesis)
    {
        ByteString hash = ByteString.CopyFrom(target.BlockHash.ToArray());
        StagedSnapshot first = new()
        {
            Height = target.Header.Height,
            BlockHash = hash,
            StateRoot = ByteString.CopyFrom(target.Header.StateRoot.ToArray()),
            TimeUnixMs = target.Header.TimeUnixMs,
            WindowFrom = target.Header.Height,
            WindowHash = hash,
            StateFrom = ByteString.CopyFrom(Hash256.Zero.ToArray()),
            StateDone = target.Header.StateRoot == StateTree.Empty.Root,
            BytesExpected = target.Bytes,
        };
        using DatabaseBatch batch = database.NewBatch();
        batch.Put(LedgerColumns.Meta, ChainWriter.GenesisKey, genesis);
        foreach (EpochEnd end in target.Chain.Ends.Where(end => IsUpTo(end, target.Header.Height)))
        {
            ChainWriter.WriteEpochEnd(batch, end);
        }

        batch.Put(LedgerColumns.Meta, ProgressKey, first.ToByteArray());
        database.Write(batch, synced: true);
        return first;
    }

    private static bool IsUpTo(EpochEnd end, ulong height) =>
        BlockHeader.TryDecode(end.Last.Header.Span, out BlockHeader? last) && last.Height <= height;

    private bool TryTakeWindow(ReadOnlySpan<byte> content, StagedSnapshot after, DatabaseBatch batch)
    {
        if (!CanonicalMessage.TryParse(BlockWindow.Parser, content, out BlockWindow? window)
            || window.Blocks.Count == 0)
        {
            return false;
        }

        foreach (WindowBlock block in window.Blocks)
        {
            if (after.WindowDone
                || !BlockWindows.TryRead(
                    block, after.WindowFrom, new Hash256(after.WindowHash.Span), chain,
                    out BlockHeader? header, out StoredBlock? stored))
            {
                return false;
            }

            batch.Put(LedgerColumns.Blocks, LedgerDatabase.HeightKey(header.Height), stored.ToByteArray());
            after.WindowDone = BlockWindows.IsEnough(
                after.TimeUnixMs, after.Height - header.Height + 1, block.Block.Header.Span);
            after.WindowFrom = header.Height - 1;
            after.WindowHash = ByteString.CopyFrom(header.ParentHash.ToArray());
        }

        return true;
    }

    private bool TryTakeState(ReadOnlySpan<byte> content, StagedSnapshot after, DatabaseBatch batch)
    {
        if (!CanonicalMessage.TryParse(StateChunk.Parser, content, out StateChunk? chunk)
            || !StateChunkRules.TryCheck(
                new Hash256(progress.StateRoot.Span), new Hash256(progress.StateFrom.Span), chunk,
                out CheckedStateChunk? read))
        {
            return false;
        }

        foreach (StateChange entry in read.Entries)
        {
            batch.Put(LedgerColumns.State, entry.Key.Raw.Span, entry.Value.Span);
        }

        after.StateDone = read.Next is null;
        after.StateFrom = read.Next is { } next ? ByteString.CopyFrom(next.ToArray()) : ByteString.Empty;
        return true;
    }

    private bool TryTakeRecords(ReadOnlySpan<byte> content, StagedSnapshot after, DatabaseBatch batch)
    {
        List<ExpectedPart> expected = [.. Expected().Take(SnapshotLimits.PartsMax + 1)];
        if (!CanonicalMessage.TryParse(RecordChunk.Parser, content, out RecordChunk? chunk)
            || !RecordParts.Check(chunk, expected))
        {
            return false;
        }

        for (int place = 0; place < chunk.Parts.Count; place++)
        {
            PutPart(batch, chunk.Parts[place], expected[place].Range);
        }

        SetNextPart(after, expected.Skip(chunk.Parts.Count).FirstOrDefault());
        return true;
    }

    // The value of a range came with the state; from its last part on it stands with its leaves.
    private static void PutPart(DatabaseBatch batch, RecordPart part, RecordRange range)
    {
        ReadOnlySpan<byte> key = part.Range.Span;
        Invariant.That(RangeName.TryRead(key, out RangeName name));
        bool isLast = part.Part + 1 == RecordParts.Count(range);
        RangeStore.Put(batch, name, key, RecordParts.LeavesOf(part), isLast ? range.ToByteArray() : default);
        if (isLast)
        {
            RangeStore.PutKey(batch, key);
        }
    }

    // Which ranges there are is known once the state is there. A crash may come between the two.
    private void BeginRecordsIfDue()
    {
        if (!progress.StateDone || progress.RecordsDone || !progress.RecordRange.IsEmpty)
        {
            return;
        }

        StagedSnapshot after = progress.Clone();
        SetNextPart(after, Expected().FirstOrDefault());
        using DatabaseBatch batch = database.NewBatch();
        batch.Put(LedgerColumns.Meta, ProgressKey, after.ToByteArray());
        database.Write(batch, synced: true);
        progress = after;
    }

    private static void SetNextPart(StagedSnapshot after, ExpectedPart next)
    {
        after.RecordsDone = next.RangeKey.IsEmpty;
        after.RecordRange = ByteString.CopyFrom(next.RangeKey.Span);
        after.RecordPart = next.Part;
    }

    // The parts that are still to come, in the order of raw range keys.
    private IEnumerable<ExpectedPart> Expected()
    {
        byte[]? from = progress.RecordRange.IsEmpty ? null : progress.RecordRange.ToByteArray();
        ulong first = progress.RecordPart;
        foreach ((byte[] key, byte[] value) in reader.Ranges(from))
        {
            RecordRange range = RecordRange.Parser.ParseFrom(value);
            for (ulong part = first; part < RecordParts.Count(range); part++)
            {
                yield return new ExpectedPart(key, range, part);
            }

            first = 0;
        }
    }
}
