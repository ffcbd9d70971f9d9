using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Node.Chain;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Integrity;

/// <summary>
/// Hashes one stored block again: header, certificate, leaves, bodies, results and the index of its transactions. What
/// it calls whole was decided by a quorum, whatever the disk did.
/// </summary>
public sealed class BlockInspector(
    LedgerDatabase database, Hash256 chainId, EpochSets sets, ISignatureVerifier verifier)
{
    /// <summary>With which blocks the store begins, as it was when this was made.</summary>
    public StoreBeginning Beginning { get; } = StoreBeginning.Of(database);

    /// <summary>
    /// Inspects the block of a height. Of one of a snapshot's window there are no bodies and no results.
    /// </summary>
    public InspectedBlock Inspect(ulong height)
    {
        List<Finding> findings = [];
        if (Read(height, findings) is not { } stored || Decode(stored, height, findings) is not { } decided)
        {
            return new InspectedBlock(null, null, null, findings);
        }

        if (height < Beginning.FirstBlock)
        {
            Hash256[]? listed = IdsOf(stored, decided.Block, findings);
            return new InspectedBlock(decided.Block, decided.Certificate, listed, findings);
        }

        Hash256[]? ids = Bodies(decided.Block, findings);
        if (ids is not null)
        {
            if (!stored.TransactionIds.Span.SequenceEqual(Join(ids)))
            {
                findings.Add(Finding.At(DamageArea.Block, height, "its list of transaction ids is not its bodies'"));
            }

            CheckPlaces(decided.Block, ids, findings);
        }

        return new InspectedBlock(decided.Block, decided.Certificate, ids, findings)
        {
            EventEntries = ids is null ? null : CheckResults(decided.Block, ids, findings),
        };
    }

    /// <summary>Whether a certificate decides a block by the set of its epoch.</summary>
    public bool IsDecided(ProposalBlock block, Certificate certificate) =>
        sets.Of(block.Header.Epoch) is { } set
        && CertificateRules.Decides(certificate, block.Hash, block.Header, chainId, set, verifier);

    private StoredBlock? Read(ulong height, List<Finding> findings) =>
        Parse(LedgerColumns.Blocks, DamageArea.Block, height, StoredBlock.Parser, findings);

    private (ProposalBlock Block, Certificate Certificate)? Decode(
        StoredBlock stored, ulong height, List<Finding> findings)
    {
        if (!ProposalBlock.TryRead(stored.Block?.Proposal, out ProposalBlock? block) || block.Height != height)
        {
            findings.Add(Finding.At(DamageArea.Block, height, "its header and leaves do not fit together"));
            return null;
        }

        if (!Certificate.TryRead(stored.Block!.Certificate, out Certificate? certificate)
            || !IsDecided(block, certificate))
        {
            findings.Add(Finding.At(DamageArea.Block, height, "its certificate does not decide it"));
            return null;
        }

        return (block, certificate);
    }

    // Without the bodies, ids and hashes of signature lists give the leaves.
    private static Hash256[]? IdsOf(StoredBlock stored, ProposalBlock block, List<Finding> findings)
    {
        Hash256[] ids = Split(stored.TransactionIds.Span);
        Hash256[] signatures = Split(stored.SignatureLists.Span);
        if (stored.TransactionIds.Length != block.Leaves.Length * Hash256.Size
            || stored.SignatureLists.Length != stored.TransactionIds.Length
            || !ids.Zip(signatures, TransactionId.Leaf).SequenceEqual(block.Leaves))
        {
            findings.Add(Finding.At(DamageArea.Block, block.Height, "its transaction ids do not give its leaves"));
            return null;
        }

        return ids;
    }

    private static Hash256[] Split(ReadOnlySpan<byte> bytes)
    {
        Hash256[] hashes = new Hash256[bytes.Length / Hash256.Size];
        for (int place = 0; place < hashes.Length; place++)
        {
            hashes[place] = new Hash256(bytes.Slice(place * Hash256.Size, Hash256.Size));
        }

        return hashes;
    }

    private Hash256[]? Bodies(ProposalBlock block, List<Finding> findings)
    {
        Hash256[] ids = new Hash256[block.Leaves.Length];
        bool whole = true;
        for (int place = 0; place < ids.Length; place++)
        {
            string? fault = FaultOf(block.Leaves[place], out ids[place]);
            if (fault is not null)
            {
                whole = false;
                findings.Add(Finding.At(DamageArea.Body, block.Height, $"body {block.Leaves[place]} {fault}"));
            }
        }

        return whole ? ids : null;
    }

    private string? FaultOf(Hash256 leaf, out Hash256 id)
    {
        id = default;
        try
        {
            if (database.Get(LedgerColumns.Bodies, leaf.ToArray()) is not { } bytes)
            {
                return "is missing";
            }

            if (BodyHash.Of(bytes, chainId) is not { } names || names.Leaf != leaf)
            {
                return "does not hash to its leaf";
            }

            id = names.Id;
            return null;
        }
        catch (DamagedDataException problem)
        {
            return "cannot be read: " + problem.Message;
        }
    }

    // How many entries the index has of the events; null where the events cannot be read.
    private long? CheckResults(ProposalBlock block, Hash256[] ids, List<Finding> findings)
    {
        if (Parse(LedgerColumns.Results, DamageArea.Results, block.Height, StoredResults.Parser, findings)
            is not { } results)
        {
            return null;
        }

        bool placed = results.Results.All(result => result.Transaction < (uint)ids.Length);
        if (!placed || MerkleList.Root([.. results.Results.Select(result => OperationReceipt.LeafOf(
            new OperationPlace(ids[result.Transaction], (int)result.Group, (int)result.Operation),
            result.Result.Span))]) != block.Header.ReceiptRoot)
        {
            findings.Add(Finding.At(DamageArea.Results, block.Height, "they do not hash to the receipt root"));
        }

        if (!results.EventsDigest.Span.SequenceEqual(ChainWriter.EventsDigest(results.Events.Span).ToArray()))
        {
            findings.Add(Finding.At(DamageArea.Results, block.Height, "the events are not those that were written"));
            return null;
        }

        return CheckEventIndex(block.Height, EventList.Parser.ParseFrom(results.Events), findings);
    }

    private long CheckEventIndex(ulong height, EventList events, List<Finding> findings)
    {
        byte[][] keys = [.. EventIndex.KeysOf(height, events)];
        try
        {
            if (!keys.All(key => database.Get(LedgerColumns.EventIndex, key) is { Length: 0 }))
            {
                findings.Add(Finding.At(DamageArea.EventIndex, height, "events of the block are not in the index"));
            }
        }
        catch (DamagedDataException problem)
        {
            findings.Add(Finding.At(DamageArea.EventIndex, height, problem.Message));
        }

        return keys.Length;
    }

    private void CheckPlaces(ProposalBlock block, Hash256[] ids, List<Finding> findings)
    {
        for (int place = 0; place < ids.Length; place++)
        {
            try
            {
                StoredPlace expected = new()
                {
                    Height = block.Height,
                    Transaction = (uint)place,
                    Leaf = ByteString.CopyFrom(block.Leaves[place].ToArray()),
                };
                byte[]? stored = database.Get(LedgerColumns.Transactions, ids[place].ToArray());
                if (!expected.ToByteArray().AsSpan().SequenceEqual(stored))
                {
                    findings.Add(Finding.At(
                        DamageArea.TransactionIndex, block.Height, $"the place of transaction {ids[place]} is wrong"));
                }
            }
            catch (DamagedDataException problem)
            {
                findings.Add(Finding.At(DamageArea.TransactionIndex, block.Height, problem.Message));
            }
        }
    }

    private T? Parse<T>(
        string column, DamageArea area, ulong height, MessageParser<T> parser, List<Finding> findings)
        where T : class, IMessage<T>
    {
        try
        {
            if (database.Get(column, LedgerDatabase.HeightKey(height)) is { } bytes)
            {
                return parser.ParseFrom(bytes);
            }

            findings.Add(Finding.At(area, height, "missing"));
        }
        catch (Exception problem) when (problem is DamagedDataException or InvalidProtocolBufferException)
        {
            findings.Add(Finding.At(area, height, "cannot be read: " + problem.Message));
        }

        return null;
    }

    private static byte[] Join(Hash256[] ids)
    {
        byte[] bytes = new byte[ids.Length * Hash256.Size];
        for (int place = 0; place < ids.Length; place++)
        {
            ids[place].CopyTo(bytes.AsSpan(place * Hash256.Size));
        }

        return bytes;
    }
}
