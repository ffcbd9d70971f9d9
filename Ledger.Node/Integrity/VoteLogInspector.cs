using System.Buffers.Binary;
using Ledger.Consensus;
using Ledger.Node.Agreement;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Integrity;

/// <summary>
/// Reads what the vote key has signed: the newest record of the vote state, and the messages, proposals and
/// certificates that stand behind its slots.
/// </summary>
public static class VoteLogInspector
{
    /// <summary>What is wrong with the vote log of a store whose head is at a height; empty if nothing is.</summary>
    public static IReadOnlyList<Finding> Inspect(LedgerDatabase database, Hash256 chainId, ulong headHeight)
    {
        List<Finding> findings = [];
        if (database.BrokenSeals.Contains(LedgerColumns.Consensus))
        {
            Add(findings, "column", "it does not hold what was written last");
        }

        try
        {
            HashSet<Hash256> signed = Items(database, chainId, headHeight, findings);
            byte[]? record = database.Get(LedgerColumns.Consensus, ConsensusStore.VoteStateKey);
            if (record is null)
            {
                if (signed.Count > 0)
                {
                    Add(findings, "state", "missing, and there are signed messages");
                }
            }
            else if (!VoteState.TryRead(record, out VoteState? state, out _))
            {
                Add(findings, "state", "its checksum differs");
            }
            else if (state.Height > Math.Max(headHeight, DecidedHeight(database))
                && !state.Slots.All(slot => signed.Contains(slot.Digest)))
            {
                Add(findings, "state", "a message that was signed at its height is missing");
            }
        }
        catch (DamagedDataException problem)
        {
            Add(findings, "column", problem.Message);
        }

        return findings;
    }

    // Of heights that were decided before the chain was cut, the messages were dropped and not lost.
    private static ulong DecidedHeight(LedgerDatabase database) =>
        database.Get(LedgerColumns.Consensus, ConsensusStore.DecidedKey) is { Length: sizeof(ulong) } decided
            ? BinaryPrimitives.ReadUInt64BigEndian(decided)
            : 0;

    private static HashSet<Hash256> Items(
        LedgerDatabase database, Hash256 chainId, ulong headHeight, List<Finding> findings)
    {
        HashSet<Hash256> signed = [];
        foreach ((byte[] key, byte[] value) in database.Scan(LedgerColumns.Consensus, [ConsensusStore.ItemKey]))
        {
            string place = Convert.ToHexStringLower(key);
            switch (key.Length == ConsensusStore.ItemKeyBytes ? (StoredItemKind)key[1] : 0)
            {
                case StoredItemKind.Proposal when ProposalBlock.TryDecode(value, out ProposalBlock? block):
                    // No vote rests any more on what a snapshot has gone past.
                    if (block.Height > headHeight)
                    {
                        CheckBodies(database, chainId, block, findings);
                    }

                    break;
                case StoredItemKind.PreparedCertificate when Certificate.TryDecode(value, out _):
                case StoredItemKind.NewView when SignedEnvelope.TryDecode(value, out _):
                    break;
                case StoredItemKind.OwnMessage when SignedEnvelope.TryDecode(value, out SignedEnvelope? own):
                    signed.Add(MessageVerifier.DigestOf(chainId, own.Body.Span));
                    break;
                default:
                    Add(findings, place, "it cannot be read");
                    break;
            }
        }

        return signed;
    }

    private static void CheckBodies(
        LedgerDatabase database, Hash256 chainId, ProposalBlock block, List<Finding> findings)
    {
        foreach (Hash256 leaf in block.Leaves)
        {
            if (database.Get(LedgerColumns.Bodies, leaf.ToArray()) is not { } body
                || BodyHash.Of(body, chainId)?.Leaf != leaf)
            {
                Add(findings, $"proposal {block.Height}", $"body {leaf}, on which a vote rests, is missing or damaged");
            }
        }
    }

    private static void Add(List<Finding> findings, string place, string what) =>
        findings.Add(new Finding(DamageArea.VoteLog, place, what));
}
