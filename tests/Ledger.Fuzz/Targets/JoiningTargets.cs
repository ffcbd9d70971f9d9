using System.Text;
using Ledger.Client.Seats;
using Ledger.Contracts.Snapshots;
using Ledger.Contracts.State;
using Ledger.Node.Snapshots;
using Ledger.Primitives;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>What a node that joins, and an administrator who changes seats, read from others.</summary>
internal static class JoiningTargets
{
    public static IEnumerable<FuzzTarget> All() => [Card(), Pairs(), Range(), TrustedBlock()];

    private static FuzzTarget Card() => Plain(
        "vote-key-card",
        InputKind.Json,
        [
            Encoding.UTF8.GetBytes(
                $$"""
                {"chainId":"{{LedgerSamples.Chain.ChainId}}","institution":"{{LedgerSamples.Chain.School.Address}}",
                "voteKey":"{{LedgerSamples.Chain.School.PublicKey}}","proof":"{{new string('0', 128)}}"}
                """),
        ],
        static bytes => VoteKeyCard.TryParse(bytes) is not null,
        new Decoder(typeof(VoteKeyCard), nameof(VoteKeyCard.TryParse)));

    private static FuzzTarget Pairs()
    {
        Hash256[] ids = [LedgerSamples.Chain.ChainId, TaggedHash.Of(Tags.Transaction, "fuzz"u8)];
        byte[] pairs = BlockTransactions.Encode(ids, ids);
        Hash256 root = MerkleList.Root(BlockTransactionsLeaves(ids));
        return Plain(
            "snapshot-pairs",
            InputKind.Binary,
            [pairs],
            bytes =>
            {
                bool read = BlockTransactions.TryRead(bytes, root, out _);
                FuzzViolation.Unless(!read || bytes.AsSpan().SequenceEqual(pairs), "other pairs with the same root");
                return read;
            },
            new Decoder(typeof(BlockTransactions), nameof(BlockTransactions.TryRead)));
    }

    private static Hash256[] BlockTransactionsLeaves(Hash256[] ids) =>
        [.. ids.Select(static id => Contracts.Transactions.TransactionId.Leaf(id, id))];

    private static FuzzTarget Range() => Plain(
        "snapshot-range-name",
        InputKind.Binary,
        [[(byte)StateKind.RecordRange, .. new byte[3 * Hash256.Size]]],
        static bytes => RangeName.TryRead(bytes, out _),
        new Decoder(typeof(RangeName), nameof(RangeName.TryRead)));

    private static FuzzTarget TrustedBlock() => Plain(
        "trusted-checkpoint",
        InputKind.Text,
        [Encoding.UTF8.GetBytes($"12:{LedgerSamples.Chain.ChainId}")],
        static bytes => TrustedCheckpoint.TryParse(Encoding.UTF8.GetString(bytes), out _),
        new Decoder(typeof(TrustedCheckpoint), nameof(TrustedCheckpoint.TryParse)));
}
