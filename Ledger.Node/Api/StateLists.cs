using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;

namespace Ledger.Node.Api;

/// <summary>Lists keys of the state below a prefix, each page at one head: by a walk over those keys alone.</summary>
public sealed class StateLists(ChainReader reader, ProofMaker proofs)
{
    /// <summary>A prefix names a kind and up to seven parts of 32 bytes.</summary>
    public const int PrefixBytesMax = 256;

    /// <summary>A page ends after this many bytes of keys and values: a quarter of what an answer may have.</summary>
    public const int PageBytesMax = ApiLimits.AnswerBytesMax / 4;

    /// <summary>A page of the state at <paramref name="head"/>.</summary>
    public StatePage Page(StateListRequest request, LedgerHead head)
    {
        int room = Refusals.LimitOf(request.Page);
        byte[] prefix = PrefixOf(request);
        StatePage page = Begin(request, head);
        int bytes = 0;
        foreach ((byte[] raw, byte[] _) in reader.State(prefix, CursorOf(request, prefix)))
        {
            // The store may already hold keys of a block after this head; what it holds of this head, the head tells.
            StateKey key = new(raw.AsMemory());
            if (!head.State.TryGet(key, out ReadOnlyMemory<byte> value))
            {
                continue;
            }

            if (room == 0 || bytes >= PageBytesMax)
            {
                page.Cursor = UnsafeByteOperations.UnsafeWrap(raw);
                break;
            }

            room--;
            bytes += raw.Length + value.Length;
            page.Entries.Add(new ListedState
            {
                Key = UnsafeByteOperations.UnsafeWrap(raw),
                Value = UnsafeByteOperations.UnsafeWrap(value),
                Proof = request.WithProofs ? head.State.Tree.Prove(key.Hash) : null,
            });
        }

        return page;
    }

    private StatePage Begin(StateListRequest request, LedgerHead head)
    {
        StatePage page = new()
        {
            Height = head.Height,
            BlockHash = ByteString.CopyFrom(head.BlockHash.ToArray()),
        };
        if (request.WithProofs)
        {
            (page.Membership, page.Block) = proofs.Head(head)
                ?? throw Refusals.NotFound("the chain has no certified block yet");
        }

        return page;
    }

    private static byte[] PrefixOf(StateListRequest request) => request.Prefix.Length is > 0 and <= PrefixBytesMax
        ? request.Prefix.ToByteArray()
        : throw Refusals.Argument("prefix", $"a kind byte and parts of a key, at most {PrefixBytesMax} bytes");

    private static byte[]? CursorOf(StateListRequest request, byte[] prefix)
    {
        if (request.Page is not { Cursor.IsEmpty: false } page)
        {
            return null;
        }

        return page.Cursor.Span.StartsWith(prefix)
            ? page.Cursor.ToByteArray()
            : throw Refusals.Argument("page.cursor", "this cursor is of another question");
    }
}
