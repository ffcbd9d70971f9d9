using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>
/// What no script may show, whatever its log says: two blocks of one height, or an honest key's two messages for one
/// slot.
/// </summary>
internal sealed class ScriptSafety(ScriptNames names, ScriptChain chain)
{
    private readonly Dictionary<ulong, Hash256> decided = [];
    private readonly Dictionary<(int Seat, ulong Height, ulong View, MessageKind Kind), Hash256> signed = [];
    private readonly HashSet<int> faulty = [];

    /// <summary>From now on this key may contradict itself.</summary>
    public void Mistrust(int seat) => faulty.Add(seat);

    public void OnCommit(ScriptNode node, ProposalBlock block)
    {
        if (!decided.TryAdd(block.Height, block.Hash) && decided[block.Height] != block.Hash)
        {
            throw new ScriptFailure(
                $"{node.Name} decides {names.Of(block)}, others {names.Of(decided[block.Height])} at h{block.Height}");
        }
    }

    public void OnSend(ScriptNode node, ConsensusMessage message, ReadOnlySpan<byte> body)
    {
        bool isSlot = message is ConsensusMessage.PrePrepare or ConsensusMessage.Vote or ConsensusMessage.ViewChange
            or ConsensusMessage.NewView;
        Hash256 digest = MessageVerifier.DigestOf(chain.ChainId, body);
        (int, ulong, ulong, MessageKind) slot = (node.Seat, message.Height, message.View, message.Kind);
        if (isSlot && !faulty.Contains(node.Seat) && !signed.TryAdd(slot, digest) && signed[slot] != digest)
        {
            throw new ScriptFailure($"{node.Name} contradicts itself by {names.Of(message)}");
        }
    }
}
