using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Snapshots;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Chain;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Snapshots;

/// <summary>Answers those who fetch headers and snapshots. Knows nothing of who asks: that is the port's.</summary>
public sealed class SnapshotServer(ChainState chain, ChainReader reader, LedgerDatabase database, SnapshotPins pins)
{
    private readonly PartRoots roots = new(database);

    /// <summary>Ends of epochs and a header.</summary>
    public HeaderReply Headers(HeaderRequest request)
    {
        LedgerHead head = chain.Head;
        HeaderReply reply = new() { FirstBlock = reader.FirstBlock };
        for (ulong epoch = request.FromEpoch; epoch < head.NextEpoch; epoch++)
        {
            if (reply.Ends.Count == ServingLimits.EpochEndsMax || reader.EpochEnd(epoch) is not { } end)
            {
                break;
            }

            reply.Ends.Add(end);
        }

        ulong height = request.Height == 0 ? head.Height : request.Height;
        if (height > 0 && height <= head.Height)
        {
            reply.Header = reader.FindCertifiedHeader(height);
        }

        return reply;
    }

    /// <summary>The snapshots that can be fetched now.</summary>
    public SnapshotList Offers(SnapshotListRequest request)
    {
        SnapshotList list = new();
        list.Offers.AddRange(pins.Offers(request.HeightMin).Select(pin => new SnapshotOffer
        {
            Height = pin.Head.Height,
            BlockHash = ByteString.CopyFrom(pin.Head.BlockHash.ToArray()),
            Bytes = pin.Bytes,
        }));
        return list;
    }

    /// <summary>A piece, or null where the snapshot is not held or the question has no answer in it.</summary>
    public SnapshotPiece? Piece(SnapshotPieceRequest request)
    {
        if (!Hash256.TryRead(request.BlockHash.Span, out Hash256 hash) || pins.Find(hash) is not { } pin)
        {
            return null;
        }

        IMessage? content = request.PieceCase switch
        {
            SnapshotPieceRequest.PieceOneofCase.WindowFrom => Window(pin.Head, request.WindowFrom),
            SnapshotPieceRequest.PieceOneofCase.StateFrom =>
                Hash256.TryRead(request.StateFrom.Span, out Hash256 from)
                    ? StateChunks.Cut(pin.Head.State.Tree, from, SnapshotLimits.PieceBytesMax)
                    : null,
            SnapshotPieceRequest.PieceOneofCase.RecordsFrom => Records(pin.Head, request.RecordsFrom),
            SnapshotPieceRequest.PieceOneofCase.None => null,
            _ => null,
        };
        return content is null ? null : new SnapshotPiece { Content = content.ToByteString() };
    }

    private BlockWindow? Window(LedgerHead head, ulong from)
    {
        BlockWindow window = new();
        int bytes = 0;
        for (ulong height = Math.Min(from, head.Height); height > 0; height--)
        {
            if (WindowBlock(height) is not { } block)
            {
                break;
            }

            bytes += block.CalculateSize();
            if (window.Blocks.Count > 0 && bytes > SnapshotLimits.PieceBytesMax)
            {
                break;
            }

            window.Blocks.Add(block);
            if (BlockWindows.IsEnough(head.Header.TimeUnixMs, head.Height - height + 1, block.Block.Header.Span))
            {
                break;
            }
        }

        return window.Blocks.Count == 0 ? null : window;
    }

    private WindowBlock? WindowBlock(ulong height)
    {
        if (reader.Block(height) is not { } stored)
        {
            return null;
        }

        Hash256[] ids = Split(stored.TransactionIds);
        Hash256[] lists = stored.SignatureLists.IsEmpty ? SignatureLists(stored) : Split(stored.SignatureLists);
        return new WindowBlock
        {
            Block = new CertifiedHeader
            {
                Header = stored.Block.Proposal.Header,
                Certificate = stored.Block.Certificate,
            },
            Transactions = UnsafeByteOperations.UnsafeWrap(BlockTransactions.Encode(ids, lists)),
        };
    }

    private Hash256[] SignatureLists(StoredBlock stored) => [.. Split(stored.Block.Proposal.Leaves).Select(leaf =>
    {
        byte[]? body = reader.Body(leaf);
        Invariant.That(body is not null, "a decided block's bodies are on disk");
        return TransactionId.OfSignatures(SignedTransaction.Parser.ParseFrom(body).Signatures);
    })];

    // Null where records were erased since: the leaves are not those of the snapshot any more, and a later one is.
    private RecordChunk? Records(LedgerHead head, RecordPlace place)
    {
        if (!RangeName.TryRead(place.Range.Span, out _))
        {
            return null;
        }

        RecordChunk chunk = new();
        int bytes = 0;
        ulong first = place.Part;
        foreach ((byte[] key, byte[] _) in reader.Ranges(place.Range.ToByteArray()))
        {
            // What is on disk may be ahead of the snapshot: the key says that there is a range, the tree how long it
            // was.
            if (!head.State.TryGet(new StateKey(key), out ReadOnlyMemory<byte> value))
            {
                continue;
            }

            bool? isAdded = TryAdd(
                chunk, key, RecordRange.Parser.ParseFrom(value.Span), head.Height, first, ref bytes);
            if (isAdded is null)
            {
                return null;
            }

            if (isAdded == false)
            {
                break;
            }

            first = 0;
        }

        return chunk.Parts.Count == 0 ? null : chunk;
    }

    private bool? TryAdd(
        RecordChunk chunk, byte[] key, RecordRange range, ulong height, ulong first, ref int bytes)
    {
        Invariant.That(RangeName.TryRead(key, out RangeName name));
        ulong full = range.Count >> SnapshotLimits.PartLevels;
        for (ulong number = first; number < RecordParts.Count(range); number++)
        {
            if (roots.Leaves(name, number, RecordParts.LeavesOf(range, number), height) is not { } leaves)
            {
                return null;
            }

            RecordPart part = RecordParts.Of(key, number, leaves);
            if (number < full)
            {
                if (roots.Of(name, range, height) is not { } all)
                {
                    return null;
                }

                part.Path.AddRange(RecordParts.Path(all, number));
            }

            bytes += part.CalculateSize();
            if (chunk.Parts.Count > 0
                && (bytes > SnapshotLimits.PieceBytesMax || chunk.Parts.Count == SnapshotLimits.PartsMax))
            {
                return false;
            }

            chunk.Parts.Add(part);
        }

        return true;
    }

    private static Hash256[] Split(ByteString hashes)
    {
        Hash256[] split = new Hash256[hashes.Length / Hash256.Size];
        for (int place = 0; place < split.Length; place++)
        {
            split[place] = new Hash256(hashes.Span.Slice(place * Hash256.Size, Hash256.Size));
        }

        return split;
    }
}
